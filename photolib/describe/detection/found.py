"""What is found in a picture: one thing, where, how sure."""

from dataclasses import dataclass

from photolib.describe.boxes import Box


@dataclass(frozen=True, slots=True)
class SeenObject:
    """One thing that was seen: our label id, its box in fractions 0..1, a score 0..1."""

    label: str
    box: Box
    confidence: float


def box_between(corners: tuple[float, float, float, float]) -> Box | None:
    """The box of left, top, right and bottom, cut off at the picture's edge; None if nothing is left."""
    left, top, right, bottom = (min(max(corner, 0.0), 1.0) for corner in corners)
    if right <= left or bottom <= top:
        return None
    return Box(left, top, right - left, bottom - top)


def mirrored(seen: list[SeenObject]) -> list[SeenObject]:
    """The same things where they are in the picture's mirror image."""
    return [
        SeenObject(
            one.label,
            Box(1.0 - one.box.left - one.box.width, one.box.top, one.box.width, one.box.height),
            one.confidence,
        )
        for one in seen
    ]
