"""Which models a face engine runs, and the thresholds that hold for those models and no others.

Every pack is a file in faces/packs_data: what it is made of is data, and a new pack needs no code.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log10
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from photolib.core.model_files import ModelFile

LAYOUTS = ("insightface", "opencv")
# From so many templates on a question asks for more likeness, for every tenfold so much more: what
# strangers reach once in a million pairs less what they reach once in 100,000, if they lie as a normal
# distribution with the bundled pack's deviation has them (4.753 - 4.265 deviations of 0.067).
MANY_TEMPLATES, ASK_PER_TENFOLD = 200, 0.033
_FOLDER = Path(__file__).parent / "packs_data"
_THRESHOLDS = frozenset(
    [
        "ask",
        "auto",
        "margin",
        "group",
        "group_per_tenfold",
        "embed_quality",
        "auto_quality",
        "found_quality",
    ]
)
# Where mistakes are likelier (faces.matching), and what strangers have in common (faces.cohort); a
# pack's file may leave them out.
_STRICTER = frozenset(
    [
        "near",
        "child_auto",
        "peer_auto",
        "strict_margin",
        "alike",
        "alike_margin",
        "strangers_mean",
        "strangers_deviation",
    ]
)
_NAME = re.compile(r"[a-z0-9_]{1,40}")
_FILE = re.compile(r"[A-Za-z0-9_]+\.(?:onnx|zip)")
_T = TypeVar("_T")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class PackDataWrong(ValueError):
    """A file in packs_data is not a pack: which file, and which field of it."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of weights in the folder of a pack that was fetched or installed by hand."""

    pack: str
    file: str
    sha256: str
    size: int  # bytes
    licence: str

    @property
    def package(self) -> str:
        """What it came with, for people to read."""
        return f"pack {self.pack}"


@dataclass(frozen=True, slots=True)
class Download:
    """One file to fetch. members: for a zip, which of its members becomes which file of the pack."""

    url: str
    file: str
    sha256: str
    size: int  # bytes
    members: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A detector and a recogniser that belong together. All similarities are cosines, -1..1.

    layout: which engine runs it (LAYOUTS). licence: of the weights, in plain words.
    measured: whether the thresholds were measured with these very files; source: where they are from.
    A pack that was not measured never names anybody without asking: `auto` is above 1.
    flip: an embedding is the mean of the face's and its mirror's, at twice the cost.
    ask: from here on a match is put to a person as a question, among few templates (ask_among).
    auto: from here on a match is written by itself, and worded as "probably".
    margin: what the best person must have over the second best to be written by itself.
    near: what two strangers reach once in a thousand pairs: a runner-up below it is none.
    child_auto, peer_auto: instead of `auto` for a child, and against a runner-up of the same age,
        where they are higher. strict_margin: instead of `margin` in both cases.
    alike, alike_margin: from the similarity `alike` between two people's templates on, the margin
        between the two grows by `alike_margin` for each 1.0 more (docs/models.md).
    group: smallest likeness (faces.linkage) of what becomes one group, among a thousand faces.
    group_per_tenfold: what is added to `group` for every tenfold of faces: with more faces there
        are more pairs of strangers, and more of them look alike by chance.
    strangers_mean, strangers_deviation: of the cosines of strangers, over all pairs (faces.cohort).
    embed_quality, auto_quality, found_quality: smallest quality (faces.quality) of a face that is
        embedded at all, that is matched without asking or makes a template, that founds a group.
    """

    name: str
    label: str = ""
    layout: str = "insightface"
    licence: str = ""
    measured: bool = False
    source: str = ""
    detector: str
    recogniser: str = ""
    detector_file: ModelFile | PackFile
    recogniser_file: ModelFile | PackFile
    downloads: tuple[Download, ...] = ()
    dimensions: int
    flip: bool = False
    ask: float
    auto: float
    margin: float
    group: float
    group_per_tenfold: float
    embed_quality: float
    auto_quality: float
    found_quality: float
    near: float = 0.23
    child_auto: float = 0.60
    peer_auto: float = 0.50
    strict_margin: float = 0.15
    alike: float = 0.37
    alike_margin: float = 0.68
    strangers_mean: float = 0.007
    strangers_deviation: float = 0.067

    def margin_between(self, likeness: float) -> float:
        """What one of two people must be ahead of the other, whose templates are so much alike."""
        return self.margin + self.alike_margin * max(0.0, likeness - self.alike)

    def ask_among(self, templates: int) -> float:
        """The smallest similarity that is asked about, where a face is compared with so many templates.

        The nearest of ten times as many strangers is nearer. Up to MANY_TEMPLATES, some ten people's, it
        is `ask`; beyond, it grows as what strangers reach does, half-way to `auto` at most.
        """
        grown = self.ask + ASK_PER_TENFOLD * log10(max(templates / MANY_TEMPLATES, 1.0))
        return min(grown, (self.ask + self.auto) / 2)

    def group_threshold(self, count: int) -> float:
        """The smallest likeness of what becomes one group, among `count` faces."""
        grown = self.group + self.group_per_tenfold * log10(max(count, 1) / 1000)
        return min(max(grown, self.ask - 0.05), self.auto)

    @property
    def files(self) -> tuple[PackFile, ...]:
        """What lies in the pack's own folder; nothing for a pack that comes with a package."""
        both = (self.detector_file, self.recogniser_file)
        return tuple(one for one in both if isinstance(one, PackFile))

    @property
    def download_bytes(self) -> int:
        """What fetching it moves over the network."""
        return sum(one.size for one in self.downloads)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a pack's file: reads typed fields, and says which one is wrong."""

    where: str
    values: Mapping[str, Any]
    read: set[str] = field(default_factory=set)

    def get(self, name: str, kind: type[_T], *, default: _T | None = None) -> _T:
        self.read.add(name)
        value = self.values.get(name, default)
        if type(value) is not kind:
            raise PackDataWrong(f"{self.where}: {name} must be a {kind.__name__}, not {value!r}.")
        return value

    def text(self, name: str, form: re.Pattern[str]) -> str:
        value = self.get(name, str)
        if not form.fullmatch(value):
            raise PackDataWrong(
                f"{self.where}: {name} = {value!r} is not of the form {form.pattern}."
            )
        return value

    def table(self, name: str) -> "_Table":
        return _Table(f"{self.where} [{name}]", self.get(name, dict))

    def done(self) -> None:
        """Raises PackDataWrong for a field nobody asked for: it would be silently without effect."""
        unknown = sorted(set(self.values) - self.read)
        if unknown:
            raise PackDataWrong(f"{self.where}: unknown field {unknown[0]}.")


def read_pack(path: Path) -> Pack:
    """The pack that a TOML file describes. Raises PackDataWrong, with the file and the field."""
    try:
        whole = _Table(path.name, tomllib.loads(path.read_text()))
    except tomllib.TOMLDecodeError as error:
        raise PackDataWrong(f"{path.name}: this is not TOML: {error}.") from error
    name, licence = whole.text("name", _NAME), whole.get("licence", str)
    detector, recogniser = whole.table("detector"), whole.table("recogniser")
    thresholds = whole.table("thresholds")
    pack = Pack(
        name=name,
        label=whole.get("label", str),
        layout=whole.text("layout", re.compile("|".join(LAYOUTS))),
        licence=licence,
        measured=whole.get("measured", bool),
        source=whole.get("source", str),
        dimensions=whole.get("dimensions", int),
        flip=whole.get("flip", bool, default=False),
        detector=detector.get("name", str),
        recogniser=recogniser.get("name", str),
        detector_file=_weights(detector, name, licence),
        recogniser_file=_weights(recogniser, name, licence),
        downloads=tuple(
            _download(_Table(f"{path.name} [[downloads]] {at}", values))
            for at, values in enumerate(whole.get("downloads", list, default=[]), start=1)
        ),
        **{
            one: thresholds.get(one, float)
            for one in _THRESHOLDS | (_STRICTER & thresholds.values.keys())
        },
    )
    for table in (whole, detector, recogniser, thresholds):
        table.done()
    _check(pack, path.name)
    return pack


def _weights(table: _Table, pack: str, licence: str) -> ModelFile | PackFile:
    sha256 = table.text("sha256", _SHA256)
    if "package" in table.values:
        return ModelFile(table.get("package", str), table.get("file", str), sha256, licence)
    file, size = table.text("file", _FILE), table.get("size", int)
    return PackFile(pack=pack, file=file, sha256=sha256, size=size, licence=licence)


def _download(table: _Table) -> Download:
    download = Download(
        url=table.text("url", re.compile(r"https://\S+")),
        file=table.text("file", _FILE),
        sha256=table.text("sha256", _SHA256),
        size=table.get("size", int),
        members=MappingProxyType(table.get("members", dict, default={})),
    )
    table.done()
    return download


def _check(pack: Pack, where: str) -> None:
    """What no single field can say. Raises PackDataWrong."""
    fetched = {file for one in pack.downloads for file in one.members or {one.file: ""}}
    missing = sorted({one.file for one in pack.files} - fetched)
    if missing:
        raise PackDataWrong(f"{where}: no download brings {missing[0]}.")
    if not pack.measured and pack.auto <= 1:
        raise PackDataWrong(
            f"{where}: thresholds that nobody measured may not name people: auto > 1."
        )
    if pack.measured and not pack.ask < pack.auto <= 1:
        raise PackDataWrong(f"{where}: ask must be below auto, and auto at most 1.")


def _read_all() -> dict[str, Pack]:
    packs = [read_pack(path) for path in sorted(_FOLDER.glob("*.toml"))]
    # The one that is there without a download comes first on every page.
    packs.sort(key=lambda pack: (bool(pack.downloads), pack.download_bytes))
    return {pack.name: pack for pack in packs}


BY_NAME: Mapping[str, Pack] = MappingProxyType(_read_all())
BUNDLED = BY_NAME["bundled"]

# What a fresh installation finds and recognises faces with.
DETECTOR_FILE, RECOGNISER_FILE = (
    file for file in (BUNDLED.detector_file, BUNDLED.recogniser_file) if isinstance(file, ModelFile)
)
