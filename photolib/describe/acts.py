"""What people are seen doing: postures by the body's box, smiles by the face's, each with its person.

Never what they feel: a smile is a mouth (vocabulary.signs).
"""

from photolib.describe.boxes import Box
from photolib.describe.headcount import Headcount, SeenPerson
from photolib.describe.models import FactKind
from photolib.describe.sureness import is_said, surest
from photolib.describe.view import PhotoView, SeenThing

# A sign belongs to the box it was measured in; that box may have been moved a little by hand.
SAME_BOX = 0.5
# In a larger group one face is easily missed, and "all smiling" is no longer worth its risk.
MOST_SMILING = 3


def acts_of_each(people: Headcount, view: PhotoView) -> tuple[tuple[SeenThing, ...], ...]:
    """The posture and the smile of each person, in the people's order, as far as worth a hedge."""
    postures, smiles = view.signs_of(FactKind.POSTURE), view.signs_of(FactKind.SMILE)
    return tuple(_acts(person, postures, smiles) for person in people.people)


def shared_acts(
    people: Headcount, acts: tuple[tuple[SeenThing, ...], ...], view: PhotoView
) -> tuple[str, ...]:
    """What is said of everybody at once: those of acts_of_each that are sure of each of them.

    Nothing where there may be more people than those who were counted, or where one of them was not
    seen doing it: half of a family smiling is told person by person, in the extended description.
    """
    if not people.people or people.at_least or people.maybe:
        return ()
    first, *others = [[one.label for one in each if is_said(one)] for each in acts]
    shared = [act for act in first if all(act in those for those in others)]
    few = len(people.people) <= MOST_SMILING
    return tuple(act for act in shared if few or act not in _smiles(view))


def _smiles(view: PhotoView) -> set[str]:
    return {one.label for one in view.signs_of(FactKind.SMILE)}


def _acts(
    person: SeenPerson, postures: tuple[SeenThing, ...], smiles: tuple[SeenThing, ...]
) -> tuple[SeenThing, ...]:
    posture = _at(person.body.box if person.body else None, postures)
    smile = _at(person.face.box if person.face else None, smiles)
    return tuple(one for one in (posture, smile) if one)


def _at(box: Box | None, signs: tuple[SeenThing, ...]) -> SeenThing | None:
    if box is None:
        return None
    return surest(
        [sign for sign in signs if sign.box is not None and sign.box.overlap(box) >= SAME_BOX]
    )
