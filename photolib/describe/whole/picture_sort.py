"""What kind of picture it is, where it is no photo: a screenshot, a document, a receipt, a drawing.

Rules over few numbers, the first that fits. Precision first: a photo of a scene that is called a document
loses its whole description. docs/models.md has the figures.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photolib.describe.models import FactKind
from photolib.describe.seen import SeenFact
from photolib.describe.vocabulary.signs import PictureSort
from photolib.describe.whole.file_facts import FileFacts

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ImageNet's numbers of what is written: a web site, a crossword, a menu.
_WEB, _CROSSWORD, _MENU = 916, 918, 922
_SURE, _SURER, _HEDGED = 0.95, 0.97, 0.75
# Of 311 photos and portraits none has a colour on more than 0.61 of it, and none reads as a page at 0.06.
_PLAIN_GROUND = 0.8
_NO_PAGE, _PAGE, _SURE_PAGE = 0.07, 0.1, 0.25
# Neighbours of the same colour: 19 in 20 photos stay below the first, all but plain skies below the other.
_FLAT, _VERY_FLAT = 0.6, 0.8
_FEW_COLOURS = 60
# Rolls of paper are longer than this, in widths; a sheet of A4 is 1.41.
_ROLL, _SHEET = 1.6, 1.15
_ROWS = 200


@dataclass(frozen=True, slots=True)
class Surface:
    """How the pixels lie, each a share 0..1 of the picture.

    flat: pixels like their neighbour. ground: the commonest of 4,096 colours. bright: near white.
    colours: how many of the 4,096 there are, leaving out specks.
    """

    flat: float
    ground: float
    bright: float
    colours: int


def surface_of(image: "NDArray[np.uint8]") -> Surface:
    """image: (h, w, 3) RGB, 0..255. Looked at in some _ROWS of its rows."""
    image = image[:: max(1, image.shape[0] // _ROWS)]
    whole = image.astype(np.int16)
    steps = np.abs(np.diff(whole, axis=1)).max(axis=-1)
    coarse = whole >> 4
    codes = (coarse[..., 0] << 8) | (coarse[..., 1] << 4) | coarse[..., 2]
    shares = np.bincount(codes.ravel(), minlength=4096) / codes.size
    return Surface(
        flat=float((steps <= 1).mean()) if steps.size else 0.0,
        ground=float(shares.max()),
        bright=float((image.min(axis=-1) >= 200).mean()),
        colours=int((shares > 0.0005).sum()),
    )


def sort_of(
    probabilities: "NDArray[np.float32]", surface: Surface, file: FileFacts
) -> list[SeenFact]:
    """One fact, or none for a photo of a scene. probabilities: (1000,) of ImageNet's classes."""
    found = _screenshot(probabilities, surface, file)
    found = found or _paper(probabilities, surface, file) or _drawing(probabilities, surface, file)
    if found is None:
        return []
    label, confidence = found
    return [SeenFact(kind=FactKind.PICTURE, label=label, confidence=confidence)]


def _screenshot(
    probabilities: "NDArray[np.float32]", surface: Surface, file: FileFacts
) -> tuple[PictureSort, float] | None:
    if file.camera:
        return None
    if file.named_screen:
        return PictureSort.SCREENSHOT, _SURER
    if file.lossless and file.screen_size and surface.flat >= _FLAT:
        return PictureSort.SCREENSHOT, _SURE if surface.flat >= _VERY_FLAT else _HEDGED
    if file.lossless and float(probabilities[_WEB]) >= _SURE_PAGE:
        return PictureSort.SCREENSHOT, _HEDGED
    return None


def _paper(
    probabilities: "NDArray[np.float32]", surface: Surface, file: FileFacts
) -> tuple[PictureSort, float] | None:
    """A page that fills the picture. A sheet lying on a table is a photo."""
    page = _page(probabilities)
    if min(surface.ground, surface.bright) < _PLAIN_GROUND or page < _PAGE or file.tall < _SHEET:
        return None
    sure = _SURE if page >= _SURE_PAGE else _HEDGED
    is_roll = file.tall >= _ROLL and probabilities[_MENU] >= max(_PAGE, probabilities[_WEB])
    return (PictureSort.RECEIPT if is_roll else PictureSort.DOCUMENT), sure


def _drawing(
    probabilities: "NDArray[np.float32]", surface: Surface, file: FileFacts
) -> tuple[PictureSort, float] | None:
    """Even colours with sharp borders. Never asserted: no drawings by people were there to measure on."""
    if file.camera or surface.flat < _VERY_FLAT or not 3 <= surface.colours <= _FEW_COLOURS:
        return None
    if _page(probabilities) >= _NO_PAGE:
        return None
    return PictureSort.DRAWING, _HEDGED


def _page(probabilities: "NDArray[np.float32]") -> float:
    """How much it reads as a page of writing."""
    return float(probabilities[[_WEB, _CROSSWORD, _MENU]].sum())
