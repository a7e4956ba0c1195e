"""What photolib asks of a face engine, whatever runs behind it."""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from faces.packs import Pack

# Named, not imported: the native libraries are opened by a worker that needs them, by no web page.
ENGINE = "faces.insightface_engine.InsightFaceEngine"

Image = NDArray[np.uint8]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """One face's box and five landmarks, in fractions (0..1) of the upright picture.

    confidence: the detector's own, 0..1.
    quality: how well the face can be recognised, 0..1 (faces.quality).
    landmarks: the viewer's left eye, right eye, nose, left and right mouth corner, each (x, y);
        they may lie a little outside the picture.
    """

    left: float
    top: float
    width: float
    height: float
    confidence: float
    quality: float
    landmarks: tuple[tuple[float, float], ...]

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


@cache
def current_engine() -> FaceEngine:
    """The engine of this process: one, whose models are opened when they are first needed."""
    engine: FaceEngine = import_string(ENGINE)()
    return engine
