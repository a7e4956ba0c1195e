"""Notes written into copies, read back by a library that did not write them as we did."""

import io
import shutil
import subprocess
from pathlib import Path

import pyexiv2
import pytest
from PIL import Image, ImageChops

from photolib.core.embedding import NotEmbeddable, embed
from photolib.core.picture_words import ALT, LONG, SOURCE
from photolib.core.xmp import read_packet
from photolib.core.xmp_writing import alternatives, bag, packet_of, packet_over, writable
from tests.core.test_xmp import HEAD, TAIL, lang_alt
from tests.factories import picture

WORDS = "Zoë’s “dog” <& cat>, 日本, 🐕"
OURS = packet_of(
    [
        alternatives(ALT, {"": WORDS, "fr": "Un chien"}),
        alternatives(SOURCE, {"fr": "human"}),
        bag("Iptc4xmpExt:PersonInImage", ["Anna"]),
    ]
)
THEIRS = HEAD + lang_alt(ALT, de="Alter Text") + lang_alt("dc:title", x_default="Sea") + (
    '<x:Own xmlns:x="http://example.org/other/1/">kept</x:Own>'
    '<Iptc4xmpExt:PersonInImage xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag>'
    "<rdf:li>Old Name</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
    '<m:Regions xmlns:m="http://www.metadataworkinggroup.com/schemas/regions/" '
    'rdf:parseType="Resource"><m:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<m:Name>Old Name</m:Name></rdf:li></rdf:Bag></m:RegionList></m:Regions>"
) + TAIL  # fmt: skip


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(xmp=THEIRS.encode()))
    return path


def notes_in(content: bytes) -> dict[str, object]:
    with pyexiv2.ImageData(content) as image:
        found: dict[str, object] = image.read_xmp()
    return found


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_each_format_carries_the_words_and_keeps_its_pixels(tmp_path: Path, format: str) -> None:
    path = tmp_path / "picture"
    path.write_bytes(picture(format=format))
    before = path.read_bytes()
    copy = embed(path, format=format.lower(), packet=OURS)
    assert path.read_bytes() == before
    notes = notes_in(copy)
    assert notes["Xmp.iptc.AltTextAccessibility"] == {
        'lang="x-default"': WORDS, 'lang="fr"': "Un chien",
    }  # fmt: skip
    assert notes["Xmp.iptcExt.PersonInImage"] == ["Anna"]
    with Image.open(io.BytesIO(copy)) as after, Image.open(path) as original:
        assert (
            ImageChops.difference(after.convert("RGB"), original.convert("RGB")).getbbox() is None
        )


def test_other_programs_notes_stay_and_ours_take_the_place_of_older_ones(jpeg: Path) -> None:
    notes = notes_in(embed(jpeg, format="jpeg", packet=OURS))
    assert notes["Xmp.dc.title"] == {'lang="x-default"': "Sea"}
    assert notes["Xmp.photoshop.CaptionWriter"] == "J. Doe"
    assert "kept" in notes.values()
    assert 'lang="de"' not in str(notes["Xmp.iptc.AltTextAccessibility"])


def test_names_and_boxes_that_others_wrote_do_not_leave_with_the_copy(jpeg: Path) -> None:
    assert b"Old Name" in jpeg.read_bytes()
    assert b"Old Name" not in embed(jpeg, format="jpeg", packet=OURS)


def test_a_description_that_is_gone_here_is_gone_from_the_copy(jpeg: Path) -> None:
    notes = notes_in(embed(jpeg, format="jpeg", packet=packet_of([])))
    assert "Xmp.iptc.AltTextAccessibility" not in notes
    assert notes["Xmp.dc.title"] == {'lang="x-default"': "Sea"}


def test_into_hostile_notes_nothing_is_written(tmp_path: Path) -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + HEAD + "&b;" + TAIL
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(xmp=hostile.encode()))
    with pytest.raises(NotEmbeddable):
        embed(path, format="jpeg", packet=OURS)


@pytest.mark.parametrize("damaged", ["<x", "<a/>", HEAD, f"<!DOCTYPE x>{HEAD}{TAIL}"])
def test_notes_that_cannot_be_read_are_not_written_over(damaged: str) -> None:
    with pytest.raises(ValueError, match="own notes"):
        packet_over(damaged.encode(), OURS, without=[ALT])


def test_what_takes_no_notes_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(picture(format="GIF"))
    with pytest.raises(NotEmbeddable):
        embed(path, format="gif", packet=OURS)
    path.write_bytes(b"\xff\xd8\xff\xe1 no picture at all")
    with pytest.raises(NotEmbeddable):
        embed(path, format="jpeg", packet=OURS)


def test_no_text_can_break_out_of_its_property() -> None:
    nasty = 'x</rdf:li></rdf:Alt><dc:title xmlns:dc="d">"\x00\x0b\ud800\ufffe]]>'
    packet = packet_of([alternatives(LONG, {"": nasty})])
    assert read_packet(packet).text(LONG) == {"": writable(nasty)}
    assert "dc:title" not in read_packet(packet).values
    assert "]]>" in read_packet(packet).text(LONG)[""]


def test_a_packet_over_another_has_each_property_once() -> None:
    again = packet_over(
        packet_over(THEIRS.encode(), OURS, without=[ALT, SOURCE]), OURS, without=[ALT]
    )
    assert again.count(b"AltTextAccessibility>") == 2
    assert read_packet(again).text("dc:title") == {"": "Sea"}


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_exiftool_reads_the_same(jpeg: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(embed(jpeg, format="jpeg", packet=OURS))
    read = subprocess.run(
        ["exiftool", "-s3", "-XMP-iptcCore:AltTextAccessibility", str(copy)],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert read.stdout.strip() == WORDS
