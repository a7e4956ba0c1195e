"""The bare loop of finding things: both networks and what they are fed, on the libraries, one thread.

Which looks more a picture needs after the first three is the product's own rule (describe.detection): by
another the two sides would not do the same work.
"""

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from photolib.core.model_files import find_model
from photolib.describe.detection import ssd, yolo
from photolib.describe.detection.closer import look_closer, quarters_to_see
from photolib.describe.detection.found import SeenObject, mirrored
from photolib.describe.detection.looks import ALL_BUT_SMALL_PEOPLE, Look
from photolib.describe.models_used import GRAPH, GRAPH_TEXT, YOLO
from photolib.describe.object_detector import large_things_in_doubt

_SSD_SIDE = 300
# The longer sides of the second network's looks: at the whole, mirrored, and at parts of it.
_SMALL, _LARGE, _CLOSER = 480, 800, 640
_STRIDE = 32

Image = NDArray[np.uint8]


class BareObjects:
    """The networks, loaded once; `run` does one picture in the looks that the product takes."""

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

    def run(self, image: Image) -> None:
        """image: (h, w, 3) RGB, 0..255, upright."""
        looks = [
            Look(self._by_yolo(image, _SMALL), ALL_BUT_SMALL_PEOPLE),
            Look(mirrored(self._by_yolo(image[:, ::-1], _LARGE))),
            Look(self._by_ssd(image), ALL_BUT_SMALL_PEOPLE),
        ]
        look_closer(image, quarters_to_see(looks), lambda part: self._by_yolo(part, _CLOSER))
        if large_things_in_doubt(looks):
            self._by_ssd(image[:, ::-1])

    def _by_ssd(self, image: Image) -> list[SeenObject]:
        small = cv2.resize(image, (_SSD_SIDE, _SSD_SIDE), interpolation=cv2.INTER_AREA)
        self._net.setInput(cv2.dnn.blobFromImage(small))
        return ssd.read_rows(self._net.forward()[0, 0])

    def _by_yolo(self, image: Image, side: int) -> list[SeenObject]:
        height, width = image.shape[:2]
        scale = side / max(height, width)
        inner = max(round(width * scale), 1), max(round(height * scale), 1)
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        resized = cv2.resize(image, inner, interpolation=how)
        across, down = -inner[0] % _STRIDE, -inner[1] % _STRIDE
        canvas = cv2.copyMakeBorder(
            resized, down // 2, down - down // 2, across // 2, across - across // 2,
            cv2.BORDER_CONSTANT, value=(114, 114, 114),
        )  # fmt: skip
        blob = cv2.dnn.blobFromImage(canvas, 1 / 255)
        rows = self._yolo.run(None, {"images": blob})[0][0]
        return yolo.read_rows(rows, (across // 2, down // 2, *inner))
