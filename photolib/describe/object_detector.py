"""Things and living beings in a picture: three looks by two networks, and more where they are in doubt."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from photolib.describe.detection.closer import look_closer, quarters_to_see
from photolib.describe.detection.found import SeenObject, mirrored
from photolib.describe.detection.fusion import drop_group_boxes, fuse
from photolib.describe.detection.looks import ALL_BUT_SMALL_PEOPLE, Look, Sort, sort_of
from photolib.describe.detection.ssd import Ssd
from photolib.describe.detection.yolo import Yolo
from photolib.describe.thresholds import PERSON_SAID_FROM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "yolo11n+ssd-mobilenet-v2"
VERSION = "coco-2017+2018-03-29"
# The longer side, in pixels, of what YOLO sees: once for large things, once for small ones, mirrored so
# that it errs in other ways; and of each part that it looks at closer, as it was trained (docs/models.md
# says what each look costs and brings).
LARGE_SIDE, SMALL_SIDE, CLOSER_SIDE = 800, 480, 640
# A large thing between these scores may come to be said, or not, by one look more.
DOUBT_FROM, DOUBT_UNTIL = 0.05, 0.5
# Below this nothing is kept: it could not be said, even with a hedge (calibration.toml).
KEPT_FROM = 0.12


class ObjectDetector:
    """Both networks, each loaded when first asked."""

    def __init__(self) -> None:
        self._yolo, self._ssd = Yolo(), Ssd()

    def detect(self, image: "NDArray[np.uint8]") -> list[SeenObject]:
        """What is in the picture, the surest first; its confidence is the mean of the looks' scores.

        Of people in the distance the mean of two looks, the larger of the whole picture and the closer
        one; of everything else that of the three at the whole picture, and where a large thing is in
        doubt that of a fourth, SSD's mirrored one, as well.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the models' files are not the
        ones that were tested.
        """
        looks = [
            Look(self._yolo.look(image, side=SMALL_SIDE), ALL_BUT_SMALL_PEOPLE),
            Look(mirrored(self._yolo.look(image[:, ::-1], side=LARGE_SIDE))),
            Look(self._ssd.look(image), ALL_BUT_SMALL_PEOPLE),
        ]
        looks += self._more_looks(image, looks)
        return drop_group_boxes(fuse(looks, kept_from=KEPT_FROM), members_from=PERSON_SAID_FROM)

    def _more_looks(self, image: "NDArray[np.uint8]", looks: Sequence[Look]) -> list[Look]:
        more = []
        if quarters := quarters_to_see(looks):
            look = partial(self._yolo.look, side=CLOSER_SIDE)
            more.append(Look(look_closer(image, quarters, look), frozenset({Sort.SMALL_PERSON})))
        if large_things_in_doubt(looks):
            seen = mirrored(self._ssd.look(image[:, ::-1]))
            more.append(Look(seen, frozenset({Sort.LARGE_THING})))
        return more


def large_things_in_doubt(looks: Sequence[Look]) -> bool:
    """Whether these looks together are neither sure of a large thing nor sure that it is not there."""
    return any(
        sort_of(one.label, one.box) == Sort.LARGE_THING and one.confidence < DOUBT_UNTIL
        for one in fuse(looks, kept_from=DOUBT_FROM)
    )


detector = ObjectDetector()
