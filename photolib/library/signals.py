"""What others must know about photos. Sent inside the transaction that changes it."""

from django.dispatch import Signal

# photos: keys of photos that more or fewer people may see from now on, 5,000 at most at a time.
visibility_changed = Signal()
