"""The database's knowledge of its own tables."""

import pytest
from django.db import connection

from photolib.accounts.models import User
from photolib.core import statistics
from photolib.core.chores import all_chores
from photolib.core.statistics import refresh
from tests.factories import photo_row

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself"),
]


@pytest.fixture(autouse=True)
def small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "SMALL", 4)


def known_photos() -> int | None:
    """How many photos the database thinks there are; None where it never looked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return None
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'library_photo'")
        rows = [int(stat.split()[0]) for (stat,) in cursor.fetchall()]
    return max(rows, default=None)


def test_a_table_is_looked_at_when_it_has_grown_and_not_before(alice: User) -> None:
    assert all_chores()["core.statistics"] is refresh
    now = alice.date_joined
    for seed in range(3):
        photo_row(alice, seed=seed)
    refresh(now)
    assert known_photos() is None
    for seed in range(3, 8):
        photo_row(alice, seed=seed)
    refresh(now)
    assert known_photos() == 8
    photo_row(alice, seed=8)
    refresh(now)
    assert known_photos() == 8
    for seed in range(9, 14):
        photo_row(alice, seed=seed)
    refresh(now)
    assert known_photos() == 14
