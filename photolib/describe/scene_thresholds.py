"""From which score something told of a whole picture is said, and from which with a hedge.

That of the light was chosen by five-fold cross-validation, repeated, on photos looked at by hand; the
others by looking at the same photos, so their figures are hopeful (docs/models.md). An analyser hands over
nothing below its hedge.
"""

from photolib.describe.models import FactKind

# Never asserted: among the nine or ten that score above 0.9 all were right but a seaplane that was a
# sailing boat at 0.88, too few to promise 97 in 100.
SCENE_HEDGED_FROM = 0.45
LIGHT_SAID_FROM, LIGHT_HEDGED_FROM = 0.97, 0.85
PICTURE_SAID_FROM, PICTURE_HEDGED_FROM = 0.9, 0.6
QUALITY_SAID_FROM, QUALITY_HEDGED_FROM = 0.8, 0.5

_SAID_FROM = {
    FactKind.LIGHT: LIGHT_SAID_FROM,
    FactKind.PICTURE: PICTURE_SAID_FROM,
    FactKind.QUALITY: QUALITY_SAID_FROM,
    # A share of the picture, not a doubt: a colour that is stored is there.
    FactKind.COLOUR: 0.0,
}
_HEDGED_FROM = {
    FactKind.SCENE: SCENE_HEDGED_FROM,
    FactKind.LIGHT: LIGHT_HEDGED_FROM,
    FactKind.PICTURE: PICTURE_HEDGED_FROM,
    FactKind.QUALITY: QUALITY_HEDGED_FROM,
    FactKind.COLOUR: 0.0,
}
_NEVER = 1.01


def whole_said_from(kind: FactKind) -> float:
    """The confidence from which a fact of this kind is asserted; above 1 where none ever is."""
    return _SAID_FROM.get(kind, _NEVER)


def whole_hedged_from(kind: FactKind) -> float:
    """The confidence from which a fact of this kind is said with a hedge; above 1 where none is."""
    return _HEDGED_FROM.get(kind, _NEVER)
