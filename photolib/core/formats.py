"""The picture formats that are taken in, told by their first bytes alone.

Nothing is decoded here, so a web process may ask.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from photolib.core.errors import RefusedFile

# As many first bytes as `sniff` and `check_first_bytes` want to see; fewer are enough for most.
FIRST_BYTES = 512


@dataclass(frozen=True, slots=True)
class Format:
    """A picture format: the suffix of its files, its media type, and Pillow's names for it.

    Pillow's name of the only decoder that may open such a file comes first: no other one is tried.
    """

    suffix: str
    mime: str
    decoders: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "jpeg": Format("jpg", "image/jpeg", ("JPEG", "MPO")),
    "png": Format("png", "image/png", ("PNG",)),
    "webp": Format("webp", "image/webp", ("WEBP",)),
    "gif": Format("gif", "image/gif", ("GIF",)),
    "tiff": Format("tif", "image/tiff", ("TIFF",)),
    "heic": Format("heic", "image/heic", ("HEIF",)),
    "avif": Format("avif", "image/avif", ("AVIF",)),
}

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_CANON_RAW = b"CR"


def sniff(first_bytes: bytes) -> str | None:
    """The key of FORMATS that these first bytes of a file belong to, or None."""
    head = first_bytes[:FIRST_BYTES]
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:4] in {b"II*\0", b"MM\0*"}:
        return None if head[8:10] == _CANON_RAW else "tiff"
    return _sniff_boxes(head)


def _sniff_boxes(head: bytes) -> str | None:
    """HEIC and AVIF share a container whose first box lists the brands it can be read as."""
    if head[4:8] != b"ftyp":
        return None
    end = min(len(head), max(int.from_bytes(head[:4], "big"), 16))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else None


def check_first_bytes(first_bytes: bytes, *, name: str) -> str:
    """The key of FORMATS of the file called `name`.

    Raises RefusedFile with the code empty, unsupported or not_an_image.
    """
    if not first_bytes:
        raise RefusedFile(
            name, _("The file is empty: copy it again from the camera or phone."), code="empty"
        )
    found = sniff(first_bytes)
    if found is not None:
        return found
    if _is_raw(first_bytes):
        raise raw_file_refused(name)
    kind = _kind_of_others(first_bytes[:FIRST_BYTES])
    if kind is None:
        raise RefusedFile(
            name,
            _("This is not a picture. photolib takes JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF."),
            code="not_an_image",
        )
    raise RefusedFile(name, kind, code="unsupported")


def raw_file_refused(name: str) -> RefusedFile:
    """What to raise for a camera's RAW file."""
    return RefusedFile(
        name,
        _(
            "This is a camera's RAW file. photolib cannot read those yet, but will in a later "
            "version: until then, export the picture as JPEG or TIFF."
        ),
        code="unsupported",
    )


def _kind_of_others(head: bytes) -> str | None:
    """What to say about a file that is something, but nothing that is taken in today."""
    if _is_video(head):
        return _("This is a video. photolib takes pictures only for now; videos come later.")
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!")):
        return _("This is an archive: unpack it and bring in the pictures that are in it.")
    if head.startswith(b"%PDF"):
        return _("This is a PDF document: export its pages as pictures to bring them in.")
    if _is_other_picture(head):
        return _("photolib cannot read this picture format: export the picture as JPEG or PNG.")
    return None


def _is_raw(head: bytes) -> bool:
    return (
        head.startswith((b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"IIU\0", b"FOVb", b"\0MRM"))
        or (head[:4] in {b"II*\0", b"MM\0*"} and head[8:10] == _CANON_RAW)
        or (head[4:8] == b"ftyp" and head[8:12] == b"crx ")
    )


def _is_video(head: bytes) -> bool:
    return (
        head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}
        or head.startswith((b"\x1a\x45\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"FLV", b"OggS"))
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    )


def _is_other_picture(head: bytes) -> bool:
    return head.startswith(
        (
            b"BM", b"8BPS", b"\0\0\x01\0", b"\0\0\0\x0cjP  ", b"\0\0\0\x0cJXL ", b"\xff\x0a",
            b"\xff\x4f\xff\x51", b"icns", b"DDS ", b"BLP", b"%!PS", b"\x01\xda", b"II+\0", b"MM\0+",
        )
    )  # fmt: skip
