"""The joints of a person in a picture, by MoveNet Lightning through LiteRT. The only user of that model."""

from dataclasses import dataclass
from enum import IntEnum
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from photolib.core.model_files import find_model
from photolib.describe.boxes import Box
from photolib.describe.models_used import MOVENET

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "movenet-lightning"
VERSION = "singlepose-4-uint8"
# The network looks at a square of this many pixels, and takes what is in it for one person.
INPUT_SIDE = 192
# So much of the box is added on each side: hands and feet often lie a little outside.
MARGIN = 0.06


class Joint(IntEnum):
    """The network's numbers of the joints that tell a posture; the left ones are the person's left."""

    LEFT_SHOULDER = 5
    RIGHT_SHOULDER = 6
    LEFT_HIP = 11
    RIGHT_HIP = 12
    LEFT_KNEE = 13
    RIGHT_KNEE = 14
    LEFT_ANKLE = 15
    RIGHT_ANKLE = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a joint is, in pixels of the whole picture, and the network's score of it, 0..1."""

    across: float
    down: float
    confidence: float


class PoseFinder:
    """The network, loaded when first asked; one person at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._interpreter: Interpreter | None = None

    def find(self, image: "NDArray[np.uint8]", person: Box) -> dict[Joint, Spot]:
        """The joints of the person in this box, each with a score, also those that are not to be seen.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the model's file is not the one
        that was tested. Source: MoveNet SinglePose Lightning (Google 2021), model card.
        """
        square, scale, left, top = _crop(image, person)
        with self._lock:
            net = self._interpreter = self._interpreter or _load()
            net.set_tensor(net.get_input_details()[0]["index"], square[None])
            net.invoke()
            rows = net.get_tensor(net.get_output_details()[0]["index"])[0, 0]
        return {
            joint: Spot(
                across=float(left + rows[joint, 1] * INPUT_SIDE / scale),
                down=float(top + rows[joint, 0] * INPUT_SIDE / scale),
                confidence=min(max(float(rows[joint, 2]), 0.0), 1.0),
            )
            for joint in Joint
        }


def _load() -> Interpreter:
    # One thread a worker: two workers do more than one with two threads (docs/models.md).
    net = Interpreter(model_path=str(find_model(MOVENET)), num_threads=1)
    net.allocate_tensors()
    return net


def _crop(
    image: "NDArray[np.uint8]", person: Box
) -> "tuple[NDArray[np.uint8], float, float, float]":
    """The person in the middle of a black square, the scale, and where its corner lies in the picture."""
    height, width = image.shape[:2]
    aside, above = MARGIN * person.width, MARGIN * person.height
    left = max(int((person.left - aside) * width), 0)
    top = max(int((person.top - above) * height), 0)
    right = min(int((person.left + person.width + aside) * width) + 1, width)
    bottom = min(int((person.top + person.height + above) * height) + 1, height)
    crop = Image.fromarray(image[top:bottom, left:right])
    scale = INPUT_SIDE / max(crop.size)
    small = crop.resize(
        (max(1, round(crop.width * scale)), max(1, round(crop.height * scale))),
        Image.Resampling.BILINEAR,
        reducing_gap=2.0,
    )
    across, down = (INPUT_SIDE - small.width) // 2, (INPUT_SIDE - small.height) // 2
    square = Image.new("RGB", (INPUT_SIDE, INPUT_SIDE))
    square.paste(small, (across, down))
    return np.asarray(square), scale, left - across / scale, top - down / scale


finder = PoseFinder()
