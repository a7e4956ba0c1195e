"""People's own words, and their no to the machine's."""

import pytest

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.describe.errors import TextRefused
from photolib.describe.models import HumanText
from photolib.describe.queries import text_of, texts_for
from photolib.describe.services import clear_text, edit_text, reject_fact
from photolib.search.queries import search_photos
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def test_text_is_kept_in_one_line_and_replaced_by_the_next(alice: User) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="A  long\nwalk", extended="", by=alice)
    edit_text(photo=photo, language="en", alt="A short walk", extended=" More. ", by=alice)
    kept = HumanText.objects.get()
    assert (kept.alt, kept.extended, kept.by) == ("A short walk", "More.", alice)


@pytest.mark.parametrize(
    ("language", "alt", "extended", "word"),
    [
        ("en", "  ", "", "empty"),
        ("en", "x" * 251, "", "251"),
        ("en", "x", "x" * 10_001, "10001"),
        ("tlh", "nuqneH", "", "tlh"),
    ],
)
def test_unfit_text_is_refused_with_the_reason(
    alice: User, language: str, alt: str, extended: str, word: str
) -> None:
    photo = photo_row(alice)
    with pytest.raises(TextRefused, match=word):
        edit_text(photo=photo, language=language, alt=alt, extended=extended, by=alice)
    assert not HumanText.objects.exists()


def test_only_the_owner_may_write_clear_and_reject(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    fact = fact_row(photo, "dog")
    edit_text(photo=photo, language="en", alt="Rex", extended="", by=alice)
    with pytest.raises(NotAllowed):
        edit_text(photo=photo, language="en", alt="Mine", extended="", by=bob)
    with pytest.raises(NotAllowed):
        clear_text(photo=photo, language="en", by=bob)
    with pytest.raises(NotAllowed):
        reject_fact(fact=fact, by=bob)
    fact.refresh_from_db()
    assert not fact.rejected
    assert text_of(photo, "en") is not None


def test_cleared_text_gives_way_to_the_machines_again(alice: User) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="Rex", extended="", by=alice)
    clear_text(photo=photo, language="en", by=alice)
    assert texts_for([photo], alice, "en")[photo.pk].source == "fallback"


def test_own_words_are_found_at_once_and_no_longer_once_cleared(alice: User) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="Rex at the lighthouse", extended="", by=alice)
    assert search_photos(alice, "lighthouse", "en").photos.get() == photo
    clear_text(photo=photo, language="en", by=alice)
    assert not search_photos(alice, "lighthouse", "en").photos


def test_rejected_fact_is_neither_said_nor_found(alice: User) -> None:
    photo = photo_row(alice)
    fact = fact_row(photo, "dog")
    edit_text(photo=photo, language="en", alt="x", extended="", by=alice)
    assert search_photos(alice, "chien", "en").photos.get() == photo
    reject_fact(fact=fact, by=alice)
    assert not search_photos(alice, "chien", "en").photos
    assert not [claim for claim in texts_for([photo], alice, "en")[photo.pk].facts if claim.fact]
