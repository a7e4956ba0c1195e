"""What is to be said of a photo, in the order in which it is said, whatever the language."""

from collections import Counter
from dataclasses import dataclass

from photolib.describe.acts import acts_of_each, shared_acts
from photolib.describe.headcount import Headcount
from photolib.describe.sorts import sort_of
from photolib.describe.sureness import is_said, surest
from photolib.describe.telling import light_of, own_told, things_told
from photolib.describe.texts import (
    has_unread,
    joined,
    names_beside,
    prominent_text,
    quality_told,
    read_texts,
)
from photolib.describe.view import PhotoView, SeenThing
from photolib.describe.vocabulary import LABELS, PERSON, Kind, broader_than
from photolib.describe.vocabulary.signs import Light


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one label that are said together."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be said.

    sort: the kind of picture, where it is no photo. acts: what all the people do; acts_of_each: what
    each of them does. told: every thing and place worth a hedge. own, own_hedged:
    names the family gave to things of its own. night: said with the setting. text: the words of the
    picture that a short text gives. readable: names that can be read beside these words. last: what is
    said only where nothing else is to be said: the light, words in doubt, or how the photo came out.
    """

    people: Headcount
    acts: tuple[str, ...]
    acts_of_each: tuple[tuple[SeenThing, ...], ...]
    told: tuple[SeenThing, ...]
    own: tuple[str, ...]
    things: tuple[Group, ...]
    own_hedged: tuple[str, ...]
    hedged: tuple[str, ...]
    setting: SeenThing | None
    night: SeenThing | None
    sort: SeenThing | None
    text: str
    readable: tuple[str, ...]
    last: "Last"

    @property
    def bare(self) -> bool:
        """Whether nothing is to be said but where it is, and what is last."""
        seen = self.people.people or self.people.pictures or self.own or self.things or self.sort
        hedged = self.own_hedged or self.hedged or self.readable
        return not (seen or hedged or self.text)

    @property
    def sparse(self) -> bool:
        """Whether nothing is to be said but, at most, what is last."""
        return self.bare and not (self.setting or self.night)

    @property
    def empty(self) -> bool:
        return self.sparse and self.last == Last()


@dataclass(frozen=True, slots=True)
class Last:
    """What is said only where nothing else is, the first of these that there is.

    text: words that were read, small or in doubt (sure: whether they are not). unread: there is
    writing that could not be read.
    """

    text: str = ""
    sure: bool = True
    light: SeenThing | None = None
    quality: SeenThing | None = None
    unread: bool = False


def plan_of(view: PhotoView, people: Headcount) -> Plan:
    """What is sure is said, what is less sure is hedged (sureness.py), the rest is left out.

    Of a thing and its broader name ("a dog", "an animal") the one is enough.
    """
    own = own_told(view)
    told = things_told(view, people)
    each = acts_of_each(people, view)
    text = prominent_text(view)
    things = [one for one in told if LABELS[one.label].kind != Kind.PLACE]
    sure = _narrowest([thing for thing in things if is_said(thing)], among=[])
    unsure = _narrowest([thing for thing in things if not is_said(thing)], among=sure)
    hedged = [group.label for group in _groups(_apart(unsure, sure))]
    if people.maybe and not people.people:
        hedged.insert(0, PERSON)
    places = [one for one in told if LABELS[one.label].kind == Kind.PLACE]
    light = light_of(view)
    at_night = light is not None and light.label == Light.AT_NIGHT and is_said(light)
    return Plan(
        people=people,
        acts=shared_acts(people, each, view),
        acts_of_each=each,
        told=tuple(told),
        own=tuple(one.name for one in own if is_said(one.at)),
        things=tuple(_groups(sure)),
        own_hedged=tuple(one.name for one in own if not is_said(one.at)),
        hedged=tuple(hedged),
        setting=max(places, key=_telling, default=None),
        night=light if at_night else None,
        sort=sort_of(view),
        text=text,
        readable=names_beside(view, text),
        last=_last(view, light),
    )


def _last(view: PhotoView, light: SeenThing | None) -> Last:
    read = read_texts(view)
    return Last(
        text=joined(read),
        sure=all(is_said(text.at) for text in read),
        light=light,
        quality=None if read else surest(quality_told(view)),
        unread=has_unread(view),
    )


def _telling(place: SeenThing) -> tuple[bool, int, float, str]:
    """What is sure comes before what tells more ("on a beach" more than "outdoors")."""
    return is_said(place), LABELS[place.label].weight, place.certainty, place.label


def _narrowest(things: list[SeenThing], *, among: list[SeenThing]) -> list[SeenThing]:
    """Without what is said by a narrower name here, or already said `among` the others."""
    labels = {thing.label for thing in (*things, *among)}
    said = {above for label in labels for above in broader_than(label)}
    said |= {thing.label for thing in among}
    return [thing for thing in things if thing.label not in said]


def _apart(unsure: list[SeenThing], sure: list[SeenThing]) -> list[SeenThing]:
    """Without what may only be a narrower name for a thing that is said: no second boat beside the boat."""
    said = {thing.label for thing in sure}
    return [one for one in unsure if one.box is not None or not said & set(broader_than(one.label))]


def _groups(things: list[SeenThing]) -> list[Group]:
    """Things by label: animals first, then what says most of the scene, then the largest."""
    counts = Counter(thing.label for thing in things)
    largest = {
        label: max(thing.box.area if thing.box else 0.0 for thing in things if thing.label == label)
        for label in counts
    }

    def order(label: str) -> tuple[bool, int, float, str]:
        known = LABELS[label]
        return known.kind != Kind.ANIMAL, -known.weight, -largest[label], label

    return [Group(label, counts[label]) for label in sorted(counts, key=order)]
