"""Which of all that was seen is told: each thing once, and nothing that belies the rest."""

from collections.abc import Iterable

from photolib.describe.headcount import Headcount
from photolib.describe.models import FactKind
from photolib.describe.sorts import OF_PAPER, sort_of
from photolib.describe.sureness import is_said, is_worth_a_hedge, surest
from photolib.describe.texts import is_page
from photolib.describe.view import PhotoView, SeenOwn, SeenThing
from photolib.describe.vocabulary import LABELS, PERSON, Kind, broader_than

# A thing found in the same place as something of the family's own is that.
SAME_THING = 0.5


def light_of(view: PhotoView) -> SeenThing | None:
    """Whether it is day or night."""
    return None if _no_scene(view) else surest(view.signs_of(FactKind.LIGHT))


def people_told(people: Headcount, view: PhotoView) -> Headcount:
    """The people; on a screenshot, a document or a drawing the nameless are pictures of people."""
    if not _no_scene(view):
        return people
    named = tuple(person for person in people.people if person.name)
    pictures = people.pictures + len(people.people) - len(named)
    return Headcount(named, pictures=pictures)


def things_told(view: PhotoView, people: Headcount) -> list[SeenThing]:
    """Every thing and place worth a hedge, without the people, as the analysers ordered them.

    What the whole picture shows is left out where the detector says it too, or says what it is more
    exactly. An animal that only the whole picture shows is not told beside people: a classifier that
    knows no people takes them for something else. Places that exclude each other: the surest.
    """
    seen = [
        one
        for one in view.things
        if one.label in LABELS and one.label != PERSON and is_worth_a_hedge(one)
    ]
    if _no_scene(view):
        return [one for one in seen if _shown_on(view, one)]
    if is_page(view):
        # What may be there on a page full of words is mostly the page.
        seen = [one for one in seen if is_said(one)]
    owned = [one for one in seen if _is_own(one, view.own)]
    found = [one for one in seen if one.kind == FactKind.OBJECT and one not in owned]
    named = {above for one in owned for above in (one.label, *broader_than(one.label))}
    beside = bool(people.people or people.maybe or people.pictures)
    whole = [
        one
        for one in seen
        if one.kind != FactKind.OBJECT
        and one.label not in named
        and not (beside and _is_doubtful(one, found))
    ]
    kept = [one for one in found if not _said_better(one, whole)]
    kept += [one for one in whole if not _repeats(one, found, whole)]
    return _agreeing(kept)


def own_told(view: PhotoView) -> tuple[SeenOwn, ...]:
    """What is the family's own, the surest first, each name once."""
    worth = [own for own in view.own if own.name and is_worth_a_hedge(own.at)]
    told: dict[str, SeenOwn] = {}
    for own in sorted(worth, key=lambda own: (-own.at.certainty, own.name)):
        told.setdefault(own.name, own)
    return tuple(told.values())


def _is_own(thing: SeenThing, own: Iterable[SeenOwn]) -> bool:
    """Whether a person said that this thing is one of the family's own: told by that name."""
    return any(
        is_said(one.at)
        and one.at.box is not None
        and thing.box is not None
        and thing.box.overlap(one.at.box) >= SAME_THING
        for one in own
    )


def _no_scene(view: PhotoView) -> bool:
    sort = sort_of(view)
    return sort is not None and is_said(sort)


def _shown_on(view: PhotoView, one: SeenThing) -> bool:
    """Whether a thing is told of a picture that is no photo: the detector is sure, and it is no paper."""
    sort = sort_of(view)
    on_paper = sort is not None and sort.label in OF_PAPER
    place = LABELS[one.label].kind == Kind.PLACE
    return not on_paper and not place and one.kind == FactKind.OBJECT and is_said(one)


def _is_doubtful(one: SeenThing, found: list[SeenThing]) -> bool:
    if LABELS[one.label].kind != Kind.ANIMAL:
        return False
    agreeing = {one.label, *broader_than(one.label)}
    return not any(
        thing.label in agreeing or one.label in broader_than(thing.label) for thing in found
    )


def _said_better(one: SeenThing, whole: list[SeenThing]) -> bool:
    """Whether the detector doubts what the whole picture shows surely: said once, as the surer has it."""
    return not is_said(one) and any(other.label == one.label and is_said(other) for other in whole)


def _repeats(one: SeenThing, found: list[SeenThing], whole: list[SeenThing]) -> bool:
    """Whether a thing of the whole picture is told already, by the same name or a narrower one."""
    if any(other.label == one.label and (is_said(other) or not is_said(one)) for other in found):
        return True
    return any(
        one.label in broader_than(other.label) and (is_said(other) or not is_said(one))
        for other in (*found, *whole)
    )


def _agreeing(things: list[SeenThing]) -> list[SeenThing]:
    """Without the places that cannot be where the surest one is: a beach is not indoors."""
    places = [one for one in things if LABELS[one.label].kind == Kind.PLACE]
    best = surest(places)
    if best is None:
        return things
    return [one for one in things if one not in places or _side(one) == _side(best)]


def _side(place: SeenThing) -> str:
    """Indoors or outdoors, whichever the place is a kind of."""
    return [place.label, *broader_than(place.label)][-1]
