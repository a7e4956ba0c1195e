"""What every benchmark, evaluation and audit says of the machine and the programs it ran with."""

import json
import platform
from importlib import metadata
from typing import Any

from photolib.machine import total_memory, usable_cores

PACKAGES = (
    "Django", "Pillow", "insightface", "onnxruntime", "faiss-cpu", "opencv-python-headless",
    "ai-edge-litert", "rapidocr",
)  # fmt: skip


def as_json_line(figures: dict[str, Any]) -> str:
    """One line that is one JSON object: the figures, the machine, the versions."""
    machine = {
        "cores": usable_cores(),
        "memory_bytes": total_memory(),
        "processor": platform.machine(),
    }
    versions = {name: _version(name) for name in PACKAGES}
    versions["python"] = platform.python_version()
    return json.dumps(figures | {"machine": machine, "versions": versions})


def _version(package: str) -> str | None:
    """None where it is not installed, as with another build of OpenCV."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
