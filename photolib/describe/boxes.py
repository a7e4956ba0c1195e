"""Boxes in fractions (0..1) of the upright picture, and how they lie to each other."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; left and top are its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def side(self) -> float:
        """The side of a square that is as large, 0..1."""
        return sqrt(self.area)

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def holds(self, point: tuple[float, float]) -> bool:
        across, down = point
        return (
            self.left <= across <= self.left + self.width
            and self.top <= down <= self.top + self.height
        )

    def shared_area(self, other: "Box") -> float:
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        if across <= 0:
            return 0.0
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return across * down if down > 0 else 0.0

    def overlap(self, other: "Box") -> float:
        """Intersection over union, 0..1."""
        shared = self.shared_area(other)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0

    def part_inside(self, other: "Box") -> float:
        """How much of this box lies in the other one, 0..1."""
        return self.shared_area(other) / self.area if self.area > 0 else 0.0
