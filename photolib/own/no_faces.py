"""No face, and nobody: things of one's own are no back door to recognising people.

Faces are recognised under People, with the consent of whom they show. Here they are kept out: a marked
piece that is a face or a person is refused, no window that touches a face is compared, and of a larger
piece the faces in it are painted over before anything is measured.
"""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.vocabulary import PERSON
from photolib.library.models import Photo
from photolib.people.models import FaceRegion

# A marked piece is refused where a face fills so much of it: a jersey's crest below a chin is not.
FACE_FILLS = 0.1
# No window is compared that has so much of a face in it, or in which a face has so much.
TOUCHES = 0.1
# A piece is a person where both boxes are so alike (intersection over union).
IS_A_PERSON = 0.5
# Hair and chin belong to a face's box: so much more on each side, as a part of it.
_AROUND = 0.2
# Where a person's face was not found, or nobody looks for faces, it is taken to be in the upper part of
# their box: three tenths of the height hold the head of somebody who sits.
_HEAD_HIGH, _HEAD_WIDE = 0.3, 0.8
# People who are hardly seen are people too.
_PERSON_FROM = 0.3
_GREY = (128, 128, 128)


def faces_in(photo: Photo) -> list[Box]:
    """Where faces are, with hair and chin: those that were found or drawn, and heads of people without."""
    faces = [
        Box(one.left, one.top, one.width, one.height)
        for one in FaceRegion.objects.filter(photo=photo, dismissed=False)
    ]
    heads = [
        _head(person)
        for person in people_in(photo)
        if not any(person.holds(face.middle) for face in faces)
    ]
    return [*map(_with_hair, faces), *heads]


def people_in(photo: Photo) -> list[Box]:
    """The boxes of people that the finder of things saw."""
    rows = Fact.objects.filter(
        photo=photo, kind=FactKind.OBJECT, label=PERSON, confidence__gte=_PERSON_FROM
    )
    return [
        Box(one.left, one.top, one.width, one.height)
        for one in rows
        if one.left is not None
        and one.top is not None
        and one.width is not None
        and one.height is not None
    ]


def is_on_a_face(box: Box, faces: Sequence[Box]) -> bool:
    """Whether a face fills so much of a marked piece that it shows the face."""
    return any(box.shared_area(face) >= FACE_FILLS * box.area for face in faces)


def touches_a_face(box: Box, faces: Sequence[Box]) -> bool:
    """Whether a window is kept out of the search: stricter, for nobody looked at it."""
    return any(
        box.shared_area(face) >= TOUCHES * min(box.area, face.area)
        for face in faces
        if face.area > 0
    )


def is_a_person(box: Box, people: Sequence[Box]) -> bool:
    """Whether a piece is somebody: their whole box, more or less."""
    return any(box.overlap(person) >= IS_A_PERSON for person in people)


def without_faces(picture: Image.Image, faces: Sequence[Box]) -> Image.Image:
    """The picture with every face painted over, in grey. The same picture where there is none."""
    if not faces:
        return picture
    painted = picture.copy()
    draw = ImageDraw.Draw(painted)
    width, height = picture.size
    for face in faces:
        right, low = face.left + face.width, face.top + face.height
        draw.rectangle(
            (face.left * width, face.top * height, right * width, low * height), fill=_GREY
        )
    return painted


def _with_hair(face: Box) -> Box:
    left, top = face.left - _AROUND * face.width, face.top - _AROUND * face.height
    return _inside(left, top, (1 + 2 * _AROUND) * face.width, (1 + 2 * _AROUND) * face.height)


def _head(person: Box) -> Box:
    aside = person.width * (1 - _HEAD_WIDE) / 2
    return Box(
        person.left + aside, person.top, _HEAD_WIDE * person.width, _HEAD_HIGH * person.height
    )


def _inside(left: float, top: float, width: float, height: float) -> Box:
    right, low = min(left + width, 1.0), min(top + height, 1.0)
    left, top = max(left, 0.0), max(top, 0.0)
    return Box(left, top, right - left, low - top)
