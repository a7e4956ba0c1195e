"""The bare loop of the face models: ONNX Runtime and the least arithmetic between the two networks.

Letterbox to 640 pixels, the detector, its boxes above 0.5 without overlaps, each face turned upright
into 112 pixels, the recogniser in batches of 8: what the engine does, without typed faces, quality,
locks or checks of the pictures. One thread.
"""

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from faces.packs import DETECTOR_FILE, RECOGNISER_FILE
from faces.weights import find_model

_SIZE, _SURE, _OVERLAP, _BATCH = 640, 0.5, 0.4, 8
# Where ArcFace's training set has the eyes, the nose and the corners of the mouth, in 112 pixels.
_UPRIGHT = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]],
    dtype=np.float32,
)  # fmt: skip

Floats = NDArray[np.float32]


class BareLoop:
    """Both models, loaded once; `run` does one picture."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._detector, self._recogniser = (
            onnxruntime.InferenceSession(
                str(find_model(file)), sess_options=options, providers=["CPUExecutionProvider"]
            )
            for file in (DETECTOR_FILE, RECOGNISER_FILE)
        )

    def run(self, image: NDArray[np.uint8]) -> Floats:
        """image: (h, w, 3) RGB. Returns the faces' embeddings (n, 512), as the network gives them."""
        landmarks = self._detect(image)
        crops = [
            cv2.warpAffine(image, _to_upright(points), (112, 112), borderValue=0.0)
            for points in landmarks
        ]
        found = [np.zeros((0, 512), dtype=np.float32)]
        for start in range(0, len(crops), _BATCH):
            blob = cv2.dnn.blobFromImages(
                crops[start : start + _BATCH], 1 / 127.5, (112, 112), (127.5,) * 3
            )
            name = self._recogniser.get_inputs()[0].name
            found.append(self._recogniser.run(None, {name: blob})[0])
        return np.concatenate(found)

    def _detect(self, image: NDArray[np.uint8]) -> Floats:
        scale = _SIZE / max(image.shape[:2])
        small = cv2.resize(image, (int(image.shape[1] * scale), int(image.shape[0] * scale)))
        square = np.zeros((_SIZE, _SIZE, 3), dtype=np.uint8)
        square[: small.shape[0], : small.shape[1]] = small
        blob = cv2.dnn.blobFromImage(square, 1 / 128, (_SIZE, _SIZE), (127.5,) * 3)
        name = self._detector.get_inputs()[0].name
        outputs = self._detector.run(None, {name: blob})
        scores, boxes, points = [], [], []
        for level, stride in enumerate((8, 16, 32)):
            score = outputs[level].ravel()
            keep = np.flatnonzero(score >= _SURE)
            # Two anchors in each cell of a grid.
            cell = keep // 2
            width = _SIZE // stride
            centre = np.stack([cell % width, cell // width], axis=1) * stride
            reach = outputs[level + 3].reshape(-1, 4)[keep] * stride
            scores.append(score[keep])
            boxes.append(np.hstack([centre - reach[:, :2], reach[:, :2] + reach[:, 2:]]))
            offsets = outputs[level + 6].reshape(-1, 5, 2)[keep] * stride
            points.append(offsets + centre[:, None])
        kept = cv2.dnn.NMSBoxes(
            np.vstack(boxes).tolist(), np.concatenate(scores).tolist(), _SURE, _OVERLAP
        )
        landmarks: Floats = np.concatenate(points)[np.asarray(kept, dtype=np.int64)] / scale
        return landmarks.astype(np.float32)


def _to_upright(points: Floats) -> NDArray[np.float64]:
    """The similarity (2, 3) that brings landmarks (5, 2) to _UPRIGHT (Umeyama 1991, in the plane)."""
    middle, goal = points.mean(axis=0), _UPRIGHT.mean(axis=0)
    here, there = points - middle, _UPRIGHT - goal
    size = float((here * here).sum())
    turn = float((here * there).sum()) / size
    lean = float((here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0]).sum()) / size
    matrix = np.array([[turn, -lean], [lean, turn]])
    return np.hstack([matrix, (goal - matrix @ middle)[:, None]])
