"""From what a detector gives, in pixels, to a face as the rest of photolib knows it, in fractions."""

import numpy as np
from numpy.typing import NDArray

from faces.engine import DetectedFace, Image
from faces.quality import face_quality


def measured_face(
    size: tuple[int, int],
    *,
    corners: tuple[float, float, float, float],
    confidence: float,
    landmarks: NDArray[np.float32],
    aligned: Image,
) -> DetectedFace:
    """The face, with its quality. size: width and height of the picture it was found in, in pixels.

    corners: left, top, right, bottom, inside the picture. confidence: the detector's, taken into 0..1.
    landmarks: (5, 2), as in DetectedFace, but in pixels. aligned: (112, 112, 3) RGB.
    """
    width, height = size
    left, top, right, bottom = corners
    sure = min(max(confidence, 0.0), 1.0)
    return DetectedFace(
        left=left / width,
        top=top / height,
        width=(right - left) / width,
        height=(bottom - top) / height,
        confidence=sure,
        quality=face_quality(
            width=right - left, confidence=sure, landmarks=landmarks, aligned=aligned
        ),
        landmarks=tuple((float(x / width), float(y / height)) for x, y in landmarks),
    )
