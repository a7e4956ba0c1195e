"""Writing a text token by token: always the likeliest one that the rules allow ("greedy")."""

from typing import TYPE_CHECKING

import numpy as np

from photolib.describe.onnx_session import TimeLimit
from photolib.describe.sentences.florence.configs import Rules
from photolib.describe.sentences.florence.networks import Encoded, Networks

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A paragraph. What goes on longer has lost its way.
MOST_TOKENS = 200


class NoText(Exception):
    """The numbers that came out of the model mean nothing."""


def write(
    networks: Networks, encoded: Encoded, rules: Rules, limit: TimeLimit
) -> tuple[list[int], bool]:
    """The tokens of a text without its start and its end, and whether it came to its end by itself.

    Raises NoText, NetworkFailed. Source of the rule on repeats: Paulus et al. 2017, 6.
    """
    written = [rules.start]
    most = min(MOST_TOKENS, networks.sizes.positions - 1, (rules.longest or MOST_TOKENS + 1) - 1)
    writer = networks.write_about(encoded, limit)
    for place in range(most):
        scores = writer.next(networks.embed(written[-1:], limit))
        token = _choose(scores, written, rules, is_first=place == 0)
        if token in rules.ends:
            return written[1:], True
        written.append(token)
    return written[1:], False


def _choose(
    scores: "NDArray[np.float32]", written: list[int], rules: Rules, *, is_first: bool
) -> int:
    if is_first and rules.first is not None:
        return rules.first
    allowed = scores.copy()
    allowed[[token for token in repeats(written, rules.ngram) if token < len(allowed)]] = -np.inf
    # Among numbers of which one is none, that one is found.
    best = int(allowed.argmax())
    if not np.isfinite(allowed[best]):
        raise NoText
    return best


def repeats(written: list[int], ngram: int) -> set[int]:
    """The tokens with which the last `ngram` ones would be what stood there before."""
    if ngram < 1 or len(written) < ngram - 1:
        return set()
    last = written[len(written) - ngram + 1 :]
    starts = range(len(written) - ngram + 1)
    return {
        written[start + ngram - 1] for start in starts if written[start : start + ngram - 1] == last
    }
