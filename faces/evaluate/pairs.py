"""Pair files in the form of Labeled Faces in the Wild: same person or not?"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from faces.evaluate.pictures import check_is_for_tests
from photolib.core.errors import PhotolibError

# Folds that are cut where the file brings none.
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures "NAME/NAME_0001", without suffix; `same` where one person is in both."""

    one: str
    other: str
    same: bool
    fold: int

    def people(self) -> tuple[str, str]:
        return self.one.split("/")[0], self.other.split("/")[0]


@dataclass(frozen=True, slots=True)
class PairList:
    """The pairs, and how their folds came about: "file" or "cut"."""

    pairs: tuple[Pair, ...]
    folds: str


def read_pairs(path: Path) -> PairList:
    """Read a pair file.

    "NAME 1 2" is one person's pictures 1 and 2, "NAME 1 OTHER 2" are two people's. A first line of
    two numbers says how many folds there are and how many pairs of each kind in each; where it says
    one fold, or one number, or where there is none, FOLDS are cut: the pairs of each kind, in their
    order, in equal parts. Raises PhotolibError, naming the line.
    """
    try:
        lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise PhotolibError(
            _("{path} cannot be read as a list of pairs: {error}").format(path=path, error=error)
        ) from error
    header = [int(word) for word in lines[0]] if lines and _is_header(lines[0]) else []
    rows = lines[1:] if header else lines
    found = [_pair(words, path, at) for at, words in enumerate(rows, start=1 + bool(header))]
    if not {same for *_names, same in found} == {True, False}:
        raise PhotolibError(
            _("{path} must have pairs of one person and pairs of two.").format(path=path)
        )
    if len(header) == 2 and header[0] > 1:
        folds = _folds_of_file(header, len(found), path)
        return PairList(_with_folds(found, folds), "file")
    return PairList(_with_folds(found, _cut(found)), "cut")


def find_files(images: Path, pairs: PairList) -> dict[str, Path]:
    """The file of each picture that the pairs name. Raises PhotolibError for those that are missing."""
    check_is_for_tests(images)
    wanted = sorted({name for pair in pairs.pairs for name in (pair.one, pair.other)})
    files: dict[str, Path] = {}
    for folder in sorted({name.split("/")[0] for name in wanted}):
        if (images / folder).is_dir():
            files |= {f"{folder}/{file.stem}": file for file in sorted((images / folder).iterdir())}
    missing = [name for name in wanted if name not in files]
    if missing:
        raise PhotolibError(
            _("{count} pictures of the pairs are not in {path}, the first is {name}.").format(
                count=len(missing), path=images, name=missing[0]
            )
        )
    return {name: files[name] for name in wanted}


def _is_header(words: list[str]) -> bool:
    return len(words) <= 2 and all(word.isdecimal() for word in words)


def _pair(words: list[str], path: Path, line: int) -> tuple[str, str, bool]:
    """The two pictures, and whether they show one person."""
    names, numbers = words[0::2], words[1::2]
    if len(words) == 3:
        names, numbers = [words[0], words[0]], words[1:]
    if len(words) not in {3, 4} or not all(number.isdecimal() for number in numbers):
        raise PhotolibError(
            _(
                "{path}, line {line}: this is not a pair, such as “Anna 1 2” or “Anna 1 Ben 2”."
            ).format(path=path, line=line)
        )
    one, other = (
        f"{name}/{name}_{int(number):04}" for name, number in zip(names, numbers, strict=True)
    )
    return one, other, len(words) == 3


def _folds_of_file(header: list[int], count: int, path: Path) -> list[int]:
    folds, of_each_kind = header
    if count != folds * of_each_kind * 2:
        raise PhotolibError(
            _("{path} has {count} pairs, and its first line says {said}.").format(
                path=path, count=count, said=folds * of_each_kind * 2
            )
        )
    return [at // (of_each_kind * 2) for at in range(count)]


def _cut(found: list[tuple[str, str, bool]]) -> list[int]:
    """The fold of each pair: the pairs of each kind in FOLDS equal parts."""
    totals = {kind: sum(same is kind for *_names, same in found) for kind in (True, False)}
    seen = {True: 0, False: 0}
    folds = []
    for *_names, same in found:
        folds.append(seen[same] * FOLDS // totals[same])
        seen[same] += 1
    return folds


def _with_folds(found: list[tuple[str, str, bool]], folds: list[int]) -> tuple[Pair, ...]:
    return tuple(
        Pair(one, other, same, fold) for (one, other, same), fold in zip(found, folds, strict=True)
    )
