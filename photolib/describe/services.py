"""What people do to descriptions: write their own words, take them back, say that a claim is wrong."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.words import words_changed
from photolib.describe.errors import TextRefused
from photolib.describe.models import Draft, DraftState, Fact, HumanText, TextSource, TextTakenAway
from photolib.describe.review_notes import note_own_words, note_words_gone
from photolib.library.models import Photo

LONGEST_ALT = 250
LONGEST_EXTENDED = 10_000


def edit_text(
    *,
    photo: Photo,
    language: str,
    alt: str,
    extended: str,
    by: User,
    draft: Draft | None = None,
) -> HumanText:
    """Keep a person's words about a photo, in one language; they replace that language's older ones.

    draft: the offered sentence of a model that they began as.
    Raises TextRefused for an empty or too long text or an unknown language, NotAllowed for anybody but
    the photo's owner.
    """
    _check_owner(photo, by)
    alt, extended = " ".join(alt.split()), extended.strip()
    _check(language, alt, extended)
    with transaction.atomic():
        text, _created = HumanText.objects.update_or_create(
            photo=photo,
            language=language,
            defaults={
                "alt": alt,
                "extended": extended,
                "by": by,
                "source": TextSource.PERSON,
                "written_by": "",
                "drafted_by": draft.model if draft else "",
            },
        )
        if draft is not None:
            Draft.objects.filter(pk=draft.pk).update(state=DraftState.ACCEPTED)
        note_own_words(photo=photo, by=by)
        words_changed.send(sender=HumanText, photo=photo)
    return text


def clear_text(*, photo: Photo, language: str, by: User) -> None:
    """Remove a person's words in one language: the machine's stand again. Owner only (NotAllowed).

    Words that came with the file do not come back when it is read again.
    """
    _check_owner(photo, by)
    with transaction.atomic():
        TextTakenAway.objects.get_or_create(photo=photo, language=language)
        HumanText.objects.filter(photo=photo, language=language).delete()
        note_words_gone(photo=photo)
        words_changed.send(sender=HumanText, photo=photo)


def reject_fact(*, fact: Fact, by: User) -> None:
    """Say that the machine saw wrongly: it is not said again, nor found. Owner only (NotAllowed)."""
    _check_owner(fact.photo, by)
    with transaction.atomic():
        fact.rejected = True
        fact.save(update_fields=["rejected"])
        words_changed.send(sender=Fact, photo=fact.photo)


def _check_owner(photo: Photo, by: User) -> None:
    if photo.library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of this photo can change its description."))


def _check(language: str, alt: str, extended: str) -> None:
    known = dict(settings.DESCRIPTION_LANGUAGES)
    if language not in known:
        raise TextRefused(
            _(
                "There are no descriptions in the language “%(language)s” here: choose one of %(known)s."
            )
            % {"language": language, "known": ", ".join(known)}
        )
    if not alt:
        raise TextRefused(_("The description is empty: write some words, or remove it instead."))
    if len(alt) > LONGEST_ALT:
        raise TextRefused(
            _("The description has %(length)s letters: shorten it to %(limit)s.")
            % {"length": len(alt), "limit": LONGEST_ALT}
        )
    if len(extended) > LONGEST_EXTENDED:
        raise TextRefused(
            _("The long description has %(length)s letters: shorten it to %(limit)s.")
            % {"length": len(extended), "limit": LONGEST_EXTENDED}
        )
