"""Writing XMP: a packet of our own, or one that takes over what stood in the picture's.

Everything goes through an XML writer; no text is pasted between tags.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET

from photolib.core.xmp import NAMESPACES, RDF, XML, is_sound

META = "adobe:ns:meta/"
OTHER_NAMESPACES = {
    "rdf": RDF,
    "x": META,
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "MP": "http://ns.microsoft.com/photo/1.2/",
}
_SPACES = NAMESPACES | OTHER_NAMESPACES
# What XML 1.0 has no way to write, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="w"?>'
_RESERVED_PREFIX = re.compile(r"ns\d+")

for _prefix, _space in _SPACES.items():
    ET.register_namespace(_prefix, _space)


def full_name(short: str) -> str:
    """dc:title as ElementTree knows it. Raises KeyError for a prefix that is not known here."""
    prefix, _colon, local = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def simple(name: str, value: str) -> ET.Element:
    """A property with one plain value."""
    element = ET.Element(full_name(name))
    element.text = writable(value)
    return element


def alternatives(name: str, texts: Mapping[str, str]) -> ET.Element:
    """A property with a text for each language, the one for everybody ("", x-default) first."""
    element = ET.Element(full_name(name))
    alt = ET.SubElement(element, full_name("rdf:Alt"))
    for language in sorted(texts, key=lambda said: said != ""):
        item = ET.SubElement(alt, full_name("rdf:li"), {f"{{{XML}}}lang": language or "x-default"})
        item.text = writable(texts[language])
    return element


def bag(name: str, values: Iterable[str]) -> ET.Element:
    """A property with several values in no order."""
    element = ET.Element(full_name(name))
    items = ET.SubElement(element, full_name("rdf:Bag"))
    for value in values:
        ET.SubElement(items, full_name("rdf:li")).text = writable(value)
    return element


def writable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def packet_of(properties: Iterable[ET.Element]) -> bytes:
    """A whole packet, UTF-8, with these properties and nothing else."""
    return _wrapped(_empty(), properties)


def packet_over(existing: bytes, ours: bytes, *, without: Collection[str]) -> bytes:
    """The existing packet without the properties called `without`, and with those of packet_of.

    Raises ValueError for one that cannot be read whole, or holds what core.xmp refuses: what stands there
    would be lost. Parsing strangers' XML into a tree belongs into a process with limits (core.embedding).
    """
    content = existing.strip(b"\0 \r\n\t")
    if not content:
        return ours
    root = _tree_of(content)
    unwanted = {full_name(name) for name in without}
    for description in root.iter(full_name("rdf:Description")):
        for name in unwanted & set(description.attrib):
            del description.attrib[name]
        for child in [child for child in description if child.tag in unwanted]:
            description.remove(child)
    own = ET.fromstring(ours).find(f".//{full_name('rdf:Description')}")  # noqa: S314  our own
    return _wrapped(root, [] if own is None else list(own))


def _tree_of(content: bytes) -> ET.Element:
    # The careful reader first: document types, entities and bottomless depths come no further.
    if not is_sound(content):
        raise ValueError("the picture's own notes cannot be read")
    # The prefixes people know stay as they are.
    for _event, (prefix, space) in ET.iterparse(BytesIO(content), events=("start-ns",)):  # noqa: S314  looked at
        if prefix and prefix not in _SPACES and not _RESERVED_PREFIX.fullmatch(prefix):
            ET.register_namespace(prefix, space)
    return ET.fromstring(content)  # noqa: S314  looked at


def _rdf_of(root: ET.Element) -> ET.Element | None:
    name = full_name("rdf:RDF")
    return root if root.tag == name else root.find(f".//{name}")


def _empty() -> ET.Element:
    root = ET.Element(full_name("x:xmpmeta"))
    ET.SubElement(root, full_name("rdf:RDF"))
    return root


def _wrapped(root: ET.Element, properties: Iterable[ET.Element]) -> bytes:
    rdf = _rdf_of(root)
    if rdf is None:
        raise ValueError("the picture's own notes are no XMP")
    # All descriptions of a packet are about one thing: a second one would have to repeat its name.
    description = rdf.find(full_name("rdf:Description"))
    if description is None:
        about = {full_name("rdf:about"): ""}
        description = ET.SubElement(rdf, full_name("rdf:Description"), about)
    description.extend(properties)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return _BEGIN + written + _END
