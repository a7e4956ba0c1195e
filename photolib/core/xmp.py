"""XMP, the notes that programs keep inside pictures and beside them: a packet's simple properties and
its texts by language, no more. (core.xmp_writing writes them.)"""

from dataclasses import dataclass, field
from xml.parsers import expat

MAX_BYTES = 4_000_000
# Properties lie half a dozen elements deep, regions a dozen. What is deeper was made to hurt a reader.
MAX_DEPTH = 60
MAX_LANGUAGES = 50

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
# photolib's own properties: who says what stands in the texts (docs/descriptions.md, "In and out").
PHOTOLIB = "urn:photolib:xmp:1#"
# The spelling of names here, and of prefixes in what is written.
NAMESPACES = {
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "photolib": PHOTOLIB,
}
_SHORT = {space: prefix for prefix, space in NAMESPACES.items()}
_LANGUAGE = f"{XML} lang"
_NO_LANGUAGE = "x-default"


class _Forbidden(Exception):
    """A document type, an entity, a bottomless depth: XMP has none, and all are ways to attack a reader."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What could be read of a packet; names are short, such as dc:description.

    values: of lists the first value.
    texts: of properties with alternatives in several languages, each text by its language, in the
        spelling of the packet but small letters; "" is the one for everybody (x-default).
    """

    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    def text(self, name: str) -> dict[str, str]:
        """The property's texts by language, also where a program wrote it without any language."""
        if name in self.texts:
            return self.texts[name]
        return {"": self.values[name]} if name in self.values else {}


@dataclass
class _Collector:
    packet: Packet = field(default_factory=Packet)
    path: list[str] = field(default_factory=list)
    languages: list[str | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= MAX_DEPTH:
            raise _Forbidden
        self.path.append(name)
        self.languages.append(attributes.get(_LANGUAGE))
        self.text.clear()
        for attribute, value in attributes.items():
            self._keep(attribute, value)

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        # The value of a list stands in rdf:li, inside the property it belongs to.
        owner = next((part for part in reversed(self.path) if not part.startswith(RDF)), "")
        self._keep(owner, "".join(self.text), self.languages[-1])
        self.path.pop()
        self.languages.pop()
        self.text.clear()

    def _keep(self, name: str, value: str, language: str | None = None) -> None:
        space, _blank, local = name.rpartition(" ")
        short = _SHORT.get(space)
        if not short or not value.strip():
            return
        known_as = f"{short}:{local}"
        self.packet.values.setdefault(known_as, value.strip())
        if language is not None:
            said = "" if language.lower() == _NO_LANGUAGE else language.lower()
            texts = self.packet.texts.setdefault(known_as, {})
            if len(texts) < MAX_LANGUAGES:
                texts.setdefault(said, value.strip())


def read_packet(packet: bytes | str | None) -> Packet:
    """What a packet says. Empty for none, and what could be read of a damaged one."""
    return _read(packet)[0]


def is_sound(packet: bytes) -> bool:
    """Whether the packet can be read to its end and has nothing in it that is refused."""
    return len(packet) <= MAX_BYTES and _read(packet)[1]


def read_xmp(packet: bytes | str | None) -> dict[str, str]:
    """The packet's simple values alone."""
    return read_packet(packet).values


def _read(packet: bytes | str | None) -> tuple[Packet, bool]:
    """What it says, and whether that is all of it."""
    if not packet:
        return Packet(), False
    content = packet.encode() if isinstance(packet, str) else packet
    collector = _Collector()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content.rstrip(b"\0")[:MAX_BYTES], True)
    except _Forbidden:
        return Packet(), False
    except (expat.ExpatError, ValueError):
        # Cut or damaged: what came before it is as good as any.
        return collector.packet, False
    return collector.packet, True


def _refuse(*_what: object) -> None:
    raise _Forbidden
