"""Byte-level BPE: prompts to tokens, tokens to text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.tokens import _LETTER, _PIECES, Tokens
from tests.describe.sentences import tiny_words as words
from tests.describe.sentences.tiny_florence import tokenizer

# GPT-2's own rule, in the words of the library that knows Unicode's classes.
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def tokens_of(folder: Path, **changes: Any) -> Tokens:
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(tokenizer() | changes))
    return Tokens(path)


def of_bytes(folder: Path, *merges: str | list[str]) -> Tokens:
    """A tokenizer that knows every byte, and what the merges make."""
    pieces = [*_LETTER.values(), *("".join(one).replace(" ", "") for one in merges)]
    vocabulary = {piece: key for key, piece in enumerate(dict.fromkeys(pieces), start=10)}
    model = {"type": "BPE", "vocab": vocabulary, "merges": list(merges)}
    return tokens_of(folder, model=model)


def pieces_of(tokens: Tokens, text: str) -> list[str]:
    return [tokens._pieces[key] for key in tokens.encode(text)[1:-1]]


def test_a_prompt_becomes_words_between_start_and_end(tmp_path: Path) -> None:
    ids = tokens_of(tmp_path).encode("Describe in detail what is shown in the image.")
    assert ids == [words.START, *(words.ID[piece] for piece in words.LONG), words.END]


def test_pairs_are_joined_in_the_order_in_which_they_were_learnt(tmp_path: Path) -> None:
    """The example of Sennrich et al. 2016: "lo" was learnt before "ow", and "er" before "we"."""
    tokens = of_bytes(tmp_path, "l o", "e r", "o w", "lo w", "w e", "low er")
    assert pieces_of(tokens, "lower slow") == ["lower", "Ġ", "s", "low"]


def test_merges_may_stand_there_as_pairs(tmp_path: Path) -> None:
    tokens = of_bytes(tmp_path, ["l", "o"], ["lo", "w"])
    assert pieces_of(tokens, "low") == ["low"]


@pytest.mark.parametrize(("space", "first"), [(True, "Ġ"), (False, "a")])
def test_a_space_before_the_text_is_put_there_where_the_file_wants_it(
    tmp_path: Path, space: bool, first: str
) -> None:
    before = {"type": "ByteLevel", "add_prefix_space": space}
    assert pieces_of(tokens_of(tmp_path, pre_tokenizer=before), "a")[0] == first


def test_start_and_end_may_come_from_a_template(tmp_path: Path) -> None:
    single = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "</s>", "type_id": 0}},
    ]
    special = {"<s>": {"ids": [0]}, "</s>": {"ids": [2]}}
    frame = {"type": "TemplateProcessing", "single": single, "special_tokens": special}
    ids = tokens_of(tmp_path, post_processor=frame).encode("?")
    assert ids == [words.START, words.ID["?"], words.END]


def test_special_and_unknown_tokens_are_no_text(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path)
    ids = [words.START, words.ID["A"], words.ID["Ġdog"], 90_000, words.ID["."], words.END]
    assert tokens.decode(ids) == "A dog."


def test_half_a_letter_is_shown_as_one_that_is_missing(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path)
    assert tokens.decode([words.ID["Ġcaf"], words.ID["Ã"], words.ID["©"]]) == " café"
    assert tokens.decode([words.ID["Ġcaf"], words.ID["Ã"]]) == " caf�"


@given(text=st.text(max_size=60))
def test_whatever_is_encoded_comes_back(tmp_path_factory, text: str) -> None:
    tokens = of_bytes(tmp_path_factory.getbasetemp(), "t h", "th e", "Ġ the")
    assert tokens.decode(tokens.encode(text)) == text


@given(text=st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_texts_are_cut_as_gpt2_cuts_them(text: str) -> None:
    regex = pytest.importorskip("regex")
    if any(letter in "²³¹¼½¾\x1c\x1d\x1e\x1f" for letter in text):
        return  # said in the code: these differ
    assert _PIECES.findall(text) == regex.findall(GPT2, text)


@pytest.mark.parametrize(
    ("changes", "entry"),
    [
        ({"model": {"type": "Unigram", "vocab": []}}, "model"),
        ({"model": {"type": "BPE", "vocab": {}, "merges": []}}, "vocab"),
        ({"model": {"type": "BPE", "vocab": {"a": "1"}, "merges": []}}, "vocab"),
        ({"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}, "vocab"),
        ({"model": {"type": "BPE", "vocab": {"a": 1}}}, "merges"),
        ({"model": {"type": "BPE", "vocab": {"a": 1}, "merges": ["a b c"]}}, "merges"),
        ({"model": {"vocab": {"a": 1}, "merges": [], "byte_fallback": True}}, "byte_fallback"),
        ({"pre_tokenizer": {"type": "Whitespace"}}, "pre_tokenizer"),
        ({"normalizer": {"type": "NFC"}}, "normalizer"),
        ({"added_tokens": [{"id": "x"}]}, "added_tokens"),
        ({"post_processor": {"type": "RobertaProcessing"}}, "post_processor"),
        ({"post_processor": None}, "post_processor"),
    ],
)
def test_a_tokenizer_of_another_kind_is_refused_by_its_entry(
    tmp_path: Path, changes: dict[str, Any], entry: str
) -> None:
    with pytest.raises(FolderRefused, match=f"tokenizer.json has no “{entry}”"):
        tokens_of(tmp_path, **changes)
