"""Where a page of a long list begins: the last photo seen, not a number that shifts with each upload."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404

from photolib.library.models import Photo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def cursor_of(photo: Photo) -> str:
    """A photo's place in the order of time, fit for an address: microseconds since 1970, then its key."""
    return f"{(photo.taken_at - _EPOCH) // _MICROSECOND}_{photo.pk}"


def older_than(cursor: str) -> Q:
    """Photos that come after this place when the newest stand first."""
    moment, key = _read(cursor)
    return Q(taken_at__lt=moment) | Q(taken_at=moment, pk__lt=key)


def newer_than(cursor: str) -> Q:
    """Photos that come before this place when the newest stand first."""
    moment, key = _read(cursor)
    return Q(taken_at__gt=moment) | Q(taken_at=moment, pk__gt=key)


def _read(cursor: str) -> tuple[datetime, int]:
    """The parts of a cursor. Raises Http404 where it is none: nothing lies at that address."""
    moment, separator, key = cursor.partition("_")
    try:
        read = _EPOCH + int(moment) * _MICROSECOND, int(key)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not separator or abs(read[1]) > 2**62:
        raise Http404
    return read
