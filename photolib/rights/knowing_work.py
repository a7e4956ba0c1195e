"""What only the owner is told of a photo: what finds it, what was done on it, where copies went."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from photolib.core.knowledge import Known
from photolib.core.words import words_of
from photolib.describe.models import SentPicture
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo
from photolib.search.models import PhotoMeaning


def finding_known(photo: Photo) -> Iterator[Known]:
    """The words and numbers by which the search finds it."""
    by_source: dict[str, list[str]] = {}
    for word, source in words_of(photo):
        by_source.setdefault(source, []).append(word)
    for source, words in sorted(by_source.items()):
        yield Known(
            what=", ".join(words), source=source, seen_by=_("used by the search, never listed")
        )
    for row in PhotoMeaning.objects.filter(photo=photo):
        yield Known(
            what=_("The meaning of its words as numbers, without anybody's name"),
            source=row.model,
            seen_by=_("used by the search, never listed"),
        )


def steps_known(photo: Photo) -> Iterator[Known]:
    """Each step of work with its state and version."""
    for row in StepRun.objects.filter(photo=photo).order_by("pk"):
        state = StepState(row.state).label
        yield Known(
            what=_("%(step)s: %(state)s") % {"step": row.step, "state": state},
            source=pgettext("of a step of work", "version %(version)s") % {"version": row.version},
            made_on=row.finished_at,
            seen_by=_("its owner alone"),
        )


def sent_known(photo: Photo) -> Iterator[Known]:
    """Each copy that went to the sentence model."""
    for sent in SentPicture.objects.filter(photo=photo):
        yield Known(
            what=_("The picture, made small and without its metadata, was sent to %(address)s.")
            % {"address": sent.address},
            source=_("the sentence model, which its owner wanted"),
            model=sent.model,
            made_on=sent.sent_at,
            seen_by=_("its owner alone"),
        )
