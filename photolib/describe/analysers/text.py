"""Words in the picture, line by line in the order in which one reads them, each with a box."""

from collections.abc import Sequence

from photolib.core.pixels import Pixels
from photolib.describe.analyser import Analyser
from photolib.describe.models import FactKind
from photolib.describe.reading_order import blocks_in_order
from photolib.describe.seen import SeenFact
from photolib.describe.text_language import language_of
from photolib.describe.text_reader import MODEL, VERSION, SeenLine, reader
from photolib.describe.vocabulary.signs import Text
from photolib.library.models import Photo

# From this score on a line is taken as read (docs/models.md says how it was chosen).
READ_FROM = 0.8
# A picture with one letter alone, or letters as tall as half of it, mostly shows a pattern like one.
LEAST_LETTERS = 2
TALLEST = 0.5
# What is no line as read is writing that could not be read if the finder is so sure of it, and it is so
# many times as wide as high.
WRITING_FROM = 0.6
WIDER_THAN_HIGH = 3
# A page holds no more lines and a line no more letters that anybody would listen to.
MOST_LINES = 120
MOST_LETTERS = 300
# Greek: the reader knows a part of its letters, and leaves out the others.
_HALF_KNOWN = range(0x0370, 0x0400)
HALF_KNOWN_PART = 0.2


def look(_photo: Photo, pixels: Pixels) -> list[SeenFact]:
    height, width = pixels.array.shape[:2]
    lines = [line for line in reader.read(pixels.array) if line.box.height <= TALLEST]
    read = [line for line in lines if _is_read(line)]
    if not any(_letters(line) >= LEAST_LETTERS for line in read):
        read = []
    unread = [line for line in lines if not _is_read(line) and _is_writing(line, width / height)]
    return [*_as_facts(read), *_unread(unread)]


def _is_read(line: SeenLine) -> bool:
    letters = _letters(line)
    half_known = sum(ord(letter) in _HALF_KNOWN for letter in line.text)
    return line.confidence >= READ_FROM and letters > 0 and half_known <= HALF_KNOWN_PART * letters


def _letters(line: SeenLine) -> int:
    return sum(letter.isalnum() for letter in line.text)


def _is_writing(line: SeenLine, shape: float) -> bool:
    """shape: the picture's width by its height."""
    wide = line.box.width * shape >= WIDER_THAN_HIGH * line.box.height
    return wide and line.writing >= WRITING_FROM


def _as_facts(lines: Sequence[SeenLine]) -> list[SeenFact]:
    facts: list[SeenFact] = []
    for block in blocks_in_order(lines):
        language = language_of(" ".join(line.text for line in block))
        for line in block:
            facts.append(
                SeenFact(
                    kind=FactKind.TEXT,
                    label=Text.READ,
                    confidence=line.confidence,
                    box=line.box,
                    text=line.text[:MOST_LETTERS],
                    language=language,
                    place=len(facts) + 1,
                )
            )
    return facts[:MOST_LINES]


def _unread(lines: Sequence[SeenLine]) -> list[SeenFact]:
    """One fact for all of it: that there is writing is what can be said."""
    if not lines:
        return []
    largest = max(lines, key=lambda line: (line.box.area, line.box.top, line.box.left))
    return [
        SeenFact(kind=FactKind.TEXT, label=Text.UNREAD, confidence=largest.writing, box=largest.box)
    ]


ANALYSER = Analyser(step="read_text", version=1, model=MODEL, model_version=VERSION, look=look)
