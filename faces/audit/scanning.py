"""Is there an embedding in these bytes? Pure functions over bytes.

Two ways. Without knowing any vector: an embedding is `dimensions` numbers in a row of length 1, of
both signs, none of them standing out; random or compressed bytes look like that practically never
(each of the numbers would have to lie in -1..1 by chance). And with a known vector, the canary: a
piece of it in any of the encodings is enough, also where only a part is left.
"""

import base64
import binascii
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# How far from 1 the length may be, squared, by the numbers' width: half floats are coarse.
TOLERANCE = {"<f4": 1e-3, "<f2": 1e-2, "<f8": 1e-3}
# Of an embedding's numbers about half are negative; pixels and counters have one sign.
LEAST_OF_A_SIGN = 0.1
MOST_OF_ONE_NUMBER = 0.81
# Bytes of a canary that are looked for at once. A chance hit has a probability of 2^-192.
PIECE = 24
_DIGITS = re.compile(rb"[0-9eE+\-.,;\s\[\]()]+")
_NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]+[\r\n]{0,2})+={0,2}")
_HEX = re.compile(rb"[0-9a-fA-F]+")


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found: `what` an embedding or the canary, `encoding` how it was written."""

    what: str
    encoding: str


def scan(
    data: bytes, *, dimensions: Collection[int], canaries: Collection[NDArray[np.float32]] = ()
) -> list[Trace]:
    """Every kind of trace in these bytes, each once."""
    found = dict.fromkeys(_known(data, canaries))
    smallest = min(dimensions)
    for plain, how in _readings(data, smallest):
        found |= dict.fromkeys(
            Trace("an embedding", f"{name}{how}")
            for count in dimensions
            for name in _binary(plain, count)
        )
        if how:
            found |= dict.fromkeys(
                Trace("the canary", f"{trace.encoding}{how}") for trace in _known(plain, canaries)
            )
    if any(_decimal(data, count) for count in dimensions):
        found[Trace("an embedding", "decimal numbers")] = None
    return list(found)


def encodings(vector: NDArray[np.float32]) -> dict[str, bytes]:
    """The vector as bytes, by the name of each encoding that is looked for."""
    return {
        "float32": vector.astype("<f4").tobytes(),
        "float32 (big-endian)": vector.astype(">f4").tobytes(),
        "float16": vector.astype("<f2").tobytes(),
        "float64": vector.astype("<f8").tobytes(),
        "int8": np.round(vector * 127).astype(np.int8).tobytes(),
    }


def _known(data: bytes, canaries: Collection[NDArray[np.float32]]) -> Iterator[Trace]:
    for vector in canaries:
        for name, whole in encodings(vector).items():
            if any(piece in data for piece in _pieces(whole)):
                yield Trace("the canary", name)
            for how, pieces in _written(whole).items():
                if any(piece in data for piece in pieces):
                    yield Trace("the canary", f"{name} as {how}")


def _pieces(whole: bytes) -> list[bytes]:
    """The beginning, the middle and the end."""
    middle = len(whole) // 2
    return [whole[:PIECE], whole[middle : middle + PIECE], whole[-PIECE:]]


def _written(whole: bytes) -> dict[str, list[bytes]]:
    """Pieces as text writes them; in base64 a byte looks different at each of three places."""
    pieces = _pieces(whole)
    shifted = [
        base64.b64encode(b"\0" * shift + piece)[4:-4] for shift in range(3) for piece in pieces
    ]
    return {
        "base64": shifted + [text.translate(_TO_URL) for text in shifted],
        "hex": [piece.hex().encode() for piece in pieces]
        + [piece.hex().upper().encode() for piece in pieces],
    }


_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")


def _readings(data: bytes, smallest: int) -> Iterator[tuple[bytes, str]]:
    """The bytes as they are, and what long runs of base64 and hex in them say."""
    yield data, ""
    for run in _runs(_BASE64, data, smallest * 2 * 4 // 3):
        text = run.translate(_FROM_URL, b"\r\n=")
        for start in range(4):
            part = text[start:]
            # Filled up: the last group of four may have lost its equals signs.
            yield base64.b64decode(part + b"A" * (-len(part) % 4)), " as base64"
    for run in _runs(_HEX, data, smallest * 4):
        for start in range(2):
            part = run[start:]
            yield binascii.unhexlify(part[: len(part) // 2 * 2]), " as hex"


def _runs(pattern: re.Pattern[bytes], data: bytes, least: int) -> Iterator[bytes]:
    for match in pattern.finditer(data):
        if match.end() - match.start() >= least:
            yield match.group()


def _binary(data: bytes, count: int) -> Iterator[str]:
    """The widths of float in which `count` numbers in a row are an embedding."""
    names = {"<f4": "float32", "<f2": "float16", "<f8": "float64"}
    for kind, name in names.items():
        width = np.dtype(kind).itemsize
        if any(_has_embedding(data, kind, offset, count) for offset in range(width)):
            yield name


def _has_embedding(data: bytes, kind: str, offset: int, count: int) -> bool:
    usable = (len(data) - offset) // np.dtype(kind).itemsize
    if usable < count:
        return False
    values = np.frombuffer(data, dtype=kind, count=usable, offset=offset)
    with np.errstate(invalid="ignore"):
        small = np.abs(values) <= 1
    # Stretches without a number that no embedding holds: in most bytes there is none long enough.
    walls = np.concatenate(([-1], np.flatnonzero(~small), [usable]))
    long = np.flatnonzero(np.diff(walls) > count)
    return any(
        _is_embedding_inside(
            values[walls[at] + 1 : walls[at + 1]].astype(np.float64), count, TOLERANCE[kind]
        )
        for at in long
    )


def _is_embedding_inside(values: NDArray[np.float64], count: int, tolerance: float) -> bool:
    """Whether any `count` numbers in a row have length 1 and look like an embedding's."""
    sums = np.concatenate(([0.0], np.cumsum(values * values)))
    lengths = sums[count:] - sums[:-count]
    return any(
        _looks_like_one(values[start : start + count])
        for start in np.flatnonzero(np.abs(lengths - 1) < tolerance)[:2000]
    )


def _looks_like_one(values: NDArray[np.float64]) -> bool:
    least = LEAST_OF_A_SIGN * len(values)
    both_signs = min(int((values > 0).sum()), int((values < 0).sum())) >= least
    return both_signs and float((values * values).max()) < MOST_OF_ONE_NUMBER


def _decimal(data: bytes, count: int) -> bool:
    """Whether `count` numbers in a row, written out in digits, are an embedding."""
    for run in _runs(_DIGITS, data, count * 3):
        numbers = np.array([float(text) for text in _NUMBER.findall(run)[:1_000_000]])
        walls = np.concatenate(([-1], np.flatnonzero(np.abs(numbers) > 1), [len(numbers)]))
        for start, end in pairwise(walls.tolist()):
            part = numbers[start + 1 : end]
            if len(part) >= count and _is_embedding_inside(part, count, 1e-2):
                return True
    return False
