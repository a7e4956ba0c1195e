"""The vectors of one household's unknown faces, held in a worker's memory while it groups.

The database stays the truth: what is found here is looked up there before it counts. What is held goes
half a minute after it was last used, and at once when its session, its key or the library's consent
epoch is another. What left the database meanwhile is let go of every half minute, also by a worker that
is never idle. So within 60 seconds of a withdrawal no running process holds what was withdrawn.
"""

import threading
import time

import numpy as np
from numpy.typing import NDArray

from faces.grouping import Face
from faces.models import GroupingSession, UnknownFace
from faces.packs import Pack
from faces.placing import Member
from faces.sealing import open_unknown
from faces.vector_index import VectorIndex
from photolib.library.models import Library

# Long enough for the next photo of an import to find it, short enough for a withdrawal.
HELD_SECONDS = 30.0
NEIGHBOURS = 40
# Rows that another worker numbered earlier but committed later are looked for this far back.
OVERLAP = 500


class HeldVectors:
    """The unknown faces of one grouping session and one pack, by their UnknownFace's key."""

    def __init__(self, session: GroupingSession, pack: Pack, epoch: int) -> None:
        self.key = (session.pk, session.key_id, pack.name, epoch)
        self._pack = pack
        self._index = VectorIndex(pack.dimensions)
        self._vectors: dict[int, NDArray[np.float32]] = {}
        self._newest = 0
        self._compared = time.monotonic()

    def __len__(self) -> int:
        return len(self._vectors)

    def sync(self, session: GroupingSession) -> None:
        """Open what was added since. Raises KeyGone where the session has just ended."""
        if time.monotonic() - self._compared >= HELD_SECONDS:
            self._compared = time.monotonic()
            self.members(list(self._vectors))
        rows = session.faces.filter(
            pack=self._pack.name, expired=False, pk__gt=self._newest - OVERLAP
        )
        missing = [
            pk for pk in rows.values_list("pk", flat=True).order_by("pk") if pk not in self._vectors
        ]
        for start in range(0, len(missing), OVERLAP):
            for row in rows.filter(pk__in=missing[start : start + OVERLAP]):
                self._vectors[row.pk] = open_unknown(row, session)
        if missing:
            self._index.add(missing, np.stack([self._vectors[pk] for pk in missing]))
            self._newest = max(self._newest, missing[-1])

    def near(self, vector: NDArray[np.float32], *, floor: float) -> list[int]:
        """The keys of the nearest faces whose similarity is at least `floor`, the nearest first."""
        hits = self._index.search(vector[None, :], NEIGHBOURS)[0]
        return [hit.id for hit in hits if hit.similarity >= floor]

    def members(self, keys: list[int]) -> list[Member]:
        """These faces as the database has them now; what has gone from there goes from here."""
        rows = _faces(keys)
        gone = [pk for pk in keys if pk not in rows]
        self._index.remove(gone)
        for pk in gone:
            self._vectors.pop(pk, None)
        return [Member(face, self._vectors[pk]) for pk, face in rows.items() if pk in self._vectors]

    def groups(self, numbers: set[int]) -> dict[int, list[Member]]:
        """All members of these groups, by number."""
        keys = list(
            UnknownFace.objects.filter(group__in=numbers)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        groups: dict[int, list[Member]] = {number: [] for number in numbers}
        for member in self.members(keys):
            if member.face.group in groups:
                groups[member.face.group].append(member)
        return {number: members for number, members in groups.items() if members}

    def everyone(self) -> list[Member]:
        """Every face held, by key."""
        return self.members(sorted(self._vectors))


def _faces(keys: list[int]) -> dict[int, Face]:
    found: dict[int, Face] = {}
    for start in range(0, len(keys), OVERLAP):
        rows = UnknownFace.objects.filter(
            pk__in=keys[start : start + OVERLAP], expired=False
        ).values_list("pk", "region__photo_id", "region__quality", "group_id")
        for pk, photo, quality, group in rows.order_by("pk"):
            found[pk] = Face(id=pk, photo=photo, quality=quality, group=group)
    return found


_lock = threading.Lock()
_held: HeldVectors | None = None
_timer: threading.Timer | None = None


def hold(session: GroupingSession, pack: Pack) -> HeldVectors:
    """The session's vectors, brought up to date. Raises KeyGone or KeystoreLocked."""
    global _held
    with _lock:
        held = _held
        _held = None  # what cannot be brought up to date is not kept
        epoch = Library.objects.values_list("consent_epoch", flat=True).get(pk=session.library_id)
        if held is None or held.key != (session.pk, session.key_id, pack.name, epoch):
            held = HeldVectors(session, pack, epoch)
        held.sync(session)
        _held = held
        _start_timer()
    return held


def drop() -> None:
    """Forget every vector held by this process."""
    global _held
    with _lock:
        _held = None


def is_holding() -> bool:
    """Whether this process holds any vectors between photos."""
    return _held is not None


def _start_timer() -> None:
    global _timer
    if _timer is not None:
        _timer.cancel()
    _timer = threading.Timer(HELD_SECONDS, drop)
    _timer.daemon = True
    _timer.start()
