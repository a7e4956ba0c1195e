"""Numbers as they stand in the database: plain bytes, little-endian, that run nothing when read."""

import numpy as np
from numpy.typing import NDArray

from photolib.own.points import NUMBERS, Points

_PLACE = 4  # bytes


def features_to_bytes(features: NDArray[np.float32]) -> bytes:
    """(n,) numbers as float16: two bytes each."""
    return features.astype("<f2").tobytes()


def features_from_bytes(stored: bytes) -> NDArray[np.float32]:
    """(n,) float32."""
    return np.frombuffer(stored, dtype="<f2").astype(np.float32)


def weights_to_bytes(weights: NDArray[np.float64]) -> bytes:
    """(n + 1,) weights and constant as float32."""
    return weights.astype("<f4").tobytes()


def weights_from_bytes(stored: bytes) -> NDArray[np.float32]:
    """(n + 1,) float32."""
    return np.frombuffer(stored, dtype="<f4").astype(np.float32)


def points_to_bytes(points: Points) -> bytes:
    """Of each point its place as two float16, then its 128 numbers: 132 bytes."""
    places = points.places.astype("<f2").view(np.uint8).reshape(-1, _PLACE)
    return np.hstack([places, points.numbers]).tobytes()


def points_from_bytes(stored: bytes) -> Points:
    rows = np.frombuffer(stored, dtype=np.uint8).reshape(-1, _PLACE + NUMBERS)
    places = np.ascontiguousarray(rows[:, :_PLACE]).view("<f2").astype(np.float32)
    return Points(places, np.ascontiguousarray(rows[:, _PLACE:]))
