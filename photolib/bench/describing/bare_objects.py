"""The bare loop of finding things: both networks and what they are fed, on the libraries, one thread."""

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from photolib.core.model_files import find_model
from photolib.describe.models_used import GRAPH, GRAPH_TEXT, YOLO

_SSD_SIDE = 300
# The longer sides of the two looks of the second network, of which the larger is mirrored.
_SIDES = (480, 800)
_STRIDE = 32


class BareObjects:
    """The networks, loaded once; `run` does one picture in the three looks that the product takes."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._net = cv2.dnn.readNetFromTensorflow(
            str(find_model(GRAPH)), str(find_model(GRAPH_TEXT))
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        self._yolo = onnxruntime.InferenceSession(
            str(find_model(YOLO)), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def run(self, image: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """image: (h, w, 3) RGB. Returns what the networks give: two of (84, n), and rows (n, 7)."""
        small = cv2.resize(image, (_SSD_SIDE, _SSD_SIDE), interpolation=cv2.INTER_AREA)
        self._net.setInput(cv2.dnn.blobFromImage(small))
        rows: NDArray[np.float32] = self._net.forward()[0, 0]
        pictures = (image, np.ascontiguousarray(image[:, ::-1]))
        looks = [self._look(picture, side) for picture, side in zip(pictures, _SIDES, strict=True)]
        return [*looks, rows]

    def _look(self, image: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
        height, width = image.shape[:2]
        scale = side / max(height, width)
        inner = max(round(width * scale), 1), max(round(height * scale), 1)
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        fitted = cv2.resize(image, inner, interpolation=how)
        across, down = -inner[0] % _STRIDE, -inner[1] % _STRIDE
        canvas = cv2.copyMakeBorder(
            fitted, down // 2, down - down // 2, across // 2, across - across // 2,
            cv2.BORDER_CONSTANT, value=(114, 114, 114),
        )  # fmt: skip
        blob = cv2.dnn.blobFromImage(canvas, 1 / 255)
        found: NDArray[np.float32] = self._yolo.run(None, {"images": blob})[0][0]
        return found
