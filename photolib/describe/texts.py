"""Words read in a picture: which of them a short text gives, and how much of them."""

from photolib.core.words import fold
from photolib.describe.models import FactKind
from photolib.describe.sorts import OF_TEXT, sort_of
from photolib.describe.sureness import is_said, is_worth_a_hedge
from photolib.describe.view import PhotoView, SeenText, SeenThing
from photolib.describe.vocabulary.signs import Quality

# Lines that fill this much of the picture are what it is about: a sign, a cake's inscription.
LARGE = 0.03
# So many lines that fill this much of it together are a page, whether or not it was told to be one.
PAGE = 0.1
PAGE_LINES = 10


def read_texts(view: PhotoView) -> tuple[SeenText, ...]:
    """What could be read, be it in doubt, in reading order."""
    return tuple(text for text in view.texts if text.text and is_worth_a_hedge(text.at))


def readable_names(view: PhotoView) -> tuple[SeenText, ...]:
    """Names that stand in what was read, each once."""
    worth = [one for one in view.readable if one.text and is_said(one.at)]
    return tuple({one.text: one for one in reversed(worth)}.values())[::-1]


def names_beside(view: PhotoView, text: str) -> tuple[str, ...]:
    """The names a short text tells beside the words it gives: those that do not stand in these; of a page
    or a picture of words none."""
    if not view.readable or is_page(view) or sort_of(view) is not None:
        return ()
    given = f" {' '.join(fold(text))} "
    return tuple(
        one.text for one in readable_names(view) if f" {' '.join(fold(one.text))} " not in given
    )


def has_unread(view: PhotoView) -> bool:
    """Whether there is writing that could not be read."""
    return any(not text.text and is_worth_a_hedge(text.at) for text in view.texts)


def prominent_text(view: PhotoView) -> str:
    """What a short text gives: all words of a page or of a picture of words; of a photo the large letters."""
    sure = [text for text in read_texts(view) if is_said(text.at)]
    sort = sort_of(view)
    if is_page(view) or (sort is not None and sort.label in OF_TEXT):
        return joined(sure)
    return joined([text for text in sure if _area(text) >= LARGE])


def is_page(view: PhotoView) -> bool:
    """Whether the picture is full of words."""
    areas = [_area(text) for text in read_texts(view) if is_said(text.at)]
    return len(areas) >= PAGE_LINES and sum(areas) >= PAGE


def quality_told(view: PhotoView) -> list[SeenThing]:
    """How the photo came out. Of a page not that it is too bright: paper is white."""
    page = is_page(view)
    return [
        one
        for one in view.signs_of(FactKind.QUALITY)
        if not (page and one.label == Quality.OVEREXPOSED)
    ]


def _area(text: SeenText) -> float:
    return text.at.box.area if text.at.box else 0.0


def joined(texts: list[SeenText] | tuple[SeenText, ...]) -> str:
    return " ".join(text.text for text in texts)


def excerpt(text: str, most: int) -> str:
    """The first words, at most so many letters with the mark that there is more; "" for none."""
    if len(text) <= most:
        return text
    whole = text[: most - 1]
    # One that has no space at all is cut where it stands.
    cut = whole if text[most - 1] == " " or " " not in whole else whole.rpartition(" ")[0]
    return f"{cut.rstrip(' ,.;:-–')}…" if most > 1 else ""
