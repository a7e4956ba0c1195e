"""Just enough of ONNX's file format to know which other files a network would open.

ONNX Runtime reads weights from files that a network names ("external data"). Which ones must be known before
it does: this walks through the messages that can hold a tensor, without keeping any weights in memory.
Source: onnx.proto of ONNX (field numbers), Protocol Buffers' encoding.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_VARINT, _EIGHT, _SIZED, _FOUR = 0, 1, 2, 5
# Graphs stand in attributes of nodes of graphs: deeper than this is no network of anybody's.
_DEEPEST = 40
# Kind of message -> number of field -> kind of message that stands there.
_INSIDE = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}
_GRAPH_OF_MODEL = 7


class NotOnnx(ValueError):
    """The bytes are not those of a whole ONNX file."""


class _Field(NamedTuple):
    number: int
    kind: int
    start: int
    end: int


def external_files(path: Path) -> set[str]:
    """The names of the files, as the network writes them, in which more of its weights are.

    Raises NotOnnx for a file that is cut off, empty or of another format.
    """
    with path.open("rb") as file:
        if not file.seek(0, 2):
            raise NotOnnx("an empty file")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            top = list(_fields(data, 0, len(data)))
            if not any(field.number == _GRAPH_OF_MODEL for field in top):
                raise NotOnnx("no graph")
            return set(_locations(data, "model", 0, len(data), 0))


def _locations(data: mmap.mmap, kind: str, start: int, end: int, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise NotOnnx("too deep")
    for field in _fields(data, start, end):
        inner = _INSIDE[kind].get(field.number)
        if inner is None or field.kind != _SIZED:
            continue
        if inner == "entry":
            key, value = _entry(data, field)
            if key == "location":
                yield value
        else:
            yield from _locations(data, inner, field.start, field.end, depth + 1)


def _entry(data: mmap.mmap, entry: _Field) -> tuple[str, str]:
    """Key and value of a StringStringEntryProto."""
    parts = {field.number: field for field in _fields(data, entry.start, entry.end)}
    try:
        key, value = (
            data[parts[number].start : parts[number].end].decode() if number in parts else ""
            for number in (1, 2)
        )
    except UnicodeDecodeError as error:
        raise NotOnnx("a name that is no text") from error
    return key, value


def _fields(data: mmap.mmap, start: int, end: int) -> Iterator[_Field]:
    """Every field of the message that stands between `start` and `end`. Raises NotOnnx."""
    at = start
    while at < end:
        key, at = _varint(data, at, end)
        kind, first = key & 7, at
        if kind == _VARINT:
            _value, at = _varint(data, at, end)
        elif kind == _SIZED:
            size, first = _varint(data, at, end)
            at = first + size
        elif kind in {_EIGHT, _FOUR}:
            at += 8 if kind == _EIGHT else 4
        else:
            raise NotOnnx("an unknown kind of field")
        if at > end or key >> 3 == 0:
            raise NotOnnx("cut off")
        yield _Field(key >> 3, kind, first, at)


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    """A number, and where the next thing begins."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            raise NotOnnx("cut off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise NotOnnx("a number without an end")
