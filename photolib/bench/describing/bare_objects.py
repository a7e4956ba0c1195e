"""The bare loop of the object detector: the network and what it is fed, straight on OpenCV, one thread."""

import cv2
import numpy as np
from numpy.typing import NDArray

from photolib.core.model_files import find_model
from photolib.describe.models_used import GRAPH, GRAPH_TEXT

_SIDE = 300


class BareObjects:
    """The network, loaded once; `run` does one picture."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._net = cv2.dnn.readNetFromTensorflow(
            str(find_model(GRAPH)), str(find_model(GRAPH_TEXT))
        )

    def run(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """image: (h, w, 3) RGB. Returns the network's rows (n, 7), as it gives them."""
        small = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        self._net.setInput(cv2.dnn.blobFromImage(small))
        rows: NDArray[np.float32] = self._net.forward()[0, 0]
        return rows
