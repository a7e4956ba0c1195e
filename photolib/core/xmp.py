"""XMP, the notes that programs keep inside pictures: the simple properties of a packet, no more."""

from dataclasses import dataclass, field
from xml.parsers import expat

MAX_BYTES = 4_000_000
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SHORT = {
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://purl.org/dc/elements/1.1/": "dc",
}


class _Forbidden(Exception):
    """A document type or an entity: XMP has neither, and both are ways to attack a reader."""


@dataclass
class _Collector:
    """Values by short name, such as exif:DateTimeOriginal; of lists the first value."""

    values: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.text.clear()
        for attribute, value in attributes.items():
            self._keep(attribute, value)

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        # The value of a list stands in rdf:li, inside the property it belongs to.
        owner = next((part for part in reversed(self.path) if not part.startswith(_RDF)), "")
        self._keep(owner, "".join(self.text))
        self.path.pop()
        self.text.clear()

    def _keep(self, name: str, value: str) -> None:
        space, _blank, local = name.rpartition(" ")
        short = _SHORT.get(space)
        if short and value.strip():
            self.values.setdefault(f"{short}:{local}", value.strip())


def read_xmp(packet: bytes | str | None) -> dict[str, str]:
    """The packet's values by short name. Empty for none, and what could be read of a damaged one."""
    if not packet:
        return {}
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
        return {}
    except (expat.ExpatError, ValueError):
        # Cut or damaged: what came before it is as good as any.
        return collector.values
    return collector.values


def _refuse(*_what: object) -> None:
    raise _Forbidden
