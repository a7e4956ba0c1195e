"""Answering many of the machine's questions at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from faces.journal import recording
from faces.models import EntryKind
from faces.services.common import check_owner
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library
from photolib.people.models import Appearance
from photolib.people.queries import get_person
from photolib.people.services import dismiss_region, say_not, say_who


class AnswerKind(StrEnum):
    """What can be said to "Is this Anna?"."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    NO_FACE = "not-a-face"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one question. person: the key of somebody else, where it is that."""

    question: Appearance
    kind: AnswerKind
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """How many faces became what; refused: sentences about those that could not."""

    counts: Counter[AnswerKind]
    refused: list[str]


def answer_questions(*, answers: Sequence[Answer], library: Library, by: User) -> Answered:
    """Write down the answers: one that cannot be written leaves the others alone.

    The journal tells of all of them as one. Raises NotAllowed unless the library is one's own.
    """
    check_owner(library, by)
    counts: Counter[AnswerKind] = Counter()
    refused: list[str] = []
    regions = [row.question.region_id for row in answers if row.question.region_id is not None]
    with recording(library=library, by=by, kind=EntryKind.ANSWERS, regions=regions):
        for answer in answers:
            try:
                with transaction.atomic():
                    _write(answer, by)
            except NotAllowed:
                raise
            except PhotolibError as error:
                refused.append(str(error))
            else:
                counts[answer.kind] += 1
    return Answered(counts=counts, refused=refused)


def _write(answer: Answer, by: User) -> None:
    question = answer.question
    region, photo = question.region, question.photo
    if answer.kind == AnswerKind.LATER or region is None:
        return
    if answer.kind == AnswerKind.NO_FACE:
        dismiss_region(region=region, by=by)
    elif answer.kind == AnswerKind.NO:
        say_not(region=region, person=question.person, by=by)
    elif answer.kind == AnswerKind.OTHER:
        somebody = get_person(by, answer.person or 0)
        say_who(region=region, photo=photo, person=somebody, by=by)
    else:
        say_who(region=region, photo=photo, person=question.person, by=by)
