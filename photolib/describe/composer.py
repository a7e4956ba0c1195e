"""From facts to words, for one viewer and in one language. Pure: the same view gives the same words."""

from dataclasses import dataclass

from photolib.describe.claims import claims_of, setting_of
from photolib.describe.gathering import gathered
from photolib.describe.grammar import Grammar
from photolib.describe.headcount import count_people
from photolib.describe.languages import grammar_of
from photolib.describe.plan import Plan, plan_of
from photolib.describe.sign_claims import colours_of
from photolib.describe.sureness import is_said
from photolib.describe.telling import people_told
from photolib.describe.texts import excerpt
from photolib.describe.view import Composed, PhotoView, SeenThing

AIM = 125  # letters that a screen reader says in one breath
LIMIT = 250  # IPTC's limit for AltTextAccessibility
MOST_HEDGED = 2
MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Room:
    """How many things, names, and letters of a text in the picture there is room for."""

    things: int
    names: int
    letters: int


# What is left out first: things go before the words of a text, these before names, names before
# their number.
_SHORTER = (Room(5, 4, 60), Room(4, 4, 60), Room(3, 4, 60), Room(2, 4, 60), Room(2, 4, 30))
_SHORTEST = (
    Room(2, 4, 60), Room(1, 4, 60), Room(1, 4, 30), Room(1, 3, 30), Room(1, 2, 0), Room(0, 2, 0),
    Room(0, 1, 0), Room(0, 0, 0),
)  # fmt: skip


def compose(view: PhotoView, language: str) -> Composed:
    """Alt text (aims at AIM letters, never above LIMIT) and the claims of the extended description.

    The kind of picture comes first, where it is no photo, with what is written there; then people and
    what all of them do, then animals, then things, then large letters, then place and date. The first
    of them tells the setting ("on a beach, at night").
    """
    grammar = grammar_of(language)
    people = people_told(count_people(view), view)
    plan = plan_of(view, people)
    claims = claims_of(view, plan, grammar)
    return Composed(
        alt=_fallback(view, grammar) if plan.empty else _alt(view, plan, grammar),
        claims=claims,
        extended=gathered(claims, grammar),
        seen=not plan.empty,
        colours=colours_of(view, grammar),
    )


def _alt(view: PhotoView, plan: Plan, grammar: Grammar) -> str:
    for room in _SHORTER:
        alt = _sentences(view, plan, grammar, room)
        if len(alt) <= AIM:
            return alt
    for room in _SHORTEST:
        alt = _sentences(view, plan, grammar, room)
        if len(alt) <= LIMIT:
            return alt
    return _fallback(view, grammar)


def _sentences(view: PhotoView, plan: Plan, grammar: Grammar, room: Room) -> str:
    said = _last(plan, grammar, room) if plan.sparse else _said(plan, grammar, room)
    when = grammar.when(view.taken_on, view.taken_source)
    place = _place(view, grammar)
    said.append(f"{place}, {when}" if place else when)
    return " ".join(grammar.sentence(phrase) for phrase in said)


def _said(plan: Plan, grammar: Grammar, room: Room) -> list[str]:
    text = excerpt(plan.text, room.letters)
    scene, things = _scene(plan, grammar, room)
    hedged = _hedged(plan, grammar, room, things, alone=not scene and not plan.sort)
    if plan.sort is not None:
        sort = _in_doubt(grammar.signs.pictures[plan.sort.label].said, plan.sort, grammar)
        return [f"{sort}, {grammar.reads(text)}" if text else sort, *scene, *hedged]
    names = plan.readable[: min(MOST_NAMES, room.things)]
    readable = [grammar.readable(names)] if names else []
    said = [*scene, *hedged, *readable, *([grammar.reads(text)] if text else [])]
    # "Indoors" alone says little: small words tell more of such a picture than of others.
    small = excerpt(plan.last.text, room.letters) if plan.bare else ""
    return [*said, grammar.reads(small, sure=plan.last.sure)] if small else said


def _scene(plan: Plan, grammar: Grammar, room: Room) -> tuple[list[str], int]:
    """People, things and where they are; and how many things were said."""
    people, said = plan.people, []
    if people.people:
        names, count = people.names[: room.names], len(people.people)
        said.append(grammar.people(names, count, at_least=people.at_least, acts=plan.acts))
    things = [*plan.own, *(grammar.group(one.label, one.count) for one in plan.things)]
    things = things[: room.things]
    if things:
        said.append(grammar.listed(things))
    for where in _where(plan, grammar):
        said[:1] = [grammar.placed(said[0], where) if said else where]
    return said, len(things)


def _where(plan: Plan, grammar: Grammar) -> list[str]:
    where = setting_of(plan.setting, grammar)
    night = grammar.signs.light[plan.night.label].said if plan.night else ""
    return [phrase for phrase in (where, night) if phrase]


def _hedged(plan: Plan, grammar: Grammar, room: Room, things: int, *, alone: bool) -> list[str]:
    """What may be there, as one sentence or none. alone: nothing else is said, so one must be."""
    most = min(MOST_HEDGED, room.things - things) or alone
    pictures = plan.people.pictures
    hedged = [grammar.pictures(pictures)] if pictures else []
    hedged += [grammar.as_object(label) for label in plan.hedged]
    said = [grammar.hedged(hedged[:most])] if hedged[:most] else []
    # What is the family's own has no indefinite article: no verb that asks for one.
    return [*(grammar.perhaps(name) for name in plan.own_hedged[: min(1, room.things)]), *said]


def _last(plan: Plan, grammar: Grammar, room: Room) -> list[str]:
    """What is said where nothing else was seen: words, the light, or how the photo came out."""
    last, said = plan.last, []
    if text := excerpt(last.text, room.letters):
        said.append(grammar.reads(text, sure=last.sure))
    elif last.light is not None:
        said.append(_in_doubt(grammar.signs.light[last.light.label].said, last.light, grammar))
    elif last.unread:
        said.append(grammar.signs.unread)
    if last.quality is not None:
        quality = grammar.signs.quality[last.quality.label].said
        said.insert(0, _in_doubt(quality, last.quality, grammar))
    return said


def _in_doubt(phrase: str, sign: SeenThing, grammar: Grammar) -> str:
    return phrase if is_said(sign) else grammar.perhaps(phrase)


def _fallback(view: PhotoView, grammar: Grammar) -> str:
    when = grammar.when(view.taken_on, view.taken_source, weekday=True)
    return grammar.fallback(when, _place(view, grammar))


def _place(view: PhotoView, grammar: Grammar) -> str:
    """The town, or failing that the largest place known."""
    return view.town or view.region or grammar.country(view.country)
