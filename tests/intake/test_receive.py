"""Receiving: whole and safe, or refused by name with nothing left behind."""

import errno
import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.errors import PhotolibError, RefusedFile
from photolib.intake import doorbell, drafts, services
from photolib.intake.models import Incoming, IncomingState
from photolib.intake.names import clean_name
from photolib.intake.paths import incoming_path
from photolib.library.services import library_of
from tests.factories import picture
from tests.intake.conftest import Receive, rings


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_received_file_lies_whole_under_its_key_and_rings(arrive: Receive) -> None:
    content = picture(seed=1)
    incoming = arrive(content, name="beach.jpg")
    assert incoming_path(incoming.file_key).read_bytes() == content
    assert incoming.state == IncomingState.RECEIVED
    assert incoming.byte_size == len(content)
    assert len(rings()) == 1


def test_received_file_is_closed_to_other_users(arrive: Receive) -> None:
    assert incoming_path(arrive().file_key).stat().st_mode & 0o077 == 0


def test_date_of_the_file_is_kept(alice: User) -> None:
    date = datetime(2011, 2, 3, tzinfo=UTC)
    incoming = services.receive(
        file=io.BytesIO(picture()), name="a.jpg", library=library_of(alice),
        received_by=alice, file_date=date,
    )  # fmt: skip
    assert Incoming.objects.get(pk=incoming.pk).file_date == date


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"Dear diary, ", "not_an_image"), (b"%PDF-1.7 ", "unsupported")],
)
def test_what_is_no_picture_is_refused_by_name_and_leaves_no_file(
    arrive: Receive, settings: Settings, content: bytes, code: str
) -> None:
    with pytest.raises(RefusedFile, match=r"holiday\.jpg") as caught:
        arrive(content, name="holiday.jpg")
    assert caught.value.code == code
    row = Incoming.objects.get()
    assert (row.state, row.refusal, row.name) == ("refused", code, "holiday.jpg")
    assert row.error == caught.value.reason
    assert files_in(settings.PHOTOLIB_DATA) == []
    assert not rings()


def test_too_big_a_file_is_refused_while_it_arrives(arrive: Receive, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(RefusedFile) as caught:
        arrive(picture() + bytes(3 * 1024 * 1024))
    assert caught.value.code == "too_big"
    assert files_in(settings.PHOTOLIB_DATA) == []


def test_full_disk_is_said_before_anything_is_written(
    arrive: Receive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MIN_FREE_BYTES = 200
    usage = shutil.disk_usage(settings.PHOTOLIB_DATA)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=199))
    with pytest.raises(RefusedFile) as caught:
        arrive()
    assert caught.value.code == "disk_full"
    assert files_in(settings.PHOTOLIB_DATA) == []


def test_disk_that_fills_while_writing_leaves_nothing(
    arrive: Receive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(draft: Path, path: Path) -> None:
        assert draft.exists()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drafts, "move_into_place", no_space)
    with pytest.raises(RefusedFile) as caught:
        arrive()
    assert caught.value.code == "disk_full"
    assert files_in(settings.PHOTOLIB_DATA) == []


def test_refusal_is_told_even_if_the_database_cannot_note_it(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**fields: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(Incoming.objects, "create", fail)
    with pytest.raises(RefusedFile):
        arrive(b"")


def test_row_that_cannot_be_written_takes_the_file_with_it(
    arrive: Receive, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(incoming_id: int) -> None:
        raise DatabaseError("the bell is broken")

    monkeypatch.setattr(doorbell, "ring_incoming", fail)
    with pytest.raises(DatabaseError):
        arrive()
    assert not Incoming.objects.exists()
    assert files_in(settings.PHOTOLIB_DATA) == []


def test_folder_that_cannot_be_written_is_named(
    arrive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(draft: Path, path: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(drafts, "move_into_place", read_only)
    with pytest.raises(PhotolibError, match=r"incoming cannot be written \(Read-only"):
        arrive()


class _BrokenDisk(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError(errno.EIO, "Input/output error")


def test_source_that_cannot_be_read_is_refused(alice: User, settings: Settings) -> None:
    with pytest.raises(RefusedFile, match="Input/output error") as caught:
        services.receive(
            file=_BrokenDisk(), name="a.jpg", library=library_of(alice), received_by=alice
        )
    assert caught.value.code == "unreadable"
    assert files_in(settings.PHOTOLIB_DATA) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\windows\\a.jpg", "a.jpg"),
        ("a\x00b\nc.jpg", "abc.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("..", "unnamed"),
        ("folder/", "unnamed"),
        ("Zoe\u0308.jpg", "Zoë.jpg"),
        ("👩‍👧.jpg", "👩‍👧.jpg"),
    ],
)
def test_name_is_shown_without_paths_and_tricks(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_long_name_keeps_its_suffix_and_fits() -> None:
    cleaned = clean_name("x" * 400 + ".jpeg")
    assert len(cleaned) == 255
    assert cleaned.endswith(".jpeg")


def test_name_with_dots_writes_only_under_its_key(arrive: Receive, settings: Settings) -> None:
    incoming = arrive(name="../../../escape.jpg")
    assert files_in(settings.PHOTOLIB_DATA.parent) == [incoming.file_key]
