"""How many answers an honest person gives until every test picture has its right name.

A script, not a study: the person makes no mistakes, and the program does what the product does, by its
own functions and thresholds. The rules:

1. Groups are shown the largest first, by the faces without a name that are left in them; then every
   single face, in order. Naming one of either is one answer. A group gets the name of the person who
   has most faces in it, and each face of it that is somebody else is unticked: one answer each.
2. Named faces that are good enough become templates, the best MOST_TEMPLATES a person, as everybody
   here said yes. With a person's first templates all pictures without a name are compared again
   (`faces.matching.match_faces`).
3. A sure match costs nothing when it is right. A wrong one costs one correction, which names the face.
4. Questions are put together for a person, "are these n faces Anna?": one answer, and one more for
   each face that is not. Such a face is not offered for this person again.
5. A picture without a face that was found, or with one too poor, is named by hand: one answer.
6. Strangers that were only added to be in the way have no name: a group mostly of them is put away
   with one answer, and nobody asks who they are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from heapq import heapify, heappop, heappush

import numpy as np

from faces.enrolment import MOST_TEMPLATES
from faces.evaluate.clusters import take_part
from faces.evaluate.metrics import Sums
from faces.evaluate.neighbours import Neighbours, find_neighbours
from faces.evaluate.pictures import Pictures
from faces.matching import Gallery, Match, Probe, match_faces
from faces.packs import Pack


def count_answers(
    groups: Sequence[Sequence[int]],
    pictures: Pictures,
    *,
    nameless: Set[str] = frozenset(),
    neighbours: Neighbours | None = None,
) -> Sums:
    """The answers that each person costs: (people,), in the order of np.unique(pictures.people).

    groups: places of pictures, each in at most one. nameless: the people of rule 6.
    neighbours: what `neighbours_of` finds, where it is at hand.
    """
    return _Review(groups, pictures, nameless, neighbours or neighbours_of(pictures)).run()


def neighbours_of(pictures: Pictures) -> Neighbours:
    """The pairs of pictures that are alike enough to matter to a match."""
    taking_part = np.zeros(len(pictures), dtype=np.bool_)
    taking_part[take_part(pictures)] = True
    return find_neighbours(pictures.vectors, taking_part, _floor(pictures.pack))


def _floor(pack: Pack) -> float:
    """Who is less alike than this can neither be the answer nor make an answer less sure."""
    return min(pack.ask, pack.auto - pack.margin) - 1e-3


class _Review:
    def __init__(
        self,
        groups: Sequence[Sequence[int]],
        pictures: Pictures,
        nameless: Set[str],
        neighbours: Neighbours,
    ) -> None:
        names, person_of = np.unique(np.asarray(pictures.people), return_inverse=True)
        self.pictures = pictures
        self.neighbours = neighbours
        self.groups = [set(group) for group in groups]
        self.person_of: list[int] = person_of.tolist()
        self.nameless = {at for at, name in enumerate(names) if str(name) in nameless}
        self.answers = np.zeros(len(names))
        self.open = set(range(len(pictures)))  # pictures without a name
        self.comparable = set(take_part(pictures))
        self.refused: dict[int, set[int]] = {}
        self.templates: dict[int, list[int]] = {}  # of each person
        self.owner: dict[int, int] = {}  # of each template

    def run(self) -> Sums:
        for shown in self._largest_first():
            self._name_group(shown)
        for picture in range(len(self.pictures)):
            if picture in self.open and self.person_of[picture] not in self.nameless:
                self._name_group({picture})
        return self.answers

    def _largest_first(self) -> Iterator[set[int]]:
        """What is left of each group when its turn comes, as long as that is two faces or more."""
        waiting = [(-len(group), at) for at, group in enumerate(self.groups)]
        heapify(waiting)
        while waiting:
            size, at = heappop(waiting)
            left = self.groups[at] & self.open
            if -size > len(left) > 1:
                heappush(waiting, (-len(left), at))  # it has shrunk since: others come first
            elif len(left) > 1:
                yield left

    def _name_group(self, shown: set[int]) -> None:
        counts = Counter(self.person_of[picture] for picture in sorted(shown))
        person, _count = counts.most_common(1)[0]
        self.answers[person] += 1
        if person in self.nameless:
            return
        self._name({picture for picture in shown if self._is_right(picture, person)})

    def _is_right(self, picture: int, person: int) -> bool:
        """Whether this picture is of the person; a no costs an answer, and is kept."""
        truth = self.person_of[picture]
        if truth != person:
            self.answers[truth] += 1
            self.refused.setdefault(picture, set()).add(person)
        return truth == person

    def _name(self, named: set[int]) -> None:
        """Give these pictures their right names, and let the program learn from them."""
        self.open -= named
        known = set(self.templates)
        for picture in sorted(named & self.comparable):
            self._learn(picture)
        first = set(self.templates) - known
        if first:
            self._match(first)

    def _learn(self, picture: int) -> None:
        """Keep a template, as faces.enrolment does."""
        quality = self.pictures.quality
        if quality[picture] < self.pictures.pack.auto_quality:
            return
        kept = self.templates.setdefault(self.person_of[picture], [])
        kept.append(picture)
        self.owner[picture] = self.person_of[picture]
        if len(kept) > MOST_TEMPLATES:
            weakest = min(kept, key=lambda at: (quality[at], -at))
            kept.remove(weakest)
            del self.owner[weakest]

    def _match(self, people: set[int]) -> None:
        """Compare the pictures without a name, and answer what comes of it."""
        right: set[int] = set()
        asked: dict[int, list[int]] = {}
        for match in self._matches(people):
            if not match.sure:
                asked.setdefault(match.person, []).append(match.face)
            elif (
                self._is_right(match.face, match.person)
                or self.person_of[match.face] not in self.nameless
            ):
                right.add(match.face)  # a correction names the face as well
        for person, faces in asked.items():
            self.answers[person] += 1
            right.update(face for face in faces if self._is_right(face, person))
        if right:
            self._name(right)

    def _matches(self, people: set[int]) -> list[Match]:
        """What the product finds for the pictures that resemble any of these people's templates."""
        pack = self.pictures.pack
        near: set[int] = set()
        for person in people:
            for template in self.templates[person]:
                ids, cosines = self.neighbours.of(template)
                near.update(ids[cosines >= pack.ask].tolist())
        found: list[Match] = []
        for picture in sorted(near & self.open):
            found += match_faces(
                [self._probe(picture)], self._gallery(picture), taken=frozenset(), pack=pack
            )
        return found

    def _probe(self, picture: int) -> Probe:
        return Probe(
            face=picture,
            quality=float(self.pictures.quality[picture]),
            vector=self.pictures.vectors[picture],
            refused=self.refused.get(picture, frozenset()),
        )

    def _gallery(self, picture: int) -> Gallery:
        ids, _cosines = self.neighbours.of(picture)
        rows = [at for at in ids.tolist() if at in self.owner]
        people = tuple(self.owner[at] for at in rows)
        return Gallery(people, self.pictures.vectors[rows], among=len(self.owner))
