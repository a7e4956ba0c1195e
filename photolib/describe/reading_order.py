"""The order in which one reads lines of writing: blocks, columns of prose, rows from left to right."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from photolib.describe.text_reader import SeenLine

Lines = list[SeenLine]

# Two lines are in one row if they share at least this much of the lower one's height.
SAME_ROW = 0.5
# Columns are read one after the other only where each is prose: so many rows of so many words. The
# columns of a receipt, things and prices, are read row by row.
COLUMN_ROWS = 3
COLUMN_WORDS = 3
# A gap of more than this many line heights, or lines of another size, begin another block.
BLOCK_GAP = 1.0
BLOCK_SIZES = 1.7


def blocks_in_order(lines: Sequence[SeenLine]) -> list[Lines]:
    """The lines as blocks, and the blocks in the order in which one reads them; no line is lost."""
    blocks: list[Lines] = []
    for column in _columns(_rows(lines)):
        blocks += _blocks(column)
    return blocks


def _rows(lines: Sequence[SeenLine]) -> list[Lines]:
    """Lines side by side are one row, from left to right; rows from the top down."""
    rows: list[Lines] = []
    for line in sorted(lines, key=lambda one: (one.box.middle[1], one.box.left, one.text)):
        if rows and _side_by_side(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: (one.box.left, one.box.top, one.text)) for row in rows]


def _side_by_side(row: Lines, line: SeenLine) -> bool:
    # Against the one that came last: a row may slope.
    box, other = line.box, row[-1].box
    down = min(box.top + box.height, other.top + other.height) - max(box.top, other.top)
    return down >= SAME_ROW * min(box.height, other.height)


def _columns(rows: list[Lines]) -> list[list[Lines]]:
    """The rows in stretches that are read to their end, one after the other."""
    for start in range(len(rows) - COLUMN_ROWS + 1):
        for end in range(len(rows), start + COLUMN_ROWS - 1, -1):
            if parted := _part(rows[start:end]):
                left, right = parted
                before = [rows[:start]] if start else []
                return [*before, *_columns(left), *_columns(right), *_columns(rows[end:])]
    return [rows] if rows else []


def _part(rows: list[Lines]) -> tuple[list[Lines], list[Lines]] | None:
    """The rows left and right of an upright gap through all of them, if both sides are prose."""
    # A column begins and ends with rows of its own; what stands alone above or below is no part of it.
    if len(rows[0]) < 2 or len(rows[-1]) < 2:
        return None
    lines = [line for row in rows for line in row]
    for gap in sorted({line.box.left for line in lines}):
        left = [line for line in lines if line.box.left + line.box.width <= gap]
        right = [line for line in lines if line.box.left >= gap]
        if len(left) + len(right) == len(lines) and _is_prose(left) and _is_prose(right):
            return _rows(left), _rows(right)
    return None


def _is_prose(lines: Lines) -> bool:
    return (
        len(lines) >= COLUMN_ROWS
        and median(len(line.text.split()) for line in lines) >= COLUMN_WORDS
    )


def _blocks(rows: list[Lines]) -> list[Lines]:
    if not rows:
        return []
    blocks = [list(rows[0])]
    for above, row in pairwise(rows):
        if _goes_on(above, row):
            blocks[-1] += row
        else:
            blocks.append(list(row))
    return blocks


def _goes_on(above: Lines, row: Lines) -> bool:
    """Whether a row belongs to the block of the one above it."""
    upper, lower = (median(line.box.height for line in lines) for lines in (above, row))
    gap = min(line.box.top for line in row) - max(line.box.top + line.box.height for line in above)
    alike = max(upper, lower) <= BLOCK_SIZES * min(upper, lower)
    return alike and gap <= BLOCK_GAP * max(upper, lower)
