"""Small makers of rows that the analysers would write."""

from typing import Any

from photolib.describe.models import Fact, FactKind
from photolib.library.models import Photo
from photolib.people.models import FaceRegion


def fact_row(photo: Photo, label: str, *, confidence: float = 0.9, **fields: Any) -> Fact:
    values: dict[str, Any] = {
        "left": 0.4, "top": 0.5, "width": 0.3, "height": 0.3,
        "step": "find_objects", "model": "ssd-mobilenet-v2", "version": "1",
    }  # fmt: skip
    values["kind"] = FactKind.OBJECT
    return Fact.objects.create(photo=photo, label=label, confidence=confidence, **(values | fields))


def face_row(photo: Photo, left: float, **fields: Any) -> FaceRegion:
    values: dict[str, Any] = {
        "top": 0.2, "width": 0.1, "height": 0.15, "detector": "scrfd", "confidence": 0.9,
    }  # fmt: skip
    return FaceRegion.objects.create(photo=photo, left=left, **(values | fields))
