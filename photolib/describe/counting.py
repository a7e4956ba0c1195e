"""The number of people as a word that the search can look up: as many as the description says."""

from collections.abc import Iterator

from photolib.core.words import register
from photolib.describe.headcount import count_people
from photolib.describe.models import Fact, FactKind
from photolib.describe.rows import thing_of, view_of
from photolib.describe.sureness import is_worth_a_hedge
from photolib.library.models import Photo
from photolib.people.models import FaceRegion


@register
def count_of_people(photo: Photo) -> Iterator[tuple[str, str]]:
    """ "3people" ("count"), whoever reads it. Nothing where nobody can say: nothing was seen at all, or
    there may be a person.
    """
    objects = Fact.objects.filter(photo=photo, rejected=False, kind=FactKind.OBJECT)
    facts = [fact for fact in objects if is_worth_a_hedge(thing_of(fact))]
    faces = list(FaceRegion.objects.filter(photo=photo, dismissed=False))
    counted = count_people(view_of(photo, faces, facts, ()))
    if counted.people or ((facts or faces) and not counted.maybe):
        yield f"{len(counted.people)}people", "count"
