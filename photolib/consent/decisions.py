"""The one place that says whether a person allowed something. Everything that names, matches or
exports a person asks here; the newest recorded decision counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import User
from photolib.consent.models import Channel, Decision, Purpose
from photolib.consent.standing import standing_of
from photolib.library.models import Library, RecognitionState
from photolib.people.models import Person


class Reason(TextChoices):
    """Why an answer is what it is."""

    YES = "yes", _("said yes")
    OWN_LIBRARY = "own_library", _("it is your own library")
    NOT_ASKED = "not_asked", _("no answer yet")
    SAID_NO = "said_no", _("said no")
    RECOGNITION_OFF = "recognition_off", _("said yes, but recognition is off in this library")
    GUARDIAN_DECIDES = "guardian_decides", _("waits for the guardian's answer")
    DECIDES_ALONE_NOW = "decides_alone_now", _("is old enough now, and has to decide alone")
    FROZEN = "frozen", _("stopped for now, as was asked for")
    OTHER_HOUSEHOLD = "other_household", _("is not of this library's household")


@dataclass(frozen=True, slots=True)
class Answer:
    """allowed: what counts. granted: whether the newest answer on record is a yes, in force or not."""

    allowed: bool
    reason: Reason
    granted: bool = False


NOT_ASKED = Answer(allowed=False, reason=Reason.NOT_ASKED)

# (purpose, condition) under which a yes rests for now, by the name of who registered it. They are
# part of the one query that reads decisions, so that asking costs nothing more.
_VETOES: dict[str, tuple[str, Callable[[], Exists]]] = {}


def register_veto(name: str, purpose: str, condition: Callable[[], Exists]) -> None:
    """Let a yes to `purpose` rest while `condition()` holds. Call it in AppConfig.ready.

    condition: makes an Exists over OuterRef("person") and OuterRef("library") of a decision.
    Raises ValueError where the name is taken.
    """
    veto = (purpose, condition)
    if _VETOES.setdefault(name, veto) != veto:
        raise ValueError(f"There is a veto called {name} already: choose another name.")


def decide(
    person: Person,
    purpose: str,
    library: Library,
    viewer: User | None = None,
    *,
    today: date | None = None,
) -> Answer:
    """Whether this person allows this purpose in this library.

    viewer: who would read the name, for Purpose.NAME: in their own library people may know every
    name they wrote themselves.
    The database is asked each time: an answer from before a withdrawal is never used.
    """
    if purpose == Purpose.NAME and viewer is not None and viewer.pk == library.owner_id:
        return Answer(allowed=True, reason=Reason.OWN_LIBRARY)
    newest = newest_decisions().filter(person=person, library=library, purpose=purpose).first()
    return NOT_ASKED if newest is None else judge(newest, today=today)


def people_at_rest(purpose: str, library: Library) -> set[int]:
    """The people whose yes rests for now: what is kept of them stays, and nothing is done with it."""
    return {person for person, _library in pairs_at_rest(purpose, [library.pk])}


def pairs_at_rest(purpose: str, libraries: Iterable[int]) -> set[tuple[int, int]]:
    """(person, library) of all whose yes to this purpose rests for now, in one query."""
    found = newest_decisions().filter(purpose=purpose, library_id__in=list(libraries), granted=True)
    return {(row.person_id, row.library_id) for row in found if judge(row).reason == Reason.FROZEN}


def people_allowing(purpose: str, library: Library) -> set[int]:
    """The keys of all people who allow this purpose in this library, in one query."""
    return {person for person, _library in pairs_allowing(purpose, [library.pk])}


def pairs_allowing(purpose: str, libraries: Iterable[int]) -> set[tuple[int, int]]:
    """(person, library) of all who allow this purpose in any of these libraries, in one query."""
    found = newest_decisions().filter(purpose=purpose, library_id__in=list(libraries), granted=True)
    return {(row.person_id, row.library_id) for row in found if judge(row).allowed}


def answers(
    people: Iterable[Person], libraries: Iterable[Library]
) -> dict[tuple[int, int, str], Answer]:
    """Every recorded answer by (person, library, purpose), in one query. Missing: not asked."""
    rows = newest_decisions().filter(person__in=list(people), library__in=list(libraries))
    return {(row.person_id, row.library_id, row.purpose): judge(row) for row in rows}


def newest_decisions() -> QuerySet[Decision]:
    """The newest decision of each person, library and purpose, with all that judge() reads."""
    newer = Decision.objects.filter(
        person=OuterRef("person"),
        library=OuterRef("library"),
        purpose=OuterRef("purpose"),
        pk__gt=OuterRef("pk"),
    )
    return (
        Decision.objects.filter(~Exists(newer))
        .annotate(at_rest=_at_rest())
        .select_related(
            "library__owner", "person__household", "person__user__guardian", "person__guardian"
        )
    )


def _at_rest() -> Case:
    """Whether any veto holds for a decision."""
    held = [
        When(Q(condition()) & Q(purpose=purpose), then=Value(True))
        for purpose, condition in _VETOES.values()
    ]
    return Case(*held, default=Value(False))


def judge(newest: Decision, *, today: date | None = None) -> Answer:
    """What the newest decision means today. A no always counts; a yes only from who may give it."""
    reason = _why_not(newest, today) or Reason.YES
    return Answer(allowed=reason == Reason.YES, reason=reason, granted=newest.granted)


def _why_not(newest: Decision, today: date | None) -> Reason | None:
    if not newest.granted:
        return Reason.SAID_NO
    if newest.library.owner.household_id != newest.person.household_id:
        return Reason.OTHER_HOUSEHOLD
    standing = standing_of(newest.person, today=today)
    by_guardian = newest.channel == Channel.GUARDIAN
    if standing.minor:
        guardian = standing.guardian
        if not by_guardian or guardian is None or newest.decided_by_id != guardian.pk:
            return Reason.GUARDIAN_DECIDES
    elif by_guardian:
        return Reason.DECIDES_ALONE_NOW
    return _why_it_rests(newest)


def _why_it_rests(newest: Decision) -> Reason | None:
    """A yes that stands, and all the same is not acted on today."""
    off = newest.library.recognition == RecognitionState.OFF
    if off and newest.purpose == Purpose.RECOGNISE:
        return Reason.RECOGNITION_OFF
    # Rows of newest_decisions carry it; a row that was just written is asked about again later.
    return Reason.FROZEN if getattr(newest, "at_rest", False) else None
