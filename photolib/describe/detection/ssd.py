"""SSD MobileNet v2 through OpenCV: things in a picture squeezed to a square of 300 pixels.

Source: Liu et al. 2016 (SSD), Sandler et al. 2018 (MobileNet v2); TensorFlow's model zoo.
"""

from threading import Lock
from typing import TYPE_CHECKING

import cv2

from photolib.core.model_files import find_model
from photolib.describe.detection.found import SeenObject, box_between
from photolib.describe.models_used import GRAPH, GRAPH_TEXT
from photolib.describe.vocabulary import BY_COCO

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INPUT_SIDE = 300
# Of what scores less, nine in ten are nothing; three looks would have to agree on it.
KEPT_FROM = 0.1


class Ssd:
    """The network, loaded when first asked; one picture at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._net: cv2.dnn.Net | None = None

    def look(self, image: "NDArray[np.uint8]") -> list[SeenObject]:
        """What the network sees, each thing once.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the files are not those tested.
        """
        # Averaging, not picking: a wide photo shrinks fivefold here, and picking would drop detail.
        squeezed = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA)
        blob = cv2.dnn.blobFromImage(squeezed)
        with self._lock:
            net = self._net = self._net or _load()
            net.setInput(blob)
            rows = net.forward()[0, 0]
        return read_rows(rows)


def _load() -> "cv2.dnn.Net":
    # One thread a worker: two workers do more than one with two threads (docs/models.md).
    cv2.setNumThreads(1)
    return cv2.dnn.readNetFromTensorflow(str(find_model(GRAPH)), str(find_model(GRAPH_TEXT)))


def read_rows(rows: "NDArray[np.float32]") -> list[SeenObject]:
    """The network's rows [_, class, score, left, top, right, bottom] as values of ours."""
    seen = []
    for _, number, score, left, top, right, bottom in rows[rows[:, 2] >= KEPT_FROM].tolist():
        label, box = BY_COCO.get(round(number)), box_between((left, top, right, bottom))
        if label is not None and box is not None:
            seen.append(SeenObject(label.id, box, min(score, 1.0)))
    return seen
