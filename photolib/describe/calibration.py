"""What the finder's scores are worth: from which one something is said, and how likely that is right.

The numbers lie with their evidence in calibration.toml, which `manage.py calibrate descriptions` writes
anew. Two groups, people as such and all other things: no single label has examples enough.
"""

import tomllib
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from photolib.describe.vocabulary import PERSON

FILE = Path(__file__).with_name("calibration.toml")
THING = "thing"
# Scores are kept off 0 and 1, where their logarithms have no end.
_LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Calibration:
    """One group's numbers.

    said_from, hedged_from: scores, 0..1, from which a label is asserted, and said with a hedge.
    offset, slope: of the line through the logarithms of the odds by which a score becomes a
    probability. Source: Platt 1999, on log odds as in Kull et al. 2017.
    """

    said_from: float
    hedged_from: float
    offset: float
    slope: float

    def probability(self, score: float) -> float:
        """How likely a claim with this score is right, 0..1, as measured on marked photos."""
        kept = min(max(score, _LEAST), 1 - _LEAST)
        return 1 / (1 + exp(-(self.offset + self.slope * log(kept / (1 - kept)))))


def read_calibration(file: Path) -> dict[str, Calibration]:
    """The groups of such a file. Raises KeyError, TypeError or ValueError for one that is no such file."""
    tables = tomllib.loads(file.read_text())
    return {name: _checked(name, tables[name]) for name in (PERSON, THING)}


def _checked(name: str, table: dict[str, float]) -> Calibration:
    read = Calibration(
        said_from=float(table["said_from"]),
        hedged_from=float(table["hedged_from"]),
        offset=float(table["offset"]),
        slope=float(table["slope"]),
    )
    if not 0 < read.hedged_from <= read.said_from or read.slope <= 0:
        raise ValueError(
            f"calibration.toml: {name}: what is said has to be surer than what is hedged"
        )
    return read


CALIBRATION = read_calibration(FILE)


def calibration_of(label: str) -> Calibration:
    """The numbers of the group that a label is in."""
    return CALIBRATION[PERSON if label == PERSON else THING]
