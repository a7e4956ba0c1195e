"""What people do with the machine's words: accept, reject, take over a draft, ask for better ones.

Accepting keeps no sentence: the facts behind it count as checked, and the sentence goes on being composed
for each reader, with the names that reader may know today. It confirms no name; that is asked elsewhere.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.words import words_changed
from photolib.describe.errors import MeanwhileChanged, TextRefused
from photolib.describe.models import Draft, DraftState, HumanText, Review, ReviewState
from photolib.describe.review_marks import digest_of, marks_of
from photolib.describe.services import edit_text
from photolib.library.models import Photo


def accept(*, photo: Photo, shown: str, by: User) -> Review:
    """Say that the machine's words are right. shown: the digest of the facts that were looked at.

    Raises MeanwhileChanged where the machine has seen something else since, NotAllowed for anybody but
    the photo's owner.
    """
    return _answer(photo, ReviewState.ACCEPTED, shown, by)


def reject(*, photo: Photo, shown: str, by: User) -> Review:
    """Say that the machine's words are wrong as a whole: date and place are told instead, and the photo
    is found by none of them, until the machine sees something else. Raises as accept does."""
    return _answer(photo, ReviewState.REJECTED, shown, by)


def accept_draft(*, draft: Draft, by: User) -> HumanText:
    """Make a model's sentence one's own words. Owner only (NotAllowed).

    Raises TextRefused where a person's words stand in that language: they are never overwritten so, but
    by writing; MeanwhileChanged where the draft was answered already.
    """
    photo = draft.photo
    with transaction.atomic():
        review = _locked(photo, by)
        _check_offered(draft)
        if HumanText.objects.filter(photo=photo, language=draft.language).exists():
            raise TextRefused(
                _(
                    "A person's words stand here in this language: change them with the draft beside."
                )
            )
        before = _snapshot(review) | {"draft": draft.pk}
        text = edit_text(
            photo=photo,
            language=draft.language,
            alt=draft.alt,
            extended=draft.extended,
            by=by,
            draft=draft,
        )
        Review.objects.filter(pk=review.pk).update(before=before)
    return text


def reject_draft(*, draft: Draft, by: User) -> None:
    """Say no to a model's sentence; what is composed of facts stands. Owner only (NotAllowed)."""
    with transaction.atomic():
        review = _locked(draft.photo, by)
        _check_offered(draft)
        before = _snapshot(review) | {"draft": draft.pk}
        Draft.objects.filter(pk=draft.pk).update(state=DraftState.REJECTED)
        Review.objects.filter(pk=review.pk).update(before=before)


def take_back(*, photo: Photo, by: User) -> bool:
    """Take back the last answer about this photo, once. Returns whether there was one. Owner only."""
    with transaction.atomic():
        review = _locked(photo, by)
        before = review.before
        if not before:
            return False
        if "draft" in before:
            _take_back_draft(photo, before["draft"])
        _restore(review, before)
        words_changed.send(sender=Review, photo=photo)
    return True


def want_better(*, photo: Photo, by: User) -> None:
    """Ask the owner for better words; anybody who may see the photo may, which was asked before."""
    with transaction.atomic():
        review, _created = Review.objects.select_for_update().get_or_create(photo=photo)
        if review.wanted_at is None:
            review.wanted_by, review.wanted_at = by, timezone.now()
            review.save(update_fields=["wanted_by", "wanted_at"])


def want_no_better(*, photo: Photo, by: User) -> None:
    """Take that back: whoever asked, or the owner (NotAllowed for others)."""
    with transaction.atomic():
        review = Review.objects.select_for_update().filter(photo=photo).first()
        if review is None or review.wanted_at is None:
            return
        if by.pk not in {review.wanted_by_id, photo.library.owner_id}:
            raise NotAllowed(_("Somebody else asked for this: only they and the owner can end it."))
        review.wanted_by = review.wanted_at = None
        review.save(update_fields=["wanted_by", "wanted_at"])


def _answer(photo: Photo, state: ReviewState, shown: str, by: User) -> Review:
    with transaction.atomic():
        review = _locked(photo, by)
        marks = marks_of([photo])[photo.pk]
        if digest_of(marks) != shown:
            raise MeanwhileChanged(
                _("The machine has looked at this photo again. Read what it says now, then decide.")
            )
        review.before = _snapshot(review)
        review.state, review.by, review.at, review.checked = state, by, timezone.now(), marks
        review.wanted_by = review.wanted_at = None
        review.save()
        words_changed.send(sender=Review, photo=photo)
    return review


def _locked(photo: Photo, by: User) -> Review:
    if photo.library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of this photo can decide about its description."))
    review, _created = Review.objects.select_for_update().get_or_create(photo=photo)
    return review


def _check_offered(draft: Draft) -> None:
    if Draft.objects.filter(pk=draft.pk, state=DraftState.OFFERED).exists():
        return
    raise MeanwhileChanged(_("This draft was decided on already, or it is gone."))


def _snapshot(review: Review) -> dict[str, Any]:
    """The row as JSON can hold it."""
    return {
        "state": review.state,
        "by": review.by_id,
        "at": review.at.isoformat() if review.at else None,
        "checked": review.checked,
        "wanted_by": review.wanted_by_id,
        "wanted_at": review.wanted_at.isoformat() if review.wanted_at else None,
    }


def _restore(review: Review, before: dict[str, Any]) -> None:
    review.state, review.checked = before["state"], before["checked"]
    review.by = User.objects.filter(pk=before["by"]).first()
    review.wanted_by = User.objects.filter(pk=before["wanted_by"]).first()
    review.at = parse_datetime(before["at"]) if before["at"] else None
    review.wanted_at = parse_datetime(before["wanted_at"]) if before["wanted_at"] else None
    review.before = {}
    review.save()


def _take_back_draft(photo: Photo, key: int) -> None:
    """The draft is offered again; words that were nothing but the draft go."""
    draft = Draft.objects.filter(pk=key).first()
    if draft is None:
        return
    HumanText.objects.filter(
        photo=photo, language=draft.language, drafted_by=draft.model, alt=draft.alt
    ).delete()
    Draft.objects.filter(pk=key).update(state=DraftState.OFFERED)
