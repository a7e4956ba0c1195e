"""What holds for every description the composer can make, in every language."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photolib.describe.banned import BANNED
from photolib.describe.boxes import Box
from photolib.describe.composer import LIMIT, compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.view import Composed, Name, PhotoView, SeenFace, SeenThing
from photolib.describe.vocabulary import BY_COCO, LABELS
from photolib.library.models import TakenSource

WORD = re.compile(r"[\w'-]+")

fractions = st.floats(0.01, 0.5)
boxes = st.builds(Box, fractions, fractions, fractions, fractions)
scores = st.floats(0.3, 1.0)
names = st.builds(Name, st.text("ABÉaeioulmrst", min_size=1, max_size=100), st.booleans())
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
@settings(max_examples=150, deadline=None)
def test_every_description_is_whole(language: str, seen: PhotoView) -> None:
    composed = compose(seen, language)
    assert 0 < len(composed.alt) <= LIMIT
    assert composed.seen == composed.alt.endswith(".")
    for text in all_texts(composed):
        assert text == text.strip()
        assert text[0].upper() == text[0]
        assert not re.search(r"[{}%<>]|None|  | ,|,,|\.\.| \.", text)
    assert composed.alt.startswith("Photo, ") != composed.seen


@pytest.mark.parametrize("language", GRAMMARS)
@given(seen=views)
@settings(max_examples=150, deadline=None)
def test_no_more_people_are_claimed_than_were_seen(language: str, seen: PhotoView) -> None:
    digits = re.match(r"(?:\D{0,12})(\d+) pe", compose(seen, language).alt)
    bodies = sum(one.label == "person" for one in seen.things)
    if digits:
        assert int(digits[1]) <= max(len(seen.faces) + bodies, len(seen.names) + len(seen.faces))


@pytest.mark.parametrize("language", GRAMMARS)
def test_no_banned_word_in_anything_the_composer_can_say(language: str) -> None:
    """Every label, alone and in numbers, sure and unsure, with the persons around it."""
    said: set[str] = set()
    box = Box(0.1, 0.1, 0.3, 0.3)
    for label in LABELS:
        for score in (0.45, 0.7, 0.95):
            for count in range(1, 13):
                seen = PhotoView(
                    taken_on=date(2024, 7, 6),
                    taken_source=TakenSource.EXIF,
                    things=(SeenThing(label, score, "ssd", box),) * count,
                )
                said.update(all_texts(compose(seen, language)))
    grammar = GRAMMARS[language]
    said.update(grammar.sides.values(), grammar.depths.values(), grammar.certainties.values())
    said.update(" ".join(noun.also) for noun in grammar.nouns.values())
    said.add(grammar.more_people())
    words = {word for text in said for word in WORD.findall(text.lower())}
    assert len(words) > 100
    assert not words & BANNED


def test_every_label_has_a_noun_in_every_language() -> None:
    for grammar in GRAMMARS.values():
        assert set(grammar.nouns) == set(LABELS)


def test_the_80_labels_of_coco_are_known_each_once() -> None:
    assert len(BY_COCO) == len(LABELS) == 80
    assert set(BY_COCO) <= set(range(1, 91))
