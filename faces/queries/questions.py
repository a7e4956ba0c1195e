"""The machine's open questions."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from photolib.accounts.models import User
from photolib.people.models import Appearance, AppearanceState, Person


def open_questions() -> QuerySet[Appearance]:
    """Questions that somebody may still answer, of any photo."""
    return Appearance.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
        state=AppearanceState.ASKED,
        region__dismissed=False,
        person__hidden=False,
    ).select_related("person", "region", "photo__library__owner")


def questions_for(viewer: User) -> QuerySet[Appearance]:
    """The open questions about the viewer's own photos, person by person, newest photo first."""
    return (
        open_questions()
        .filter(photo__library__owner=viewer, photo__trashed_at__isnull=True)
        .order_by("person__name", "person", "-photo__taken_at", "pk")
    )


def questions_about(viewer: User, person: Person) -> QuerySet[Appearance]:
    """The open questions whether a face is this person, newest photo first."""
    return questions_for(viewer).filter(person=person)


def waiting_by_person(viewer: User) -> list[tuple[Person, int]]:
    """Who is asked about more than once, with how many questions: the most first."""
    counted = (
        questions_for(viewer)
        .order_by()
        .values("person")
        .annotate(questions=Count("pk"))
        .filter(questions__gt=1)
        .order_by("-questions", "person")
    )
    rows = [(row["person"], row["questions"]) for row in counted]
    people = Person.objects.in_bulk([person for person, _count in rows])
    return [(people[person], count) for person, count in rows]


def get_question(viewer: User, pk: int) -> Appearance:
    """An open question about the viewer's own photos. Raises Http404."""
    question = questions_for(viewer).filter(pk=pk).first()
    if question is None:
        raise Http404
    return question


def same_day(question: Appearance) -> int:
    """In how many other photos of that day and library the person is known to be."""
    return (
        Appearance.objects.filter(
            person=question.person,
            photo__library=question.photo.library,
            photo__taken_on=question.photo.taken_on,
            photo__trashed_at__isnull=True,
        )
        .exclude(state=AppearanceState.ASKED)
        .exclude(photo=question.photo)
        .values("photo")
        .distinct()
        .count()
    )
