"""Sidecars beside the pictures of a folder: read with them, whatever programs call them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.picture_words import ALT
from photolib.core.steps import photo_steps
from photolib.core.xmp_writing import alternatives, packet_of, simple
from photolib.describe.models import HumanText
from photolib.intake.folders import find_files
from photolib.intake.importing import FolderImport
from photolib.intake.models import Incoming
from photolib.library.models import Photo, Sidecar
from photolib.library.services import LONGEST_SIDECAR
from tests.factories import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def real_steps(settings: Settings) -> Iterator[None]:
    settings.PHOTO_STEPS = [
        "photolib.library.steps.read_metadata",
        "photolib.describe.steps.read_notes",
    ]
    photo_steps.cache_clear()
    yield
    photo_steps.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


def xmp(alt: str) -> bytes:
    dated = simple("photoshop:DateCreated", "2001-02-03T04:05:06")
    return packet_of([alternatives(ALT, {"en": alt}), dated])


def bring_in(folder: Path) -> None:
    call_command("import", str(folder), "--owner", "alice", "--json", "--wait")


def alts() -> dict[str, str]:
    rows = HumanText.objects.values_list("photo__original_name", "alt")
    return dict(rows)


def test_both_ways_to_name_a_sidecar_are_known_and_the_whole_name_comes_first(
    alice: User, folder: Path
) -> None:
    for seed, name in enumerate(("a.jpg", "b.JPG", "c.jpg")):
        (folder / name).write_bytes(picture(seed=seed))
    (folder / "a.jpg.xmp").write_bytes(xmp("A, by its whole name"))
    (folder / "a.xmp").write_bytes(xmp("A, by its stem"))
    (folder / "b.XMP").write_bytes(xmp("B, by its stem"))
    bring_in(folder)
    assert alts() == {"a.jpg": "A, by its whole name", "b.JPG": "B, by its stem"}
    taken = Photo.objects.get(original_name="a.jpg")
    assert (taken.taken_source, taken.taken_on.isoformat()) == ("xmp", "2001-02-03")
    assert not Incoming.objects.exclude(sidecar=None).exists()


def test_the_same_picture_with_another_sidecar_is_read_again(alice: User, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(picture())
    bring_in(folder)
    assert alts() == {}
    for alt in ("First", "Second"):
        (folder / "a.jpg.xmp").write_bytes(xmp(alt))
        bring_in(folder)
        assert alts() == {"a.jpg": alt}
    assert Photo.objects.count() == Sidecar.objects.count() == 1


def test_a_sidecar_that_is_too_long_or_cannot_be_read_leaves_the_photo_alone(
    alice: User, folder: Path
) -> None:
    (folder / "a.jpg").write_bytes(picture(seed=1))
    (folder / "a.jpg.xmp").write_bytes(b"x" * (LONGEST_SIDECAR + 1))
    (folder / "b.jpg").write_bytes(picture(seed=2))
    (folder / "b.jpg.xmp").mkdir()
    bring_in(folder)
    assert (Photo.objects.count(), Sidecar.objects.count()) == (2, 0)


def test_a_link_to_a_sidecar_outside_the_folder_is_not_followed(
    alice: User, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "private.xmp").write_bytes(xmp("Somebody else's"))
    (folder / "a.jpg").write_bytes(picture())
    (folder / "a.jpg.xmp").symlink_to(tmp_path / "private.xmp")
    found = [file for file in find_files(folder, on_error=lambda _error: None) if file.wanted]
    assert [file.sidecar for file in found] == [None]
    job = FolderImport(folder=folder, owner=alice)
    job.find()
    assert job.report.sidecars == 0
