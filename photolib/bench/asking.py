"""Asks the questions of photolib.bench.questions of a library, and measures how long the answers take."""

from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from photolib.accounts.models import User
from photolib.bench.questions import QUESTIONS, House, asked
from photolib.pages.queries import PAGE_SIZE, slice_of
from photolib.search import calendar
from photolib.search.queries import search_photos

Figures = dict[str, Any]
# Milliseconds of the clock, and of this process's processor: on a busy machine only the second compares.
Time = tuple[float, float]
# So many numbers are added up between the questions, which tells how fast the machine is just then.
_LOOP = 300_000


def measure(house: House, rounds: int) -> Figures:
    """Ask every question so many times as both people of the house."""
    kinds: dict[str, list[Time]] = {}
    mates: list[Time] = []
    loops: list[float] = []
    # As the web server does when it starts.
    calendar.load()
    for _round in range(rounds):
        for kind, questions in QUESTIONS.items():
            for question in map(asked, questions):
                loops.append(_loop())
                kinds.setdefault(kind, []).append(_first_page(house.owner, question))
                mates.append(_first_page(house.housemate, question))
    everything = [time for times in kinds.values() for time in times]
    return {
        "owner": _halves(everything),
        "housemate": _halves(mates),
        "kinds": {kind: _halves(times) for kind, times in kinds.items()},
        "database": connection.vendor,
        "loop": round(median(loops), 2),
        "seen": _shares(house),
    }


def _first_page(viewer: User, question: str) -> Time:
    """The time until there are the rows of the first page and their number, as the page shows it."""
    began, worked = perf_counter(), process_time()
    found = search_photos(viewer, question, "en")
    slice_of(found.newest(PAGE_SIZE + 1))
    return (perf_counter() - began) * 1000, (process_time() - worked) * 1000


def _loop() -> float:
    """Milliseconds of a loop that is the same wherever it runs."""
    began = perf_counter()
    sum(range(_LOOP))
    return (perf_counter() - began) * 1000


def _shares(house: House) -> Figures:
    """How many photos answer to each question, for the owner, so that one sees what was measured."""
    return {
        question: search_photos(house.owner, question, "en").total
        for questions in QUESTIONS.values()
        for question in map(asked, questions)
    }


def _halves(times: list[Time]) -> list[float]:
    """The median and the 95th percentile, of the clock and of the processor."""
    figures: list[float] = []
    for column in zip(*times, strict=True):
        parts = quantiles(column, n=20, method="inclusive")
        figures += [round(parts[9], 1), round(parts[18], 1)]
    return figures
