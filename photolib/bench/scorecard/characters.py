"""How far words that were read are from those that are there."""

from collections.abc import Sequence


def error_rate(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The character error rate over all (read, there): letters put in, left out or changed, by letter.

    Spaces and line ends count as one space. None where nothing is there to be read; above 1 where more
    was made up than is there.
    """
    tidy = [(" ".join(read.split()), " ".join(there.split())) for read, there in pairs]
    letters = sum(len(there) for _read, there in tidy)
    if not letters:
        return None
    return sum(distance(read, there) for read, there in tidy) / letters


def distance(one: str, other: str) -> int:
    """The fewest letters to put in, take out or change to make one of the other (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, letter_there in enumerate(other, start=1):
            cost = before + (letter != letter_there)
            before = row[place]
            row[place] = min(cost, row[place] + 1, row[place - 1] + 1)
    return row[-1]
