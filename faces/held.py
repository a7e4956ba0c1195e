"""The vectors of one household's unknown faces, held in a worker's memory while it groups.

The database stays the truth: what is found here is looked up there before it counts. What is held goes
half a minute after it was last used, and at once when its session, its key or the library's consent
epoch is another. What left the database meanwhile is let go of every half minute, also by a worker that
is never idle. So within 60 seconds of a withdrawal no running process holds what was withdrawn.
"""

import threading
import time
from dataclasses import replace

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from faces.cohort import SAMPLE, excess
from faces.grouping import Face
from faces.models import GroupingSession, UnknownFace
from faces.packs import Pack
from faces.placing import Member
from faces.sealing import open_rows
from faces.vector_index import VectorIndex
from photolib.library.models import Library

# Long enough for the next photo of an import to find it, short enough for a withdrawal.
HELD_SECONDS = 30.0
NEIGHBOURS = 40
# Rows that another worker numbered earlier but committed later are looked for this far back.
OVERLAP = 500
# Rows read and opened at once.
AT_ONCE = 2000
# Of a large group so many of the newest and of the oldest members are compared: the mean over all of
# them differs little, and an import does not slow down with the number of somebody's photos.
COMPARED = 64


class HeldVectors:
    """The unknown faces of one grouping session and one pack, by their UnknownFace's key.

    100,000 of them take 110 MB.
    """

    def __init__(self, session: GroupingSession, pack: Pack, epoch: int) -> None:
        self.key = (session.pk, session.key_id, pack.name, epoch)
        self._pack = pack
        self._kept = session.faces.filter(pack=pack.name, expired=False)
        self._index = VectorIndex(pack.dimensions)
        self._newest = 0
        self._compared = time.monotonic()
        self._cohort = np.zeros((0, pack.dimensions), dtype=np.float32)
        self._in_cohort: frozenset[int] = frozenset()
        self._drawn_from = 0
        self._excess: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._index)

    def sync(self, session: GroupingSession) -> None:
        """Open what was added since. Raises KeyGone where the session has just ended."""
        if time.monotonic() - self._compared >= HELD_SECONDS:
            self._compared = time.monotonic()
            self._drop_all_but(set(self._kept.values_list("pk", flat=True)))
        recent = self._kept.filter(pk__gt=self._newest - OVERLAP)
        keys = recent.values_list("pk", flat=True).order_by("pk")
        missing = [key for key in keys if key not in self._index]
        for start in range(0, len(missing), AT_ONCE):
            self._open(missing[start : start + AT_ONCE], session)
        self._draw_cohort()

    def _open(self, missing: list[int], session: GroupingSession) -> None:
        """Open these, which are not held yet; their keys rise."""
        wanted = set(missing)
        # Asked for as a range: so many keys one by one are more than some databases take.
        rows = self._kept.filter(pk__gte=missing[0], pk__lte=missing[-1]).order_by("pk")
        found = [row for row in rows.values_list("pk", "region_id", "sealed") if row[0] in wanted]
        if found:
            sealed = [(region, content) for _, region, content in found]
            vectors = open_rows(sealed, session, pack=self._pack.name)
            self._index.add([key for key, _, _ in found], np.stack(vectors))
        self._newest = max(self._newest, missing[-1])

    def _draw_cohort(self) -> None:
        """The sample that tells how near to strangers a face lies; another one as the faces change."""
        if self._drawn_from and 0.9 * self._drawn_from <= len(self) <= 1.1 * self._drawn_from:
            return
        self._drawn_from = len(self)
        ids = self._index.ids()
        places = np.linspace(0, len(ids) - 1, min(SAMPLE, len(ids))).astype(np.int64)
        drawn = [ids[place] for place in places.tolist()]
        self._cohort, self._in_cohort = self._index.vectors(drawn), frozenset(drawn)
        self._excess = {}

    def newcomer(self, member: Member) -> Member:
        """A face that is not held, with its excess, so that it can be compared with those that are."""
        return replace(member, excess=float(excess(member.vector[None, :], self._cohort)[0]))

    def near(self, vector: NDArray[np.float32], *, floor: float) -> list[int]:
        """The keys of the nearest faces whose similarity is at least `floor`, the nearest first."""
        hits = self._index.search(vector[None, :], NEIGHBOURS)[0]
        return [hit.id for hit in hits if hit.similarity >= floor]

    def members(self, keys: list[int]) -> list[Member]:
        """These faces as the database has them now; what has gone from there goes from here."""
        faces = _faces(self._kept.filter(pk__in=keys))
        there = {face.id for face in faces}
        self._drop([key for key in keys if key not in there])
        return self._with_vectors(faces)

    def groups(self, numbers: set[int], *, photo: int) -> dict[int, list[Member]]:
        """Members of these groups, by number: the oldest and the newest of a large one.

        Those in this photo are always among them.
        """
        groups = {}
        for number in sorted(numbers):
            rows = self._kept.filter(group=number)
            faces = _faces(rows.order_by("-pk")[:COMPARED])
            if len(faces) == COMPARED:
                faces += _faces(rows.order_by("pk")[:COMPARED])
                faces += _faces(rows.filter(region__photo=photo))
            once = {face.id: face for face in faces}
            members = self._with_vectors([once[key] for key in sorted(once)])
            if members:
                groups[number] = members
        return groups

    def everyone(self) -> tuple[list[Face], NDArray[np.float32]]:
        """Every face held, by key, and their vectors (n, d) in the same order."""
        faces = [face for face in _faces(self._kept.order_by("pk")) if face.id in self._index]
        self._drop_all_but({face.id for face in faces})
        return faces, self._index.vectors([face.id for face in faces])

    def _drop_all_but(self, keys: set[int]) -> None:
        self._drop([key for key in self._index.ids() if key not in keys])

    def _drop(self, keys: list[int]) -> None:
        self._index.remove(keys)
        for key in keys:
            self._excess.pop(key, None)
        if not self._in_cohort.isdisjoint(keys):
            self._drawn_from = 0
            self._draw_cohort()

    def _with_vectors(self, faces: list[Face]) -> list[Member]:
        held = [face for face in faces if face.id in self._index]
        vectors = self._index.vectors([face.id for face in held])
        fresh = [at for at, face in enumerate(held) if face.id not in self._excess]
        found = excess(vectors[fresh], self._cohort).tolist()
        self._excess.update((held[at].id, one) for at, one in zip(fresh, found, strict=True))
        return [
            Member(face, vector, self._excess[face.id])
            for face, vector in zip(held, vectors, strict=True)
        ]


def _faces(rows: QuerySet[UnknownFace]) -> list[Face]:
    found = rows.values_list(
        "pk", "region__photo_id", "region__quality", "group_id", "region__piled__pile"
    )
    return [
        Face(id=key, photo=photo, quality=quality, group=group, pile=pile)
        for key, photo, quality, group, pile in found.iterator(chunk_size=AT_ONCE)
    ]


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
