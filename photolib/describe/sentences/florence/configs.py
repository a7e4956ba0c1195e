"""The numbers that a model's own JSON files give: nothing of its size or of its tokens is known here."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.folder import Files, broken, unreadable

_MODEL_TYPE = "florence2"
# Beyond these a number is no size of a network that a home has.
_LARGEST_SIDE = 4096
_MOST = 1_000_000
# What Microsoft's processor says to the model for these tasks; a folder may have its own words.
_PROMPTS = {
    "<CAPTION>": "What does the image describe?",
    "<DETAILED_CAPTION>": "Describe in detail what is shown in the image.",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """layers, heads: of the decoder. width: of an embedding. vocabulary: how many tokens it tells apart.

    positions: how many tokens it can hold at once.
    """

    layers: int
    heads: int
    width: int
    vocabulary: int
    positions: int


@dataclass(frozen=True, slots=True)
class Rules:
    """How a text is written. start: the token it begins from. ends: tokens that end it. first: the token
    that has to come first, None where any may. ngram: so many tokens may not come twice in the same order,
    0 without such a rule. longest: how many tokens at most, None where the files say nothing.
    """

    start: int
    ends: frozenset[int]
    first: int | None
    ngram: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is made into numbers: scaled to width x height, times `scale`, minus mean, by std."""

    width: int
    height: int
    resampling: Image.Resampling
    scale: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Configs:
    """short, long: what the model is asked for one sentence, and for several."""

    sizes: Sizes
    rules: Rules
    look: Look
    short: str
    long: str


def read_configs(files: Files) -> Configs:
    """Everything that the folder's files say. Raises FolderRefused, naming the file and the entry."""
    model = _File.read(files.text("config.json"))
    if model.values.get("model_type") != _MODEL_TYPE:
        said = _(
            "%(file)s is of the kind “%(kind)s”, not “%(wanted)s”: only models of that kind work here."
        )
        kind = str(model.values.get("model_type"))[:50]
        raise FolderRefused(said % {"file": model.name, "kind": kind, "wanted": _MODEL_TYPE})
    text = model.part("text_config")
    look = _File.read(files.text("preprocessor_config.json"))
    prompts = _prompts(look)
    return Configs(
        _sizes(text),
        _rules(_File.read(files.text("generation_config.json")), text),
        _look(look),
        prompts["<CAPTION>"],
        prompts["<DETAILED_CAPTION>"],
    )


def read_json(path: Path) -> dict[str, Any]:
    """The object that a file holds. Raises FolderRefused."""
    try:
        values = json.loads(path.read_bytes())
    except OSError as error:
        raise FolderRefused(unreadable(path.name)) from error
    except (ValueError, RecursionError) as error:
        raise FolderRefused(broken(path.name)) from error
    if not isinstance(values, dict):
        raise FolderRefused(broken(path.name))
    return values


def unusable(file: str, entry: str) -> FolderRefused:
    """An entry of one of the files is missing, or is nothing that can be used here."""
    said = _(
        "%(file)s has no “%(entry)s” that can be used here: copy it again, or take a model of the form that "
        "docs/sentence-model.md names."
    )
    return FolderRefused(said % {"file": file, "entry": entry})


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    values: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "_File":
        return cls(path.name, read_json(path))

    def part(self, key: str) -> "_File":
        values = self.values.get(key)
        if not isinstance(values, dict):
            raise unusable(self.name, key)
        return _File(self.name, values)

    def whole(self, key: str, *, least: int = 0, most: int = _MOST) -> int:
        """A whole number of this range. Raises FolderRefused."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise unusable(self.name, key)
        return value

    def real(self, key: str) -> float:
        """A number above 0."""
        value = self.values.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < _MOST:
            raise unusable(self.name, key)
        return float(value)

    def colours(self, key: str) -> tuple[float, float, float]:
        """Three numbers, of red, green and blue."""
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != 3:
            raise unusable(self.name, key)
        if not all(isinstance(one, int | float) and -_MOST < one < _MOST for one in value):
            raise unusable(self.name, key)
        red, green, blue = map(float, value)
        return red, green, blue

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None


def _sizes(text: _File) -> Sizes:
    sizes = Sizes(
        layers=text.whole("decoder_layers", least=1, most=200),
        heads=text.whole("decoder_attention_heads", least=1, most=1000),
        width=text.whole("d_model", least=1),
        vocabulary=text.whole("vocab_size", least=2),
        positions=text.whole("max_position_embeddings", least=2),
    )
    if sizes.width % sizes.heads:
        raise unusable(text.name, "decoder_attention_heads")
    return sizes


def _rules(generation: _File, text: _File) -> Rules:
    """From generation_config.json; what is not there stands in the model's own configuration.

    The latter's max_length is not read: the program that writes such files puts 20 there by itself.
    """

    def from_either(key: str) -> _File:
        return generation if generation.has(key) else text

    # "max_new_tokens" does not count the token from which the text begins.
    longest = [
        generation.whole(key, least=2) + more
        for key, more in (("max_length", 0), ("max_new_tokens", 1))
        if generation.has(key)
    ]
    first, ngram = "forced_bos_token_id", "no_repeat_ngram_size"
    return Rules(
        start=from_either("decoder_start_token_id").whole("decoder_start_token_id"),
        ends=_ends(from_either("eos_token_id"), from_either("forced_eos_token_id")),
        first=from_either(first).whole(first) if from_either(first).has(first) else None,
        ngram=from_either(ngram).whole(ngram, most=50) if from_either(ngram).has(ngram) else 0,
        longest=min(longest, default=None),
    )


def _ends(file: _File, forced: _File) -> frozenset[int]:
    """One token, or a list of them, and the one by which texts that grow too long are ended.

    Some published files name another token for the end of a text than the model was taught, and the right one
    there alone.
    """
    value = file.values.get("eos_token_id")
    is_list = isinstance(value, list) and value and all(isinstance(one, int) for one in value)
    ends = set(value) if is_list and isinstance(value, list) else {file.whole("eos_token_id")}
    key = "forced_eos_token_id"
    return frozenset(ends | ({forced.whole(key)} if forced.has(key) else set()))


def _look(file: _File) -> Look:
    size = file.part("size")
    if file.values.get("do_center_crop"):
        # Then a border of the picture would be described by nobody.
        raise unusable(file.name, "do_center_crop")
    try:
        resampling = Image.Resampling(file.whole("resample"))
    except ValueError as error:
        raise unusable(file.name, "resample") from error
    normal = file.values.get("do_normalize", True)
    std = file.colours("image_std") if normal else (1.0, 1.0, 1.0)
    if min(std) <= 0:
        raise unusable(file.name, "image_std")
    return Look(
        width=size.whole("width", least=1, most=_LARGEST_SIDE),
        height=size.whole("height", least=1, most=_LARGEST_SIDE),
        resampling=resampling,
        scale=_scale(file),
        mean=file.colours("image_mean") if normal else (0.0, 0.0, 0.0),
        std=std,
    )


def _scale(file: _File) -> float:
    """By what a colour from 0 to 255 is multiplied: 1/255, unless the file says otherwise."""
    if not file.values.get("do_rescale", True):
        return 1.0
    return file.real("rescale_factor") if file.has("rescale_factor") else 1 / 255


def _prompts(file: _File) -> dict[str, str]:
    own = file.values.get("task_prompts_without_inputs")
    found = _PROMPTS | (own if isinstance(own, dict) else {})
    for task in _PROMPTS:
        if not isinstance(found[task], str) or not 0 < len(found[task]) <= 500:
            raise unusable(file.name, "task_prompts_without_inputs")
    return found
