"""Voice memos on photos: kept as they arrived, heard by whoever may see the photo, never looked into."""

from hashlib import sha256
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, RefusedFile
from photolib.core.sounds import sniff_sound
from photolib.library.models import Photo, VoiceMemo
from photolib.library.services import discard_unused_original, lock_original
from photolib.library.storage import keep_original

# Ten minutes as browsers record speech are some 5 MB, as phones do at their best some 20.
LARGEST_MEMO = 20 * 1024 * 1024
LONGEST_TITLE = 200


def keep_memo(*, photo: Photo, file: TemporaryUploadedFile, title: str, by: User) -> VoiceMemo:
    """Keep a recording beside a photo. Whether `by` may see the photo was asked before.

    Raises RefusedFile for a file that is empty, too large, or no sound by its first bytes.
    """
    name = file.name or ""
    format_ = _checked(file, name)
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    key = digest.hexdigest()
    with transaction.atomic():
        sound = lock_original(key, format_=format_, byte_size=file.size or 0)
        keep_original(draft=Path(file.temporary_file_path()), sha256=key, format=sound.format)
        return VoiceMemo.objects.create(
            photo=photo, sound=sound, title=" ".join(title.split())[:LONGEST_TITLE], by=by
        )


def remove_memo(*, memo: VoiceMemo, by: User) -> None:
    """Remove a memo, and its bytes unless another memo has the same. Its author, or the photo's owner.

    Raises NotAllowed for anybody else.
    """
    if by.pk not in {memo.by_id, memo.photo.library.owner_id}:
        raise NotAllowed(_("Only who recorded this and the photo's owner can remove it."))
    key = memo.sound_id
    with transaction.atomic():
        memo.delete()
        transaction.on_commit(lambda: discard_unused_original(key))


def memos_of(photo: Photo) -> QuerySet[VoiceMemo]:
    """The photo's memos, the oldest first."""
    return VoiceMemo.objects.filter(photo=photo).select_related("by", "sound")


def get_memo(photo: Photo, pk: int) -> VoiceMemo:
    """One memo of the photo. Raises Http404 if it has none with this key."""
    memo = memos_of(photo).select_related("photo__library").filter(pk=pk).first()
    if memo is None:
        raise Http404
    return memo


def _checked(file: TemporaryUploadedFile, name: str) -> str:
    if not file.size:
        raise RefusedFile(name, _("The recording is empty: record it again."), code="empty")
    if file.size > LARGEST_MEMO:
        raise RefusedFile(
            name, _("The recording is larger than 20 MB: make a shorter one."), code="too_large"
        )
    file.seek(0)
    format_ = sniff_sound(file.read(32))
    file.seek(0)
    if format_ is None:
        raise RefusedFile(
            name,
            _("This is no recording that browsers play: choose WebM, Ogg, M4A, MP3 or WAV."),
            code="unsupported",
        )
    return format_
