"""Things and living beings in a picture: three looks by two networks, fused."""

from typing import TYPE_CHECKING

from photolib.describe.detection.found import SeenObject, mirrored
from photolib.describe.detection.fusion import drop_group_boxes, fuse
from photolib.describe.detection.ssd import Ssd
from photolib.describe.detection.yolo import Yolo
from photolib.describe.thresholds import PERSON_SAID_FROM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "yolo11n+ssd-mobilenet-v2"
VERSION = "coco-2017+2018-03-29"
# The longer side, in pixels, of what YOLO sees: once for large things, once for small ones, mirrored so
# that it errs in other ways (docs/models.md says what each look costs and brings).
LARGE_SIDE, SMALL_SIDE = 800, 480
# Below this nothing is kept: it could not be said, even with a hedge (calibration.toml).
KEPT_FROM = 0.12


class ObjectDetector:
    """Both networks, each loaded when first asked."""

    def __init__(self) -> None:
        self._yolo, self._ssd = Yolo(), Ssd()

    def detect(self, image: "NDArray[np.uint8]") -> list[SeenObject]:
        """What is in the picture, the surest first; its confidence is the mean of the looks' scores.

        image: (h, w, 3) RGB, 0..255, upright. Raises ModelMissing if the models' files are not the
        ones that were tested.
        """
        looks = [
            self._yolo.look(image, side=SMALL_SIDE),
            mirrored(self._yolo.look(image[:, ::-1], side=LARGE_SIDE)),
            self._ssd.look(image),
        ]
        return drop_group_boxes(fuse(looks, kept_from=KEPT_FROM), members_from=PERSON_SAID_FROM)


detector = ObjectDetector()
