"""What happens to a photo's review by other acts: words written, words taken away, a new look.

Each runs inside the transaction of the act it follows.
"""

from django.utils import timezone

from photolib.accounts.models import User
from photolib.describe.models import HumanText, Review, ReviewState
from photolib.describe.review_marks import digest_of, marks_of
from photolib.library.models import Photo

_DECIDED = (ReviewState.ACCEPTED, ReviewState.REJECTED)


def note_own_words(*, photo: Photo, by: User) -> None:
    """A person wrote their own words: who asked for better ones has got them."""
    Review.objects.filter(photo=photo).update(
        state=ReviewState.WRITTEN,
        by=by,
        at=timezone.now(),
        wanted_by=None,
        wanted_at=None,
        before={},
    )


def note_words_gone(*, photo: Photo) -> None:
    """A person's words went: the machine's stand again, and nobody has looked at them."""
    if not HumanText.objects.filter(photo=photo).exists():
        Review.objects.filter(photo=photo, state=ReviewState.WRITTEN).update(
            state=ReviewState.WAITING, by=None, at=None
        )


def note_new_facts(photo: Photo) -> None:
    """An analyser looked again: where it sees something else, the photo waits for a person again."""
    review = Review.objects.filter(photo=photo, state__in=_DECIDED).first()
    if review is None or digest_of(review.checked) == digest_of(marks_of([photo])[photo.pk]):
        return
    review.state = ReviewState.CHANGED
    review.before = {}
    review.save(update_fields=["state", "before"])
