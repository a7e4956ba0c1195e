"""Small makers of what the composer gets."""

from datetime import date
from typing import Any

from photolib.describe.boxes import Box
from photolib.describe.models import FactKind
from photolib.describe.view import Name, PhotoView, SeenFace, SeenOwn, SeenText, SeenThing
from photolib.library.models import TakenSource

ANNA = Name("Anna", sure=True)
BEN = Name("Ben", sure=False)
WHOLE = Box(0.4, 0.5, 0.3, 0.3)
SMALL = Box(0.1, 0.1, 0.1, 0.1)
NOWHERE: dict[str, Any] = {"town": "", "region": "", "country": ""}


def view(**more: Any) -> PhotoView:
    """A photo of Lyon, 6 July 2024, with what the test adds."""
    values: dict[str, Any] = {
        "taken_on": date(2024, 7, 6),
        "taken_source": TakenSource.EXIF,
        "town": "Lyon",
        "region": "Auvergne-Rhône-Alpes",
        "country": "FR",
    }
    return PhotoView(**(values | more))


def face(left: float, name: Name | None = None, confidence: float = 0.9) -> SeenFace:
    return SeenFace(Box(left, 0.2, 0.1, 0.15), confidence, "scrfd", name)


def body(left: float, confidence: float = 0.9) -> SeenThing:
    """The body below face(left)."""
    return SeenThing("person", confidence, "ssd", Box(left - 0.05, 0.15, 0.2, 0.7))


def thing(label: str, confidence: float = 0.9, box: Box | None = WHOLE) -> SeenThing:
    return SeenThing(label, confidence, "ssd", box)


def scene(label: str, confidence: float = 0.9) -> SeenThing:
    """What the whole picture shows, without a box: never asserted, whatever its score."""
    return SeenThing(label, confidence, "efficientnet", kind=FactKind.SCENE)


def sign(kind: FactKind, label: str, confidence: float = 0.98) -> SeenThing:
    return SeenThing(label, confidence, "seer", kind=kind)


def posture(left: float, label: str, confidence: float = 0.95) -> SeenThing:
    """How the body(left) is held."""
    return SeenThing(label, confidence, "movenet", body(left).box, kind=FactKind.POSTURE)


def smile(left: float, confidence: float = 0.95) -> SeenThing:
    """The smile of face(left)."""
    return SeenThing("smiling", confidence, "mouth", face(left).box, kind=FactKind.SMILE)


def text(
    words: str, language: str = "fr", confidence: float = 0.95, box: Box | None = WHOLE
) -> SeenText:
    """Words in the picture; WHOLE is large."""
    label = "text" if words else "unread_text"
    at = SeenThing(label, confidence, "rapidocr", box, kind=FactKind.TEXT)
    return SeenText(text=words, language=language, at=at)


def named(name: str, confidence: float = 0.95, box: Box | None = WHOLE) -> SeenText:
    """A name that can be read."""
    at = SeenThing("name", confidence, "rapidocr", box, kind=FactKind.NAME)
    return SeenText(text=name, language="", at=at)


def own(name: str, confidence: float = 1.0, box: Box | None = WHOLE) -> SeenOwn:
    return SeenOwn(name=name, at=SeenThing("7", confidence, "own", box, kind=FactKind.OWN))


FAMILY: dict[str, Any] = {
    "faces": (face(0.1, ANNA), face(0.4, BEN), face(0.7)),
    "things": (body(0.1), body(0.4), thing("dog"), thing("table", 0.8), thing("cup"), thing("cup")),
}
