"""How many people are in a photo: faces and bodies reconciled, each person counted once."""

from dataclasses import dataclass

from photolib.describe.boxes import Box
from photolib.describe.thresholds import (
    FACE_SAID_FROM,
    HEDGED_FROM,
    PERSON_HEDGED_FROM,
    PERSON_SAID_FROM,
)
from photolib.describe.view import Name, PhotoView, SeenFace, SeenThing
from photolib.describe.vocabulary import PERSON, SCREENS

# A face belongs to a body if its middle lies in this upper part of the body's box (a close-up's
# face fills more than half of it) and it is hardly larger than the body.
UPPER_PART = 0.65
LARGEST_FACE = 1.3
# Two body boxes that share this much may be one person.
SAME_BODY = 0.4
# With that many people, somebody nameless is easily overlooked: "at least" (docs/models.md).
MANY = 6
# A face on a screen or page is a picture of somebody: it fills no more than this of the screen.
SCREEN_PART = 0.6
# A body this many faces tall is somebody standing there, whatever frame there is around the face.
STANDING = 6.0


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """One person: where, by which evidence, and their name if this viewer may know it."""

    face: SeenFace | None = None
    body: SeenThing | None = None
    name: Name | None = None

    @property
    def box(self) -> Box | None:
        if self.body is not None:
            return self.body.box
        return self.face.box if self.face else None


@dataclass(frozen=True, slots=True)
class Headcount:
    """people: those the photo is said to show, named first. maybe: how many more there might be.

    pictures: how many faces may be on posters or screens: no guests, but perhaps to be told of.
    """

    people: tuple[SeenPerson, ...]
    maybe: int = 0
    pictures: int = 0

    @property
    def at_least(self) -> bool:
        """Whether there may well be more people than these."""
        overlooked = len(self.people) >= MANY and len(self.names) < len(self.people)
        return self.maybe > 0 or overlooked

    @property
    def names(self) -> tuple[Name, ...]:
        return tuple(person.name for person in self.people if person.name)


def count_people(view: PhotoView) -> Headcount:
    """Who and how many are in the photo.

    A face and a body that fit are one person. Then count those with a sure face or a sure body; what
    is unsure, or may be the same person again, is `maybe`. People known to be in the photo without a
    marked face are taken to be among the nameless ones as far as there are any. A poster is not a
    guest: a nameless face on a picture, with the body that belongs to it there, is not counted. A
    doubtful face alone, without a body or anybody else, is nobody.
    """
    pictured = [face for face in view.faces if face.name is None and _is_picture(face, view)]
    bodies = [
        thing
        for thing in view.things
        if thing.label == PERSON
        and thing.confidence >= PERSON_HEDGED_FROM
        and not _on_screen(thing.box, view)
    ]
    faces = [face for face in view.faces if face not in pictured]
    body_of = _pair(faces, bodies)
    people = [SeenPerson(face, body_of.get(index), face.name) for index, face in enumerate(faces)]
    paired = [id(body) for body in body_of.values()]
    paired += [id(body) for body in bodies if _is_pictured(body, pictured)]
    free = [body for body in bodies if id(body) not in paired]
    people += [SeenPerson(None, body) for body in free]
    sure = [person for person in people if _is_sure(person, people)]
    maybe = len(people) - len(sure)
    if not sure and not view.names:
        # A doubtful face with no body and nobody else in sight: a bear's, a toy's, a plane's nose were
        # the three of 75 photos (docs/models.md).
        maybe = sum(person.body is not None for person in people)
    return Headcount(_with_names(sure, view.names), maybe=maybe, pictures=len(pictured))


def _is_picture(face: SeenFace, view: PhotoView) -> bool:
    return face.on_picture or _on_screen(face.box, view)


def _is_pictured(body: SeenThing, pictured: list[SeenFace]) -> bool:
    """Whether a body without a face of its own is on the picture with one of these faces."""
    return any(
        body.box is not None
        and _fits(face.box, body.box)
        and body.box.height < STANDING * face.box.height
        for face in pictured
    )


def _on_screen(box: Box | None, view: PhotoView) -> bool:
    return box is not None and any(
        thing.label in SCREENS
        and thing.confidence >= HEDGED_FROM
        and thing.box is not None
        and box.part_inside(thing.box) > 0.9
        and box.area <= SCREEN_PART * thing.box.area
        for thing in view.things
    )


def _pair(faces: list[SeenFace], bodies: list[SeenThing]) -> dict[int, SeenThing]:
    """Which body goes with which face (by its place in the list): the best fit first, each once."""
    fits = sorted(
        (_misfit(face.box, body.box), face_index, body_index)
        for face_index, face in enumerate(faces)
        for body_index, body in enumerate(bodies)
        if body.box is not None and _fits(face.box, body.box)
    )
    pairs: dict[int, SeenThing] = {}
    taken: set[int] = set()
    for _cost, face_index, body_index in fits:
        if face_index not in pairs and body_index not in taken:
            pairs[face_index] = bodies[body_index]
            taken.add(body_index)
    return pairs


def _fits(face: Box, body: Box) -> bool:
    upper = Box(body.left, body.top, body.width, body.height * UPPER_PART)
    return upper.holds(face.middle) and face.area <= LARGEST_FACE * body.area


def _misfit(face: Box, body: Box | None) -> float:
    """How oddly a face sits on a body: off the middle, or far below the top."""
    if body is None:
        return float("inf")
    aside = abs(face.middle[0] - body.middle[0]) / body.width
    below = abs(face.top - body.top) / body.height
    return aside + below


def _is_sure(person: SeenPerson, people: list[SeenPerson]) -> bool:
    if person.name is not None:
        return True
    face, body = person.face, person.body
    if face is not None and (face.confidence >= FACE_SAID_FROM or not face.detector):
        return True
    if body is None or body.confidence < PERSON_SAID_FROM:
        return False
    return face is not None or not _may_be_seen_already(body, people)


def _may_be_seen_already(body: SeenThing, people: list[SeenPerson]) -> bool:
    """Whether a body without a face of its own may belong to somebody who is counted by their face."""
    for other in people:
        if body.box is None or other.face is None:
            continue
        if other.body is None or other.body.box is None:
            same = _fits(other.face.box, body.box)
        else:
            same = other.body.box.overlap(body.box) > SAME_BODY
        if same:
            return True
    return False


def _with_names(people: list[SeenPerson], names: tuple[Name, ...]) -> tuple[SeenPerson, ...]:
    """The people, those with a sure name first, then from left to right; unplaced names last."""
    nameless = sum(person.name is None for person in people)
    placed = sorted(people, key=_order)
    # Somebody known to be here without a marked face is one of the nameless, if there are enough.
    kept = placed[: len(placed) - min(nameless, len(names))]
    return tuple(kept) + tuple(SeenPerson(name=name) for name in names)


def _order(person: SeenPerson) -> tuple[int, float]:
    rank = 2 if person.name is None else 0 if person.name.sure else 1
    return rank, person.box.left if person.box else 1.0
