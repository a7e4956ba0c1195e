"""How well a face can be recognised: size, the detector's confidence, sharpness and pose."""

import numpy as np
from numpy.typing import NDArray

# Pixels across: from FULL_SIZE on, a larger face is recognised no better.
SMALLEST, FULL_SIZE = 12.0, 40.0
# Variance of the Laplacian of an aligned grey face of 112 pixels; in between it counts by its
# logarithm. Measured on seven faces that were blurred and shrunk, and compared with themselves: at 3
# a cosine of 0.3 is left, at 6 of 0.6, at 14 of 0.8, at 40 of 0.93.
SOFT, SHARP = 3.0, 40.0


def face_quality(
    *, width: float, confidence: float, sharpness: float, landmarks: NDArray[np.float32]
) -> float:
    """The quality of a face, 0..1.

    width: of the box, in pixels of the picture that was looked at.
    confidence: the detector's, 0..1.
    sharpness: of the aligned face (`laplacian_variance`).
    landmarks: (5, 2) pixels.
    The four are multiplied: a face must be sharp AND large enough AND turned to us. Sharpness alone
    can make it 0; a small face is blurred by its alignment, so size shows there as well.
    """
    size = _between(width, SMALLEST, FULL_SIZE)
    sharp = _between(np.log(max(sharpness, 1e-6)), np.log(SOFT), np.log(SHARP))
    sure = _between(confidence, 0.3, 0.8)
    pose = frontal(landmarks)
    return sharp * (0.5 + 0.5 * size) * (0.5 + 0.5 * sure) * (0.4 + 0.6 * pose)


def frontal(landmarks: NDArray[np.float32]) -> float:
    """1 for a face turned to us, 0 for a profile: how evenly the nose lies between the eyes.

    landmarks: (5, 2) pixels; left eye, right eye, nose, left and right mouth corner as the viewer
    sees them. Measured along the line between the eyes, so a tilted head is not a turned one.
    """
    left_eye, right_eye, nose = landmarks[0], landmarks[1], landmarks[2]
    across = right_eye - left_eye
    length = float(np.hypot(across[0], across[1]))
    if length < 1.0:
        return 0.0
    along = float(np.dot(nose - left_eye, across)) / (length * length)
    return _between(0.5 - abs(along - 0.5), 0.0, 0.4)


def laplacian_variance(grey: NDArray[np.uint8]) -> float:
    """Sharpness of a grey picture (h, w): variance of its four-neighbour Laplacian."""
    pixels = grey.astype(np.float32)
    around = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:]
    return float(np.var(around - 4.0 * pixels[1:-1, 1:-1]))


def _between(value: float, low: float, high: float) -> float:
    """0 at `low` and below, 1 at `high` and above."""
    return float(min(max((value - low) / (high - low), 0.0), 1.0))
