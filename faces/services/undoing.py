"""Taking back what was done with faces, as far as nobody said something else since."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from faces.journal import recording, scope_of
from faces.models import EntryKind, JournalEntry
from faces.putting_back import put_back
from faces.services.common import check_owner
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError


@dataclass(frozen=True, slots=True)
class Undone:
    """faces: how many are as they were. left: what was changed again since, and stays as it is now.

    entry: the undo's own entry of the journal, by which it can be taken back in turn.
    """

    faces: int
    left: int
    entry: JournalEntry


def undo(*, entry: JournalEntry, by: User) -> Undone:
    """Put back what an entry of the journal changed; an undo can be undone.

    A later word of a person is not overwritten: it is left, and counted. Vectors that were shredded
    do not come back; those photos are looked at again, under the consent of now.
    Raises NotAllowed; PhotolibError where it was taken back already or nothing of it is left to be.
    """
    check_owner(entry.library, by)
    scope = scope_of(entry)
    with recording(
        library=entry.library,
        by=by,
        kind=EntryKind.UNDO,
        regions=scope.regions,
        photos=scope.photos,
        groups=scope.groups,
        people=scope.people,
        undoes=entry,
    ) as done:
        open_ones = JournalEntry.objects.filter(pk=entry.pk, undone_at__isnull=True)
        if not open_ones.update(undone_at=timezone.now()):
            raise PhotolibError(_("This was taken back already, or is too long ago."))
        left = put_back(entry, by)
    if done.entry is None:
        open_again = JournalEntry.objects.filter(pk=entry.pk)
        open_again.update(undone_at=None)
        raise PhotolibError(
            _("Nothing was taken back: everything it changed was changed again since.")
        )
    return Undone(faces=done.entry.faces, left=left, entry=done.entry)
