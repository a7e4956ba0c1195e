"""The four networks of a captioner, each with the inputs and outputs that its export gives it.

Layout: the export of Florence-2 by Hugging Face's Optimum, as onnx-community publishes it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from django.utils.translation import gettext as _

from photolib.describe.onnx_session import NamedNetwork, NetworkFailed, TimeLimit
from photolib.describe.sentences.florence.configs import Sizes
from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.folder import Files

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_PAST = "past_key_values."
_PRESENT = "present."
_USE_CACHE = "use_cache_branch"
_LOGITS = "logits"
_EMBEDDED = "inputs_embeds"


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder made of a picture and a prompt. states: (1, n, width). mask: (1, n), all 1."""

    states: "NDArray[Any]"
    mask: "NDArray[np.int64]"


class Writer(Protocol):
    """One text being written."""

    def next(self, embedded: "NDArray[Any]") -> "NDArray[np.float32]":
        """How likely each token comes next, (vocabulary,), unnormalised.

        embedded: (1, 1, width), the token that was written last. Raises NetworkFailed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Networks:
    """All four, open. merged: as Files has it."""

    vision: NamedNetwork
    embedding: NamedNetwork
    encoder: NamedNetwork
    decoder: NamedNetwork
    sizes: Sizes
    merged: bool

    def see(self, pixels: "NDArray[np.float32]", limit: TimeLimit) -> "NDArray[Any]":
        """What is in the picture, (1, n, width). Raises NetworkFailed."""
        return _checked(
            self.vision.run({"pixel_values": pixels}, ["image_features"], limit),
            "image_features",
            self.sizes.width,
        )

    def embed(self, ids: list[int], limit: TimeLimit) -> "NDArray[Any]":
        """(1, len(ids), width). Raises NetworkFailed."""
        return _checked(
            self.embedding.run({"input_ids": [ids]}, [_EMBEDDED], limit),
            _EMBEDDED,
            self.sizes.width,
        )

    def encode(self, seen: "NDArray[Any]", prompt: list[int], limit: TimeLimit) -> Encoded:
        """Picture and prompt, in this order, as the decoder looks at them. Raises NetworkFailed."""
        both = np.concatenate([seen, self.embed(prompt, limit)], axis=1)
        mask = np.ones(both.shape[:2], np.int64)
        feeds = _wanted(self.encoder, {_EMBEDDED: both, "attention_mask": mask})
        found = self.encoder.run(feeds, ["last_hidden_state"], limit)
        return Encoded(_checked(found, "last_hidden_state", self.sizes.width), mask)

    def write_about(self, encoded: Encoded, limit: TimeLimit) -> Writer:
        """Begin a text."""
        kind = _WithCache if self.merged else _WithoutCache
        return kind(self.decoder, encoded, self.sizes, limit)


def open_networks(files: Files, sizes: Sizes) -> Networks:
    """Open all four. Raises FolderRefused, naming the file, where one is broken or of another layout."""
    networks = Networks(
        vision=_open(files.folder, files.vision, {"pixel_values"}, {"image_features"}),
        embedding=_open(files.folder, files.embedding, {"input_ids"}, {_EMBEDDED}),
        encoder=_open(files.folder, files.encoder, {_EMBEDDED}, {"last_hidden_state"}),
        decoder=_open(files.folder, files.decoder, {_EMBEDDED}, {_LOGITS}),
        sizes=sizes,
        merged=files.merged,
    )
    if files.merged:
        _check_cache(networks.decoder, files, sizes)
    return networks


@dataclass(slots=True)
class _WithCache:
    """By the merged decoder: it is given the last token alone, and what it computed for those before."""

    decoder: NamedNetwork
    encoded: Encoded
    sizes: Sizes
    limit: TimeLimit
    _kept: "dict[str, NDArray[Any]]" = field(default_factory=dict)

    def next(self, embedded: "NDArray[Any]") -> "NDArray[np.float32]":
        is_first = not self._kept
        kept = self._kept or _empty_cache(self.decoder, self.sizes)
        # Of the encoder nothing new is computed after the first time: what would come then is empty.
        fresh = [name for name in kept if is_first or ".decoder." in name]
        outputs = [name.replace(_PAST, _PRESENT, 1) for name in fresh]
        feeds = _fed(self.encoded, embedded) | kept | {_USE_CACHE: np.array([not is_first])}
        found = self.decoder.run(_wanted(self.decoder, feeds), [_LOGITS, *outputs], self.limit)
        self._kept |= {name: found[output] for name, output in zip(fresh, outputs, strict=True)}
        return _last(found, self.sizes)


@dataclass(slots=True)
class _WithoutCache:
    """By the plain decoder: it is given the whole text each time, which takes longer with every token."""

    decoder: NamedNetwork
    encoded: Encoded
    sizes: Sizes
    limit: TimeLimit
    _so_far: "list[NDArray[Any]]" = field(default_factory=list)

    def next(self, embedded: "NDArray[Any]") -> "NDArray[np.float32]":
        self._so_far.append(embedded)
        feeds = _fed(self.encoded, np.concatenate(self._so_far, axis=1))
        return _last(
            self.decoder.run(_wanted(self.decoder, feeds), [_LOGITS], self.limit), self.sizes
        )


def _fed(encoded: Encoded, embedded: "NDArray[Any]") -> "dict[str, NDArray[Any]]":
    return {
        _EMBEDDED: embedded,
        "encoder_hidden_states": encoded.states,
        "encoder_attention_mask": encoded.mask,
    }


def _wanted(network: NamedNetwork, feeds: "dict[str, NDArray[Any]]") -> "dict[str, NDArray[Any]]":
    """Exports leave out inputs that nothing rests on."""
    return {name: fed for name, fed in feeds.items() if name in network.inputs}


def _last(found: "dict[str, NDArray[Any]]", sizes: Sizes) -> "NDArray[np.float32]":
    scores: NDArray[np.float32] = _checked(found, _LOGITS, sizes.vocabulary)[0, -1].astype(
        np.float32
    )
    return scores


def _checked(found: "dict[str, NDArray[Any]]", name: str, width: int) -> "NDArray[Any]":
    """The output, of three dimensions, the last of which is `width`. Raises NetworkFailed."""
    array = found[name]
    if array.ndim != 3 or array.shape[0] != 1 or array.shape[1] < 1 or array.shape[2] != width:
        raise NetworkFailed(f"{name} has the shape {array.shape}, and {width} was expected.")
    return array


def _empty_cache(decoder: NamedNetwork, sizes: Sizes) -> "dict[str, NDArray[Any]]":
    shape = (1, sizes.heads, 0, sizes.width // sizes.heads)
    return {
        name: np.zeros(shape, wanted.kind)
        for name, wanted in decoder.inputs.items()
        if name.startswith(_PAST)
    }


def _open(folder: "Path", path: "Path", inputs: set[str], outputs: set[str]) -> NamedNetwork:
    name = path.relative_to(folder).as_posix()
    try:
        network = NamedNetwork(path)
    except (NetworkFailed, MemoryError) as error:
        said = _(
            "%(file)s cannot be opened: it is damaged, needs what is not known here, or is too large for "
            "this machine's memory."
        )
        raise FolderRefused(said % {"file": name}) from error
    missing = (inputs - network.inputs.keys()) | (outputs - set(network.outputs))
    if missing:
        raise _other_layout(name, min(missing))
    return network


def _check_cache(decoder: NamedNetwork, files: Files, sizes: Sizes) -> None:
    """The cache's inputs and outputs, as many as config.json has layers. Raises FolderRefused."""
    name = files.decoder.relative_to(files.folder).as_posix()
    wanted = {
        f"{layer}.{side}.{part}"
        for layer in range(sizes.layers)
        for side in ("decoder", "encoder")
        for part in ("key", "value")
    }
    found = {one.removeprefix(_PAST) for one in decoder.inputs if one.startswith(_PAST)}
    given = {one.removeprefix(_PRESENT) for one in decoder.outputs if one.startswith(_PRESENT)}
    for prefix, there in ((_PAST, found), (_PRESENT, given)):
        if there != wanted:
            raise _other_layout(name, prefix + min(there ^ wanted))
    if _USE_CACHE not in decoder.inputs:
        raise _other_layout(name, _USE_CACHE)


def _other_layout(file: str, name: str) -> FolderRefused:
    said = _(
        "%(file)s is of another layout: “%(name)s” is missing, or does not fit to config.json. Take the ONNX "
        "files as onnx-community publishes them, all of one model."
    )
    return FolderRefused(said % {"file": file, "name": name})
