"""P17 (AI Act 5(1)(e)): an address on the web is never a source for the gallery: no code that could
fetch one, no form that takes one, and what is sent as one is stored nowhere."""

import ast
import importlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from rest_framework import serializers

from photolib.accounts.models import User
from photolib.intake.models import Incoming
from photolib.library.models import Photo

ROOT = Path(__file__).resolve().parents[2]
# Modules of Python and of what is installed that fetch addresses.
FETCHERS = {
    "aiohttp", "ftplib", "http.client", "httpx", "pycurl", "requests", "urllib.request", "urllib3",
    "websockets", "xmlrpc.client",
}  # fmt: skip
# The one file that may: it brings models, from addresses that are written in the program.
MODELS_ONLY = "faces/fetching.py"
# The one that talks to the sentence model, on private addresses: it sends a picture and gets words, and
# nothing in faces/ knows it.
SENTENCES_ONLY = "photolib/describe/sentences/sending.py"
ADDRESS = "https://example.org/faces.zip"


def python_files() -> list[Path]:
    return [*(ROOT / "photolib").rglob("*.py"), *files_of_faces()]


def files_of_faces() -> list[Path]:
    return list((ROOT / "faces").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def fetchers_in(file: Path) -> set[str]:
    return {
        name
        for name in imported(file)
        for fetcher in FETCHERS
        if name == fetcher or name.startswith(f"{fetcher}.")
    }


def test_p17_no_code_of_ours_can_fetch_an_address(tmp_path: Path) -> None:
    files = python_files()
    assert len(files) > 150
    found = {file.relative_to(ROOT).as_posix() for file in files if fetchers_in(file)}
    assert found == {MODELS_ONLY, SENTENCES_ONLY}
    assert not any("sentences" in name for file in files_of_faces() for name in imported(file))
    # The walk sees what it looks for.
    planted = tmp_path / "planted.py"
    planted.write_text("from urllib.request import urlopen\n")
    assert fetchers_in(planted)


def test_p17_what_is_fetched_is_models_from_addresses_in_the_program() -> None:
    packs = import_string("faces.packs.BY_NAME") if apps.is_installed("faces") else {}
    downloads = [one for pack in packs.values() for one in pack.downloads]
    assert downloads or not packs
    for one in downloads:
        assert one.url.startswith("https://")
        assert one.file.endswith((".onnx", ".zip"))
        assert all(name.endswith(".onnx") for name in one.members)


def form_fields() -> Iterator[tuple[str, object]]:
    """Every field of every form and serializer of ours, by a readable name."""
    for config in apps.get_app_configs():
        if not config.name.startswith(("photolib.", "faces")):
            continue
        for module in ("forms", "api.serializers"):
            if (Path(config.path) / f"{module.replace('.', '/')}.py").exists():
                importlib.import_module(f"{config.name}.{module}")
    for base in (forms.BaseForm, serializers.Serializer):
        for kind in descendants(base):
            fields = getattr(kind, "base_fields", None) or getattr(kind, "_declared_fields", {})
            if kind.__module__.startswith(("photolib.", "faces.")):
                yield from ((f"{kind.__name__}.{name}", field) for name, field in fields.items())


def descendants(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_p17_no_form_takes_an_address() -> None:
    fields = dict(form_fields())
    assert {"FolderForm.folder", "UploadSerializer.file", "PersonForm.name"} <= set(fields)
    taking = {
        name
        for name, field in fields.items()
        if isinstance(field, forms.URLField)
        or (isinstance(field, serializers.URLField) and not field.read_only)
    }
    # The addresses of a photo's own files are told, never read.
    assert {name.partition(".")[0] for name in taking} <= {"FilesSerializer"}


def routes(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = f"{above}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def test_p17_no_route_is_about_fetching() -> None:
    every = list(routes(get_resolver().url_patterns))
    assert len(every) > 60
    words = ("crawl", "scrape", "fetch", "from-url", "url:", "<url", "by-address")
    about = {route for route in every if any(word in route for word in words)}
    # The download of a model is started there, by its name alone.
    assert about <= {"faces/models/<slug:name>/fetch/"}


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Tries to reach anything are refused, and listed."""
    tries: list[object] = []

    def refuse(_self: object, address: object) -> None:
        tries.append(address)
        raise OSError("the network is unplugged")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    return tries


@pytest.mark.parametrize("name", ["file", "files", "url", "address", "folder", "source"])
def test_p17_an_address_that_is_sent_is_neither_fetched_nor_stored(
    alice: User, alice_client: Client, shut: list[object], name: str
) -> None:
    for path in ("/upload/", "/upload/folder/", "/api/v1/photos/"):
        response = alice_client.post(path, {name: ADDRESS})
        assert response.status_code in {200, 302, 400, 404, 415}, path
    assert shut == []
    assert not Photo.objects.exists()
    assert not Incoming.objects.exists()


def test_p17_a_folder_to_import_is_never_an_address(alice: User, shut: list[object]) -> None:
    with pytest.raises(CommandError):
        call_command("import", ADDRESS, "--owner", "alice", "--json")
    assert shut == []
    assert not Photo.objects.exists()
