"""Files for the tests of the pages: received by the real service, without a worker behind it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from photolib.accounts.models import User
from photolib.library.models import Photo
from tests.factories import photo_row, picture


@pytest.fixture
def photo(alice: User) -> Photo:
    """Alice's, and hers alone."""
    return photo_row(alice, seed=1)


@pytest.fixture
def shared_photo(alice: User) -> Photo:
    """Alice's, shown to the household."""
    return photo_row(alice, seed=2, shared_with_household=True)


@pytest.fixture
def jpeg() -> SimpleUploadedFile:
    return SimpleUploadedFile("beach.jpg", picture(), content_type="image/jpeg")
