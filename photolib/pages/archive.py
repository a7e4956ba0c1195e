"""A zip of many originals, made while it is being sent: no second copy on the disk."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK = 1024 * 1024


class _Outbox:
    """A file that can only be written to; zipfile then needs no way back."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        data = b"".join(self._waiting)
        self._waiting.clear()
        return data


def stream_zip(files: Iterable[tuple[str, Path | bytes]]) -> Iterator[bytes]:
    """The bytes of a zip of (name inside, file or its content), uncompressed: photos are already.

    A file that went away meanwhile is left out. Two of one name become "a.jpg" and "a (2).jpg".
    """
    outbox = _Outbox()
    used: set[str] = set()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # a stream without seek is allowed
        for name, path in files:
            if isinstance(path, bytes):
                archive.writestr(_free_name(name, used), path)
                yield outbox.take()
                continue
            if not path.is_file():
                continue
            entry = zipfile.ZipInfo.from_file(path, _free_name(name, used), strict_timestamps=False)
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
                    yield outbox.take()
    yield outbox.take()


def _free_name(name: str, used: set[str]) -> str:
    """A name that no other entry has, without any folder: unpacking must not write elsewhere."""
    plain = Path(name.replace("\\", "/")).name.strip(". ") or "photo"
    stem, suffix = Path(plain).stem, Path(plain).suffix
    free, number = plain, 1
    while free.casefold() in used:
        number += 1
        free = f"{stem} ({number}){suffix}"
    used.add(free.casefold())
    return free
