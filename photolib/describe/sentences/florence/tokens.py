"""Words to tokens and back: byte-level BPE, as a model's tokenizer.json has it.

Sources: Sennrich et al. 2016 (byte pair encoding), Radford et al. 2019 (GPT-2: on bytes, each written as a
visible letter), and the layout of tokenizer.json.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from photolib.describe.sentences.florence.configs import read_json, unusable

# How GPT-2 cuts a text before pairs are made. For English prompts: Python's \d and \w stand for its classes
# of numbers and letters, which differ in signs such as "½" only.
_PIECES = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")
_NOT_SUPPORTED = ("continuing_subword_prefix", "end_of_word_suffix", "byte_fallback")


def _letters_of_bytes() -> dict[int, str]:
    """Each byte as one visible letter: itself where it is one, else the next letter after the 256."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {
        byte: chr(256 + at) for at, byte in enumerate(others)
    }


_LETTER = _letters_of_bytes()
_BYTE = {letter: byte for byte, letter in _LETTER.items()}


class Tokens:
    """A tokenizer as its file describes it: encodes prompts, decodes what the model wrote."""

    def __init__(self, path: Path) -> None:
        """Raises FolderRefused for what is no byte-level BPE."""
        values = read_json(path)
        self._name = path.name
        model = self._checked_model(values)
        self._ids: dict[str, int] = model["vocab"]
        self._ranks = self._read_merges(model.get("merges"))
        self._special = self._read_added(values)
        self._pieces = {key: piece for piece, key in self._ids.items()}
        self._space_first = bool(values["pre_tokenizer"].get("add_prefix_space"))
        self._before, self._after = self._read_frame(values.get("post_processor"))

    @property
    def highest(self) -> int:
        """The highest number of a token."""
        return max(*self._ids.values(), *self._special, 0)

    def encode(self, text: str) -> list[int]:
        """The text's tokens, with those that stand around every text.

        A letter for which the vocabulary has no token is left out.
        """
        if self._space_first and not text.startswith(" "):
            text = f" {text}"
        parts = (part for piece in _PIECES.findall(text) for part in self._merged(piece))
        known = [self._ids[part] for part in parts if part in self._ids]
        return [*self._before, *known, *self._after]

    def decode(self, ids: Iterable[int]) -> str:
        """The text; special tokens and unknown numbers are left out, bytes that are no text become “�”."""
        pieces = [
            self._pieces[key] for key in ids if key in self._pieces and key not in self._special
        ]
        letters = "".join(pieces)
        return bytes(_BYTE[letter] for letter in letters if letter in _BYTE).decode(
            errors="replace"
        )

    def _merged(self, piece: str) -> list[str]:
        """The piece's parts, after the pairs were joined in the order in which they were learnt."""
        parts = [_LETTER[byte] for byte in piece.encode()]
        while len(parts) > 1:
            pairs = list(pairwise(parts))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            parts = _join(parts, best)
        return parts

    def _checked_model(self, values: dict[str, Any]) -> dict[str, Any]:
        model, before = values.get("model"), values.get("pre_tokenizer")
        if not isinstance(model, dict) or model.get("type", "BPE") != "BPE":
            raise unusable(self._name, "model")
        if not isinstance(before, dict) or before.get("type") != "ByteLevel":
            raise unusable(self._name, "pre_tokenizer")
        if values.get("normalizer") is not None:
            raise unusable(self._name, "normalizer")
        for key in _NOT_SUPPORTED:
            if model.get(key):
                raise unusable(self._name, key)
        vocabulary = model.get("vocab")
        if not isinstance(vocabulary, dict) or not vocabulary or not _are_ids(vocabulary.values()):
            raise unusable(self._name, "vocab")
        return model

    def _read_merges(self, merges: object) -> dict[tuple[str, str], int]:
        """The pairs, "a b" or ["a", "b"], by when they were learnt."""
        if not isinstance(merges, list):
            raise unusable(self._name, "merges")
        pairs = [tuple(one.split(" ")) if isinstance(one, str) else one for one in merges]
        ranks: dict[tuple[str, str], int] = {}
        for rank, pair in enumerate(pairs):
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise unusable(self._name, "merges")
            ranks.setdefault((str(pair[0]), str(pair[1])), rank)
        return ranks

    def _read_added(self, values: dict[str, Any]) -> frozenset[int]:
        """Tokens that are no writing: where texts begin and end, places in a picture."""
        added = values.get("added_tokens", [])
        if not isinstance(added, list) or not all(isinstance(one, dict) for one in added):
            raise unusable(self._name, "added_tokens")
        ids = [one.get("id") for one in added]
        if not _are_ids(ids):
            raise unusable(self._name, "added_tokens")
        return frozenset(ids)

    def _read_frame(self, frame: object) -> tuple[list[int], list[int]]:
        """What stands before and after every text."""
        try:
            return _frame(frame)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise unusable(self._name, "post_processor") from error


def _frame(frame: Any) -> tuple[list[int], list[int]]:
    kind = frame["type"]
    if kind in {"RobertaProcessing", "BertProcessing"}:
        return [int(frame["cls"][1])], [int(frame["sep"][1])]
    if kind == "TemplateProcessing":
        before: list[int] = []
        after: list[int] = []
        side = before
        for part in frame["single"]:
            if "Sequence" in part:
                side = after
            else:
                side += map(int, frame["special_tokens"][part["SpecialToken"]["id"]]["ids"])
        return before, after
    raise ValueError(kind)


def _join(parts: list[str], pair: tuple[str, str]) -> list[str]:
    """With every such pair as one part."""
    joined: list[str] = []
    at = 0
    while at < len(parts):
        if tuple(parts[at : at + 2]) == pair:
            joined.append("".join(pair))
            at += 2
        else:
            joined.append(parts[at])
            at += 1
    return joined


def _are_ids(values: Iterable[object]) -> bool:
    return all(
        isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 1_000_000
        for one in values
    )
