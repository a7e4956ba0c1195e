"""Face crops for pages, cut from a rendition when asked for and never stored."""

from photolib.library.crops import SIDE as SIDE
from photolib.library.crops import square_around
from photolib.people.models import FaceRegion

MARGIN = 0.35  # of the box, on each side: hair and chin help to know a person


def crop_of(region: FaceRegion) -> bytes | None:
    """A square JPEG of the face, SIDE pixels; None while the photo has no renditions yet."""
    return square_around(
        region.photo,
        left=region.left,
        top=region.top,
        width=region.width,
        height=region.height,
        margin=MARGIN,
    )
