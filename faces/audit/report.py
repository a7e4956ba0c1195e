"""The audit as a whole: places searched, rows examined, one report."""

import time
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from faces.audit.finding import Finding
from faces.audit.places import Places
from faces.audit.scanning import scan
from faces.audit.standing import Allowed, standing
from faces.packs import BY_NAME
from faces.weights import known_weights
from photolib.core.errors import PhotolibError


@dataclass(slots=True)
class Report:
    """findings: what must not be. searched, not_searched: places in words."""

    findings: list[Finding] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    not_searched: list[str] = field(default_factory=list)
    templates: tuple[Allowed, ...] = ()
    unknown_faces: int = 0
    bytes_read: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """`findings` as a number, what they are as `details`."""
        whole = asdict(self)
        return whole | {"findings": len(self.findings), "details": whole["findings"]}


def audit(*, also: Collection[Path] = (), canary: Path | None = None) -> Report:
    """Search everywhere for embeddings in the clear, and ask of every sealed one why it is there.

    canary: a file with one known vector; also: further files or folders, such as backups.
    Raises PhotolibError for a canary that cannot be read.
    """
    began = time.monotonic()
    canaries = [] if canary is None else [read_canary(canary)]
    dimensions = {pack.dimensions for pack in BY_NAME.values()}
    dimensions |= {len(vector) for vector in canaries}
    # Weights are rows of numbers too: some of them look like an embedding. They are nobody's.
    weights = known_weights()
    own = () if canary is None else (canary,)
    places = Places(also=tuple(also), leave_out=(*own, *weights))
    report = Report()
    found: dict[Finding, None] = {}
    for piece in places.pieces():
        report.bytes_read += len(piece.data)
        for trace in scan(piece.data, dimensions=dimensions, canaries=canaries):
            found[Finding(piece.where, f"{trace.what} in the clear, as {trace.encoding}")] = None
    stands = standing()
    report.findings = [*found, *stands.findings]
    left_out = [f"{path}: weights as their makers published them, by SHA-256" for path in weights]
    report.searched, report.not_searched = places.searched, [*left_out, *places.skipped]
    report.templates, report.unknown_faces = stands.templates, stands.unknown_faces
    report.seconds = round(time.monotonic() - began, 1)
    return report


def read_canary(path: Path) -> NDArray[np.float32]:
    """A vector (d,) out of a file: NumPy's own, raw little-endian float32, or numbers in text."""
    try:
        if path.suffix == ".npy":
            vector = np.load(path, allow_pickle=False)
        elif path.suffix in {".txt", ".json", ".csv"}:
            text = path.read_text().translate(str.maketrans("[],;", "    "))
            vector = np.array([float(number) for number in text.split()])
        else:
            vector = np.frombuffer(path.read_bytes(), dtype="<f4")
    except (OSError, ValueError) as error:
        raise PhotolibError(
            _("The canary {file} cannot be read as a vector: {error}").format(
                file=path, error=error
            )
        ) from error
    if vector.ndim != 1 or len(vector) < 64:
        raise PhotolibError(
            _("The canary {file} must hold one vector of 64 numbers or more.").format(file=path)
        )
    return np.asarray(vector, dtype=np.float32)
