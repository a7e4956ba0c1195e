"""The database's knowledge of its own tables."""

import pytest
from django.db import connection

from photolib.accounts.models import User
from photolib.core.chores import all_chores
from photolib.core.statistics import refresh
from tests.factories import photo_row


@pytest.mark.django_db
def test_tables_are_looked_at_several_times_a_day(alice: User) -> None:
    assert all_chores()["core.statistics"] is refresh
    for seed in range(7):
        photo_row(alice, seed=seed)
    refresh(alice.date_joined)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'library_photo'")
            assert any(row[0].startswith("7 ") for row in cursor.fetchall())
