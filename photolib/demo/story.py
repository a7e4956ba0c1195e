"""What happens in the demo: photos arrive, the owner names people, more photos arrive and are matched."""

import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q
from django.utils.module_loading import import_string

from photolib.demo.household import DemoHousehold, make_household
from photolib.demo.pictures import Picture, first_pictures, later_pictures, stranger_pictures
from photolib.describe.queries import texts_for
from photolib.describe.services import edit_text
from photolib.intake.hands import Hand
from photolib.intake.services import receive
from photolib.intake.worker import work
from photolib.library.models import Library, Photo
from photolib.library.services import (
    add_to_album,
    create_album,
    library_of,
    set_favourite,
    set_shared,
)
from photolib.people.models import Appearance, AppearanceState, FaceRegion, Person

# A group this small may be chance; the owner names only larger ones.
SMALLEST_GROUP = 2
# A question that stays on the review page, for whoever tries the demo.
LEFT_OPEN = 1


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo did, counted in the database afterwards.

    described: photos with a claim about what is seen in them. fallback_only: date and place alone.
    """

    photos: int
    faces: int
    groups: int
    people_named: int
    described: int
    fallback_only: int
    without_alt: int
    questions: int


def play(tell: Callable[[str], None]) -> DemoResult:
    """Make the household and let its story happen. Raises PhotolibError on a library in use."""
    tell("Making a household: five people, a guest by invitation, and a stranger's account")
    demo = make_household()
    first = first_pictures()
    tell(f"Taking in {len(first)} photos, and looking for faces and things in them")
    _take_in(demo.library, first)
    groups = 0
    if apps.is_installed("faces"):
        groups = _name_groups(demo, first)
        tell(f"Grouped the faces into {groups} groups; the owner named the people she knows")
    later = later_pictures()
    tell(f"Taking in {len(later)} new photos of the same people")
    _take_in(demo.library, later)
    _take_in(library_of(demo.accounts["viktor"]), stranger_pictures())
    if apps.is_installed("faces"):
        _answer_questions(demo, later)
    _live_a_little(demo)
    return _count(demo, groups)


def _take_in(library: Library, pictures: Iterable[Picture]) -> None:
    for picture in pictures:
        receive(
            file=io.BytesIO(picture.jpeg),
            name=picture.name,
            library=library,
            received_by=library.owner,
        )
    work(Hand(), drain=True, with_chores=False)


def _name_groups(demo: DemoHousehold, pictures: list[Picture]) -> int:
    """Name each group as the owner would who sees its faces. Returns how many groups there were."""
    name_group = import_string("faces.services.name_group")
    groups_for = import_string("faces.queries.groups_for")
    portraits = {one.name: one.who[0] for one in pictures if len(one.who) == 1}
    groups = list(groups_for(demo.owner))
    for group in groups:
        regions = FaceRegion.objects.filter(unknown_face__group=group).select_related("photo")
        seen = Counter(
            portraits[region.photo.original_name]
            for region in regions
            if region.photo.original_name in portraits
        )
        who = seen.most_common(1)[0][0] if seen else ""
        if len(regions) >= SMALLEST_GROUP and who in demo.people:
            name_group(
                group=group,
                person=demo.people[who],
                by=demo.owner,
                shown_regions=[region.pk for region in regions],
                chosen_regions=[region.pk for region in regions],
            )
    work(Hand(), drain=True, with_chores=False)
    return len(groups)


def _answer_questions(demo: DemoHousehold, pictures: list[Picture]) -> None:
    """Say yes where the question is right and no where it is wrong; leave one for the visitor."""
    answer_suggestion = import_string("faces.services.answer_suggestion")
    who_is_in = {one.name: one.who for one in pictures}
    shorts = {person.pk: short for short, person in demo.people.items()}
    asked = Appearance.objects.filter(
        state=AppearanceState.ASKED, photo__library=demo.library
    ).select_related("photo", "person")
    for appearance in list(asked.order_by("pk"))[LEFT_OPEN:]:
        truth = who_is_in.get(appearance.photo.original_name, ())
        answer_suggestion(
            appearance=appearance, yes=shorts.get(appearance.person_id) in truth, by=demo.owner
        )
    work(Hand(), drain=True, with_chores=False)


def _live_a_little(demo: DemoHousehold) -> None:
    """Share, collect and describe some photos, so that every page has something on it."""
    maya = demo.owner
    photos = list(demo.library.photos.order_by("taken_at"))
    set_shared(photos=photos[:8], shared=True, by=maya)
    album = create_album(owner=maya, title="Summer in Annecy", for_household=True)
    for photo in demo.library.photos.filter(place_town__startswith="Annecy"):
        add_to_album(photo=photo, album=album, by=maya)
    for photo in photos[:3]:
        set_favourite(photo=photo, user=maya, on=True)
    cat = demo.library.photos.filter(facts__label="cat").order_by("pk").first()
    if cat is not None:
        edit_text(
            photo=cat,
            language="en",
            alt="Our cat Minou looks straight at you, very close.",
            extended="Her whiskers are in focus, the rest of her is not.",
            by=maya,
        )
    work(Hand(), drain=True, with_chores=False)


def _count(demo: DemoHousehold, groups: int) -> DemoResult:
    texts = [
        text
        for library in Library.objects.select_related("owner")
        for text in texts_for(
            list(Photo.objects.filter(library=library).select_related("library", "original")),
            library.owner,
            "en",
        ).values()
    ]
    known = Q(appearances__state__in=[AppearanceState.CONFIRMED, AppearanceState.AUTO])
    fallback = sum(text.source == "fallback" for text in texts)
    return DemoResult(
        photos=len(texts),
        faces=FaceRegion.objects.filter(dismissed=False).count(),
        groups=groups,
        people_named=Person.objects.filter(known).distinct().count(),
        described=len(texts) - fallback,
        fallback_only=fallback,
        without_alt=sum(not text.alt.strip() for text in texts),
        questions=Appearance.objects.filter(state=AppearanceState.ASKED).count(),
    )
