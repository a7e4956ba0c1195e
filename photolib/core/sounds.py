"""The sound formats that voice memos may have, told by their first bytes alone. Nothing is decoded here."""

from dataclasses import dataclass

from photolib.core.formats import sniff as sniff_picture


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound format: the suffix of its files, and the media type it is sent with."""

    suffix: str
    mime: str


SOUNDS: dict[str, Sound] = {
    "webm": Sound("webm", "audio/webm"),
    "ogg": Sound("ogg", "audio/ogg"),
    "m4a": Sound("m4a", "audio/mp4"),
    "mp3": Sound("mp3", "audio/mpeg"),
    "wav": Sound("wav", "audio/wav"),
}


def sniff_sound(head: bytes) -> str | None:
    """The key of SOUNDS that these first bytes (12 are enough) belong to, or None."""
    if sniff_picture(head) is not None:
        return None
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "m4a"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    return "mp3" if head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")) else None
