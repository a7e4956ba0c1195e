"""Things and living beings in a picture, by SSD MobileNet v2 through OpenCV. The only user of cv2 here."""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import cv2

from photolib.core.model_files import find_model
from photolib.describe.boxes import Box
from photolib.describe.models_used import GRAPH, GRAPH_TEXT
from photolib.describe.vocabulary import BY_COCO, PERSON

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "ssd-mobilenet-v2"
VERSION = "coco-2018-03-29"
# The network looks at a square of this many pixels, whatever the shape of the picture.
INPUT_SIDE = 300
# Below this nothing is kept: it could not be said, even with a hedge (thresholds.py).
KEPT_FROM = 0.3
# Two boxes of one label that share more than this are one thing (the usual figure for COCO).
SAME_THING = 0.5
# A box around a whole group holds at least this many others, each with this much of itself.
GROUP_SIZE = 2
GROUP_PART = 0.7
GROUP_MEMBER_FROM = 0.5


@dataclass(frozen=True, slots=True)
class SeenObject:
    """One thing the model saw: our label id, its box in fractions 0..1, the model's score 0..1."""

    label: str
    box: Box
    confidence: float


class ObjectDetector:
    """The network, loaded when first asked; one picture at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._net: cv2.dnn.Net | None = None

    def detect(self, image: "NDArray[np.uint8]") -> list[SeenObject]:
        """What is in the picture, the surest first.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the model's files are not the
        ones that were tested.
        """
        # Averaging, not picking: a wide photo shrinks fivefold here, and picking would drop detail.
        squeezed = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA)
        blob = cv2.dnn.blobFromImage(squeezed)
        with self._lock:
            net = self._net = self._net or _load()
            net.setInput(blob)
            rows = net.forward()[0, 0]
        return drop_group_boxes(merge(_read(rows)))


def _load() -> "cv2.dnn.Net":
    # One thread a worker: two workers do more than one with two threads (docs/models.md).
    cv2.setNumThreads(1)
    return cv2.dnn.readNetFromTensorflow(str(find_model(GRAPH)), str(find_model(GRAPH_TEXT)))


def _read(rows: "NDArray[np.float32]") -> list[SeenObject]:
    """The network's rows [_, class, score, left, top, right, bottom] as values of ours."""
    seen = []
    for _, number, score, *corners in rows[rows[:, 2] >= KEPT_FROM].tolist():
        label = BY_COCO.get(round(number))
        left, top, right, bottom = (min(max(corner, 0.0), 1.0) for corner in corners)
        if label is not None and right > left and bottom > top:
            box = Box(left, top, right - left, bottom - top)
            seen.append(SeenObject(label.id, box, min(score, 1.0)))
    return seen


def merge(seen: list[SeenObject]) -> list[SeenObject]:
    """Keep the surest of several boxes of one label that lie on each other."""
    kept: list[SeenObject] = []
    for one in sorted(seen, key=lambda found: (-found.confidence, found.label, found.box.left)):
        if not any(
            one.label == other.label and one.box.overlap(other.box) > SAME_THING for other in kept
        ):
            kept.append(one)
    return kept


def drop_group_boxes(seen: list[SeenObject]) -> list[SeenObject]:
    """Without the one box that SSD sometimes draws around several people."""
    people = [one for one in seen if one.label == PERSON and one.confidence >= GROUP_MEMBER_FROM]

    def is_group(one: SeenObject) -> bool:
        members = [
            other
            for other in people
            if other is not one and other.box.part_inside(one.box) >= GROUP_PART
        ]
        return one.label == PERSON and len(members) >= GROUP_SIZE

    return [one for one in seen if not is_group(one)]


detector = ObjectDetector()
