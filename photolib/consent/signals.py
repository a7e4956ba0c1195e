"""What others must know about consent. Sent inside the transaction that changes it: a receiver that
fails undoes the change, so nothing is ever half withdrawn."""

from django.dispatch import Signal

# decision: consent.models.Decision, just recorded.
decision_recorded = Signal()

# library: library.models.Library; old, new: its RecognitionState before and after.
recognition_changed = Signal()
