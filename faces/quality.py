"""How well a face can be recognised, from its picture alone: the recognition model is not needed.

The quality says how much is left of the likeness that a good picture of the same person would have. It
starts at 1 and loses what blur, noise, pose, an unsure detector and a covered lower half were measured
to cost (docs/models.md, "Quality"); a small face keeps a part of the rest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faces.packs import Pack

# Fewer pixels across than NARROW are taken with caution however sharp they are; at NONE nothing is
# left. 20 pixels keep a half at most, which is below what any pack founds a group on.
NONE, NARROW = 8.0, 32.0
# What of an aligned face (112 pixels square) is looked at: without the corners, where others may be.
FACE = (slice(16, 104), slice(16, 96))
# Eyes to nose, and mouth to chin.
UPPER = (slice(44, 70), slice(36, 76))
LOWER = (slice(74, 106), slice(34, 78))
# Black and white pictures are compared as they are; this keeps noise in the dark from being a colour.
DARK = 8.0
# A flat face's contrast, in grey levels: less of it does not make blur look sharp.
LEAST_CONTRAST = 12.0
LUMA = np.asarray((0.299, 0.587, 0.114), dtype=np.float32)
DIRECTIONS = np.linspace(0.0, np.pi, 8, endpoint=False)
_SMOOTH = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


@dataclass(frozen=True, slots=True)
class Signals:
    """What an aligned face shows of how it was taken.

    sharpness: logarithm of the variance of the second derivative, in the direction where it is
        least (so that motion shows), of the smoothed grey face, against its contrast.
    noise: logarithm of the median step between neighbouring pixels, in grey levels.
    colour: how differently mouth and chin are coloured from eyes and nose, in hundredths.
    tone: logarithm of how much lighter or darker they are.
    """

    sharpness: float
    noise: float
    colour: float
    tone: float


# The end of what costs nothing, what a unit beyond costs, and the most that is counted: fitted by
# non-negative least squares to the measured loss of likeness; tests/bench/test_face_quality.py.
SHARP, SOFT_COSTS = -5.5, 0.114
CALM, NOISE_COSTS = 3.0, 0.129
SURE, UNSURE_COSTS = 0.88, 0.822
ONE_TONE, TONE_COSTS, MOST_TONE = 0.1, 0.236, 0.7
ONE_COLOUR, COLOUR_COSTS, MOST_COLOUR = 2.5, 0.0115, 12.0
# Read off the undisturbed pictures: up to here pose costs nothing, beyond it few faces were there.
HALF_TURNED, TURN_COSTS = 0.35, 0.4
LIFTED, LIFT_COSTS = 0.4, 1.0
# A profile: both end here, at a loss of about a half.
MOST_POSE = 1.5


def face_quality(
    *,
    width: float,
    confidence: float,
    landmarks: NDArray[np.float32],
    aligned: NDArray[np.uint8],
) -> float:
    """The quality of a face, 0..1.

    width: of the box, in pixels of the picture that was looked at.
    confidence: the detector's, 0..1.
    landmarks: (5, 2) pixels.
    aligned: (112, 112, 3) RGB, aligned to the ArcFace five-point reference.
    """
    left = likeness_left(confidence=confidence, landmarks=landmarks, signals=signals_of(aligned))
    return left * _between(width, NONE, NARROW)


def trusted_quality(quality: float, *, on_picture: bool, pack: Pack) -> float:
    """How far a face may be trusted: of a picture of somebody just enough to be asked about.

    Below what is matched without asking, makes a template or founds a group, with every pack.
    """
    return min(quality, pack.embed_quality) if on_picture else quality


def likeness_left(*, confidence: float, landmarks: NDArray[np.float32], signals: Signals) -> float:
    """The part of a good picture's likeness that is left, 0..1; arguments as of `face_quality`."""
    lost = (
        SOFT_COSTS * max(SHARP - signals.sharpness, 0.0)
        + NOISE_COSTS * max(signals.noise - CALM, 0.0)
        + UNSURE_COSTS * max(SURE - confidence, 0.0)
        + TONE_COSTS * min(max(signals.tone - ONE_TONE, 0.0), MOST_TONE)
        + COLOUR_COSTS * min(max(signals.colour - ONE_COLOUR, 0.0), MOST_COLOUR)
        + TURN_COSTS * max(turned(landmarks) - HALF_TURNED, 0.0)
        + LIFT_COSTS * max(LIFTED - lifted(landmarks), 0.0)
    )
    return max(1.0 - lost, 0.0)


def signals_of(aligned: NDArray[np.uint8]) -> Signals:
    """The signals of an aligned face, (112, 112, 3) RGB."""
    pixels = aligned.astype(np.float32)
    grey = (pixels @ LUMA)[FACE]
    contrast = max(float(grey.std()), LEAST_CONTRAST)
    upper = pixels[UPPER].reshape(-1, 3).mean(0)
    lower = pixels[LOWER].reshape(-1, 3).mean(0)
    colours = _colour(upper) - _colour(lower)
    return Signals(
        sharpness=float(np.log(_least_curvature(_smooth(grey)) + 0.01) - 2 * np.log(contrast)),
        noise=float(np.log(np.median(np.abs(_laplacian(grey))) + 0.3)),
        colour=100 * float(np.hypot(colours[0], colours[2])),
        tone=abs(float(np.log((upper.mean() + DARK) / (lower.mean() + DARK)))),
    )


def turned(landmarks: NDArray[np.float32]) -> float:
    """How far the nose lies from the middle between the eyes, in distances of the eyes: 0, to the side.

    landmarks: (5, 2) pixels; left eye, right eye, nose, left and right mouth corner as the viewer
    sees them. Measured along the line between the eyes, so a tilted head is not a turned one. A
    profile, where the eyes fall together, is at MOST_POSE.
    """
    across = landmarks[1] - landmarks[0]
    return min(abs(_along(landmarks[2] - landmarks[0], across) - 0.5), MOST_POSE)


def lifted(landmarks: NDArray[np.float32]) -> float:
    """Where the nose is on the way from the eyes (0) to the mouth (1): less in a lifted face."""
    eyes = landmarks[:2].mean(0)
    return min(max(_along(landmarks[2] - eyes, landmarks[3:].mean(0) - eyes), 0.0), 1.0)


def _along(point: NDArray[np.float32], line: NDArray[np.float32]) -> float:
    """How far along a line a point lies, in lengths of the line; far beyond where there is no line."""
    square = float(np.dot(line, line))
    return float(np.dot(point, line)) / square if square >= 1.0 else MOST_POSE + 0.5


def _smooth(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Smoothed by the binomial of five, so that noise is not taken for sharpness; 4 pixels less."""
    rows, columns = grey.shape
    down = np.zeros((rows - 4, columns), dtype=np.float32)
    for at, part in enumerate(_SMOOTH):
        down += part * grey[at : rows - 4 + at]
    across = np.zeros((rows - 4, columns - 4), dtype=np.float32)
    for at, part in enumerate(_SMOOTH):
        across += part * down[:, at : columns - 4 + at]
    return across


def _least_curvature(grey: NDArray[np.float32]) -> float:
    """Variance of the second derivative in the direction where it is least: along the motion."""
    middle = 2 * grey[1:-1, 1:-1]
    xx = grey[1:-1, 2:] - middle + grey[1:-1, :-2]
    yy = grey[2:, 1:-1] - middle + grey[:-2, 1:-1]
    xy = (grey[2:, 2:] - grey[2:, :-2] - grey[:-2, 2:] + grey[:-2, :-2]) / 4
    # The variance of a weighted sum, from how the three vary together: once for all directions.
    together = np.cov(np.stack([xx.ravel(), yy.ravel(), xy.ravel()]), bias=True)
    parts = np.stack(
        [np.cos(DIRECTIONS) ** 2, np.sin(DIRECTIONS) ** 2, np.sin(2 * DIRECTIONS)], axis=1
    )
    return float(np.einsum("di,ij,dj->d", parts, together, parts).min())


def _laplacian(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return np.asarray(around - 4 * grey[1:-1, 1:-1], dtype=np.float32)


def _colour(mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Parts of red, green and blue: the same in light and in shade."""
    return np.asarray((mean + DARK / 2) / (mean + DARK / 2).sum(), dtype=np.float32)


def _between(value: float, low: float, high: float) -> float:
    """0 at `low` and below, 1 at `high` and above."""
    return float(min(max((value - low) / (high - low), 0.0), 1.0))
