"""The extended description: each thing that is claimed, where it is, how sure that is, who says so."""

from dataclasses import replace

from photolib.describe.boxes import Box
from photolib.describe.grammar import Grammar
from photolib.describe.headcount import Headcount, SeenPerson
from photolib.describe.plan import Plan
from photolib.describe.sign_claims import (
    claim_of,
    light_claims,
    quality_claims,
    readable_claims,
    sort_claims,
    text_claims,
    unread_claims,
)
from photolib.describe.sureness import is_said
from photolib.describe.telling import own_told
from photolib.describe.thresholds import FACE_SAID_FROM, PERSON_SAID_FROM
from photolib.describe.view import Claim, PhotoView, SeenOwn, SeenThing
from photolib.describe.vocabulary import LABELS, PERSON, Kind

# Thirds of the width; and how much of the height a body or a face fills when it is near or far.
LEFT_UNTIL, RIGHT_FROM = 1 / 3, 2 / 3
BODY_NEAR, BODY_FAR = 0.6, 0.25
FACE_NEAR, FACE_FAR = 0.25, 0.06


def claims_of(view: PhotoView, plan: Plan, grammar: Grammar) -> tuple[Claim, ...]:
    """Every claim, each a sentence.

    In this order: the kind of picture, people and what each of them does, the family's own, animals and
    things from the surest, where that is, names that can be read, words in the picture, the light,
    place, date, and how the photo came out.
    """
    claims, people = sort_claims(view, grammar), plan.people
    for person, acts in zip(people.people, plan.acts_of_each, strict=True):
        who = replace(_person(person, grammar), label=PERSON)
        # Of whom more is said stands by themselves, with it.
        claims += [replace(who, spot=None) if acts else who, *_acts(person, acts, grammar)]
    if people.at_least or people.maybe:
        claims += _more_people(view, people, grammar)
    if people.pictures:
        claims.append(_pictures(view, people.pictures, grammar))
    claims += [_own(own, grammar) for own in own_told(view)]
    claims += [*_things(plan.told, grammar), *readable_claims(view, grammar)]
    claims += [*text_claims(view, grammar), *unread_claims(view, grammar, _side)]
    claims += light_claims(view, grammar)
    return (*claims, *_place(view, grammar), _date(view, grammar), *quality_claims(view, grammar))


def _things(things: tuple[SeenThing, ...], grammar: Grammar) -> list[Claim]:
    """Each thing, then the places. Of several that may be there, in one place and of one kind, the surest."""
    told: list[Claim] = []
    said: set[tuple[str, str]] = set()
    for thing in sorted(things, key=_order):
        spot = (thing.label, _side(thing.box))
        if is_said(thing) or spot not in said:
            told.append(_thing(thing, grammar))
        said.add(spot)
    return told


def _order(thing: SeenThing) -> tuple[bool, bool, bool, float, str]:
    kind = LABELS[thing.label].kind
    return (
        kind == Kind.PLACE,
        kind != Kind.ANIMAL,
        not is_said(thing),
        -thing.certainty,
        thing.label,
    )


def _person(person: SeenPerson, grammar: Grammar) -> Claim:
    who = grammar.name(person.name) if person.name else grammar.nameless()
    spot = _spot(grammar, _side(person.box), _depth_of_person(person))
    text = grammar.sentence(who + spot)
    fact = person.body.fact if person.body else None
    if person.name is not None:
        if person.name.sure:
            return Claim(text, None, grammar.by_hand, grammar.certainties["confirmed"], fact)
        unconfirmed = grammar.certainties["unconfirmed"]
        return Claim(text, None, grammar.by_recognition, unconfirmed, fact)
    return replace(_by_face_or_body(person, text, grammar), spot=spot)


def _acts(person: SeenPerson, acts: tuple[SeenThing, ...], grammar: Grammar) -> list[Claim]:
    """What this person does; each of these sentences follows the one on who it is."""
    who = grammar.name(person.name) if person.name else ""
    return [claim_of(act, grammar.act(who, act.label, sure=is_said(act)), grammar) for act in acts]


def _by_face_or_body(person: SeenPerson, text: str, grammar: Grammar) -> Claim:
    face, body = person.face, person.body
    fact = body.fact if body else None
    if face is not None and not face.detector:
        return Claim(text, None, grammar.by_hand, grammar.certainties["confirmed"], fact)
    if face is not None and (body is None or face.confidence >= body.confidence):
        said = face.confidence >= FACE_SAID_FROM
        certainty = grammar.certainty(face.confidence, said=said)
        return Claim(text, face.confidence, face.detector, certainty, fact)
    if body is None:
        return Claim(text, None, grammar.by_hand, "")
    certainty = grammar.certainty(body.certainty, said=body.confidence >= PERSON_SAID_FROM)
    return Claim(text, body.certainty, body.model, certainty, fact)


def _more_people(view: PhotoView, people: Headcount, grammar: Grammar) -> list[Claim]:
    sources = sorted(
        {thing.model for thing in view.things if thing.label == PERSON}
        | {face.detector for face in view.faces if face.detector}
    )
    phrase = grammar.more_people() if people.people else grammar.perhaps(grammar.nameless())
    unsure = grammar.certainties["unsure"]
    text = grammar.sentence(phrase)
    return [Claim(text, None, ", ".join(sources), unsure, label=PERSON, hedged=True)]


def _pictures(view: PhotoView, count: int, grammar: Grammar) -> Claim:
    sources = sorted({face.detector for face in view.faces if face.detector})
    text = grammar.sentence(grammar.perhaps(grammar.pictures(count)))
    return Claim(text, None, ", ".join(sources) or grammar.by_hand, grammar.certainties["unsure"])


def setting_of(place: SeenThing | None, grammar: Grammar) -> str:
    """Where the photo is, "on a beach", with a hedge where that is not sure; "" for None."""
    if place is None:
        return ""
    where = grammar.where(place.label)
    return where if is_said(place) else grammar.perhaps(where)


def _own(own: SeenOwn, grammar: Grammar) -> Claim:
    spot = _spot(grammar, _side(own.at.box), "")
    text = grammar.sentence(own.name + spot)
    if is_said(own.at):
        return Claim(text, None, grammar.by_hand, grammar.certainties["confirmed"], own.at.fact)
    return claim_of(own.at, grammar.sentence(grammar.perhaps(own.name) + spot), grammar)


def _thing(thing: SeenThing, grammar: Grammar) -> Claim:
    if LABELS[thing.label].kind == Kind.PLACE:
        return claim_of(thing, setting_of(thing, grammar), grammar)
    phrase = grammar.group(thing.label, 1)
    animal = LABELS[thing.label].kind == Kind.ANIMAL
    depth = _depth(thing.box, BODY_NEAR, BODY_FAR) if animal else ""
    spot = _spot(grammar, _side(thing.box), depth)
    if is_said(thing):
        return replace(claim_of(thing, phrase + spot, grammar), spot=spot)
    # Of several that may be in one place only the surest is told (_things).
    return claim_of(thing, grammar.perhaps(phrase) + spot, grammar)


def _place(view: PhotoView, grammar: Grammar) -> list[Claim]:
    parts = [view.town, view.region, grammar.country(view.country)]
    # Some towns carry the name of their region: said once.
    named = list(dict.fromkeys(part for part in parts if part))
    if not named:
        return []
    phrase = grammar.labelled("place", ", ".join(named))
    return [Claim(grammar.sentence(phrase), None, grammar.by_position)]


def _date(view: PhotoView, grammar: Grammar) -> Claim:
    day = grammar.day(view.taken_on, weekday=True)
    phrase = grammar.labelled("date", day)
    return Claim(grammar.sentence(phrase), None, grammar.date_sources[view.taken_source])


def _spot(grammar: Grammar, side: str, depth: str) -> str:
    """How a sentence ends on where something is: ", on the left, in the background"."""
    where = [grammar.sides[side]] if side else []
    where += [grammar.depths[depth]] if depth else []
    return "".join(f", {words}" for words in where)


def _side(box: Box | None) -> str:
    if box is None:
        return ""
    across = box.middle[0]
    return "left" if across < LEFT_UNTIL else "right" if across > RIGHT_FROM else "centre"


def _depth_of_person(person: SeenPerson) -> str:
    if person.body is not None and person.body.box is not None:
        return _depth(person.body.box, BODY_NEAR, BODY_FAR)
    return _depth(person.face.box if person.face else None, FACE_NEAR, FACE_FAR)


def _depth(box: Box | None, near: float, far: float) -> str:
    if box is None:
        return ""
    return "near" if box.height >= near else "far" if box.height <= far else ""
