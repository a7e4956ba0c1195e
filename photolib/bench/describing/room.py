"""A photolib of the benchmark's own, in which the photos have gone their whole way once."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from photolib.bench.processes import environment_of, run_manage
from photolib.bench.scorecard.looking import do_the_work, receive_files
from photolib.core.errors import PhotolibError
from photolib.demo.pictures import first_pictures

# Of the demo's pictures, every so many: a group, portraits, animals and things.
_EVERY = 3


def run_in_a_room(*, images: Path | None, rounds: int) -> str:
    """Run the measuring part where nothing else is, and return its line of JSON."""
    with TemporaryDirectory(prefix="photolib-bench-") as name:
        room = Path(name)
        files = _pictures(images) if images else _write_pictures(room / "pictures")
        listed = room / "files.json"
        listed.write_text(json.dumps([str(file.resolve()) for file in files]))
        said = run_manage(
            [
                "bench_describe",
                "--part",
                "measure",
                "--listed",
                str(listed),
                "--rounds",
                str(rounds),
            ],
            environment_of(room),
        )
        return said.splitlines()[-1]


def fill_room(listed: Path) -> None:
    """Take the listed files in and do every step on them."""
    receive_files(listed)
    do_the_work()


def _pictures(folder: Path) -> Sequence[Path]:
    files = sorted(folder.rglob("*.jpg"))
    if not files:
        raise PhotolibError(_("There are no files *.jpg in {folder}.").format(folder=folder))
    return files


def _write_pictures(folder: Path) -> Sequence[Path]:
    folder.mkdir()
    files = []
    for picture in first_pictures()[::_EVERY]:
        file = folder / picture.name
        file.write_bytes(picture.jpeg)
        files.append(file)
    return files
