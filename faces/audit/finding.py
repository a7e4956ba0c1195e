"""Something that must not be."""

from dataclasses import dataclass
from datetime import timedelta

# The daily chore may be some hours late.
GRACE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """where: as in the list of searched places."""

    where: str
    what: str
