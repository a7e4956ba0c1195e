"""A face engine without models: a coloured block on grey is a face, and its colour is the person.

Each hue of PEOPLE is one person. A block's brightness varies the embedding a little, as another photo
of the same person would. The same picture gives the same faces and the same embeddings. A white frame
around a block is a poster.
"""

from collections.abc import Iterable, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from faces.engine import DetectedFace
from faces.packs import BUNDLED, Pack

PEOPLE = {
    "red": (1, 0, 0),
    "green": (0, 1, 0),
    "blue": (0, 0, 1),
    "yellow": (1, 1, 0),
    "pink": (1, 0, 1),
    "cyan": (0, 1, 1),
}
GREY = (128, 128, 128)
WHITE = (255, 255, 255)
SIDE = 80  # of a block, in pixels
GAP = 20
# Cosine between two photos of one person is about 0.75, as far apart as real ones.
NOISE = 0.55


def picture_of(
    *people: str,
    light: int = 200,
    size: tuple[int, int] = (640, 240),
    posters: Set[str] = frozenset(),
) -> Image.Image:
    """A grey picture with one block a person, from left to right. light: 120..250, the "photo".

    posters: who is on a poster.
    """
    image = Image.new("RGB", size, GREY)
    draw = ImageDraw.Draw(image)
    for at, person in enumerate(people):
        left = GAP + at * (SIDE + GAP)
        colour = tuple(light * part for part in PEOPLE[person])
        draw.rectangle((left, GAP, left + SIDE - 1, GAP + SIDE - 1), fill=colour)
        if person in posters:
            edge = (left - GAP // 2, GAP // 2, left + SIDE + GAP // 2, SIDE + 3 * GAP // 2)
            draw.rectangle(edge, outline=WHITE, width=3)
    return image


class FakeEngine:
    """As faces.engine.FaceEngine. embedded: how many faces it was asked to embed."""

    def __init__(self, pack: Pack = BUNDLED) -> None:
        self.embedded = 0
        self._pack = pack

    @property
    def pack(self) -> Pack:
        return self._pack

    def detect(self, image: NDArray[np.uint8]) -> list[DetectedFace]:
        return [face for face, _ in self._blocks(image)]

    def embed(self, image: NDArray[np.uint8], faces: list[DetectedFace]) -> NDArray[np.float32]:
        self.embedded += len(faces)
        height, width = image.shape[:2]
        vectors = np.zeros((len(faces), self.pack.dimensions), dtype=np.float32)
        for row, face in enumerate(faces):
            x = int((face.left + face.width / 2) * width)
            y = int((face.top + face.height / 2) * height)
            vectors[row] = vector_of(*self._look(image[y, x]), pack=self.pack)
        return vectors

    def _blocks(self, image: NDArray[np.uint8]) -> Iterable[tuple[DetectedFace, str]]:
        height, width = image.shape[:2]
        found = []
        for left in range(GAP, width - SIDE, SIDE + GAP):
            pixel = image[GAP + SIDE // 2, left + SIDE // 2] if height > GAP + SIDE else GREY
            person, light = self._look(pixel)
            if person:
                box = (left / width, GAP / height, SIDE / width, SIDE / height)
                face = self._face(box, quality=0.2 if light < 100 else 0.9)
                poster = image[GAP // 2 + 1, left].min() > 250
                found.append((replace(face, on_picture=bool(poster)), person))
        return found

    @staticmethod
    def _face(box: tuple[float, float, float, float], quality: float) -> DetectedFace:
        left, top, width, height = box
        points = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
        landmarks = tuple((left + x * width, top + y * height) for x, y in points)
        return DetectedFace(*box, confidence=0.9, quality=quality, landmarks=landmarks)

    @staticmethod
    def _look(pixel: Iterable[int]) -> tuple[str, int]:
        """The person and the light of a pixel; the light is rounded, so that JPEG does not matter."""
        red, green, blue = (int(part) for part in pixel)
        top = max(red, green, blue)
        hue = (int(red > top / 2), int(green > top / 2), int(blue > top / 2))
        names = {colour: name for name, colour in PEOPLE.items()}
        return names.get(hue, ""), round(top / 10) * 10


def vector_of(person: str, light: int = 200, *, pack: Pack = BUNDLED) -> NDArray[np.float32]:
    """The embedding the fake engine of this pack gives this person in this light."""
    if not person:
        return np.zeros(pack.dimensions, dtype=np.float32)
    # Packs know nothing of each other: the same person lies elsewhere.
    base = 0 if pack.name == BUNDLED.name else 10**7 + sum(pack.name.encode())
    face = _unit(base + list(PEOPLE).index(person), pack)
    vector = face + NOISE * _unit(base + 1000 * light + list(PEOPLE).index(person), pack)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _unit(seed: int, pack: Pack) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).standard_normal(pack.dimensions)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
