"""Words in a picture, by PP-OCRv6 (small) through RapidOCR. The only user of RapidOCR."""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from photolib.core.model_files import find_model
from photolib.describe.boxes import Box
from photolib.describe.models_used import TEXT_FINDER, TEXT_READER

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from rapidocr import RapidOCR

MODEL = "pp-ocr-small"
VERSION = "v6"
# The finder sees a picture with a long side of this many pixels at most; letters are then read from the
# picture as it came.
FINDER_SIDE = 960


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line of writing: the text as read ("" for nothing), its box in fractions 0..1.

    confidence: the mean of the reader's scores of the letters, 0..1.
    writing: the finder's score, 0..1, that there is writing at all.
    """

    text: str
    box: Box
    confidence: float
    writing: float


class TextReader:
    """The networks, loaded when first asked; one picture at a time goes through them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._engine: RapidOCR | None = None

    def read(self, image: "NDArray[np.uint8]") -> list[SeenLine]:
        """All lines of writing that are found, in no order that means anything.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if a model's file is not the one that
        was tested. Source: PaddleOCR's PP-OCRv6; lines that stand upright are read as if turned to
        the left, and upside down they are not read.
        """
        height, width = image.shape[:2]
        bgr = np.ascontiguousarray(image[:, :, ::-1])
        with self._lock:
            engine = self._engine = self._engine or _load()
            # Not engine(image): that drops the lines of which no letter could be read.
            found, _turned, said, _crops = engine.run_ocr_steps(bgr, {})
        if found.boxes is None:
            return []
        nothing = ("",) * len(found.boxes), (0.0,) * len(found.boxes)
        texts, scores = (said.txts, said.scores) if said.txts else nothing
        return [
            SeenLine(text.strip(), _box(corners, width, height), _share(score), _share(writing))
            for corners, writing, text, score in zip(
                found.boxes, found.scores, texts, scores, strict=True
            )
        ]


def _load() -> "RapidOCR":
    # Not above: it brings a second's worth of imports, and a web process only lists the steps.
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            # Every file by its path: nothing is left for it to look for, or to fetch.
            "Det.model_path": str(find_model(TEXT_FINDER)),
            "Rec.model_path": str(find_model(TEXT_READER)),
            "Det.limit_type": "max",
            "Det.limit_side_len": FINDER_SIDE,
            # One line at a time is quicker on one thread than six padded to the longest, in less memory.
            "Rec.rec_batch_num": 1,
            # A photo is upright; to ask of each line whether it is upside down takes a tenth longer.
            "Global.use_cls": False,
            # The picture as it is, so that boxes need not be mapped back.
            "Global.use_preprocess_img": False,
            "Global.use_vertical_padding": False,
            "Global.log_level": "critical",
            # One thread a worker (docs/models.md); with one, nothing waits spinning.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # Pictures differ in size: an arena would keep the largest one's memory for good.
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
        }
    )


def _share(score: float) -> float:
    return min(max(float(score), 0.0), 1.0)


def _box(corners: "NDArray[np.float32]", width: int, height: int) -> Box:
    """The upright box around four corners in pixels."""
    across = np.clip(corners[:, 0] / width, 0.0, 1.0)
    down = np.clip(corners[:, 1] / height, 0.0, 1.0)
    left, top = float(across.min()), float(down.min())
    return Box(left, top, float(across.max()) - left, float(down.max()) - top)


reader = TextReader()
