"""Answering many of the machine's questions at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from faces import services
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.people.models import Appearance
from photolib.people.queries import get_person


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


def answer_questions(*, answers: Sequence[Answer], by: User) -> Answered:
    """Write down the answers, each for itself: one that cannot be written leaves the others alone.

    Raises NotAllowed unless all of the photos are one's own.
    """
    counts: Counter[AnswerKind] = Counter()
    refused: list[str] = []
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
    region = answer.question.region
    if answer.kind == AnswerKind.LATER or region is None:
        return
    if answer.kind == AnswerKind.NO_FACE:
        services.not_a_face(region=region, by=by)
    elif answer.kind == AnswerKind.OTHER:
        services.name_face(region=region, by=by, person=get_person(by, answer.person or 0))
    else:
        yes = answer.kind == AnswerKind.YES
        services.answer_suggestion(appearance=answer.question, yes=yes, by=by)
