"""A face's five landmarks → the place and size at which recognisers were trained to see it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from faces.engine import DetectedFace, Image

SIDE = 112
# Where the five landmarks of an aligned face lie, in pixels. Source: Deng et al. 2019 (ArcFace); SFace
# was trained on the same.
REFERENCE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]],
    dtype=np.float64,
)  # fmt: skip


def in_pixels(face: DetectedFace, image: Image) -> NDArray[np.float32]:
    """The face's landmarks (5, 2) in pixels of image (h, w, 3)."""
    height, width = image.shape[:2]
    return np.asarray(face.landmarks, np.float32) * np.asarray((width, height), np.float32)


def align(image: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The face with these landmarks, (5, 2) pixels of image (h, w, 3), as (SIDE, SIDE, 3); black outside."""
    crop = cv2.warpAffine(image, similarity(landmarks), (SIDE, SIDE))
    return np.asarray(crop, dtype=np.uint8)


def similarity(landmarks: NDArray[np.float32]) -> NDArray[np.float64]:
    """The matrix (2, 3) that turns, scales and moves `landmarks` (5, 2) nearest to REFERENCE.

    Source: Umeyama 1991, the closed form for least squares. Landmarks that all lie on one point have
    no scale: then the matrix maps them to the middle and the rest to nothing useful.
    """
    points = landmarks.astype(np.float64)
    middle, target = points.mean(axis=0), REFERENCE.mean(axis=0)
    away, wanted = points - middle, REFERENCE - target
    left, sizes, right = np.linalg.svd(wanted.T @ away / len(points))
    mirror = np.array([1.0, np.sign(np.linalg.det(left) * np.linalg.det(right))])
    turn = (left * mirror) @ right
    scale = float((sizes * mirror).sum() / max(float(away.var(axis=0).sum()), 1e-9))
    move = target - scale * turn @ middle
    return np.hstack([scale * turn, move[:, None]])
