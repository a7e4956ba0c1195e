"""manage.py face_pack: the models of face recognition, listed, fetched, installed, used, removed."""

import time
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from faces import changing, installing
from faces.choice import coming_pack, serving_pack
from faces.packs import BY_NAME, Pack
from faces.services.packs import install_pack, pack_named, remove_unused, switch_to
from faces.weights import is_installed
from photolib.core.errors import PhotolibError


class Command(BaseCommand):
    help = (
        "List the packs of models for face recognition, fetch one from where its makers publish it, "
        "install one from files you brought, use one, or remove one. Nothing is fetched otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("list", help="every pack, its licence, and whether it is here")
        for deed, text in (
            ("fetch", "download it; run it again to go on where it stopped"),
            ("use", "recognise with it from now on"),
            ("remove", "remove its files"),
        ):
            deeds.add_parser(deed, help=text).add_argument("name")
        install = deeds.add_parser("install", help="install it from files in a folder")
        install.add_argument("name")
        install.add_argument("folder", type=Path)

    def handle(self, *_args: object, **options: object) -> None:
        if options["deed"] == "list":
            self._list()
            return
        try:
            pack = pack_named(str(options["name"]))
            getattr(self, f"_{options['deed']}")(pack, options.get("folder"))
        except PhotolibError as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        for pack in BY_NAME.values():
            state = "in use" if pack == serving_pack() else "here" if is_installed(pack) else ""
            state = "being moved to" if pack == coming_pack() else state
            size = f"{pack.download_bytes / 1e6:.0f} MB" if pack.downloads else "with the program"
            self.stdout.write(f"{pack.name}: {pack.label} [{state or 'not here'}; {size}]")
            self.stdout.write(f"  licence: {pack.licence}")
            measured = (
                "measured" if pack.measured else "not measured: it asks, and names nobody itself"
            )
            self.stdout.write(f"  thresholds: {measured}; {pack.source}")

    def _fetch(self, pack: Pack, _folder: object) -> None:
        self.stdout.write(f"{pack.label}\n  licence: {pack.licence}")
        if is_installed(pack):
            self.stdout.write("It is on this machine already.")
            return
        told = 0.0

        def tell(count: int) -> bool:
            nonlocal told
            if time.monotonic() - told >= 2:
                told = time.monotonic()
                self.stdout.write(f"  {count / 1e6:.0f} of {pack.download_bytes / 1e6:.0f} MB")
            return True

        installing.fetch_pack(pack, go_on=tell)
        self.stdout.write(f"Installed. Use it with: manage.py face_pack use {pack.name}")

    def _install(self, pack: Pack, folder: Path) -> None:
        install_pack(pack=pack, folder=folder)
        self.stdout.write(f"Installed. Use it with: manage.py face_pack use {pack.name}")

    def _use(self, pack: Pack, _folder: object) -> None:
        switch_to(pack, by="manage.py")
        progress = changing.progress()
        if progress is None:
            self.stdout.write(f"{pack.label} is in use.")
            return
        self.stdout.write(
            f"{progress.waiting} photos are looked at again by the workers; until that is done "
            f"{serving_pack().label} goes on. The page of the models shows how far it is."
        )

    def _remove(self, pack: Pack, _folder: object) -> None:
        remove_unused(pack)
        self.stdout.write(f"{pack.label} is removed.")
