"""Named faces as the Metadata Working Group writes them (mwg-rs:Regions), for those who may be named."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from photolib.consent.queries import Sighting
from photolib.core.xmp_writing import full_name, writable
from photolib.library.models import Photo

UPRIGHT = 1


def regions_of(photo: Photo, seen: Sequence[Sighting]) -> list[Element]:
    """The property with one region for each of `seen` that has a box; nothing where none has.

    Nothing either for a picture that is stored lying on its side: programs do not agree there on which way
    up a box is meant, and a name on the wrong face is worse than none.
    """
    boxed = [one for one in seen if one.left is not None]
    if not boxed or photo.orientation != UPRIGHT:
        return []
    regions = Element(full_name("mwg-rs:Regions"), _resource())
    applied = {"stDim:w": photo.width, "stDim:h": photo.height, "stDim:unit": "pixel"}
    SubElement(regions, full_name("mwg-rs:AppliedToDimensions"), _attributes(applied))
    listed = SubElement(regions, full_name("mwg-rs:RegionList"))
    faces = SubElement(listed, full_name("rdf:Bag"))
    for one in boxed:
        _add_face(faces, one)
    return [regions]


def _add_face(faces: Element, seen: Sighting) -> None:
    left, top = seen.left or 0.0, seen.top or 0.0
    width, height = seen.width or 0.0, seen.height or 0.0
    face = SubElement(faces, full_name("rdf:li"), _resource())
    SubElement(face, full_name("mwg-rs:Name")).text = writable(seen.name)
    SubElement(face, full_name("mwg-rs:Type")).text = "Face"
    # The middle of the box, in fractions of the picture.
    area = {
        "stArea:x": f"{left + width / 2:.6f}",
        "stArea:y": f"{top + height / 2:.6f}",
        "stArea:w": f"{width:.6f}",
        "stArea:h": f"{height:.6f}",
        "stArea:unit": "normalized",
    }
    SubElement(face, full_name("mwg-rs:Area"), _attributes(area))


def _resource() -> dict[str, str]:
    return {full_name("rdf:parseType"): "Resource"}


def _attributes(values: Mapping[str, object]) -> dict[str, str]:
    return {full_name(name): str(value) for name, value in values.items()}
