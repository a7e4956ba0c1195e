"""What a file says of itself: when, where, with what."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from photolib.core.errors import RefusedFile
from photolib.core.metadata import Metadata, read_metadata
from photolib.core.xmp import read_xmp

PARIS = ZoneInfo("Europe/Paris")
RECEIVED = datetime(2024, 8, 1, 9, tzinfo=UTC)
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
ORIGINAL, OFFSET, SUBSEC = 0x9003, 0x9011, 0x9291

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 exif:DateTimeOriginal="2019-05-04T03:02:01+02:00" exif:GPSLatitude="45,45.6N">
<exif:GPSLongitude>4,50.4E</exif:GPSLongitude>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Ben &amp; the dog</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def file_with(
    folder: Path,
    *,
    main: dict[int, Any] | None = None,
    camera: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
    xmp: str = "",
    format: str = "JPEG",
) -> Path:
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(EXIF_IFD).update(camera or {})
    exif.get_ifd(GPS_IFD).update(gps or {})
    path = folder / "picture"
    # As it would be read from a file: only so does Pillow write all its parts into a TIFF.
    whole = Image.Exif()
    whole.load(exif.tobytes())
    options: dict[str, Any] = {"exif": whole}
    if xmp:
        options["xmp"] = xmp.encode()
    Image.new("RGB", (16, 16)).save(path, format, **options)
    return path


def read(path: Path, *, name: str = "DSC_1.jpg", file_date: datetime | None = None) -> Metadata:
    return read_metadata(
        path, name=name, file_date=file_date, received_at=RECEIVED, time_zone=PARIS
    )


LYON = {1: "N", 2: (45.0, 45.0, 36.0), 3: "E", 4: (4.0, 50.0, 24.0)}


def test_the_cameras_clock_with_its_offset_gives_the_moment(tmp_path: Path) -> None:
    camera = {ORIGINAL: "2024:07:06 23:30:00", OFFSET: "+02:00", SUBSEC: "25"}
    found = read(file_with(tmp_path, camera=camera))
    assert found.taken_source == "exif"
    assert found.taken_at == datetime(2024, 7, 6, 21, 30, 0, 250000, tzinfo=UTC)
    assert (found.taken_offset, found.taken_on) == (120, date(2024, 7, 6))


def test_a_clock_without_an_offset_is_kept_as_it_reads(tmp_path: Path) -> None:
    found = read(file_with(tmp_path, camera={ORIGINAL: "2024:07:06 23:30:00"}))
    assert found.taken_at == datetime(2024, 7, 6, 23, 30, tzinfo=UTC)
    assert (found.taken_offset, found.taken_on) == (None, date(2024, 7, 6))


@pytest.mark.parametrize("day", ["2024:07:06", "2024:07:07", "2024:07:05"])
def test_the_satellites_time_tells_the_offset_even_with_a_wrong_day(
    tmp_path: Path, day: str
) -> None:
    gps = {7: (12.0, 29.0, 10.0), 29: day}
    found = read(file_with(tmp_path, camera={ORIGINAL: "2024:07:06 14:30:00"}, gps=gps))
    assert found.taken_at == datetime(2024, 7, 6, 12, 30, tzinfo=UTC)
    assert found.taken_offset == 120


def test_a_satellite_time_that_fits_no_zone_tells_nothing(tmp_path: Path) -> None:
    gps = {7: (12.0, 12.0, 0.0), 29: "2024:07:06"}
    found = read(file_with(tmp_path, camera={ORIGINAL: "2024:07:06 14:30:00"}, gps=gps))
    assert found.taken_offset is None


@pytest.mark.parametrize(
    "odd",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "1970:01:01 00:00:00",
        "2031:01:01 00:00:00",
        "\0\0",
    ],
)
def test_odd_dates_give_way_to_the_next_source(tmp_path: Path, odd: str) -> None:
    path = file_with(tmp_path, camera={ORIGINAL: odd})
    found = read(path, name="IMG_20240706_142530.jpg")
    assert (found.taken_source, found.taken_on) == ("filename", date(2024, 7, 6))


def test_sources_are_asked_in_their_order(tmp_path: Path) -> None:
    file_date = datetime(2020, 1, 2, 23, 30, tzinfo=UTC)
    name = "IMG_20210706_142530.jpg"
    gps = {7: (12.0, 0.0, 0.0), 29: "2022:02:02"}
    camera = {ORIGINAL: "2023:03:03 03:03:03"}
    full = file_with(tmp_path, camera=camera, gps=gps, xmp=XMP)
    assert read(full, name=name, file_date=file_date).taken_source == "exif"
    without_exif = file_with(tmp_path, gps=gps, xmp=XMP)
    assert read(without_exif, name=name, file_date=file_date).taken_source == "gps"
    only_xmp = read(file_with(tmp_path, xmp=XMP), name=name, file_date=file_date)
    assert (only_xmp.taken_source, only_xmp.taken_offset) == ("xmp", 120)
    bare = file_with(tmp_path)
    assert read(bare, name=name, file_date=file_date).taken_source == "filename"
    by_file = read(bare, file_date=file_date)
    # Half past midnight in Paris: the day is the household's.
    assert (by_file.taken_source, by_file.taken_on) == ("file", date(2020, 1, 3))
    arrived = read(bare)
    assert (arrived.taken_source, arrived.taken_at) == ("received", RECEIVED)
    assert arrived.taken_offset == 120


def test_a_pixel_phones_name_is_utc(tmp_path: Path) -> None:
    found = read(file_with(tmp_path), name="PXL_20240706_233000000.jpg")
    assert found.taken_at == datetime(2024, 7, 6, 23, 30, tzinfo=UTC)
    assert (found.taken_on, found.taken_offset) == (date(2024, 7, 7), 120)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_every_format_tells_time_place_and_camera(tmp_path: Path, format: str) -> None:
    path = file_with(
        tmp_path,
        main={0x010F: "NIKON\0\0", 0x0110: " COOLPIX  P6000 "},
        camera={ORIGINAL: "2024:07:06 14:30:00", 0xA434: "50mm"},
        gps=LYON,
        format=format,
    )
    found = read(path)
    assert found.taken_source == "exif"
    assert (found.latitude, found.longitude) == (45.76, 4.84)
    assert (found.camera_make, found.camera_model, found.lens) == ("NIKON", "COOLPIX P6000", "50mm")


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (4.0, 0.0, 0.0)},
        {2: (45.0, 0.0, 0.0), 4: (4.0, 0.0, 0.0)},
        {1: "N", 2: (45.0, 0.0, 0.0)},
        {},
    ],
    ids=["null island", "beyond the pole", "no direction", "half", "none"],
)
def test_odd_places_are_no_place(tmp_path: Path, gps: dict[int, Any]) -> None:
    found = read(file_with(tmp_path, gps=gps))
    assert (found.latitude, found.longitude) == (None, None)


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    found = read(file_with(tmp_path, gps=LYON | {1: "S", 3: "W"}))
    assert (found.latitude, found.longitude) == (-45.76, -4.84)


def test_xmp_tells_place_and_description(tmp_path: Path) -> None:
    found = read(file_with(tmp_path, xmp=XMP))
    assert (found.latitude, found.longitude) == (45.76, 4.84)
    assert found.description == "Ben & the dog"


def test_what_cameras_write_into_every_picture_is_no_description(tmp_path: Path) -> None:
    path = file_with(tmp_path, main={0x010E: "OLYMPUS DIGITAL CAMERA         "})
    assert read(path).description == ""


def test_damaged_notes_refuse_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(
        out, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\x99" * 60
    )
    path.write_bytes(out.getvalue())
    assert read(path).taken_source == "received"


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    with pytest.raises(RefusedFile):
        read(path)


def test_entities_in_xmp_are_not_followed() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + XMP.replace("Ben", "&b;")
    assert read_xmp(bomb) == {}


def test_of_cut_xmp_the_beginning_counts() -> None:
    assert read_xmp(XMP[:400])["exif:GPSLatitude"] == "45,45.6N"
    assert read_xmp(b"\xff\xfe nothing") == {}
    assert read_xmp(None) == {}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "source", "taken_at", "offset"),
    [
        ("exif-samples/jpg/gps/DSCN0010.jpg", "exif", "2008-10-22T14:28:39+00:00", 120),
        ("immich/formats/heic/IMG_2682.heic", "exif", "2019-03-21T16:04:22.348000+00:00", -300),
        ("immich/metadata/dates/gps-datetime.jpg", "gps", "2023-11-15T12:30:00+00:00", 60),
        ("immich/formats/webp/denali.webp", "exif", "2010-08-13T21:00:01.850000+00:00", None),
    ],
)
def test_pictures_of_real_cameras_are_dated(
    shared_data: Path, file: str, source: str, taken_at: str, offset: int | None
) -> None:
    """Expected values read off with Pillow by hand, the camera's fields one by one."""
    path = shared_data / "formats" / file
    found = read_metadata(
        path,
        name=path.name,
        file_date=None,
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        time_zone=PARIS,
    )
    assert (found.taken_source, found.taken_at.isoformat(), found.taken_offset) == (
        source,
        taken_at,
        offset,
    )


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["hostile", "formats"])
def test_notes_of_every_odd_file_are_read_or_refused(shared_data: Path, folder: str) -> None:
    read_count = 0
    for path in (shared_data / folder).rglob("*"):
        if path.is_file():
            try:
                read_count += isinstance(read(path), Metadata)
            except RefusedFile:
                continue
    assert read_count > 50
