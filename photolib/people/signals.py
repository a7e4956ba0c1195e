"""What others must know about who is where. Sent inside the transaction that changes it."""

from django.dispatch import Signal

# appearance: people.models.Appearance that a person just said by hand.
appearance_said = Signal()

# region: people.models.FaceRegion, person: whom it no longer shows. Whatever was learnt from this
# face about this person must go.
appearance_unsaid = Signal()

# region: people.models.FaceRegion of which a person said whether it is a picture of somebody.
picture_said = Signal()
