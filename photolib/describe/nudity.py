"""Whether a photo may show somebody with few clothes on, by Yahoo's open_nsfw.

Only this file knows that model. It looks at whole pictures, and is often wrong: what it says is a
question to the owner, nothing else.
"""

from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photolib.describe.models_used import NUDITY
from photolib.describe.onnx_session import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "open-nsfw"
VERSION = "1.0.0"
# The picture is squeezed to the larger square, and the network looks at the middle of it.
SQUEEZED_SIDE, INPUT_SIDE = 256, 224
# The mean colour of the pictures it was trained on: blue, green, red.
_MEAN = np.array([104.0, 117.0, 123.0], dtype=np.float32)


class NudityGuard:
    """The network, loaded when first asked; one picture at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._network: Network | None = None

    def score(self, image: "NDArray[np.uint8]") -> float:
        """How much it looks like what should not be shared by mistake, 0..1.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the model's file is not the one
        that was tested. Source: github.com/yahoo/open_nsfw, whose own advice is: below 0.2 it is
        safe, above 0.8 it is not.
        """
        batch = _prepared(image)[None]
        with self._lock:
            network = self._network = self._network or Network(NUDITY)
            rows = network.run(batch)
        return min(max(float(rows[0, 1]), 0.0), 1.0)


def _prepared(image: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    squeezed = Image.fromarray(image).resize(
        (SQUEEZED_SIDE, SQUEEZED_SIDE), Image.Resampling.BILINEAR, reducing_gap=3.0
    )
    # It was trained on JPEGs, and scores differ by some hundredths without their traces.
    file = BytesIO()
    squeezed.save(file, format="JPEG")
    edge = (SQUEEZED_SIDE - INPUT_SIDE) // 2
    pixels = np.asarray(Image.open(file), dtype=np.float32)[edge:-edge, edge:-edge]
    prepared: NDArray[np.float32] = pixels[:, :, ::-1] - _MEAN
    return prepared


guard = NudityGuard()
