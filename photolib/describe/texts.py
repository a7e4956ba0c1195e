"""Words read in a picture: which of them a short text gives, and how much of them."""

from photolib.describe.sureness import is_said, is_worth_a_hedge
from photolib.describe.telling import OF_TEXT, sort_of
from photolib.describe.view import PhotoView, SeenText

# Letters that fill this much of the picture are what it is about: a sign, a page, a cake's inscription.
LARGE = 0.03


def read_texts(view: PhotoView) -> tuple[SeenText, ...]:
    """What could be read, be it in doubt, in reading order."""
    return tuple(text for text in view.texts if text.text and is_worth_a_hedge(text.at))


def has_unread(view: PhotoView) -> bool:
    """Whether there is writing that could not be read."""
    return any(not text.text and is_worth_a_hedge(text.at) for text in view.texts)


def prominent_text(view: PhotoView) -> str:
    """What a short text gives: all words of a picture of words; of a photo the large letters."""
    sure = [text for text in read_texts(view) if is_said(text.at)]
    sort = sort_of(view)
    if sort is None or sort.label not in OF_TEXT:
        sure = [text for text in sure if text.at.box is not None and text.at.box.area >= LARGE]
    return joined(sure)


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
