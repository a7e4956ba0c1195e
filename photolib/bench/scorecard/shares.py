"""A share with its 95 % interval, so that nobody takes fifty photos for a thousand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

_Z = 1.96
_RESAMPLES = 2000
_SEED = 4

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, 0..1; value and interval are None of nothing."""

    value: float | None
    interval: Interval | None

    def as_figures(self, name: str) -> dict[str, object]:
        interval = None if self.interval is None else [round(end, 4) for end in self.interval]
        value = None if self.value is None else round(self.value, 4)
        return {name: value, f"{name}_interval": interval}


def share_of(hits: Sequence[bool]) -> Share:
    """The share of photos of which something is true: they are independent, so Wilson's interval."""
    if not hits:
        return Share(None, None)
    return Share(sum(hits) / len(hits), wilson(sum(hits), len(hits)))


def share_over_photos(parts: Sequence[tuple[int, int]]) -> Share:
    """The share of claims that are right, from (right, all) of each photo.

    Claims of one photo stand and fall together, so photos are drawn, not claims (bootstrap). A share
    of 0 or 1 comes out of every draw: there it is Wilson's interval over the photos with a claim.
    """
    photos = [(right, count) for right, count in parts if count]
    if not photos:
        return Share(None, None)
    rights, counts = np.array(photos, dtype=np.float64).T
    value = float(rights.sum() / counts.sum())
    if value in (0.0, 1.0):
        return Share(value, wilson(round(value * len(photos)), len(photos)))
    drawn = np.random.default_rng(_SEED).integers(0, len(photos), (_RESAMPLES, len(photos)))
    shares = rights[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(shares, (0.025, 0.975))
    return Share(value, (float(low), float(high)))


def wilson(hits: int, count: int) -> Interval:
    """The 95 % interval of a share of independent tries (Wilson 1927)."""
    share = hits / count
    middle = share + _Z * _Z / (2 * count)
    spread = _Z * sqrt(share * (1 - share) / count + _Z * _Z / (4 * count * count))
    below = 1 + _Z * _Z / count
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)
