"""A picture as the numbers that the model's first network looks at."""

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photolib.describe.sentences.florence.configs import Look

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pixels_of(picture: bytes, look: Look) -> "NDArray[np.float32]":
    """(1, 3, height, width), red, green and blue, each normalised by the model's own mean and deviation.

    picture: JPEG, made by this program. It is not cropped: like the model's own processor, this makes it as
    wide and as high as the model looks at, whatever its proportions.
    """
    with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        scaled = image.convert("RGB").resize((look.width, look.height), look.resampling)
    colours = np.asarray(scaled, np.float32) * np.float32(look.scale)
    normal = (colours - np.asarray(look.mean, np.float32)) / np.asarray(look.std, np.float32)
    return np.ascontiguousarray(normal.transpose(2, 0, 1)[np.newaxis])
