"""Telling formats by their first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.core.errors import RefusedFile
from photolib.core.formats import FORMATS, check_first_bytes, sniff
from tests.factories import picture


@pytest.mark.parametrize(
    ("pillow_name", "found"),
    [
        ("JPEG", "jpeg"),
        ("PNG", "png"),
        ("WEBP", "webp"),
        ("GIF", "gif"),
        ("TIFF", "tiff"),
        ("AVIF", "avif"),
    ],
)
def test_each_format_is_known_by_its_first_bytes(pillow_name: str, found: str) -> None:
    assert sniff(picture(format=pillow_name, size=(32, 32))[:64]) == found


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
        # A brand after the box's end is no brand.
        (b"\0\0\0\x10ftypisom\0\0\0\0heicheic", None),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"RIFF\0\0\0\0WAVE", None),
    ],
)
def test_containers_are_told_apart(head: bytes, found: str | None) -> None:
    assert sniff(head) == found


@pytest.mark.parametrize(
    ("head", "code", "word"),
    [
        (b"", "empty", "empty"),
        (b"hello, I am a text", "not_an_image", "not a picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "unsupported", "video"),
        (b"\x1a\x45\xdf\xa3matroska", "unsupported", "video"),
        (b"PK\x03\x04zip", "unsupported", "archive"),
        (b"%PDF-1.7", "unsupported", "PDF"),
        (b"II*\0\x10\0\0\0CR\x02\0", "unsupported", "RAW"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "unsupported", "RAW"),
        (b"FUJIFILMCCD-RAW 0201", "unsupported", "RAW"),
        (b"8BPS\0\x01", "unsupported", "cannot read this picture format"),
    ],
)
def test_a_refusal_names_the_file_the_reason_and_what_it_is(
    head: bytes, code: str, word: str
) -> None:
    with pytest.raises(RefusedFile, match=word) as refusal:
        check_first_bytes(head, name="holiday.xyz")
    assert refusal.value.code == code
    assert str(refusal.value).startswith("holiday.xyz: ")


@given(st.binary(max_size=64))
def test_any_bytes_are_a_known_format_or_none(head: bytes) -> None:
    assert sniff(head) in {*FORMATS, None}
