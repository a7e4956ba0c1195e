"""The steps that read what a file says, and draw the copies that pages show."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.errors import PhotolibError, StepError
from photolib.core.pixels import Pixels
from photolib.library import renditions
from photolib.library.models import Photo, TakenSource
from photolib.library.services import purge_photo, set_taken
from photolib.library.steps import make_renditions, read_metadata
from photolib.library.storage import original_path
from tests.factories import picture
from tests.library.conftest import Arrive, draw


def with_notes() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Nokia", "x" * 300
    exif.get_ifd(0x8769)[0x9003] = "2019:05:04 10:00:00"
    gps: dict[int, Any] = {1: "N", 2: (45.0, 45.0, 36.0), 3: "E", 4: (4.0, 50.0, 24.0)}
    exif.get_ifd(0x8825).update(gps)
    return picture(exif=exif)


def run_metadata(photo: Photo) -> Photo:
    write = read_metadata.run(photo, Pixels(original_path(photo.original), name="a.jpg"))
    assert write is not None
    write()
    return Photo.objects.get(pk=photo.pk)


def test_a_photo_learns_its_time_place_and_camera(alice: User, arrive: Arrive) -> None:
    photo = run_metadata(arrive(alice, with_notes()).photo)
    assert (photo.taken_source, photo.taken_on) == (TakenSource.EXIF, date(2019, 5, 4))
    assert (photo.latitude, photo.longitude) == (45.76, 4.84)
    assert (photo.place_town, photo.place_country) == ("Lyon", "FR")
    assert (photo.camera_make, photo.camera_model) == ("Nokia", "x" * 100)


def test_running_twice_writes_the_same(alice: User, arrive: Arrive) -> None:
    file_date = datetime(2018, 1, 1, 12, tzinfo=UTC)
    photo = arrive(alice, file_date=file_date).photo
    once = run_metadata(photo)
    twice = run_metadata(once)
    assert once.taken_source == TakenSource.FILE
    fields = [field.attname for field in Photo._meta.concrete_fields]
    assert all(getattr(once, name) == getattr(twice, name) for name in fields)


def test_a_date_set_by_hand_outlives_every_run(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice, with_notes()).photo
    write = read_metadata.run(photo, Pixels(original_path(photo.original), name="a.jpg"))
    # Set while the file was being read.
    set_taken(photo=photo, taken_on=date(1999, 9, 9), by=alice)
    assert write is not None
    write()
    photo.refresh_from_db()
    assert (photo.taken_source, photo.taken_on) == (TakenSource.HUMAN, date(1999, 9, 9))
    assert photo.place_town == "Lyon"


def test_renditions_have_their_sizes_and_nothing_but_pixels(alice: User, arrive: Arrive) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    photo = arrive(alice, picture(size=(2400, 1200), exif=exif)).photo
    draw(photo)
    for size in renditions.SIZES:
        with Image.open(renditions.rendition_path(photo, size)) as image:
            assert image.format == "WEBP"
            assert image.size == (size // 2, size)
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile"} & set(image.info)


def test_a_small_picture_is_not_made_larger(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice, picture(size=(400, 300))).photo
    draw(photo)
    sizes = {}
    for size in renditions.SIZES:
        with Image.open(renditions.rendition_path(photo, size)) as image:
            sizes[size] = image.size
    assert sizes == {320: (320, 240), 640: (400, 300), 1600: (400, 300)}


def test_drawing_twice_gives_the_same_files(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    draw(photo)
    folder = renditions.folder_of(photo.pk)
    once = {path.name: path.read_bytes() for path in folder.iterdir()}
    draw(photo)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once
    assert sorted(once) == ["1600.webp", "320.webp", "640.webp"]


def test_a_photo_that_goes_while_it_is_drawn_leaves_nothing(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    pixels = Pixels(original_path(photo.original), name="a.jpg")
    assert pixels.image
    stale = Photo.objects.get()
    purge_photo(photo=photo)
    make_renditions.run(stale, pixels)
    assert not renditions.folder_of(stale.pk).exists()
    assert renditions.photos_with_renditions() == set()


def test_a_damaged_original_parks_both_steps_at_once(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    path = original_path(photo.original)
    path.chmod(0o600)
    path.write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    for step in (read_metadata, make_renditions):
        with pytest.raises(StepError) as error:
            step.run(photo, Pixels(path, name="IMG_1.jpg"))
        assert error.value.permanent
        assert str(error.value).startswith("IMG_1.jpg: ")


def test_the_full_size_is_drawn_when_first_asked_for(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice, picture(size=(1800, 900))).photo
    path = renditions.ensure_full(photo)
    with Image.open(path) as image:
        assert (image.format, image.size) == ("WEBP", (1800, 900))
    drawn_at = path.stat().st_mtime_ns
    assert renditions.ensure_full(photo).stat().st_mtime_ns == drawn_at


def test_a_picture_longer_than_webp_allows_is_made_to_fit(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice, picture(size=(20_000, 40))).photo
    with Image.open(renditions.ensure_full(photo)) as image:
        assert image.size == (16_383, 33)


def test_the_full_size_of_a_small_photo_is_the_standing_one(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    draw(photo)
    assert renditions.ensure_full(photo) == renditions.rendition_path(photo, 1600)


def test_a_full_size_that_cannot_be_drawn_says_so(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice, picture(size=(1800, 900))).photo
    path = original_path(photo.original)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(PhotolibError, match=r"IMG_1\.jpg could not be drawn"):
        renditions.ensure_full(photo)
    assert not renditions.rendition_path(photo, renditions.FULL).exists()


def test_the_full_size_keeps_to_the_limit_of_pixels(
    alice: User, arrive: Arrive, settings: Settings
) -> None:
    photo = arrive(alice, picture(size=(1800, 900))).photo
    settings.MAX_PIXELS = 1_000_000
    with pytest.raises(PhotolibError):
        renditions.ensure_full(photo)


@pytest.mark.shared
def test_every_format_of_real_devices_goes_all_the_way(
    alice: User, arrive: Arrive, shared_data: Path
) -> None:
    folder = shared_data / "formats" / "immich" / "formats"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for file in files:
        photo = run_metadata(arrive(alice, file.read_bytes(), name=file.name).photo)
        draw(photo)
        with Image.open(renditions.rendition_path(photo, 1600)) as image:
            assert max(image.size) == min(1600, max(photo.width, photo.height)), file.name
