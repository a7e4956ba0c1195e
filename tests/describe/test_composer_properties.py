"""What holds for every description the composer can make, in every language."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photolib.describe.banned import banned_in
from photolib.describe.boxes import Box
from photolib.describe.composer import LIMIT, compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import Composed, Name, PhotoView, SeenFace, SeenThing
from photolib.describe.vocabulary import LABELS
from photolib.library.models import TakenSource

FALLBACK = re.compile(r"(Photo|Foto), ")
CROWD = re.compile(r"(?:\D{0,12})(\d+) (?:people|person[aens]+) ?", re.IGNORECASE)

fractions = st.floats(0.01, 0.5)
boxes = st.builds(Box, fractions, fractions, fractions, fractions)
scores = st.floats(0.3, 1.0)
# People may be called anything, "Oma" too: letters of which no banned word can come.
names = st.builds(Name, st.text("AÉQXéqxz", min_size=1, max_size=100), st.booleans())
faces = st.builds(SeenFace, boxes, scores, st.sampled_from(["", "scrfd"]), st.none() | names)
things = st.builds(
    SeenThing, st.sampled_from(sorted(LABELS)), scores, st.just("ssd"), st.none() | boxes
)
places = st.sampled_from(["", "Lyon", "L" * 100])
views = st.builds(
    PhotoView,
    taken_on=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    taken_source=st.sampled_from(TakenSource),
    faces=st.lists(faces, max_size=9).map(tuple),
    things=st.lists(things, max_size=20).map(tuple),
    names=st.lists(names, max_size=4).map(tuple),
    town=places,
    region=places,
    country=st.sampled_from(["", "FR", "GB", "CI"]),
)


def all_texts(composed: Composed) -> list[str]:
    return [composed.alt, *(claim.text for claim in composed.claims)]


@pytest.mark.parametrize("language", GRAMMARS)
@given(seen=views)
@settings(max_examples=100, deadline=None)
def test_every_description_is_whole(language: str, seen: PhotoView) -> None:
    composed = compose(seen, language)
    assert 0 < len(composed.alt) <= LIMIT
    assert composed.seen == composed.alt.endswith(".")
    for text in all_texts(composed):
        assert text == text.strip()
        assert text[0].upper() == text[0]
        assert not re.search(r"[{}%<>_]|None|  | ,|,,|\.\.| \.", text)
    assert bool(FALLBACK.match(composed.alt)) != composed.seen
    assert composed == compose(seen, language)


@pytest.mark.parametrize("language", GRAMMARS)
@given(seen=views)
@settings(max_examples=100, deadline=None)
def test_no_more_people_are_claimed_than_were_seen(language: str, seen: PhotoView) -> None:
    digits = CROWD.match(compose(seen, language).alt)
    bodies = sum(one.label == "person" for one in seen.things)
    if digits:
        assert int(digits[1]) <= max(len(seen.faces) + bodies, len(seen.names) + len(seen.faces))


def test_crowds_are_recognised_in_every_language() -> None:
    """Or the test above would look at nothing."""
    box = Box(0.1, 0.1, 0.1, 0.1)
    seen = PhotoView(
        taken_on=date(2024, 7, 6),
        taken_source=TakenSource.EXIF,
        names=tuple(Name(name, sure=True) for name in "AB"),
        faces=tuple(SeenFace(box) for _ in range(5)),
    )
    for language in GRAMMARS:
        found = CROWD.match(compose(seen, language).alt)
        assert found
        assert found[1] == "5"


@pytest.mark.parametrize("language", GRAMMARS)
def test_no_banned_word_in_anything_the_composer_can_say(language: str) -> None:
    """Every label, alone and in numbers, sure and unsure, with the persons around it."""
    said: set[str] = set()
    box = Box(0.1, 0.1, 0.3, 0.3)
    for label in LABELS:
        for score in (0.45, 0.7, 0.95):
            for count in (1, 2, 12):
                seen = PhotoView(
                    taken_on=date(2024, 7, 6),
                    taken_source=TakenSource.EXIF,
                    things=(SeenThing(label, score, "ssd", box),) * count,
                )
                said.update(all_texts(compose(seen, language)))
    grammar = GRAMMARS[language]
    said |= {*grammar.sides.values(), *grammar.depths.values(), *grammar.certainties.values()}
    said |= {*grammar.date_sources.values(), *grammar.number_words}
    said |= {word for noun in grammar.nouns.values() for word in noun.also}
    said |= {grammar.by_hand, grammar.by_position, grammar.by_recognition, grammar.more_people()}
    assert len(said) > 1000
    assert {word for text in said for word in banned_in(text, language)} == set()


@pytest.mark.parametrize("language", GRAMMARS)
@given(seen=views)
@settings(max_examples=100, deadline=None)
def test_no_banned_word_in_what_is_said_of_any_photo(language: str, seen: PhotoView) -> None:
    for text in all_texts(compose(seen, language)):
        assert banned_in(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "An image of a dog.", "image of"),
        ("fr", "Un chien d'homme.", "homme"),
        ("de", "Foto von einem Hund.", "foto von"),
        ("es", "Un niño, a la izquierda.", "niño"),
        ("it", "Un'anziana e un cane.", "anziana"),
        ("nl", "Twee vrouwen.", "vrouwen"),
    ],
)
def test_the_net_for_banned_words_holds(language: str, text: str, found: str) -> None:
    assert found in banned_in(text, language)
