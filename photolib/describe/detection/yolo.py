"""YOLO11n through ONNX Runtime: things in a picture of any size, its shape kept.

Source: Ultralytics 2024 (YOLO11), the nano size, trained on COCO 2017.
"""

from threading import Lock
from typing import TYPE_CHECKING

import cv2
import numpy as np

from photolib.describe.detection.found import SeenObject, box_between
from photolib.describe.models_used import YOLO
from photolib.describe.onnx_session import Network
from photolib.describe.vocabulary import BY_COCO

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Both sides of what the network sees are multiples of this; the rest is an even grey, as in training.
STRIDE = 32
GREY = 114
# Of what scores less, nothing could be said whatever the other looks see.
KEPT_FROM = 0.05
# Two boxes of one label in one look that share more than this are one thing.
SAME_THING = 0.6
# The network counts COCO's 80 classes from 0, without the gaps in COCO's own numbers.
_LABELS = [label.id for _number, label in sorted(BY_COCO.items())]


class Yolo:
    """The network, loaded when first asked; one picture at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._network: Network | None = None

    def look(self, image: "NDArray[np.uint8]", *, side: int) -> list[SeenObject]:
        """What the network sees in the picture with its longer side at `side` pixels, each thing once.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the file is not the one tested.
        """
        canvas, inner = _fitted(image, side)
        blob = np.ascontiguousarray(canvas.transpose(2, 0, 1)[None], dtype=np.float32)
        blob /= np.float32(255)
        with self._lock:
            network = self._network = self._network or Network(YOLO)
            rows = network.run(blob)
        return read_rows(rows[0], inner)


def _fitted(
    image: "NDArray[np.uint8]", side: int
) -> tuple["NDArray[np.uint8]", tuple[int, int, int, int]]:
    """The picture in the middle of a grey canvas; where it lies there: left, top, width, height."""
    height, width = image.shape[:2]
    scale = side / max(height, width)
    inner_height, inner_width = max(round(height * scale), 1), max(round(width * scale), 1)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(image, (inner_width, inner_height), interpolation=how)
    rows, columns = -(-inner_height // STRIDE) * STRIDE, -(-inner_width // STRIDE) * STRIDE
    top, left = (rows - inner_height) // 2, (columns - inner_width) // 2
    canvas = np.full((rows, columns, 3), GREY, dtype=np.uint8)
    canvas[top : top + inner_height, left : left + inner_width] = resized
    return canvas, (left, top, inner_width, inner_height)


def read_rows(rows: "NDArray[np.float32]", inner: tuple[int, int, int, int]) -> list[SeenObject]:
    """The network's rows as values of ours.

    rows: (84, n): middle across and down, width and height in the canvas's pixels, then 80 scores.
    inner: where in the canvas the picture lies.
    """
    classes, places = np.nonzero(rows[4:] >= KEPT_FROM)
    if not len(classes):
        return []
    scores = rows[4:][classes, places]
    across, down, width, height = rows[:4, places]
    boxes = np.stack([across - width / 2, down - height / 2, width, height], axis=1)
    kept = cv2.dnn.NMSBoxesBatched(
        boxes.tolist(), scores.tolist(), classes.tolist(), KEPT_FROM, SAME_THING
    )
    found = [(boxes[at].tolist(), float(scores[at]), int(classes[at])) for at in kept]
    seen = []
    for box, score, number in found:
        fractions = box_between(_in_fractions(box, inner))
        if fractions is not None:
            seen.append(SeenObject(_LABELS[number], fractions, min(score, 1.0)))
    return seen


def _in_fractions(
    box: list[float], inner: tuple[int, int, int, int]
) -> tuple[float, float, float, float]:
    left, top, width, height = box
    inner_left, inner_top, inner_width, inner_height = inner
    return (
        (left - inner_left) / inner_width,
        (top - inner_top) / inner_height,
        (left + width - inner_left) / inner_width,
        (top + height - inner_top) / inner_height,
    )
