"""The face engine that runs InsightFace on ONNX Runtime: the only file that knows either.

Each model file is found where its pack has it, is checked by its SHA-256, and is handed to
InsightFace's own model classes with a session of ours. FaceAnalysis, which would open every file of
a folder and fetch what is missing from the network, is not used.
"""

import contextlib
import io
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
    # InsightFace prints, and the libraries it imports warn about themselves: neither is ours to mend.
    warnings.simplefilter("ignore")
    import cv2
    import onnxruntime
    from insightface.model_zoo.arcface_onnx import ArcFaceONNX
    from insightface.model_zoo.scrfd import SCRFD

from faces.alignment import align, in_pixels
from faces.engine import DetectedFace, Image, Vectors
from faces.measured import measured_face
from faces.packs import BUNDLED, Pack
from faces.weights import find_model

DETECTION_SIZE = (640, 640)
# A face that fills the picture is too large for that: of 120 close-ups it found 2, and this size all
# 120, for a twentieth of the time. docs/models.md says how that was measured.
CLOSE_UP_SIZE = (128, 128)
# What is looked at that small counts from a third of the picture's longer side on.
CLOSE_UP = 1 / 3
# Where so many faces are narrower than this part of the longer side, there are more of them that are
# too small for that size: then the picture is looked at larger as well, if it is larger.
CROWD_SIZE = (1280, 1280)
CROWD, CROWD_FACE = 3, 1 / 50
# Two boxes that share more than this are one face, as in the detector itself.
SAME_FACE = 0.4
SURE_ENOUGH = 0.5
# A picture of more than this times as long as wide leaves fewer than ten rows at DETECTION_SIZE.
LONGEST_SHAPE = 64
# Faces a batch: what more of them save in time they cost in memory.
BATCH = 8

# Boxes (n, 5) of corners and confidence, and landmarks (n, 5, 2), in pixels.
Found = tuple[NDArray[np.float32], NDArray[np.float32]]


class InsightFaceEngine:
    """A pack's SCRFD finds faces, its ArcFace network embeds them aligned, on one thread."""

    def __init__(self, pack: Pack = BUNDLED) -> None:
        self._pack = pack
        self._lock = threading.Lock()
        self._detector: SCRFD | None = None
        self._recogniser: ArcFaceONNX | None = None

    @property
    def pack(self) -> Pack:
        return self._pack

    def detect(self, image: Image) -> list[DetectedFace]:
        """As faces.engine.FaceEngine.detect; from faces of ten pixels at 640 to those that fill the picture.

        Source: Guo et al. 2021 (SCRFD), the models with five landmarks.
        """
        height, width = image.shape[:2]
        if max(height, width) > LONGEST_SHAPE * min(height, width):
            return []
        bgr: Image = cv2.cvtColor(image, cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)
        with self._lock, _quiet():
            boxes, landmarks = self._find(bgr)
            found = [
                _as_face(image, box, points.astype(np.float32))
                for box, points in zip(boxes, landmarks, strict=True)
            ]
        return sorted((face for face in found if face), key=lambda face: (face.left, face.top))

    def embed(self, image: Image, faces: list[DetectedFace]) -> Vectors:
        """As faces.engine.FaceEngine.embed.

        Source: Deng et al. 2019 (ArcFace); 112 x 112 pixels.
        """
        vectors = np.zeros((len(faces), self.pack.dimensions), dtype=np.float32)
        if not faces:
            return vectors
        with self._lock, _quiet():
            recogniser = self._load_recogniser()
            crops = [align(image, in_pixels(face, image))[:, :, ::-1] for face in faces]
            for start in range(0, len(crops), BATCH):
                part = crops[start : start + BATCH]
                rows = recogniser.get_feat(part)
                if self.pack.flip:
                    rows = _unit(rows) + _unit(
                        recogniser.get_feat([crop[:, ::-1] for crop in part])
                    )
                vectors[start : start + len(part)] = rows
        return _unit(vectors)

    def _find(self, bgr: Image) -> Found:
        """What is found at all the sizes that this picture is looked at in."""
        detector, side = self._load_detector(), max(bgr.shape[:2])
        found: Found = detector.detect(bgr, input_size=DETECTION_SIZE)
        widths = found[0][:, 2] - found[0][:, 0]
        if side > DETECTION_SIZE[0] and (widths < CROWD_FACE * side).sum() >= CROWD:
            found = _both(detector.detect(bgr, input_size=CROWD_SIZE), found)
        large, points = detector.detect(bgr, input_size=CLOSE_UP_SIZE)
        sides = np.maximum(large[:, 2] - large[:, 0], large[:, 3] - large[:, 1])
        close = sides >= CLOSE_UP * side
        return _both(found, (large[close], points[close]))

    def _load_detector(self) -> SCRFD:
        if self._detector is None:
            path = find_model(self.pack.detector_file)
            # One session for every shape: a second one for 640 pixels square was no faster.
            self._detector = SCRFD(str(path), session=_session(path), static_shape_sessions=False)
            self._detector.prepare(-1, input_size=DETECTION_SIZE, det_thresh=SURE_ENOUGH)
        return self._detector

    def _load_recogniser(self) -> ArcFaceONNX:
        if self._recogniser is None:
            path = find_model(self.pack.recogniser_file)
            self._recogniser = ArcFaceONNX(str(path), session=_session(path))
        return self._recogniser


def _both(first: Found, second: Found) -> Found:
    """The first, and what of the second it has not found."""
    if not len(second[0]):
        return first
    new = ~(_shared(second[0], first[0]) >= SAME_FACE).any(axis=1)
    boxes, landmarks = (
        np.concatenate([one, more[new]]) for one, more in zip(first, second, strict=True)
    )
    return boxes, landmarks


def _shared(some: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much each of some boxes (n, 4 or more) shares with each of others (m, …): (n, m), 0..1.

    It is intersection over union.
    """
    first, second = some[:, None, :4], others[None, :, :4]
    low, high = (
        np.maximum(first[..., :2], second[..., :2]),
        np.minimum(first[..., 2:], second[..., 2:]),
    )
    both = np.clip(high - low, 0, None).prod(axis=-1)
    areas = [(box[..., 2:] - box[..., :2]).prod(axis=-1) for box in (first, second)]
    return np.asarray(both / np.maximum(areas[0] + areas[1] - both, 1e-9), dtype=np.float32)


def _unit(rows: Vectors) -> Vectors:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread a worker: two workers do more than one worker with two threads.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Errors only: with batches it would warn of every one that the file says "one face".
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep InsightFace's prints from our output."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def _as_face(
    image: Image, box: NDArray[np.float32], landmarks: NDArray[np.float32]
) -> DetectedFace | None:
    """A typed face with fractions inside the picture; None for a box with nothing left in it."""
    height, width = image.shape[:2]
    x1, x2 = np.clip(box[[0, 2]], 0, width)
    y1, y2 = np.clip(box[[1, 3]], 0, height)
    if x2 - x1 < 1 or y2 - y1 < 1 or not np.isfinite(landmarks).all():
        return None
    return measured_face(
        (width, height),
        corners=(float(x1), float(y1), float(x2), float(y2)),
        confidence=float(box[4]),
        landmarks=landmarks,
        aligned=align(image, landmarks),
    )
