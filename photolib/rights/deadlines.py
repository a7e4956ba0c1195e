"""How long an answer may take."""

from calendar import monthrange
from datetime import date


def one_month_after(day: date) -> date:
    """The day by which a request of `day` is answered: the same day of the next month (GDPR Art. 12(3)).

    Where that month is shorter, its last day (Regulation 1182/71, Art. 3(2)(c)).
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
