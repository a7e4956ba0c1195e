"""Downloads that somebody started: cut off, gone on with, wrong, refused. All on this machine's loopback."""

import hashlib
import io
import socket
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from faces import fetching, installing
from faces.fetching import FetchFailed
from faces.models import PackFetch
from faces.packs import BY_NAME, Download, Pack, PackFile
from faces.services.packs import go_on_fetching
from faces.weights import folder_of, is_installed, path_of
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from tests.faces.file_server import Behaviour, serving

pytestmark = pytest.mark.django_db

DETECTOR, RECOGNISER = bytes(range(256)) * 4000, bytes(reversed(range(256))) * 2000


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".onnx", content)
        archive.writestr("../../evil.onnx", b"outside")
    return out.getvalue()


ARCHIVE = zipped(pack__det=DETECTOR, pack__rec=RECOGNISER, pack__genderage=b"never")


def pack_at(address: str, *, archive: bool = False) -> Pack:
    """A pack of two small files that is published there, in two files or one archive."""
    real = BY_NAME["opencv"]
    files = [
        PackFile("opencv", name, sha(content), len(content), "free")
        for name, content in (("det.onnx", DETECTOR), ("rec.onnx", RECOGNISER))
    ]
    plain = tuple(
        Download(f"{address}/{file.file}", file.file, file.sha256, file.size, {}) for file in files
    )
    whole = Download(
        f"{address}/both.zip",
        "both.zip",
        sha(ARCHIVE),
        len(ARCHIVE),
        {"det.onnx": "pack/det.onnx", "rec.onnx": "pack/rec.onnx"},
    )
    return replace(
        real,
        detector_file=files[0],
        recogniser_file=files[1],
        downloads=(whole,) if archive else plain,
    )


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.PHOTOLIB_DATA = tmp_path


@pytest.fixture
def server() -> Iterator[tuple[str, Behaviour]]:
    files = {"det.onnx": DETECTOR, "rec.onnx": RECOGNISER, "both.zip": ARCHIVE}
    with serving(files) as (address, behaviour):
        yield address, behaviour


@pytest.fixture
def pack(server: tuple[str, Behaviour], monkeypatch: pytest.MonkeyPatch) -> Pack:
    """The pack `opencv`, as the pages and the command find it, published by the test's server."""
    made = pack_at(server[0])
    known = dict(BY_NAME) | {"opencv": made}
    for module in ("faces.services.packs", "faces.views.packs", "faces.choice"):
        monkeypatch.setattr(f"{module}.BY_NAME", known)
    return made


def always(_count: int) -> bool:
    return True


def left_in(pack: Pack) -> set[str]:
    return {path.name for path in folder_of(pack.name).iterdir()}


def test_a_pack_is_fetched_checked_and_installed(pack: Pack) -> None:
    assert not is_installed(pack)
    assert installing.fetch_pack(pack, go_on=always)
    assert is_installed(pack)
    assert path_of(pack.files[0]).read_bytes() == DETECTOR
    assert left_in(pack) == {"det.onnx", "rec.onnx"}


def test_of_an_archive_only_the_members_that_the_pack_names_are_taken(
    server: tuple[str, Behaviour], tmp_path: Path
) -> None:
    pack = pack_at(server[0], archive=True)
    assert installing.fetch_pack(pack, go_on=always)
    assert is_installed(pack)
    assert left_in(pack) == {"det.onnx", "rec.onnx"}
    assert not list(tmp_path.rglob("evil*"))
    assert not list(tmp_path.rglob("gender*"))


def test_a_cut_download_goes_on_from_where_it_was(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    _, how = server
    how.cut_after = 300_000
    with pytest.raises(FetchFailed, match=r"det.onnx could not be fetched from 127") as failed:
        installing.fetch_pack(pack, go_on=always)
    assert failed.value.kept
    assert installing.bytes_here(pack) == 300_000
    how.cut_after = None
    assert installing.fetch_pack(pack, go_on=always)
    assert how.asked == ["", "bytes=300000-", ""]
    assert path_of(pack.files[0]).read_bytes() == DETECTOR


def test_a_server_that_cannot_go_on_sends_all_of_it_again(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    _, how = server
    how.cut_after = 300_000
    with pytest.raises(FetchFailed):
        installing.fetch_pack(pack, go_on=always)
    how.cut_after = None
    how.ignores_range = True
    assert installing.fetch_pack(pack, go_on=always)
    assert path_of(pack.files[0]).read_bytes() == DETECTOR


def test_a_server_that_sends_another_part_than_was_asked_for_is_not_believed(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    _, how = server
    how.cut_after = 300_000
    with pytest.raises(FetchFailed):
        installing.fetch_pack(pack, go_on=always)
    how.cut_after, how.wrong_range = None, True
    with pytest.raises(FetchFailed, match="another part of det"):
        installing.fetch_pack(pack, go_on=always)
    assert installing.fetch_pack(pack, go_on=always)


def test_another_file_of_the_same_length_is_refused_and_removed(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    server[1].files["det.onnx"] = bytes(len(DETECTOR))
    with pytest.raises(FetchFailed, match="not the file that photolib knows") as failed:
        installing.fetch_pack(pack, go_on=always)
    assert not failed.value.kept
    assert left_in(pack) == set()


def test_a_file_without_end_is_stopped_at_the_length_it_should_have(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    server[1].files["det.onnx"] = DETECTOR * 3
    with pytest.raises(FetchFailed, match="larger than"):
        installing.fetch_pack(pack, go_on=always)
    assert installing.bytes_here(pack) == 0


def test_a_piece_that_is_longer_than_the_file_is_thrown_away(pack: Pack) -> None:
    part = path_of(pack.files[0]).with_suffix(".onnx.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(bytes(len(DETECTOR) + 1))
    assert installing.fetch_pack(pack, go_on=always)


def test_a_refusal_names_the_server_and_what_it_said(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    server[1].status = 404
    with pytest.raises(FetchFailed, match=r"127.0.0.1 answered 404 for det.onnx"):
        installing.fetch_pack(pack, go_on=always)


def test_nobody_at_the_address_is_said_with_the_way_out() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(FetchFailed, match=r"connection and try again.*face_pack install"):
        installing.fetch_pack(pack_at(f"http://127.0.0.1:{port}"), go_on=always)


def test_a_redirect_to_another_kind_of_connection_is_not_followed(
    pack: Pack, server: tuple[str, Behaviour]
) -> None:
    server[1].send_to = "https://127.0.0.1:1/elsewhere"
    with pytest.raises(FetchFailed, match="nothing was fetched"):
        installing.fetch_pack(pack, go_on=always)


def test_a_full_disk_is_said_before_anything_is_fetched(
    pack: Pack, server: tuple[str, Behaviour], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SPARE_BYTES", 10**18)
    with pytest.raises(FetchFailed, match="The disk is too full"):
        installing.fetch_pack(pack, go_on=always)
    assert server[1].asked == []


def test_stopping_keeps_what_has_come(pack: Pack) -> None:
    assert not installing.fetch_pack(pack, go_on=lambda count: count < 500_000)
    assert 500_000 <= installing.bytes_here(pack) < len(DETECTOR)
    assert not is_installed(pack)
    assert installing.fetch_pack(pack, go_on=always)


def test_only_one_process_fetches_a_pack(pack: Pack) -> None:
    def meanwhile(_count: int) -> bool:
        with pytest.raises(PhotolibError, match="just now"):
            installing.fetch_pack(pack, go_on=always)
        return True

    assert installing.fetch_pack(pack, go_on=meanwhile)


def test_files_that_somebody_brought_are_checked_like_a_download(
    pack: Pack, tmp_path: Path
) -> None:
    brought = tmp_path / "stick"
    brought.mkdir()
    (brought / "det.onnx").write_bytes(DETECTOR)
    with pytest.raises(PhotolibError, match=r"rec\.onnx is not in that folder"):
        installing.install_from(pack, brought)
    (brought / "rec.onnx").write_bytes(bytes(len(RECOGNISER)))
    with pytest.raises(FetchFailed, match="not the file that photolib knows"):
        installing.install_from(pack, brought)
    assert not is_installed(pack)
    (brought / "rec.onnx").write_bytes(RECOGNISER)
    installing.install_from(pack, brought)
    assert is_installed(pack)
    assert (brought / "rec.onnx").exists()


def test_an_archive_that_somebody_brought_is_unpacked_and_left_there(
    server: tuple[str, Behaviour], tmp_path: Path
) -> None:
    pack = pack_at(server[0], archive=True)
    brought = tmp_path / "stick"
    brought.mkdir()
    (brought / "both.zip").write_bytes(ARCHIVE)
    installing.install_from(pack, brought)
    assert is_installed(pack)
    assert (brought / "both.zip").read_bytes() == ARCHIVE
    (brought / "both.zip").write_bytes(ARCHIVE[:-1])
    with pytest.raises(FetchFailed, match=r"both\.zip in that folder is not the file"):
        installing.install_from(pack, brought)


def admin(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_nothing_is_fetched_until_an_admin_presses_the_button(
    pack: Pack, server: tuple[str, Behaviour], alice: User
) -> None:
    client = admin(alice)
    page = client.get("/faces/models/").content.decode()
    assert "Accept the licence and download" in page
    assert pack.licence in page
    go_on_fetching(None)  # type: ignore[arg-type]
    assert server[1].asked == []
    client.post("/faces/models/opencv/fetch/")
    # The web process only writes the wish down.
    assert server[1].asked == []
    assert PackFetch.objects.get().total_bytes == len(DETECTOR) + len(RECOGNISER)
    go_on_fetching(None)  # type: ignore[arg-type]
    assert is_installed(pack)
    assert not PackFetch.objects.exists()
    assert "Use this one" in client.get("/faces/models/").content.decode()


def test_a_worker_goes_on_with_a_cut_download_and_the_page_tells_how_far(
    pack: Pack, server: tuple[str, Behaviour], alice: User
) -> None:
    client = admin(alice)
    client.post("/faces/models/opencv/fetch/")
    server[1].cut_after = 700_000
    go_on_fetching(None)  # type: ignore[arg-type]
    row = PackFetch.objects.get()
    assert (row.done_bytes, row.error) == (700_000, "")
    assert f'value="{row.done_bytes}"' in client.get("/faces/models/").content.decode()
    for _ in range(3):
        go_on_fetching(None)  # type: ignore[arg-type]
    assert is_installed(pack)


def test_what_stopped_a_download_stands_on_the_page_until_somebody_tries_again(
    pack: Pack, server: tuple[str, Behaviour], alice: User
) -> None:
    client = admin(alice)
    client.post("/faces/models/opencv/fetch/")
    server[1].status = 503
    go_on_fetching(None)  # type: ignore[arg-type]
    go_on_fetching(None)  # type: ignore[arg-type]
    assert len(server[1].asked) == 1
    page = client.get("/faces/models/").content.decode()
    assert "answered 503" in page
    assert "Try again" in page
    server[1].status = None
    client.post("/faces/models/opencv/fetch/")
    go_on_fetching(None)  # type: ignore[arg-type]
    assert is_installed(pack)


def test_stopping_on_the_page_removes_what_came(
    pack: Pack, server: tuple[str, Behaviour], alice: User
) -> None:
    client = admin(alice)
    client.post("/faces/models/opencv/fetch/")
    server[1].cut_after = 700_000
    go_on_fetching(None)  # type: ignore[arg-type]
    client.post("/faces/models/opencv/stop/")
    assert not PackFetch.objects.exists()
    assert installing.bytes_here(pack) == 0


def test_a_slice_ends_in_time(pack: Pack, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faces.services.packs.SLICE_SECONDS", 0.0)
    admin(alice).post("/faces/models/opencv/fetch/")
    began = time.monotonic()
    go_on_fetching(None)  # type: ignore[arg-type]
    assert time.monotonic() - began < 5
    assert not is_installed(pack)


def test_the_command_fetches_lists_and_removes(
    pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("face_pack", "fetch", "opencv")
    assert pack.licence in capsys.readouterr().out
    call_command("face_pack", "list")
    assert "buffalo_l: " in capsys.readouterr().out
    assert is_installed(pack)
    call_command("face_pack", "remove", "opencv")
    assert not is_installed(pack)
    with pytest.raises(CommandError, match="comes with the program: it stays"):
        call_command("face_pack", "remove", "bundled")
    with pytest.raises(CommandError, match="There is no model pack called dlib"):
        call_command("face_pack", "fetch", "dlib")
    with pytest.raises(CommandError, match="fetch it first"):
        call_command("face_pack", "use", "opencv")
