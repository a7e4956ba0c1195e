"""From facts to words, for one viewer and in one language. Pure: the same view gives the same words."""

from collections import Counter
from dataclasses import dataclass

from photolib.describe.claims import claims_of, setting_of
from photolib.describe.grammar import Grammar
from photolib.describe.headcount import Headcount, count_people
from photolib.describe.languages import grammar_of
from photolib.describe.thresholds import HEDGED_FROM, said_from
from photolib.describe.view import Composed, PhotoView, SeenThing
from photolib.describe.vocabulary import LABELS, PERSON, Kind, broader_than

AIM = 125  # letters that a screen reader says in one breath
LIMIT = 250  # IPTC's limit for AltTextAccessibility
MOST_THINGS = 5
MOST_HEDGED = 2
MOST_NAMES = 4
# What is left out first, as (things, names): things go before names, names before their number.
_SHORTER = ((5, 4), (4, 4), (3, 4), (2, 4))
_SHORTEST = ((2, 4), (1, 4), (1, 3), (1, 2), (0, 2), (0, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one label that are said together."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said, in the order in which it is said, whatever the language."""

    people: Headcount
    things: tuple[Group, ...]
    hedged: tuple[str, ...]
    setting: SeenThing | None

    @property
    def empty(self) -> bool:
        seen = self.people.people or self.people.pictures or self.things
        return not (seen or self.hedged or self.setting)


def compose(view: PhotoView, language: str) -> Composed:
    """Alt text (aims at AIM letters, never above LIMIT) and the claims of the extended description.

    People come first, then animals, then things, then place and date; the first of them tells the
    setting ("on a beach"). What scores below its threshold is hedged, and what scores below that is
    left out (thresholds.py). Of a thing and its broader name ("a dog", "an animal") the one is enough.
    """
    grammar = grammar_of(language)
    people = count_people(view)
    plan = _plan(view, people)
    return Composed(
        alt=_fallback(view, grammar) if plan.empty else _alt(view, plan, grammar),
        claims=claims_of(view, people, grammar),
        seen=not plan.empty,
    )


def _plan(view: PhotoView, people: Headcount) -> Plan:
    seen = [
        thing
        for thing in view.things
        if thing.label in LABELS and thing.label != PERSON and thing.confidence >= HEDGED_FROM
    ]
    things = [thing for thing in seen if LABELS[thing.label].kind != Kind.PLACE]
    sure = _narrowest([thing for thing in things if _is_sure(thing)], among=[])
    unsure = _narrowest([thing for thing in things if not _is_sure(thing)], among=sure)
    hedged = [group.label for group in _groups(unsure)]
    if people.maybe and not people.people:
        hedged.insert(0, PERSON)
    places = [thing for thing in seen if LABELS[thing.label].kind == Kind.PLACE]
    setting = max(places, key=_telling, default=None)
    return Plan(people, tuple(_groups(sure)), tuple(hedged), setting)


def _is_sure(thing: SeenThing) -> bool:
    return thing.confidence >= said_from(thing.label)


def _telling(place: SeenThing) -> tuple[bool, int, float, str]:
    """What is sure comes before what tells more ("on a beach" more than "outdoors")."""
    return _is_sure(place), LABELS[place.label].weight, place.confidence, place.label


def _narrowest(things: list[SeenThing], *, among: list[SeenThing]) -> list[SeenThing]:
    """Without what is said by a narrower name here, or already said `among` the others."""
    labels = {thing.label for thing in (*things, *among)}
    said = {above for label in labels for above in broader_than(label)}
    said |= {thing.label for thing in among}
    return [thing for thing in things if thing.label not in said]


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


def _alt(view: PhotoView, plan: Plan, grammar: Grammar) -> str:
    for most_things, most_names in _SHORTER:
        alt = _sentences(view, plan, grammar, most_things, most_names)
        if len(alt) <= AIM:
            return alt
    for most_things, most_names in _SHORTEST:
        alt = _sentences(view, plan, grammar, most_things, most_names)
        if len(alt) <= LIMIT:
            return alt
    return _fallback(view, grammar)


def _sentences(
    view: PhotoView, plan: Plan, grammar: Grammar, most_things: int, most_names: int
) -> str:
    people, said = plan.people, []
    if people.people:
        names = people.names[:most_names]
        said.append(grammar.people(names, len(people.people), at_least=people.at_least))
    if things := [grammar.group(one.label, one.count) for one in plan.things[:most_things]]:
        said.append(grammar.listed(things))
    if where := setting_of(plan.setting, grammar):
        said[:1] = [grammar.placed(said[0], where) if said else where]
    most_hedged = min(MOST_HEDGED, most_things - len(things)) or (not said)
    hedged = [grammar.pictures(people.pictures)] if people.pictures else []
    hedged += [grammar.as_object(label) for label in plan.hedged]
    if hedged := hedged[:most_hedged]:
        said.append(grammar.hedged(hedged))
    when = grammar.when(view.taken_on, view.taken_source)
    place = _place(view, grammar)
    said.append(f"{place}, {when}" if place else when)
    return " ".join(grammar.sentence(phrase) for phrase in said)


def _fallback(view: PhotoView, grammar: Grammar) -> str:
    when = grammar.when(view.taken_on, view.taken_source, weekday=True)
    return grammar.fallback(when, _place(view, grammar))


def _place(view: PhotoView, grammar: Grammar) -> str:
    """The town, or failing that the largest place known."""
    return view.town or view.region or grammar.country(view.country)
