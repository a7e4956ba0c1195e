"""The places in which an embedding could have been left, and their bytes, piece by piece."""

import logging
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

# Read at once, and how much of the piece before is looked at again with each.
PIECE = 8 * 1024 * 1024
OVERLAP = 64 * 1024
_ROWS = 500
# Where Python's zlib begins a stream.
_ZLIB = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_LARGEST_PACKED = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes, and where they lie, for the report."""

    where: str
    data: bytes


@dataclass(slots=True)
class Places:
    """Everything that is searched. searched and skipped fill while the pieces are read."""

    also: tuple[Path, ...] = ()
    leave_out: tuple[Path, ...] = ()
    searched: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def pieces(self) -> Iterator[Piece]:
        """Every place after the other; a file that is in two of them is read once."""
        for path in self.leave_out:
            status = path.stat()
            self._seen.add((status.st_dev, status.st_ino))
        yield from self._rows()
        yield from self._database_files()
        yield from self._caches()
        yield from self._logs()
        yield from self._folder("data folder", settings.PHOTOLIB_DATA)
        yield from self._folder("keystore", settings.PHOTOLIB_KEYSTORE)
        yield from self._temporary_files()
        for path in self.also:
            yield from self._folder("also", path)
        self.skipped += [
            "memory of running processes (indexes there are dropped within a minute)",
            "what is inside compressed or encrypted files, but caches",
            "other machines, and backups that were not named with --also",
        ]

    def _rows(self) -> Iterator[Piece]:
        with connection.cursor() as cursor:
            tables = sorted(connection.introspection.table_names(cursor))
        for table in tables:
            kind = "queue" if table.startswith("django_q_") else "database rows"
            self.searched.append(f"{kind}: {table}")
            yield from _table(table, f"{kind}: {table}")

    def _database_files(self) -> Iterator[Piece]:
        if connection.vendor != "sqlite":
            self.skipped.append(
                "the database server's own files and its write-ahead log: ask its administrator"
            )
            return
        file = str(connection.settings_dict["NAME"])
        if not Path(file).exists():
            self.skipped.append("the database's file: this database is held in memory")
            return
        for suffix in ("", "-wal", "-journal", "-shm"):
            path = Path(file + suffix)
            if path.exists():
                self.searched.append(f"database file: {path}")
                yield from self._file(path, f"database file: {path}")

    def _caches(self) -> Iterator[Piece]:
        for name, cache in sorted(settings.CACHES.items()):
            backend, place = cache.get("BACKEND", ""), cache.get("LOCATION", "")
            if "filebased" in backend:
                yield from self._folder(f"cache {name}", Path(place), packed=True)
            elif "locmem" in backend or "dummy" in backend:
                self.skipped.append(f"cache {name}: in the memory of each process, never on disk")
            elif "db.DatabaseCache" not in backend:
                self.skipped.append(f"cache {name}: on a server of its own ({backend})")

    def _logs(self) -> Iterator[Piece]:
        files = sorted(_log_files())
        if not files:
            self.skipped.append(
                "logs: they go to the console; name the folder that keeps them with --also"
            )
        for path in files:
            self.searched.append(f"log: {path}")
            yield from self._file(path, f"log: {path}")

    def _temporary_files(self) -> Iterator[Piece]:
        kind, folder = "temporary files", Path(tempfile.gettempdir())
        self.searched.append(f"{kind}: {folder} (names that begin with tmp or photolib)")
        for path in sorted(filter(_is_ours, folder.iterdir())):
            yield from self._file(path, f"{kind}: {path}")
        if settings.FILE_UPLOAD_TEMP_DIR:
            yield from self._folder(kind, Path(settings.FILE_UPLOAD_TEMP_DIR))

    def _folder(self, kind: str, folder: Path, *, packed: bool = False) -> Iterator[Piece]:
        if folder.is_file():
            self.searched.append(f"{kind}: {folder}")
            yield from self._file(folder, f"{kind}: {folder}", packed=packed)
            return
        if not folder.is_dir():
            self.skipped.append(f"{kind}: {folder} is not there")
            return
        self.searched.append(f"{kind}: {folder}")
        for path in sorted(folder.rglob("*")):
            yield from self._file(path, f"{kind}: {path}", packed=packed)

    def _file(self, path: Path, where: str, *, packed: bool = False) -> Iterator[Piece]:
        try:
            status = path.stat()
            if not path.is_file() or (status.st_dev, status.st_ino) in self._seen:
                return
            self._seen.add((status.st_dev, status.st_ino))
            for data in _read(path):
                yield Piece(where, data)
                if packed:
                    yield from (Piece(where, plain) for plain in _unpacked(data))
        except OSError as error:
            self.skipped.append(f"{where} ({error.strerror})")


def _read(path: Path) -> Iterator[bytes]:
    """The file in pieces, each beginning with the end of the one before."""
    with path.open("rb") as file:
        tail = b""
        while piece := file.read(PIECE):
            yield tail + piece
            tail = (tail + piece)[-OVERLAP:]


def _table(table: str, where: str) -> Iterator[Piece]:
    """All columns of all rows, some hundred rows at a time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  from the database itself
        while rows := cursor.fetchmany(_ROWS):
            # Bytes that are in no text and no vector keep the values apart.
            yield Piece(where, b"\xff\x00\xff\x00".join(_values(rows)))


def _values(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    for row in rows:
        for value in row:
            if isinstance(value, bytes | memoryview):
                yield bytes(value)
            elif isinstance(value, dict | list | str):
                yield str(value).encode()


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What zlib streams in these bytes hold; Django's file cache packs everything."""
    for mark in _ZLIB:
        start = data.find(mark)
        while start >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[start:], _LARGEST_PACKED)
            start = data.find(mark, start + 1)


def _log_files() -> set[Path]:
    """The files that this program's loggers write to."""
    names: list[str | None] = [None, *logging.root.manager.loggerDict]
    return {
        Path(handler.baseFilename)
        for name in names
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, logging.FileHandler) and Path(handler.baseFilename).exists()
    }


def _is_ours(path: Path) -> bool:
    """A file that this account's programs left in the temporary folder under Python's names, or ours.

    What other programs keep there in folders of their own is not photolib's.
    """
    return path.name.startswith(("tmp", "photolib")) and path.is_file() and _is_own(path)


def _is_own(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.getuid() and not path.is_symlink()
    except OSError:
        return False
