"""The vectors of one household's unknown faces, held in a worker's memory while it groups.

The database stays the truth: what is found here is looked up there before it counts. What is held goes
half a minute after it was last used, and at once when its session, its key or the library's consent
epoch is another. What left the database meanwhile is let go of every half minute, also by a worker that
is never idle. So within 60 seconds of a withdrawal no running process holds what was withdrawn.
"""

import threading
import time
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from faces.cohort import SAMPLE, excess
from faces.crowding import crowding, usual_nearness
from faces.grouping import Face
from faces.models import GroupingSession, UnknownFace
from faces.packs import Pack
from faces.placing import Member
from faces.sealing import open_rows
from faces.vector_index import Hit, VectorIndex
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
# So many faces say how near strangers lie usually.
USUAL = 100
# What a Face is made of, in its fields' order.
_FIELDS = ("pk", "region__photo_id", "region__quality", "group_id", "region__piled__pile")


@dataclass(frozen=True, slots=True)
class Around:
    """A new face and what lies near it.

    groups: by number, the members that a new face is compared with. loners: near faces in no group,
    the nearest first.
    """

    new: Member
    groups: dict[int, list[Member]]
    loners: list[Member]


class HeldVectors:
    """The unknown faces of one grouping session and one pack, by their UnknownFace's key.

    100,000 of them take 110 MB, and what is known of them 25 MB.
    """

    def __init__(self, session: GroupingSession, pack: Pack, epoch: int) -> None:
        self.key = (session.pk, session.key_id, pack.name, epoch)
        self._pack = pack
        self._kept = session.faces.filter(pack=pack.name, expired=False)
        self._index = VectorIndex(pack.dimensions)
        self._known = _Known()
        self._newest = 0
        self._compared = time.monotonic()
        self._cohort = np.zeros((0, pack.dimensions), dtype=np.float32)
        self._in_cohort: frozenset[int] = frozenset()
        self._drawn_from = 0
        self._excess: dict[int, float] = {}
        self._usual: float | None = None

    def __len__(self) -> int:
        return len(self._index)

    def sync(self, session: GroupingSession) -> None:
        """Open what was added since. Raises KeyGone where the session has just ended."""
        if time.monotonic() - self._compared >= HELD_SECONDS:
            self._compared = time.monotonic()
            groups = dict(self._kept.values_list("pk", "group_id"))
            self._drop_all_but(groups.keys())
            self._known.move(groups)
        recent = self._kept.filter(pk__gt=self._newest - OVERLAP).order_by("pk")
        now = dict(recent.values_list("pk", "group_id"))
        self._known.move(now)
        missing = [key for key in now if key not in self._index]
        for start in range(0, len(missing), AT_ONCE):
            self._open(missing[start : start + AT_ONCE], session)
        self._draw_cohort()

    def _open(self, missing: list[int], session: GroupingSession) -> None:
        """Open these, which are not held yet; their keys rise."""
        wanted = set(missing)
        # Asked for as a range: so many keys one by one are more than some databases take.
        rows = self._kept.filter(pk__gte=missing[0], pk__lte=missing[-1]).order_by("pk")
        found = [
            row for row in rows.values_list(*_FIELDS, "region_id", "sealed") if row[0] in wanted
        ]
        if found:
            sealed = [(region, content) for *_, region, content in found]
            vectors = open_rows(sealed, session, pack=self._pack.name)
            self._index.add([row[0] for row in found], np.stack(vectors))
            self._known.put(Face(*row[:-2]) for row in found)
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
        self._usual = None

    def around(self, fresh: Sequence[Member], *, floor: float) -> list[Around]:
        """What lies around each of the new faces of one photo; (n,) for n new faces.

        Their nearest, as far as their similarity is at least `floor`, with the whole groups of those.
        floor: the threshold of grouping; of what is alone, strangers say how crowded it is around it.
        What is found here is looked up in the database before it counts, for all of them at once.
        """
        if not fresh:
            return []
        vectors = np.stack([member.vector for member in fresh])
        strangeness = excess(vectors, self._cohort, self._pack).tolist()
        searched = self._index.search(vectors, NEIGHBOURS)
        crowds = self._crowding(searched, floor)
        hits = [[hit.id for hit in found if hit.similarity >= floor] for found in searched]
        near = self._look_up({key for found in hits for key in found})
        numbers = {face.group for face in near.values() if face.group is not None}
        some = self._some_of(numbers, photo=fresh[0].face.photo)
        members = self._as_members(near | some)
        self._see_crowds(members, floor)
        groups: dict[int, list[Member]] = {}
        for key in sorted(members):
            group = members[key].face.group
            if group is not None and group in numbers:
                groups.setdefault(group, []).append(members[key])
        return [
            _around(
                replace(new, excess=more, crowding=crowd),
                [members[key] for key in found if key in members],
                groups,
            )
            for new, more, crowd, found in zip(fresh, strangeness, crowds, hits, strict=True)
        ]

    def _see_crowds(self, members: dict[int, Member], floor: float) -> None:
        """Find out how crowded it is around those in no group, who may found one with a new face."""
        alone = [key for key, member in members.items() if member.face.group is None]
        found = self._crowding(self._nearest_others(alone), floor)
        for key, crowd in zip(alone, found, strict=True):
            members[key] = replace(members[key], crowding=crowd)

    def _nearest_others(self, keys: list[int]) -> list[list[Hit]]:
        """The NEIGHBOURS nearest of each of these faces, which are held, itself left out."""
        if not keys:
            return []
        found = self._index.search(self._index.vectors(keys), NEIGHBOURS + 1)
        return [
            [hit for hit in hits if hit.id != key][:NEIGHBOURS]
            for key, hits in zip(keys, found, strict=True)
        ]

    def _crowding(self, searched: list[list[Hit]], floor: float) -> list[float]:
        """How crowded it is around the faces that these lie next to; 0 as anywhere."""
        if not searched:
            return []
        if self._usual is None:
            cohort = sorted(self._in_cohort)
            some = cohort[:: max(1, len(cohort) // USUAL)]
            nearest = _as_rows(self._nearest_others(some))
            self._usual = usual_nearness(nearest, floor)
        found: list[float] = crowding(
            _as_rows(searched), floor, usual=self._usual, faces=len(self)
        ).tolist()
        return found

    def _look_up(self, keys: Set[int]) -> dict[int, Face]:
        """These faces as the database has them now; what has gone from there goes from here."""
        faces: dict[int, Face] = {}
        for part in _parts(sorted(keys)):
            faces.update((face.id, face) for face in _faces(self._kept.filter(pk__in=part)))
        self._drop([key for key in keys if key not in faces])
        self._known.put(faces.values())
        return faces

    def _some_of(self, numbers: Set[int], *, photo: int) -> dict[int, Face]:
        """Members of these groups: the oldest and the newest of a large one, and those in this photo."""
        wanted = [
            key for number in sorted(numbers) for key in self._known.some_of(number, photo=photo)
        ]
        now: dict[int, int | None] = {}
        for part in _parts(wanted):
            now.update(self._kept.filter(pk__in=part).values_list("pk", "group_id"))
        self._drop([key for key in wanted if key not in now])
        self._known.move(now)
        return {key: self._known[key] for key in now}

    def everyone(self) -> tuple[list[Face], NDArray[np.float32]]:
        """Every face held, by key, and their vectors (n, d) in the same order."""
        faces = [face for face in _faces(self._kept.order_by("pk")) if face.id in self._index]
        self._drop_all_but({face.id for face in faces})
        self._known.put(faces)
        return faces, self._index.vectors([face.id for face in faces])

    def _drop_all_but(self, keys: Set[int]) -> None:
        self._drop([key for key in self._index.ids() if key not in keys])

    def _drop(self, keys: list[int]) -> None:
        self._index.remove(keys)
        self._known.drop(keys)
        for key in keys:
            self._excess.pop(key, None)
        if not self._in_cohort.isdisjoint(keys):
            self._drawn_from = 0
            self._draw_cohort()

    def _as_members(self, faces: Mapping[int, Face]) -> dict[int, Member]:
        """These faces, which are held, with their vectors and their excess."""
        keys = list(faces)
        vectors = self._index.vectors(keys)
        fresh = [at for at, key in enumerate(keys) if key not in self._excess]
        found = excess(vectors[fresh], self._cohort, self._pack).tolist()
        self._excess.update((keys[at], one) for at, one in zip(fresh, found, strict=True))
        return {
            key: Member(faces[key], vector, self._excess[key])
            for key, vector in zip(keys, vectors, strict=True)
        }


class _Known:
    """The faces held, as the database had them when they were last looked up there."""

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}
        # The members of each group, the oldest first.
        self._groups: dict[int, list[int]] = {}

    def __getitem__(self, key: int) -> Face:
        return self._faces[key]

    def put(self, faces: Iterable[Face]) -> None:
        """Add these, or have them as they are now."""
        for face in faces:
            before = self._faces.get(face.id)
            self._faces[face.id] = face
            if before is not None and before.group != face.group:
                self._leave(before)
            if face.group is not None and (before is None or before.group != face.group):
                insort(self._groups.setdefault(face.group, []), face.id)

    def move(self, groups: Mapping[int, int | None]) -> None:
        """Have these, as far as they are held, in the groups they are in now."""
        self.put(
            replace(self._faces[key], group=group)
            for key, group in groups.items()
            if key in self._faces and self._faces[key].group != group
        )

    def drop(self, keys: Iterable[int]) -> None:
        """Forget these."""
        for key in keys:
            face = self._faces.pop(key, None)
            if face is not None:
                self._leave(face)

    def some_of(self, group: int, *, photo: int) -> list[int]:
        """Members of this group: the oldest and the newest of a large one, and those in this photo."""
        keys = self._groups.get(group, [])
        if len(keys) <= 2 * COMPARED:
            return list(keys)
        middle = keys[COMPARED:-COMPARED]
        inside = [key for key in middle if self._faces[key].photo == photo]
        return keys[:COMPARED] + inside + keys[-COMPARED:]

    def _leave(self, face: Face) -> None:
        if face.group is not None:
            keys = self._groups[face.group]
            del keys[bisect_left(keys, face.id)]
            if not keys:
                del self._groups[face.group]


def _as_rows(searched: list[list[Hit]]) -> NDArray[np.float32]:
    """Similarities (n, NEIGHBOURS) as faces.crowding has them."""
    rows = np.full((len(searched), NEIGHBOURS), -2.0, dtype=np.float32)
    for row, hits in zip(rows, searched, strict=True):
        row[: len(hits)] = [hit.similarity for hit in hits]
    return rows


def _around(new: Member, near: Sequence[Member], groups: Mapping[int, list[Member]]) -> Around:
    numbers = {other.face.group for other in near if other.face.group is not None}
    loners = [other for other in near if other.face.group is None]
    return Around(new, {number: groups[number] for number in sorted(numbers)}, loners)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    """The keys, so many at once as every database takes one by one."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _faces(rows: QuerySet[UnknownFace]) -> list[Face]:
    return [Face(*row) for row in rows.values_list(*_FIELDS).iterator(chunk_size=AT_ONCE)]


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
