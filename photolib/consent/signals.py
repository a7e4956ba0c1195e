"""What others must know about consent. Sent inside the transaction that changes it: a receiver that
fails undoes the change, so nothing is ever half withdrawn."""

from django.dispatch import Signal

# decision: consent.models.Decision, just recorded.
decision_recorded = Signal()

# library: library.models.Library; old, new: its RecognitionState before and after.
recognition_changed = Signal()

# person: people.models.Person; library: library.models.Library, or None for all of the household;
# resting: whether the person's yes rests from now on (consent.recorded.register_veto), or counts
# again, so that what was left out meanwhile can be looked at.
rest_changed = Signal()
