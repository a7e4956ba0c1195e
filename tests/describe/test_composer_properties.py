"""What holds for every description the composer can make, in every language."""

import re
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photolib.describe.banned import banned_in
from photolib.describe.boxes import Box
from photolib.describe.composer import LIMIT, compose
from photolib.describe.languages import GRAMMARS
from photolib.describe.models import FactKind
from photolib.describe.view import (
    Composed,
    Name,
    PhotoView,
    SeenFace,
    SeenOwn,
    SeenText,
    SeenThing,
)
from photolib.describe.vocabulary import LABELS
from photolib.describe.vocabulary.signs import (
    Colour,
    Light,
    PictureSort,
    Posture,
    Quality,
    Smile,
)
from photolib.library.models import TakenSource

FALLBACK = re.compile(r"(Photo|Foto), ")
CROWD = re.compile(r"(?:\D{0,12})(\d+) (?:people|person[aens]+) ?", re.IGNORECASE)

fractions = st.floats(0.01, 0.5)
boxes = st.builds(Box, fractions, fractions, fractions, fractions)
scores = st.floats(0.1, 1.0)
# People may be called anything, "Oma" too: letters of which no banned word can come.
names = st.builds(Name, st.text("AÉQXéqxz", min_size=1, max_size=100), st.booleans())
faces = st.builds(
    SeenFace, boxes, scores, st.sampled_from(["", "scrfd"]), st.none() | names, st.booleans()
)
# Few boxes, so that postures meet bodies, smiles meet faces, and the family's own meets things.
maybe_boxes = (
    st.none() | boxes | st.sampled_from([Box(0.1, 0.1, 0.3, 0.3), Box(0.5, 0.1, 0.3, 0.5)])
)


def facts_of(labels: Iterable[str], *kinds: FactKind) -> st.SearchStrategy[SeenThing]:
    return st.builds(
        SeenThing,
        st.sampled_from(sorted(labels)),
        scores,
        st.just("seer"),
        maybe_boxes,
        kind=st.sampled_from(kinds),
        probability=st.none() | st.floats(0, 1),
    )


things = facts_of(LABELS, FactKind.OBJECT, FactKind.SCENE)
signs = st.one_of(
    facts_of(Posture, FactKind.POSTURE),
    facts_of(Smile, FactKind.SMILE),
    facts_of(PictureSort, FactKind.PICTURE),
    facts_of([Light.BY_DAY, Light.AT_NIGHT], FactKind.LIGHT),
    facts_of(Quality, FactKind.QUALITY),
    facts_of(Colour, FactKind.COLOUR),
)
words = st.sampled_from(["", "Qéx", "AÉQ Xéq xz", "Éqx " * 40 + "Z", "Q" * 200])
texts = st.builds(
    SeenText, text=words, language=st.sampled_from(["", "fr"]), at=facts_of(["text"], FactKind.TEXT)
)
owns = st.builds(
    SeenOwn, name=words, at=facts_of(["7"], FactKind.OWN) | st.just(
        SeenThing("7", 1.0, "own", Box(0.1, 0.1, 0.3, 0.3), kind=FactKind.OWN)
    ),
)  # fmt: skip
readable = st.builds(
    SeenText, text=words, language=st.just(""), at=facts_of(["name"], FactKind.NAME)
)
places = st.sampled_from(["", "Lyon", "L" * 100])
views = st.builds(
    PhotoView,
    taken_on=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    taken_source=st.sampled_from(TakenSource),
    faces=st.lists(faces, max_size=9).map(tuple),
    things=st.lists(things, max_size=20).map(tuple),
    signs=st.lists(signs, max_size=8).map(tuple),
    texts=st.lists(texts, max_size=5).map(tuple),
    readable=st.lists(readable, max_size=4).map(tuple),
    own=st.lists(owns, max_size=2).map(tuple),
    names=st.lists(names, max_size=4).map(tuple),
    town=places,
    region=places,
    country=st.sampled_from(["", "FR", "GB", "CI"]),
)


def all_texts(composed: Composed) -> list[str]:
    claims = (*composed.claims, *composed.extended)
    return [composed.alt, *(claim.text for claim in claims)]


# Making up a photo takes longer than composing its six texts: each is told in every language.
def in_every_language(test: Callable[..., None]) -> Callable[..., None]:
    def of_all(seen: PhotoView) -> None:
        for language in GRAMMARS:
            test(language, seen)

    of_all.__name__, of_all.__doc__ = test.__name__, test.__doc__
    return settings(max_examples=40, deadline=None)(given(seen=views)(of_all))


@in_every_language
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


@in_every_language
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
        for score in (0.3, 0.7, 0.95):
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
    said |= {grammar.signs.named(sign) for sign in (*Posture, *Smile, *PictureSort, *Quality)}
    said |= {
        word
        for sign in (*Posture, *Smile, *PictureSort, *Quality, "text", *Light)
        for word in grammar.signs.searched(sign)
    }
    said |= {grammar.signs.unread, grammar.this_person}
    said |= {grammar.by_hand, grammar.by_position, grammar.by_recognition, grammar.more_people()}
    assert len(said) > 1000
    assert {word for text in said for word in banned_in(text, language)} == set()


@pytest.mark.parametrize("language", GRAMMARS)
def test_no_banned_word_in_what_people_do(language: str) -> None:
    """Every posture and the smile, of one and of three, named and not, sure and not."""
    said: set[str] = set()
    for score in (0.6, 0.95):
        for act in (*Posture, *Smile):
            for named in (False, True):
                for count in (1, 2, 3):
                    said.update(
                        all_texts(compose(people_doing(act, score, named, count), language))
                    )
    assert len(said) > 20
    assert {word for text in said for word in banned_in(text, language)} == set()


def people_doing(act: str, score: float, named: bool, count: int) -> PhotoView:
    name = Name("Qéx", sure=True) if named else None
    kind = FactKind.SMILE if act in set(Smile) else FactKind.POSTURE
    faces = [Box(0.1 + 0.3 * place, 0.2, 0.1, 0.1) for place in range(count)]
    bodies = [Box(0.05 + 0.3 * place, 0.15, 0.2, 0.7) for place in range(count)]
    held = faces if kind == FactKind.SMILE else bodies
    return PhotoView(
        taken_on=date(2024, 7, 6),
        taken_source=TakenSource.EXIF,
        faces=tuple(SeenFace(box, 0.9, "scrfd", name) for box in faces),
        things=tuple(SeenThing("person", 0.9, "ssd", box) for box in bodies),
        signs=tuple(SeenThing(act, score, "seer", box, kind=kind) for box in held),
    )


@pytest.mark.parametrize("language", GRAMMARS)
def test_the_words_for_colours_are_said_of_colours_alone(language: str) -> None:
    """Black and white are banned words: of a person they would be said, of a picture they may."""
    grammar, box = GRAMMARS[language], Box(0.1, 0.1, 0.3, 0.3)
    colours = tuple(SeenThing(one, 0.3, "seer", kind=FactKind.COLOUR) for one in Colour)
    seen = PhotoView(
        taken_on=date(2024, 7, 6), taken_source=TakenSource.EXIF, faces=(SeenFace(box),),
        signs=colours,
    )  # fmt: skip
    composed = compose(seen, language)
    assert composed.colours is not None
    named = {grammar.signs.named(one) for one in Colour}
    assert all(name in composed.colours.text for name in named)
    assert not any(
        re.search(rf"\b{name}\b", text) for name in named for text in all_texts(composed)
    )


@in_every_language
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
