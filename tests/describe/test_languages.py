"""What each language's grammar must get right beyond the composer's sentences."""

from datetime import date
from time import process_time

import pytest
from django.conf import settings

from photolib.describe.composer import compose
from photolib.describe.languages import GRAMMARS, grammar_of
from photolib.describe.models import FactKind
from photolib.describe.vocabulary.signs import (
    Colour,
    Light,
    PictureSort,
    Posture,
    Quality,
    Smile,
)
from photolib.library.models import TakenSource
from tests.describe.views import (
    ANNA,
    BEN,
    body,
    face,
    own,
    posture,
    scene,
    sign,
    smile,
    text,
    thing,
    view,
)


def test_the_languages_offered_are_those_that_are_whole() -> None:
    assert list(GRAMMARS) == [code for code, _name in settings.DESCRIPTION_LANGUAGES]
    assert {code for code, _name in settings.LANGUAGES} <= set(GRAMMARS)


def test_a_regional_code_finds_its_language_and_an_unknown_one_english() -> None:
    assert grammar_of("de-at").language == "de"
    assert grammar_of("pt").language == "en"


@pytest.mark.parametrize("language", GRAMMARS)
def test_every_grammar_has_a_word_for_everything_it_is_asked(language: str) -> None:
    grammar = GRAMMARS[language]
    assert set(grammar.date_sources) == set(TakenSource)
    assert set(grammar.sides) == {"left", "centre", "right"}
    assert set(grammar.depths) == {"near", "far"}
    assert set(grammar.certainties) == set(GRAMMARS["en"].certainties)
    assert len(set(grammar.number_words)) == 11


@pytest.mark.parametrize("language", GRAMMARS)
def test_every_sign_has_its_words_in_every_language(language: str) -> None:
    signs = GRAMMARS[language].signs
    assert set(signs.acts) == {*Posture, *Smile}
    assert set(signs.pictures) == set(PictureSort)
    assert set(signs.light) == {Light.BY_DAY, Light.AT_NIGHT}
    assert set(signs.quality) == set(Quality)
    assert set(signs.colours) == set(Colour)
    for label in (*Posture, *Smile, *PictureSort, *signs.light, *Quality, *Colour, "text"):
        assert signs.searched(label), label
        assert not {"a", "an", "un", "une", "de", "en", "ein", "una", "een"} & {
            part for word in signs.searched(label)[:1] for part in word.split()[:1]
        }  # fmt: skip
    for label in (*Posture, *Smile, *PictureSort, *signs.light, *Quality, *Colour):
        assert signs.named(label), label


def test_what_is_no_sign_has_no_words() -> None:
    for grammar in GRAMMARS.values():
        assert grammar.signs.named("dog") == ""
        assert grammar.signs.searched("nudity") == ()


QUOTED = {
    "en": "text: “Gare de Lyon”",
    "fr": "texte\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}Gare de Lyon\N{NO-BREAK SPACE}»",
    "de": "Text: „Gare de Lyon“",
    "es": "texto: «Gare de Lyon»",
    "it": "testo: «Gare de Lyon»",
    "nl": "tekst: ‘Gare de Lyon’",
}
MARKED = {
    "en": "Automatic: A dog.",
    "fr": "Automatique\N{NO-BREAK SPACE}: Un chien.",
    "de": "Automatisch: Ein Hund.",
    "es": "Automático: Un perro.",
    "it": "Automatico: Un cane.",
    "nl": "Automatisch: Een hond.",
}
MORE = {
    "en": "There may be more people.",
    "fr": "Il y a peut-être d'autres personnes.",
    "de": "Vielleicht sind es mehr Personen.",
    "es": "Quizá haya más personas.",
    "it": "Forse ci sono altre persone.",
    "nl": "Misschien zijn er meer mensen.",
}


@pytest.mark.parametrize("language", GRAMMARS)
def test_text_in_the_picture_stands_in_the_languages_own_quotation_marks(language: str) -> None:
    assert GRAMMARS[language].reads("Gare de Lyon") == QUOTED[language]


@pytest.mark.parametrize("language", GRAMMARS)
def test_a_text_can_be_marked_as_the_machines(language: str) -> None:
    grammar = GRAMMARS[language]
    assert grammar.automatic(grammar.sentence(grammar.group("dog", 1))) == MARKED[language]


@pytest.mark.parametrize("language", GRAMMARS)
def test_more_people_than_were_counted(language: str) -> None:
    grammar = GRAMMARS[language]
    assert grammar.sentence(grammar.more_people()) == MORE[language]


ITALIAN_DAYS = [
    (1, False, "aggiunta il 1º luglio 2024", "file del 1º luglio 2024"),
    (7, False, "aggiunta il 7 luglio 2024", "file del 7 luglio 2024"),
    (8, False, "aggiunta l'8 luglio 2024", "file dell'8 luglio 2024"),
    (11, False, "aggiunta l'11 luglio 2024", "file dell'11 luglio 2024"),
    (18, False, "aggiunta il 18 luglio 2024", "file del 18 luglio 2024"),
    (8, True, "aggiunta lunedì 8 luglio 2024", "file di lunedì 8 luglio 2024"),
]


@pytest.mark.parametrize(("number", "weekday", "received", "dated"), ITALIAN_DAYS)
def test_italian_articles_elide_before_eight_and_eleven(
    number: int, weekday: bool, received: str, dated: str
) -> None:
    italian, day = GRAMMARS["it"], date(2024, 7, number)
    assert italian.when(day, TakenSource.RECEIVED, weekday=weekday) == received
    assert italian.when(day, TakenSource.FILE, weekday=weekday) == dated


def test_spanish_and_becomes_e_before_the_sound_of_i() -> None:
    spanish = GRAMMARS["es"]
    assert spanish.listed(["Anna", "Inés"]) == "Anna e Inés"
    assert spanish.listed(["Anna", "Hilda"]) == "Anna e Hilda"
    assert spanish.listed(["Anna", "Ian"]) == "Anna y Ian"
    assert spanish.listed(["Ben", "Anna", "Yolanda"]) == "Ben, Anna y Yolanda"
    assert spanish.listed(["Inés"]) == "Inés"


def test_italian_and_becomes_ed_before_e() -> None:
    italian = GRAMMARS["it"]
    assert italian.listed(["Anna", "Elena"]) == "Anna ed Elena"
    assert italian.listed(["Anna", "Ugo"]) == "Anna e Ugo"


def test_dutch_verb_agrees_with_what_may_be_there() -> None:
    dutch = GRAMMARS["nl"]
    assert dutch.hedged(["een kat"]) == "misschien is er een kat te zien"
    assert dutch.hedged(["een kat", "een hond"]) == "misschien zijn er een kat en een hond te zien"


def test_who_is_not_named_is_told_without_a_gender() -> None:
    others = {language: GRAMMARS[language].others(1) for language in GRAMMARS}
    assert others == {
        "en": "one other", "fr": "une autre", "de": "eine weitere", "es": "una más",
        "it": "un'altra", "nl": "nog iemand",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", GRAMMARS)
def test_composing_a_text_takes_less_than_a_millisecond(language: str) -> None:
    """With facts of every kind. The quickest of ten rounds, by the time of this process alone."""
    seen = view(
        faces=(face(0.1, ANNA), face(0.4, BEN), face(0.7)),
        things=(body(0.1), body(0.4), thing("dog"), thing("table"), thing("cup"), scene("beach")),
        signs=(
            posture(0.1, "sitting"), smile(0.1), sign(FactKind.LIGHT, "at_night"),
            sign(FactKind.QUALITY, "dark"), sign(FactKind.COLOUR, "blue"),
        ),
        texts=(text("Gare de Lyon"),),
        own=(own("Fiete"),),
    )  # fmt: skip
    compose(seen, language)
    rounds = []
    for _round in range(10):
        start = process_time()
        for _one in range(50):
            compose(seen, language)
        rounds.append((process_time() - start) / 50)
    assert min(rounds) < 0.001
