"""What is kept of the words for one photo, and what was decided about them."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from photolib.core.knowledge import Deed, Known
from photolib.describe.models import UNKNOWN_LANGUAGE, FileNote, HumanText, TextSource
from photolib.describe.queries import Description
from photolib.describe.review_queue import review_of
from photolib.library.memos import memos_of
from photolib.library.models import Photo
from photolib.rights.knowing_deeds import for_owner


def words_known(photo: Photo, text: Description, owner: bool, everybody: str) -> Iterator[Known]:
    """What is said now, what people and the file said, and what was decided about it."""
    if text.source not in {"human", "file"}:
        yield Known(
            what=_("Said now: “%(alt)s”") % {"alt": text.alt},
            source=_("composed by machine when it is read; not stored"),
            model=text.model,
            seen_by=_("each viewer, with the names they may know"),
            deeds=for_owner(
                owner, Deed(_("Write your own words"), reverse("pages:words", args=[photo.pk]))
            ),
        )
    for row in HumanText.objects.filter(photo=photo).select_related("by"):
        language = _language(row.language)
        can_be_written = row.language in dict(settings.DESCRIPTION_LANGUAGES)
        words = reverse("pages:words", args=[photo.pk]) + f"?language={row.language}"
        clear = reverse("pages:clear_words", args=[photo.pk]) + f"?language={row.language}"
        yield Known(
            what=_("In %(language)s: “%(alt)s”") % {"language": language, "alt": row.alt},
            source=_writer(row),
            made_on=row.updated_at,
            seen_by=everybody,
            deeds=for_owner(
                owner,
                *(
                    [Deed(_("Change the words in %(language)s") % {"language": language}, words)]
                    if can_be_written
                    else []
                ),
                Deed(_("Remove the words in %(language)s") % {"language": language}, clear, True),
            ),
        )

    yield from _decisions(photo, owner, everybody)
    for note in FileNote.objects.filter(photo=photo):
        yield Known(
            what=_("%(kind)s in %(language)s: “%(text)s”")
            % {
                "kind": str(note.get_kind_display()),
                "language": _language(note.language),
                "text": note.text,
            },
            source=_("the file"),
            made_on=photo.received_at,
            seen_by=everybody,
        )


def _decisions(photo: Photo, owner: bool, everybody: str) -> Iterator[Known]:
    """What was decided about the machine's words, and drafts that wait. The owner decides on these."""
    review = review_of(photo)
    if review is not None and review.at is not None:
        yield Known(
            what=_("Decided about the machine's words: %(state)s.")
            % {"state": review.get_state_display()},
            source=str(review.by or _("a person")),
            made_on=review.at,
            seen_by=everybody,
            deeds=for_owner(
                owner and bool(review.before),
                Deed(
                    _("Take the decision back"),
                    reverse("pages:review_undo", args=[photo.pk]),
                    post=True,
                ),
            ),
        )
    if review is not None and review.wanted_at is not None:
        yield Known(
            what=_("Better words are asked for."),
            source=str(review.wanted_by or _("a person")),
            made_on=review.wanted_at,
            seen_by=everybody,
        )
    for memo in memos_of(photo):
        yield Known(
            what=_("A voice memo: %(title)s") % {"title": memo.title or _("without a title")},
            source=str(memo.by or _("a person")),
            made_on=memo.made_at,
            seen_by=everybody,
            deeds=for_owner(
                owner,
                Deed(
                    _("Remove the voice memo"),
                    reverse("pages:memo_remove", args=[photo.pk, memo.pk]),
                    post=True,
                ),
            ),
        )
    for draft in photo.drafts.all() if owner else ():
        yield Known(
            what=_("A draft in %(language)s, %(state)s: “%(alt)s”")
            % {
                "language": _language(draft.language),
                "state": draft.get_state_display(),
                "alt": draft.alt,
            },
            source=_("the machine"),
            model=draft.model,
            made_on=draft.made_at,
            seen_by=_("its owner alone"),
        )


def _writer(row: HumanText) -> str:
    if row.source != TextSource.FILE:
        return str(row.by or _("a person"))
    if row.written_by:
        return _("the file, which names %(writer)s") % {"writer": row.written_by}
    return _("the file")


def _language(code: str) -> str:
    """A language's name in the page's language; of those that Django has no name for, the code."""
    if code == UNKNOWN_LANGUAGE:
        return _("an unknown language")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
