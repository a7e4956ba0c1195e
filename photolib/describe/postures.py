"""From joints to a posture: how a body lies, told by angles alone; in doubt nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, degrees, hypot

from photolib.describe.movenet import Joint, Spot
from photolib.describe.vocabulary.signs import Posture

# A joint below this score is not seen. docs/models.md says how this and the angles were chosen.
SEEN_FROM = 0.4
# Degrees from hanging straight down (0), over level (90), to straight up (180).
STANDING_TRUNK = 30
STANDING_THIGH = 35
STANDING_SHIN = 70
SITTING_TRUNK = 40
SITTING_THIGH = (45, 135)
SITTING_SHIN = 45
LYING = (65, 115)

_SIDES = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
)


@dataclass(frozen=True, slots=True)
class HeldAs:
    """A posture; the score, 0..1, of the least seen joint that tells it; hip and knee of that side."""

    posture: Posture
    confidence: float
    hip: Spot
    knee: Spot


def posture_of(joints: Mapping[Joint, Spot]) -> HeldAs | None:
    """How somebody holds themselves; None in doubt, and where the two sides of the body disagree.

    Standing: trunk and thigh hang down, and the shin is not level. Sitting: the trunk is upright, the
    thigh is not, and the shin hangs down. Lying: trunk, thigh and shin are level. What is in between
    (kneeling, crouching, jumping) is no posture of ours.
    """
    seen: list[HeldAs | None] = []
    for side in _SIDES:
        shoulder, hip, knee, ankle = (joints[joint] for joint in side)
        least = min(spot.confidence for spot in (shoulder, hip, knee))
        if least >= SEEN_FROM:
            posture = _held(shoulder, hip, knee, ankle)
            seen.append(HeldAs(posture, least, hip, knee) if posture else None)
    sides = [one for one in seen if one is not None]
    if not sides or len(sides) < len(seen) or len({one.posture for one in sides}) > 1:
        return None
    return max(sides, key=lambda one: one.confidence)


def _held(shoulder: Spot, hip: Spot, knee: Spot, ankle: Spot) -> Posture | None:
    trunk, thigh = _angle(shoulder, hip), _angle(hip, knee)
    feet_seen, shin = ankle.confidence >= SEEN_FROM, _angle(knee, ankle)
    if trunk <= STANDING_TRUNK and thigh <= STANDING_THIGH:
        # Who kneels holds trunk and thighs as if standing.
        return None if feet_seen and shin > STANDING_SHIN else Posture.STANDING
    if not feet_seen:
        return None
    if trunk <= SITTING_TRUNK and _within(thigh, SITTING_THIGH) and shin <= SITTING_SHIN:
        return Posture.SITTING
    if all(_within(angle, LYING) for angle in (trunk, thigh, shin)):
        return Posture.LYING
    return None


def _within(angle: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= angle <= limits[1]


def _angle(upper: Spot, lower: Spot) -> float:
    """Degrees, 0..180, between the line from the one joint to the other and straight down."""
    across, down = lower.across - upper.across, lower.down - upper.down
    return degrees(atan2(abs(across), down)) if hypot(across, down) else 90.0
