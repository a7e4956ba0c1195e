"""Reading words in pictures: what becomes a fact, and what the real reader makes of real letters."""

import logging
import socket
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile
from photolib.core.pixels import Pixels
from photolib.describe import text_reader
from photolib.describe.analysers import text
from photolib.describe.boxes import Box
from photolib.describe.models_used import TEXT_READER
from photolib.describe.scorecard.text import error_rate, figures_of, read_folder
from photolib.describe.seen import SeenFact
from photolib.describe.text_reader import SeenLine, TextReader, reader
from photolib.library.models import Photo


def line(said: str, top: float = 0.1, *, confidence: float = 0.95, **changed: float) -> SeenLine:
    shape = {"left": 0.1, "width": 0.4, "height": 0.05} | changed
    box = Box(shape["left"], top, shape["width"], shape["height"])
    return SeenLine(said, box, confidence, writing=0.7)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """What the analyser makes of lines, in a square picture."""

    def of(*lines: SeenLine) -> list[SeenFact]:
        monkeypatch.setattr(reader, "read", lambda _image: list(lines))
        white = Image.new("RGB", (400, 400), "white")
        return text.look(Photo(), Pixels(tmp_path, name="letter.png", image=white))

    return of


def test_lines_become_facts_in_reading_order_with_the_language_of_their_block(look) -> None:
    facts = look(line("we are at the sea", 0.3), line("Thank you, Anna", 0.24), line("Rue 7", 0.8))
    assert [(one.text, one.place, one.language) for one in facts] == [
        ("Thank you, Anna", 1, "en"), ("we are at the sea", 2, "en"), ("Rue 7", 3, ""),
    ]  # fmt: skip
    assert {one.label for one in facts} == {"text"}


def test_line_that_was_badly_read_is_not_repeated_but_told_as_writing(look) -> None:
    (fact,) = look(line("D'7 ro", confidence=0.6))
    assert (fact.label, fact.text, fact.place) == ("unread_text", "", 0)


def test_greek_letters_are_not_passed_off_as_read(look) -> None:
    (fact,) = look(line("Kαλ ρατε στην να", confidence=0.93))
    assert fact.label == "unread_text"


def test_line_that_nobody_could_read_is_told_once_however_many_there_are(look) -> None:
    facts = look(line("", 0.1, confidence=0), line("", 0.3, confidence=0), line("Halt 12", 0.6))
    assert [one.label for one in facts] == ["text", "unread_text"]


def test_single_letter_and_pattern_as_tall_as_the_picture_are_nothing(look) -> None:
    assert look(line("X", width=0.05), line("OHU", 0.1, height=0.9)) == []
    assert look(line("", confidence=0, width=0.05)) == []


def test_single_letter_is_kept_beside_other_writing(look) -> None:
    facts = look(line("2 x bread", 0.3), line("A", 0.5, width=0.05))
    assert [one.text for one in facts] == ["2 x bread", "A"]


def test_text_is_kept_to_a_length_that_anybody_would_listen_to(look) -> None:
    facts = look(*(line(f"line number {n} " * 40, n / 200, height=0.004) for n in range(150)))
    assert len(facts) == text.MOST_LINES
    assert max(len(one.text) for one in facts) == text.MOST_LETTERS


def test_error_rate_counts_letters_put_in_left_out_and_changed() -> None:
    assert error_rate("kitten", "sitting") == pytest.approx(3 / 7)
    assert error_rate("", "four") == 1
    assert error_rate("four", "four") == 0
    assert error_rate("made up", "") == 1


def written(said: str, size: int = 40) -> NDArray[np.uint8]:
    """A white picture, 900 × 200, with these words in black."""
    font = ImageFont.truetype(_font(), size)
    picture = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(picture).text((40, 60), said, fill="black", font=font)
    return np.asarray(picture)


def _font() -> str:
    """A font with Latin, Cyrillic and Greek letters, from a package that the tests have anyway."""
    import matplotlib

    return str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        "Bakery OPEN",
        "Où est l'été?",
        "Straße größer Müller",
        "Mañana por la tarde",
        "Øl og flødeboller",
    ],
)
def test_real_reader_reads_latin_letters_with_accents(said: str) -> None:
    (seen,) = reader.read(written(said))
    assert error_rate(seen.text, said) <= 0.1
    assert seen.confidence >= text.READ_FROM
    assert 0 <= seen.box.left < 0.1
    assert 0.2 < seen.box.top < 0.4


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize(
    "said", ["Добро пожаловать в Москву", "Καλώς ήρθατε στην Αθήνα", "مرحبا بالعالم كيف حالك"]
)
def test_letters_that_the_reader_does_not_know_are_told_as_writing_and_never_guessed(
    said: str, tmp_path: Path
) -> None:
    picture = Image.fromarray(written(said))
    facts = text.look(Photo(), Pixels(tmp_path, name="sign.png", image=picture))
    assert [fact.label for fact in facts] == ["unread_text"]


@pytest.mark.models
def test_real_reader_finds_nothing_in_an_even_surface_and_takes_a_tiny_picture() -> None:
    assert reader.read(np.full((480, 640, 3), 128, dtype=np.uint8)) == []
    assert reader.read(np.full((3, 2, 3), 128, dtype=np.uint8)) == []


@pytest.mark.models
def test_real_reader_asks_no_network_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the reader asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with caplog.at_level(logging.DEBUG):
        TextReader().read(written("Bakery OPEN"))
    assert capsys.readouterr() == ("", "")
    assert [record for record in caplog.records if record.name.lower().startswith("rapid")] == []


def test_changed_model_file_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = ModelFile(TEXT_READER.package, TEXT_READER.file, "0" * 64, TEXT_READER.licence)
    monkeypatch.setattr(text_reader, "TEXT_READER", changed)
    with pytest.raises(ModelMissing, match="PP-OCRv6_rec_small"):
        TextReader().read(written("OPEN"))


@pytest.mark.shared
@pytest.mark.models
@pytest.mark.slow
def test_receipts_are_read_with_few_wrong_letters(shared_data: Path) -> None:
    pictures = read_folder(shared_data / "text" / "receipts")
    figures = figures_of(pictures)
    assert figures.pictures == 20
    assert figures.letters.value <= 0.09, figures
    assert figures.words.value >= 0.8, figures
