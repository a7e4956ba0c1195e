"""The rows that make a photo findable."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.models import Fact
from photolib.library.models import Photo
from photolib.search.models import Word
from photolib.search.services import index_photo, replace_words
from photolib.search.steps import index_photo as step
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def words(photo: Photo) -> set[tuple[str, str]]:
    return set(Word.objects.filter(photo=photo).values_list("word", "source"))


def test_words_are_replaced_by_what_holds_now(alice: User) -> None:
    photo = photo_row(alice)
    replace_words(photo, [("dog", "object"), ("lyon", "place")])
    replace_words(photo, [("cat", "object"), ("lyon", "place")])
    assert words(photo) == {("cat", "object"), ("lyon", "place")}


def test_indexing_an_unchanged_photo_writes_nothing(alice: User) -> None:
    photo = photo_row(alice, place_town="Lyon")
    fact_row(photo, "dog")
    index_photo(photo)
    with CaptureQueriesContext(connection) as captured:
        index_photo(photo)
    verbs = {query["sql"].split()[0] for query in captured}
    assert not verbs & {"INSERT", "DELETE", "UPDATE"}


def test_step_indexes_what_the_steps_before_it_wrote(alice: User, tmp_path: Path) -> None:
    photo = photo_row(alice)
    write = step.run(photo, Pixels(tmp_path / "none.jpg", name="none.jpg"))
    fact_row(photo, "dog")
    assert words(photo) == set()
    assert write is not None
    write()
    assert ("dog", "object") in words(photo)


def test_word_goes_with_the_fact_it_came_from(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog")
    index_photo(photo)
    Fact.objects.all().delete()
    index_photo(photo)
    assert words(photo) == set()


def test_word_goes_with_its_photo(alice: User) -> None:
    photo = photo_row(alice)
    replace_words(photo, [("dog", "object")])
    photo.delete()
    assert not Word.objects.exists()
