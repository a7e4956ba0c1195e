"""Whether a mouth smiles, from 106 points of a face (InsightFace's 2d106det) and a small logistic model.

It tells what a mouth does that can be seen, never what somebody feels, and never who it is: the points
are used and dropped.
"""

from math import exp
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.models_used import LANDMARKS
from photolib.describe.onnx_session import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "2d106det + smile logit"
VERSION = "1"
# The network looks at a square of this many pixels, in which the longer side of the face's box takes up
# two thirds: so InsightFace trained it.
INPUT_SIDE = 192
AROUND = 1.5

# The points of the network's 106 that are used.
_LEFT_EYE, _RIGHT_EYE = slice(33, 43), slice(87, 97)
_JAW = slice(0, 33)
_NOSE = 80
_LEFT_CORNER, _RIGHT_CORNER = 52, 61

# mean, spread and weight of each measure of `measures`, then the constant. Fitted with an L2 penalty on
# faces that we labelled (docs/models.md; tests/describe/test_smiles_of_real_people.py fits them again).
MEANS = (
    0.8949, 0.392, 0.0461, 0.13, 0.2851, -0.119, -0.1444, -0.0247,
    0.0768, -0.0913, 0.1414, -0.1741, 0.1, 0.3728, 0.0872,
)  # fmt: skip
SPREADS = (
    0.1168, 0.0586, 0.0687, 0.1325, 0.1042, 0.1033, 0.1041, 0.0599,
    0.0772, 0.0643, 0.0489, 0.0365, 0.0286, 0.0908, 0.0742,
)  # fmt: skip
WEIGHTS = (
    0.9194, 0.8698, 0.2354, 0.2691, 0.1104, 0.0607, 0.1096, -0.071,
    0.3959, 0.0333, 0.1808, 0.6163, -0.278, -0.4909, 0.4511,
)  # fmt: skip
CONSTANT = -1.4244


class MouthReader:
    """The network, loaded when first asked; one face at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._network: Network | None = None

    def points(self, image: "NDArray[np.uint8]", face: Box) -> "NDArray[np.float32]":
        """(106, 2) points of the face in this box, in pixels of the network's square.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the model's file is not the one
        that was tested. Source: insightface/model_zoo/landmark.py.
        """
        blob = _square(image, face).transpose(2, 0, 1)[None].astype(np.float32)
        with self._lock:
            network = self._network = self._network or Network(LANDMARKS)
            flat = network.run(blob)[0]
        points: NDArray[np.float32] = (flat.reshape(-1, 2) + 1) * (INPUT_SIDE / 2)
        return points

    def smile(self, image: "NDArray[np.uint8]", face: Box) -> float:
        """How probable it is, 0..1, that the mouth of this face smiles."""
        measured = measures(self.points(image, face))
        signs = zip(measured, MEANS, SPREADS, WEIGHTS, strict=True)
        logit = sum(weight * (value - mean) / spread for value, mean, spread, weight in signs)
        return 1 / (1 + exp(-(float(logit) + CONSTANT)))


def measures(points: "NDArray[np.float32]") -> list[float]:
    """What is read off a face's points: 15 lengths, which stay when the face is larger, tilted or mirrored.

    Two of how wide the mouth is (by the eyes' distance and by the jaw's width), eleven of how the lips lie
    to the line between the mouth's corners (by the mouth's width), two of where the nose's tip is (by the
    eyes' distance): how far above the mouth, and how far aside, which tells a turned head.
    """
    by_eyes = _level(points, points[_LEFT_EYE].mean(axis=0), points[_RIGHT_EYE].mean(axis=0))
    mouth = by_eyes[52:72]
    width = float(np.linalg.norm(by_eyes[_RIGHT_CORNER] - by_eyes[_LEFT_CORNER]))
    jaw = float(np.ptp(by_eyes[_JAW, 0]))
    down = _level(points, points[_LEFT_CORNER], points[_RIGHT_CORNER])[:, 1]
    return [
        width,
        width / jaw,
        float(down[62] + down[60]) / 2,
        float(down[60] - down[62]),
        float(down[53]),
        float(down[71]),
        float(down[63] + down[67]) / 2,
        float(down[66] + down[70]) / 2,
        float(down[54] + down[57]) / 2,
        float(down[64] + down[68]) / 2,
        float(down[55] + down[58]) / 2,
        float(down[60] - down[53]),
        float(down[62] - down[71]),
        float(mouth[:, 1].mean() - by_eyes[_NOSE, 1]),
        abs(float(by_eyes[_NOSE, 0])),
    ]


def _level(
    points: "NDArray[np.float32]", left: "NDArray[np.float32]", right: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """The points seen from the middle of two of them, turned and scaled until these are level, 1 apart."""
    across, down = right - left
    length = max(float(np.hypot(across, down)), 1e-6)
    turn = np.array([[across, -down], [down, across]]) / length
    level: NDArray[np.float32] = ((points - (left + right) / 2) @ turn / length).astype(np.float32)
    return level


def _square(image: "NDArray[np.uint8]", face: Box) -> "NDArray[np.uint8]":
    """The face in the middle of the network's square, black where the picture ends."""
    height, width = image.shape[:2]
    across, down = face.middle
    half = max(face.width * width, face.height * height) * AROUND / 2
    left, top = across * width - half, down * height - half
    picture = Image.fromarray(image).crop(
        (round(left), round(top), round(left + 2 * half), round(top + 2 * half))
    )
    resized = picture.resize((INPUT_SIDE, INPUT_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.asarray(resized)


reader = MouthReader()
