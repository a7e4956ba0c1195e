"""Words that come with a file: kept as a person's, never above what a person wrote here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from photolib.accounts.models import User
from photolib.core.picture_words import ALT, LONG
from photolib.core.pixels import Pixels
from photolib.core.xmp_writing import alternatives, packet_of
from photolib.describe.file_texts import LONGEST_ALT
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import FileNote, HumanText, TextSource
from photolib.describe.queries import texts_for
from photolib.describe.services import clear_text, edit_text
from photolib.describe.shortening import shorten
from photolib.describe.sidecars import sidecars_for
from photolib.describe.steps import read_notes
from photolib.library.models import Photo
from photolib.library.services import keep_sidecar
from photolib.library.storage import original_path
from photolib.search.queries import search_photos
from tests.describe.rows import fact_row
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db
DESCRIPTION = 270  # EXIF ImageDescription


def xmp(texts: Mapping[str, Mapping[str, str]]) -> bytes:
    return packet_of([alternatives(name, said) for name, said in texts.items()])


def photo_with(owner: User, *, seed: int = 0, **save: Any) -> Photo:
    """A photo with a real file that holds these notes."""
    photo = photo_row(owner, seed=seed)
    path = original_path(photo.original)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture(size=(32, 32), **save))
    return photo


def read(photo: Photo) -> None:
    """As the runner does it."""
    write = read_notes.run(photo, Pixels(original_path(photo.original), name="a.jpg"))
    assert write is not None
    write()


def kept(photo: Photo) -> dict[str, tuple[str, str]]:
    rows = HumanText.objects.filter(photo=photo)
    return {row.language: (row.alt, row.extended) for row in rows}


def test_every_language_of_a_file_is_kept_as_words_that_came_with_it(alice: User) -> None:
    texts = {
        ALT: {"": "Ein Hund", "de": "Ein Hund", "fr-CA": "Un chien", "pt-BR": "Um cão"},
        LONG: {"de": "Ein Hund am Kai."},
        "photoshop:CaptionWriter": {"": "J. Doe"},
    }
    photo = photo_with(alice, xmp=xmp(texts))
    read(photo)
    assert kept(photo) == {
        "de": ("Ein Hund", "Ein Hund am Kai."), "fr": ("Un chien", ""), "pt": ("Um cão", ""),
    }  # fmt: skip
    told = texts_for([photo], alice, "fr")[photo.pk]
    assert (told.alt, told.language, told.source) == ("Un chien", "fr", "file")
    assert told.written_by == "J. Doe"


def test_words_in_no_said_language_are_kept_as_such(alice: User) -> None:
    photo = photo_with(alice, xmp=xmp({ALT: {"": "Koira laiturilla"}}))
    read(photo)
    assert texts_for([photo], alice, "en")[photo.pk].language == "und"


def test_a_sidecar_is_read_and_has_the_say_over_the_file(alice: User) -> None:
    photo = photo_with(alice, xmp=xmp({ALT: {"en": "Old", "fr": "Vieux"}}))
    keep_sidecar(photo=photo, content=xmp({ALT: {"en": "New"}}))
    read(photo)
    assert kept(photo) == {"en": ("New", ""), "fr": ("Vieux", "")}


def test_a_caption_is_no_alt_text_but_is_kept_and_found(alice: User) -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "Regatta day"
    photo = photo_with(alice, exif=exif.tobytes(), xmp=xmp({"dc:title": {"en": "Summer"}}))
    read(photo)
    assert kept(photo) == {}
    assert texts_for([photo], alice, "en")[photo.pk].source == "fallback"
    notes = FileNote.objects.filter(photo=photo).values_list("kind", "language", "text")
    assert set(notes) == {("title", "en", "Summer"), ("caption", "und", "Regatta day")}
    assert search_photos(alice, "regatta", "en").photos.get() == photo


def test_what_a_person_writes_here_wins_over_the_file_and_over_reading_it_again(
    alice: User,
) -> None:
    photo = photo_with(alice, xmp=xmp({ALT: {"en": "From the file"}}))
    read(photo)
    edit_text(photo=photo, language="en", alt="Mine", extended="", by=alice)
    read(photo)
    assert kept(photo) == {"en": ("Mine", "")}
    assert texts_for([photo], alice, "en")[photo.pk].source == "human"
    edit_text(photo=photo, language="fr", alt="À moi", extended="", by=alice)
    keep_sidecar(photo=photo, content=xmp({ALT: {"fr": "Du fichier", "en": "Again"}}))
    read(photo)
    assert kept(photo) == {"en": ("Mine", ""), "fr": ("À moi", "")}


def test_what_a_person_took_away_does_not_come_back(alice: User) -> None:
    photo = photo_with(alice, xmp=xmp({ALT: {"en": "From the file"}}))
    read(photo)
    clear_text(photo=photo, language="en", by=alice)
    read(photo)
    assert kept(photo) == {}


def test_reading_twice_keeps_the_same_and_drops_what_is_no_longer_there(alice: User) -> None:
    photo = photo_with(alice)
    keep_sidecar(photo=photo, content=xmp({ALT: {"en": "One"}, "dc:title": {"": "T"}}))
    read(photo)
    read(photo)
    assert (kept(photo), FileNote.objects.count()) == ({"en": ("One", "")}, 1)
    keep_sidecar(photo=photo, content=xmp({ALT: {"de": "Zwei"}}))
    read(photo)
    assert (kept(photo), FileNote.objects.count()) == ({"de": ("Zwei", "")}, 0)


def test_a_longer_alt_text_is_cut_at_a_word_and_stands_whole_in_the_long_one(alice: User) -> None:
    long = "A dog on the quay, " + "waiting for the ferry and " * 12
    photo = photo_with(alice, xmp=xmp({ALT: {"en": long}, LONG: {"en": "More."}}))
    read(photo)
    alt, extended = kept(photo)["en"]
    assert len(alt) <= LONGEST_ALT
    assert alt.endswith("…")
    assert long.startswith(alt[:-1])
    assert long[len(alt) - 1] in " ,"
    assert extended == f"{long.strip()}\nMore."


def test_a_long_description_alone_gives_the_alt_text_its_beginning(alice: User) -> None:
    photo = photo_with(alice, xmp=xmp({LONG: {"en": "A dog.\nOn a quay."}}))
    read(photo)
    assert kept(photo) == {"en": ("A dog. On a quay.", "A dog.\nOn a quay.")}


def test_our_own_machine_words_do_not_come_back_as_a_persons(alice: User) -> None:
    first = photo_row(alice, seed=1)
    fact_row(first, "dog", confidence=0.97)
    edit_text(photo=first, language="fr", alt="Rex", extended="", by=alice)
    packet = sidecars_for([first], alice)[first.pk]
    again = photo_with(alice, seed=2)
    keep_sidecar(photo=again, content=packet)
    read(again)
    assert kept(again) == {"fr": ("Rex", "")}
    assert HumanText.objects.get(photo=again).source == TextSource.FILE


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_a_text_with_the_machines_mark_is_nobodys_whoever_passed_it_on(
    alice: User, language: str
) -> None:
    marked = GRAMMARS[language].automatic("3 people, 1 dog.")
    photo = photo_with(alice, xmp=xmp({ALT: {"": marked}, LONG: {"": marked}}))
    read(photo)
    assert kept(photo) == {}


def test_what_is_no_xmp_harms_nothing(alice: User, tmp_path: Path) -> None:
    photo = photo_with(alice)
    keep_sidecar(photo=photo, content=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    read(photo)
    assert (kept(photo), FileNote.objects.count()) == ({}, 0)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two", 7, "one two"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two", 6, "one…"),
        ("unbreakable", 5, "unbr…"),
    ],
)
def test_shortening_keeps_whole_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= limit
