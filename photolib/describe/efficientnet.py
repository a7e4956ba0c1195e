"""What a whole picture looks like, by EfficientNet-Lite3 through LiteRT: ImageNet's classes, and features.

Only this file knows that model.
"""

import warnings
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from photolib.core.model_files import find_model
from photolib.describe.models_used import EFFICIENTNET

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "efficientnet-lite3"
VERSION = "imagenet-2020-03"
# The network looks at a square of this many pixels, whatever the shape of the picture.
INPUT_SIDE = 280
CLASSES = 1000
FEATURES = 1280
# The layers read, by the ends of their names: the file's own last one is rounded to 256ths.
_SCORES = "/head/dense/BiasAdd"
_FEATURES = "/head/Squeeze1"
_PLACES = "/blocks_16/Add"
# What is seen place by place: so many numbers at each of SIDE × SIDE places.
PLACES_SIDE = 18
PLACE_FEATURES = 136


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look gives.

    probabilities: (1000,) float32, of ImageNet's classes 0..999; they add up to 1.
    features: (1280,) float32, L2-normalised, of the whole picture: alike for alike pictures.
    """

    probabilities: "NDArray[np.float32]"
    features: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one pass leaves: scores (1000,), features (1280,) of length 1, places (18, 18, 136)."""

    scores: "NDArray[np.float32]"
    features: "NDArray[np.float32]"
    places: "NDArray[np.float32]"


class EfficientNet:
    """The network, loaded when first asked; one picture at a time goes through it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._interpreter: Interpreter | None = None
        # The picture that was read last, while somebody holds it, and the pass over the whole of it.
        self._last: tuple[ref[NDArray[np.uint8]], _Pass] | None = None

    def read(self, image: "NDArray[np.uint8]") -> Reading:
        """Classes and features of one picture: two passes.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the model's file is not the one
        that was tested. Source: Tan and Le 2019 (EfficientNet), the Lite family of TensorFlow's hub.
        """
        picture = _smaller(image)
        whole = self._pass(_squeezed(picture))
        middle = self._pass(_squeezed(_centre(picture)))
        self._last = ref(image), whole
        return Reading(((whole.scores + middle.scores) / 2).astype(np.float32), whole.features)

    def classify(self, image: "NDArray[np.uint8]") -> "NDArray[np.float32]":
        """(1000,) probabilities: the mean of the whole picture, squeezed, and of its centre."""
        return self.read(image).probabilities

    def features(self, image: "NDArray[np.uint8]") -> "NDArray[np.float32]":
        """(1280,) L2-normalised: the layer before the last, of the whole picture. One pass at most.

        The steps of a photo follow each other: of a picture that was just read they are known.
        """
        return self._whole(image).features

    def places(self, image: "NDArray[np.uint8]") -> "NDArray[np.float32]":
        """(18, 18, 136): what is seen at each place of the picture, row by row. One pass at most.

        The middle of the network (its 17th block), where a place still is a place: each number answers
        to a piece of the picture, the better the nearer it is.
        """
        return self._whole(image).places

    def _whole(self, image: "NDArray[np.uint8]") -> _Pass:
        last = self._last
        if last is not None and last[0]() is image:
            return last[1]
        passed = self._pass(_squeezed(_smaller(image)))
        self._last = ref(image), passed
        return passed

    def _pass(self, square: "NDArray[np.uint8]") -> _Pass:
        with self._lock:
            net = self._interpreter = self._interpreter or _load()
            net.set_tensor(net.get_input_details()[0]["index"], square[None])
            net.invoke()
            scores, features = _layer(net, _SCORES), _layer(net, _FEATURES)
            places = _layer(net, _PLACES)
        # A picture without anything to see has no direction.
        length = max(float(np.linalg.norm(features)), 1e-6)
        return _Pass(
            _softmax(scores),
            (features / length).astype(np.float32),
            places.reshape(PLACES_SIDE, PLACES_SIDE, PLACE_FEATURES),
        )


def _load() -> Interpreter:
    with warnings.catch_warnings():
        # It warns that layers kept to be read take memory: 16 MB, and no time worth telling.
        warnings.simplefilter("ignore")
        # One thread a worker: two workers do more than one with two threads (docs/models.md).
        net = Interpreter(
            model_path=str(find_model(EFFICIENTNET)),
            num_threads=1,
            experimental_preserve_all_tensors=True,
        )
    net.allocate_tensors()
    return net


def _layer(net: Interpreter, name: str) -> "NDArray[np.float32]":
    """A layer's numbers as they are meant: the file keeps them as whole numbers with a scale."""
    detail = next(one for one in net.get_tensor_details() if one["name"].endswith(name))
    scale, zero = detail["quantization"]
    stored = net.get_tensor(detail["index"]).astype(np.float32)
    numbers: NDArray[np.float32] = ((stored - zero) * scale).ravel().astype(np.float32)
    return numbers


def _softmax(scores: "NDArray[np.float32]") -> "NDArray[np.float32]":
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = (raised / raised.sum()).astype(np.float32)
    return shares


def _smaller(image: "NDArray[np.uint8]") -> Image.Image:
    """The picture with a short side of what the network sees, where it is larger: both looks start there."""
    height, width = image.shape[:2]
    scale = INPUT_SIDE / min(height, width)
    picture = Image.fromarray(image)
    if scale >= 1:
        return picture
    size = (round(width * scale), round(height * scale))
    return picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _squeezed(picture: Image.Image) -> "NDArray[np.uint8]":
    return np.asarray(picture.resize((INPUT_SIDE, INPUT_SIDE), Image.Resampling.BILINEAR))


def _centre(picture: Image.Image) -> Image.Image:
    """The largest square in the middle."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    return picture.crop((left, top, left + side, top + side))


network = EfficientNet()
