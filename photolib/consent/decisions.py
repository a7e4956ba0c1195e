"""The one place that says whether a person allowed something. Everything that names, matches or
exports a person asks here; the newest recorded decision counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.enums import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import User
from photolib.consent.chain import chain_hash, commit_to, subject_reference
from photolib.consent.models import Channel, Decision, Purpose
from photolib.consent.recorded import Recorded, newest_answers
from photolib.consent.wording import is_unchanged
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
    PAPER_NOT_ENOUGH = (
        "paper_not_enough",
        _("said yes on paper, which counts in household grouping only"),
    )
    TEXT_CHANGED = (
        "text_changed",
        _("said yes to a text that was changed since, and has to be asked again"),
    )
    LEDGER_BROKEN = (
        "ledger_broken",
        _("said yes, but the record of answers does not hold: nothing counts"),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """allowed: what counts. granted: whether the newest answer on record is a yes, in force or not."""

    allowed: bool
    reason: Reason
    granted: bool = False


NOT_ASKED = Answer(allowed=False, reason=Reason.NOT_ASKED)


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
    newest = newest_answers(purposes=[purpose], libraries=[library.pk], people=[person.pk])
    return judge(newest[0], today=today) if newest else NOT_ASKED


def people_at_rest(purpose: str, library: Library) -> set[int]:
    """The people whose yes rests for now: what is kept of them stays, and nothing is done with it."""
    return {person for person, _library in pairs_at_rest(purpose, [library.pk])}


def pairs_at_rest(purpose: str, libraries: Iterable[int]) -> set[tuple[int, int]]:
    """(person, library) of all whose yes to this purpose rests for now, in one query."""
    found = newest_answers(purposes=[purpose], libraries=libraries, granted_only=True)
    return {(row.person_id, row.library_id) for row in found if judge(row).reason == Reason.FROZEN}


def people_allowing(purpose: str, library: Library) -> set[int]:
    """The keys of all people who allow this purpose in this library, in one query."""
    return {person for person, _library in pairs_allowing(purpose, [library.pk])}


def pairs_allowing(purpose: str, libraries: Iterable[int]) -> set[tuple[int, int]]:
    """(person, library) of all who allow this purpose in any of these libraries, in one query."""
    return pairs_allowing_each([purpose], libraries)[purpose]


def pairs_allowing_each(
    purposes: Iterable[str], libraries: Iterable[int], people: Iterable[int] | None = None
) -> dict[str, set[tuple[int, int]]]:
    """By purpose, (person, library) of all who allow it in any of these libraries, in one query.

    people: only these are asked about, which takes less time.
    """
    allowed: dict[str, set[tuple[int, int]]] = {purpose: set() for purpose in purposes}
    found = newest_answers(purposes=allowed, libraries=libraries, people=people, granted_only=True)
    for row in found:
        if judge(row).allowed:
            allowed[row.purpose].add((row.person_id, row.library_id))
    return allowed


def answers(
    people: Iterable[Person], libraries: Iterable[Library]
) -> dict[tuple[int, int, str], Answer]:
    """Every recorded answer by (person, library, purpose), in one query. Missing: not asked."""
    rows = newest_answers(
        people=[person.pk for person in people], libraries=[library.pk for library in libraries]
    )
    return {(row.person_id, row.library_id, row.purpose): judge(row) for row in rows}


def newest_decisions() -> QuerySet[Decision]:
    """The newest decision of each person, library and purpose: what was said, whether it counts or not.

    Whether it counts is judged from newest_answers.
    """
    newer = Decision.objects.filter(
        person=OuterRef("person"),
        library=OuterRef("library"),
        purpose=OuterRef("purpose"),
        pk__gt=OuterRef("pk"),
    )
    return Decision.objects.filter(~Exists(newer))


def judge(newest: Recorded, *, today: date | None = None) -> Answer:
    """What one of newest_answers() means today. A no always counts; a yes only from who may give it,
    and only as far as the ledger says the same and holds."""
    reason = _why_not(newest, today) or Reason.YES
    return Answer(allowed=reason == Reason.YES, reason=reason, granted=newest.granted)


def _why_not(newest: Recorded, today: date | None) -> Reason | None:
    if not newest.granted:
        return Reason.SAID_NO
    if newest.owner_household_id != newest.household_id:
        return Reason.OTHER_HOUSEHOLD
    return _why_not_on_record(newest) or _why_not_theirs(newest, today) or _why_not_here(newest)


def _why_not_on_record(newest: Recorded) -> Reason | None:
    """Costs no query: what it needs came with the row, two hashes are computed."""
    entry = newest.entry
    reference = subject_reference(newest.person_id, newest.library_id)
    says_the_same = (entry.purpose, entry.granted, entry.channel, entry.subject) == (
        newest.purpose, newest.granted, newest.channel, commit_to(newest.salt, reference),
    )  # fmt: skip
    in_trouble = newest.superseded or newest.trouble or newest.guards_missing
    if not says_the_same or in_trouble or chain_hash(entry, newest.previous) != newest.hash:
        return Reason.LEDGER_BROKEN
    if not is_unchanged(entry.text_id, entry.text_language, entry.text_sha256):
        return Reason.TEXT_CHANGED
    return None


def _why_not_theirs(newest: Recorded, today: date | None) -> Reason | None:
    """Whether who answered is who decides today. A clock that is set back makes nobody younger."""
    day = today or timezone.localdate()
    if newest.seen_at is not None and today is None:
        day = max(day, timezone.localtime(newest.seen_at).date())
    by_guardian = newest.channel == Channel.GUARDIAN
    if newest.who.minor_on(day):
        guardian = newest.who.guardian_on(day)
        if not by_guardian or guardian is None or newest.decided_by_id != guardian:
            return Reason.GUARDIAN_DECIDES
    elif by_guardian:
        return Reason.DECIDES_ALONE_NOW
    return None


def _why_not_here(newest: Recorded) -> Reason | None:
    """Whether the state of the library, or a pause, keeps a yes that stands from being acted on."""
    if newest.purpose == Purpose.RECOGNISE and newest.recognition == RecognitionState.OFF:
        return Reason.RECOGNITION_OFF
    if newest.channel == Channel.PAPER and newest.recognition != RecognitionState.HOUSEHOLD:
        return Reason.PAPER_NOT_ENOUGH
    return Reason.FROZEN if newest.at_rest else None
