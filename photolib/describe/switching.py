"""The owner's switches: which analysers look at the photos of a library."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.steps import step_wanted
from photolib.describe.analyser import analysers_in_use
from photolib.describe.analysers.told import TOLD
from photolib.describe.models import AnalyserOff, Draft, DraftState, Fact
from photolib.library.models import Library, Photo

# What rests on the facts of analysers: the words by which photos are found, and offered sentences.
_RESTING_ON_FACTS = ("index_photo", "write_sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One analyser as its owner sees it.

    facts: how many statements it made about photos of this library. model: what it looks with. since:
    when it was switched off, None while it is on.
    """

    step: str
    title: str
    looks_at: str
    model: str
    facts: int
    since: datetime | None

    @property
    def is_on(self) -> bool:
        return self.since is None


def switches_of(library: Library) -> list[Switch]:
    """Every analyser of this installation, in the order in which they look. Two queries."""
    since = dict(AnalyserOff.objects.filter(library=library).values_list("step", "since"))
    counted = Fact.objects.filter(photo__library=library).values_list("step").order_by("step")
    facts = dict(counted.annotate(facts=Count("pk", filter=Q(rejected=False))))
    return [
        Switch(
            step=one.step,
            title=str(TOLD[one.step].title),
            looks_at=str(TOLD[one.step].looks_at),
            model=one.model,
            facts=facts.get(one.step, 0),
            since=since.get(one.step),
        )
        for one in analysers_in_use()
    ]


def photo_count(library: Library) -> int:
    """How many photos an analyser looks at when it is switched on."""
    return Photo.objects.filter(library=library).count()


def switch_off(*, library: Library, step: str, by: User) -> None:
    """Have this analyser look at nothing more, and forget at once what it saw, also what was rejected.

    Words found by it, and what other analysers concluded from it, are made anew by the workers.
    Raises NotAllowed for anybody but the owner, Http404 for a step that is no analyser here.
    """
    _check(library, step, by)
    with transaction.atomic():
        AnalyserOff.objects.get_or_create(library=library, step=step)
        Fact.objects.filter(photo__library=library, step=step).delete()
        # A sentence may rest on what is gone. What a person accepted is their own text.
        Draft.objects.filter(photo__library=library, state=DraftState.OFFERED).delete()
        _want(library, [*_leaning_on(step), *_RESTING_ON_FACTS])


def switch_on(*, library: Library, step: str, by: User) -> None:
    """Have this analyser look at every photo of the library again; workers do it.

    Raises NotAllowed for anybody but the owner, Http404 for a step that is no analyser here.
    """
    _check(library, step, by)
    with transaction.atomic():
        AnalyserOff.objects.filter(library=library, step=step).delete()
        _want(library, [step, *_leaning_on(step), *_RESTING_ON_FACTS])


def _check(library: Library, step: str, by: User) -> None:
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides who looks at them."))
    if step not in {one.step for one in analysers_in_use()}:
        raise Http404


def _leaning_on(step: str) -> list[str]:
    """The analysers that read what this one writes, and those that read theirs."""
    found = [step]
    for one in analysers_in_use():
        # In their order: nobody reads what a later one writes.
        if set(one.leans_on) & set(found):
            found.append(one.step)
    return found[1:]


def _want(library: Library, steps: list[str]) -> None:
    for step in steps:
        step_wanted.send(sender=AnalyserOff, step=step, library=library)
