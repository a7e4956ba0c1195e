"""While a person's freeze holds, their yes to being recognised rests (consent.recorded)."""

from django.db import connection
from django.utils import timezone

from photolib.core.sql import Sql


def frozen() -> Sql:
    """Over rows of decisions: whether the person asked that recognising them stops in that library.

    Freeze.objects.in_force() says the same to Django.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return Sql(
        "EXISTS (SELECT 1 FROM rights_freeze f WHERE f.person_id = d.person_id"
        " AND (f.library_id IS NULL OR f.library_id = d.library_id)"
        " AND f.lifted_at IS NULL AND (f.until IS NULL OR f.until > %s))",
        (now,),
    )
