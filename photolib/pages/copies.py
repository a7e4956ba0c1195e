"""Photos that leave with their description: inside a copy, or in a sidecar beside the original."""

from collections.abc import Iterator
from dataclasses import dataclass

from photolib.accounts.models import User
from photolib.core.embedding import NotEmbeddable, embed
from photolib.core.formats import FORMATS
from photolib.core.sendfile import safe_name
from photolib.describe.sidecars import sidecars_for
from photolib.library.models import Photo
from photolib.library.storage import original_path
from photolib.pages.archive import stream_zip

SIDECAR_TYPE = "application/rdf+xml"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be downloaded. It is made for one download, and kept nowhere."""

    name: str
    mime: str
    content: bytes | Iterator[bytes]


def sidecar_of(photo: Photo, viewer: User) -> bytes:
    """The photo's XMP, as describe.sidecars has it for this viewer."""
    return sidecars_for([photo], viewer)[photo.pk]


def described_copy(photo: Photo, viewer: User) -> Copy:
    """A copy of the photo with its description in it.

    Where nothing can be written into it (HEIC, AVIF, GIF, damaged notes), a zip of the original and the
    sidecar. Raises FileNotFoundError where the original is gone.
    """
    packet = sidecar_of(photo, viewer)
    path = original_path(photo.original)
    kind = FORMATS[photo.original.format]
    name = safe_name(photo.original_name, suffix=kind.suffix)
    try:
        content = embed(path, format=photo.original.format, packet=packet)
    except NotEmbeddable:
        files = stream_zip([(name, path), (f"{name}.xmp", packet)])
        return Copy(f"{name}.zip", "application/zip", files)
    return Copy(name, kind.mime, content)
