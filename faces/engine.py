"""What photolib asks of a face engine, whatever runs behind it."""

from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import numpy as np
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from faces.choice import chosen_packs
from faces.packs import Pack

# Named, not imported: the native libraries are opened by a worker that needs them, by no web page.
ENGINES = {
    "insightface": "faces.insightface_engine.InsightFaceEngine",
    "opencv": "faces.opencv_engine.OpenCvEngine",
}

# The same for what looks for frames around faces, which draws on OpenCV.
MARKER = "faces.posters.mark_pictures"

Image = NDArray[np.uint8]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """One face's box and five landmarks, in fractions (0..1) of the upright picture.

    confidence: the detector's own, 0..1.
    quality: how well the face can be recognised, 0..1 (faces.quality).
    landmarks: the viewer's left eye, right eye, nose, left and right mouth corner, each (x, y);
        they may lie a little outside the picture.
    on_picture: the face may be on a poster, a print or a screen. Said by faces.posters, not by engines.
    """

    left: float
    top: float
    width: float
    height: float
    confidence: float
    quality: float
    landmarks: tuple[tuple[float, float], ...]
    on_picture: bool = False

    def box(self) -> tuple[float, float, float, float]:
        """left, top, width, height."""
        return (self.left, self.top, self.width, self.height)


class FaceEngine(Protocol):
    """Finds faces, and turns faces into embeddings."""

    @property
    def pack(self) -> Pack:
        """The models behind it, and the thresholds that belong to them."""

    def detect(self, image: Image) -> list[DetectedFace]:
        """Find the faces in an upright RGB picture of shape (h, w, 3), 0..255.

        Never opens the recognition model. Raises ModelMissing, with the command that mends it.
        """

    def embed(self, image: Image, faces: list[DetectedFace]) -> Vectors:
        """Embed the faces that `detect` found in this same picture.

        Returns (n, pack.dimensions) float32, L2-normalised, so a dot product is a cosine similarity.
        Raises ModelMissing, with the command that mends it.
        """


_lock = Lock()
_engines: dict[str, FaceEngine] = {}


def engine_for(pack: Pack) -> FaceEngine:
    """The engine that runs this pack: one a process, whose models are opened when first needed."""
    with _lock:
        if pack.name not in _engines:
            _engines[pack.name] = import_string(ENGINES[pack.layout])(pack)
        return _engines[pack.name]


def engines_in_use() -> tuple[FaceEngine, FaceEngine | None]:
    """The engine of the pack that the household uses now, and of the one it is moving to, while it is.

    The choice is asked once. What is used no more is let go of: its models take up to half a gigabyte.
    """
    serving, coming = chosen_packs()
    in_use = {pack.name for pack in (serving, coming) if pack is not None}
    if not in_use <= _engines.keys():
        with _lock:
            for name in set(_engines) - in_use:
                del _engines[name]
    return engine_for(serving), None if coming is None else engine_for(coming)


def current_engine() -> FaceEngine:
    """The first of the two, for who asks for no more."""
    return engines_in_use()[0]


def mark_pictures(image: Image, faces: list[DetectedFace]) -> list[DetectedFace]:
    """The faces, with those marked that may be pictures of people (faces.posters.mark_pictures)."""
    marked: list[DetectedFace] = import_string(MARKER)(image, faces)
    return marked
