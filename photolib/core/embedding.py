"""A copy of a picture with notes (XMP) written into it, made by a program of its own.

Strangers' bytes are never parsed in the web server's own process (core.embedding_program does it,
within limits). The original is only read, and the copy's pixels are the original's.
"""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings

from photolib.core.errors import PhotolibError

PROGRAM = "photolib.core.embedding_program"
# Keys of core.formats.FORMATS into which exiv2 can write.
WRITABLE = frozenset({"jpeg", "png", "webp", "tiff"})
# Larger copies would be held in memory too often: those get their notes in a file beside them.
MAX_BYTES = 100_000_000
SECONDS = 30

_turn = BoundedSemaphore(1)


class NotEmbeddable(PhotolibError):
    """This picture takes no notes: offer a sidecar beside it instead."""


def embed(path: Path, *, format: str, packet: bytes) -> bytes:
    """The picture at `path` with the properties of `packet` (core.xmp_writing.packet_of) in it.

    Other notes stay as they are, except those of embedding_program.LEFT_OUT. Raises NotEmbeddable for
    formats, sizes and damages that it cannot write into, FileNotFoundError where the original is gone.
    """
    if format not in WRITABLE or path.stat().st_size > MAX_BYTES:
        raise NotEmbeddable("no notes can be written into this kind of picture")
    command = [sys.executable, "-m", PROGRAM, str(path), str(SECONDS)]
    with _turn:
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter, module and original
                command,
                input=packet,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                cwd=settings.BASE_DIR,
            )
        except subprocess.TimeoutExpired as error:
            raise NotEmbeddable("writing the notes took too long") from error
    if done.returncode != 0:
        raise NotEmbeddable("the picture's own notes are damaged")
    return done.stdout
