"""What is known of a photo, put together for the check of a sentence about it."""

from collections import Counter

from django.db.models import Exists, OuterRef

from photolib.accounts.models import User
from photolib.consent.queries import sightings
from photolib.core.words import fold
from photolib.describe.headcount import count_people
from photolib.describe.models import Fact, FactKind
from photolib.describe.rows import view_of
from photolib.describe.sentences.checking import Known
from photolib.describe.sentences.counting import MANY, Seen
from photolib.describe.sureness import is_said, is_worth_a_hedge
from photolib.describe.view import PhotoView
from photolib.describe.vocabulary import LABELS, PERSON
from photolib.library.models import Photo
from photolib.people.models import Appearance, AppearanceState, FaceRegion, Person


def known_of(photo: Photo) -> Known:
    """What the other models and people say of the photo, as its owner may know it, and the names that
    nobody may take from a sentence."""
    owner = photo.library.owner
    by_hand = Appearance.objects.filter(region=OuterRef("pk"), state=AppearanceState.CONFIRMED)
    faces = FaceRegion.objects.filter(photo=photo, dismissed=False).annotate(
        named_by_hand=Exists(by_hand)
    )
    facts = Fact.objects.filter(photo=photo, rejected=False).exclude(kind=FactKind.SENSITIVITY)
    view = view_of(photo, list(faces), list(facts), sightings([photo], owner)[photo.pk])
    read = {word for text in view.texts for word in fold(text.text)}
    return Known(_seen(view), _names(owner), frozenset(read))


def _seen(view: PhotoView) -> Seen:
    things = [
        thing
        for thing in view.things
        if thing.kind == FactKind.OBJECT and thing.label != PERSON and thing.label in LABELS
    ]
    sure = Counter(thing.label for thing in things if is_said(thing))
    most = Counter(thing.label for thing in things if is_worth_a_hedge(thing))
    people = count_people(view)
    sure[PERSON] = len(people.people)
    most[PERSON] = (
        MANY if people.at_least and not people.maybe else len(people.people) + people.maybe
    )
    also = {
        thing.label
        for thing in view.things
        if thing.kind != FactKind.OBJECT and thing.label in LABELS and is_worth_a_hedge(thing)
    }
    return Seen(dict(sure), dict(most), frozenset(also))


def _names(owner: User) -> frozenset[str]:
    """The folded words of the names of the household's people and accounts, hidden ones too."""
    names = [owner.display_name, owner.username]
    if owner.household_id is not None:
        names += Person.objects.filter(household=owner.household_id).values_list("name", flat=True)
        names += User.objects.filter(household=owner.household_id).values_list(
            "display_name", flat=True
        )
    return frozenset(word for name in names for word in fold(name))
