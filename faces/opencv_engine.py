"""The face engine that runs YuNet and SFace through OpenCV: models that are free for any use."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from faces.alignment import align, in_pixels
from faces.engine import DetectedFace, Image, Vectors
from faces.measured import measured_face
from faces.packs import Pack
from faces.weights import find_model

# YuNet takes any size; from here on the long side is brought down to this, as for the other engine.
LONG_SIDE = 640
# The least it is given: a smaller picture gets a black margin, and is not stretched.
SHORTEST_SIDE = 32
SURE_ENOUGH = 0.7
# Two boxes that share more than this are one face, and no more faces a picture than this.
SAME_FACE, MOST_FACES = 0.3, 1000


class OpenCvEngine:
    """YuNet finds faces, SFace embeds them aligned."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._lock = Lock()
        self._detector: cv2.FaceDetectorYN | None = None
        self._recogniser: cv2.FaceRecognizerSF | None = None

    def detect(self, image: Image) -> list[DetectedFace]:
        """As faces.engine.FaceEngine.detect; faces of about 10 pixels at 640 and larger are found.

        Source: Wu et al. 2023 (YuNet).
        """
        height, width = image.shape[:2]
        scale = min(1.0, LONG_SIDE / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        bgr = _bgr(image)
        resized = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)
        small = _padded(np.asarray(resized, dtype=np.uint8))
        with self._lock:
            detector = self._load_detector()
            detector.setInputSize((small.shape[1], small.shape[0]))
            rows = detector.detect(small)[1]
        shrunk = np.array([size[0] / width, size[1] / height])
        found = [_as_face(bgr, row, shrunk) for row in (() if rows is None else rows)]
        return sorted((face for face in found if face), key=lambda face: (face.left, face.top))

    def embed(self, image: Image, faces: list[DetectedFace]) -> Vectors:
        """As faces.engine.FaceEngine.embed.

        Source: Zhong et al. 2021 (SFace), MobileFaceNet; 112 x 112 pixels.
        """
        vectors = np.zeros((len(faces), self.pack.dimensions), dtype=np.float32)
        if not faces:
            return vectors
        bgr = _bgr(image)
        with self._lock:
            recogniser = self._load_recogniser()
            for row, face in enumerate(faces):
                crop = align(bgr, in_pixels(face, bgr))
                vectors[row] = _unit(recogniser, crop)
                if self.pack.flip:
                    vectors[row] += _unit(recogniser, crop[:, ::-1].copy())
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _load_detector(self) -> cv2.FaceDetectorYN:
        if self._detector is None:
            path = find_model(self.pack.detector_file)
            with _errors_only():
                self._detector = cv2.FaceDetectorYN.create(
                    str(path), "", (LONG_SIDE, LONG_SIDE), SURE_ENOUGH, SAME_FACE, MOST_FACES
                )
        return self._detector

    def _load_recogniser(self) -> cv2.FaceRecognizerSF:
        if self._recogniser is None:
            path = find_model(self.pack.recogniser_file)
            with _errors_only():
                self._recogniser = cv2.FaceRecognizerSF.create(str(path), "")
        return self._recogniser


@contextmanager
def _errors_only() -> Iterator[None]:
    """OpenCV warns on loading any network that it was not told a processor, which it has no use for."""
    before = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(before)


def _bgr(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _padded(image: Image) -> Image:
    """With black below and to the right, up to the least that the network takes."""
    below, beside = (max(0, SHORTEST_SIDE - side) for side in image.shape[:2])
    padded = cv2.copyMakeBorder(image, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    return np.asarray(padded, dtype=np.uint8)


def _unit(recogniser: cv2.FaceRecognizerSF, crop: Image) -> NDArray[np.float32]:
    vector = recogniser.feature(crop).reshape(-1)
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


def _as_face(
    bgr: Image, row: NDArray[np.float32], shrunk: NDArray[np.float64]
) -> DetectedFace | None:
    """A typed face with fractions inside the picture; None for a box with nothing left in it.

    row: left, top, width, height, five times x and y in the viewer's order, confidence.
    """
    height, width = bgr.shape[:2]
    (x1, y1), (x2, y2) = row[:2] / shrunk, (row[:2] + row[2:4]) / shrunk
    x1, x2 = np.clip((x1, x2), 0, width)
    y1, y2 = np.clip((y1, y2), 0, height)
    landmarks = (row[4:14].reshape(5, 2) / shrunk).astype(np.float32)
    if x2 - x1 < 1 or y2 - y1 < 1 or not np.isfinite(row).all():
        return None
    return measured_face(
        (width, height),
        corners=(float(x1), float(y1), float(x2), float(y2)),
        confidence=float(row[14]),
        landmarks=landmarks,
        aligned=align(bgr, landmarks)[:, :, ::-1],
    )
