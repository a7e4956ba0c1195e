"""What the pages of faces show: faces of a photo, questions, groups, the journal. Rows, never vectors."""

from faces.queries.cards import (
    FaceCard,
    card_of,
    cards_of,
    dismissed_of,
    get_visible_region,
    may_see_crop,
)
from faces.queries.groups import (
    Cover,
    Holdings,
    covers_of,
    faces_of,
    get_group,
    groups_for,
    holdings_of,
)
from faces.queries.journal import (
    Told,
    days_of_journal,
    entries_for,
    get_entry,
    newest_entry_by,
    told,
)
from faces.queries.people import PersonCounts, counts_of
from faces.queries.questions import (
    get_question,
    questions_about,
    questions_for,
    same_day,
    waiting_by_person,
)
from faces.queries.words import alt_of, alts_of, places_of, where

__all__ = [
    "Cover",
    "FaceCard",
    "Holdings",
    "PersonCounts",
    "Told",
    "alt_of",
    "alts_of",
    "card_of",
    "cards_of",
    "counts_of",
    "covers_of",
    "days_of_journal",
    "dismissed_of",
    "entries_for",
    "faces_of",
    "get_entry",
    "get_group",
    "get_question",
    "get_visible_region",
    "groups_for",
    "holdings_of",
    "may_see_crop",
    "newest_entry_by",
    "places_of",
    "questions_about",
    "questions_for",
    "same_day",
    "told",
    "waiting_by_person",
    "where",
]
