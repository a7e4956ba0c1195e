"""Furnish a site for the browser tests, in the site's environment, by `manage.py shell`.

Everything goes through the real services and the real worker: no rows behind their backs.
"""

import io
import json
import sys
from contextlib import suppress
from datetime import date, datetime

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.management import call_command

from faces.models import FaceGroup, JournalEntry
from faces.services import name_face
from photolib.accounts.models import Household, Role, User
from photolib.accounts.reset_links import link_path
from photolib.accounts.services import create_account, create_owner, create_token
from photolib.consent.codes import make_code, prove
from photolib.consent.erasure import erase_person_vectors
from photolib.consent.models import Purpose
from photolib.consent.services import answer, invite, set_recognition
from photolib.core.errors import RefusedFile
from photolib.describe.boxes import Box
from photolib.intake.models import Incoming
from photolib.intake.services import receive
from photolib.library.memos import keep_memo
from photolib.library.models import Photo, RecognitionState, VoiceMemo
from photolib.library.queries import photos_visible_to
from photolib.library.services import (
    add_to_album,
    create_album,
    library_of,
    move_to_trash,
    set_favourite,
    set_shared,
)
from photolib.own.marking import mark
from photolib.own.services import add_tag
from photolib.people.models import Appearance, AppearanceState, Person
from photolib.people.queries import regions_of
from photolib.people.services import create_person, say_who
from photolib.rights.services import ask, freeze
from tests.e2e.browsing import PASSWORD
from tests.e2e.pictures import (
    LEFT_WOMAN,
    MAN,
    cat_jpeg,
    coffee_jpeg,
    faint_jpeg,
    group_jpeg,
    portrait_jpeg,
)


def _accounts() -> tuple[User, User]:
    """alice, who owns the house, and bob; with them a child and a stranger."""
    alice = create_owner(
        username="alice",
        display_name="Alice",
        password=PASSWORD,
        household_name="The Testers",
        country="FR",
    )
    bob = create_account(by=alice, username="bob", display_name="Bob", password=PASSWORD)
    create_account(
        by=alice,
        username="dana",
        display_name="Dana",
        password=PASSWORD,
        role=Role.CHILD,
        guardian=alice,
        birthday=date(2016, 5, 4),
    )
    create_account(
        by=alice, username="charlie", display_name="Charlie", password=PASSWORD, in_household=False
    )
    return alice, bob


def _pictures() -> dict[str, bytes]:
    """File name to JPEG: on three days, so that there are several date headings."""
    return {
        "garden.jpg": group_jpeg(datetime(2024, 7, 6, 15, 40)),  # noqa: DTZ001 a camera's clock has no zone
        "portrait1.jpg": portrait_jpeg(LEFT_WOMAN, datetime(2024, 7, 6, 16, 0)),  # noqa: DTZ001
        "portrait2.jpg": portrait_jpeg(LEFT_WOMAN, datetime(2024, 7, 7, 9, 0), mirrored=True),  # noqa: DTZ001
        "portrait3.jpg": portrait_jpeg(MAN, datetime(2024, 7, 7, 9, 5)),  # noqa: DTZ001
        "cat.jpg": cat_jpeg(datetime(2024, 8, 1, 8, 0)),  # noqa: DTZ001
        "coffee.jpg": coffee_jpeg(datetime(2024, 8, 1, 8, 30)),  # noqa: DTZ001
    }


def _receive(owner: User, name: str, data: bytes) -> None:
    receive(file=io.BytesIO(data), name=name, library=library_of(owner), received_by=owner)


def _work() -> None:
    call_command("work", drain=True, verbosity=0, stdout=sys.stderr)


def _photos(owner: User) -> dict[str, Photo]:
    """By file name. Raises RuntimeError, with what became of the files, where one is missing."""
    photos = {photo.original_name: photo for photo in photos_visible_to(owner)}
    if missing := _pictures().keys() - photos.keys():
        arrivals = [f"{row}: {row.state} {row.error}" for row in Incoming.objects.all()]
        raise RuntimeError(f"{missing} did not become photos. Arrivals: {arrivals}")
    return photos


def _have_a_question(owner: User, person: Person) -> Appearance | None:
    """The person says yes by invitation; then a photo arrives in which the machine is not sure."""
    library = library_of(owner)
    invitation, _ = invite(person=person, library=library, by=owner)
    code = make_code(invitation=invitation, by=owner)
    answer(
        person=person,
        library=library,
        purpose=Purpose.RECOGNISE,
        granted=True,
        by=invitation,
        language="en",
        proof=prove(invitation=invitation, code=code),
    )
    _receive(owner, "dusk.jpg", faint_jpeg(LEFT_WOMAN, datetime(2024, 7, 6, 21, 0)))  # noqa: DTZ001
    _work()
    return Appearance.objects.filter(photo__library=library, state=AppearanceState.ASKED).first()


def _say(photo: Photo, by: User) -> VoiceMemo:
    """A voice memo of nothing but its first bytes: no test listens to it."""
    content = b"OggS" + bytes(60)
    file = TemporaryUploadedFile("memo.ogg", "audio/ogg", len(content), None)
    file.write(content)
    file.flush()
    return keep_memo(photo=photo, file=file, title="At the lake", by=by)


def furnish() -> dict[str, int | str]:
    alice, bob = _accounts()
    set_recognition(
        library=library_of(alice), state=RecognitionState.HOUSEHOLD, by=alice, declared=True
    )
    for name, data in _pictures().items():
        _receive(alice, name, data)
    with suppress(RefusedFile):  # wanted: the page of arrivals has a refusal to show
        _receive(alice, "letter.jpg", b"Dear Alice, this is not a picture.")
    _work()

    photos = _photos(alice)
    garden, cat = photos["garden.jpg"], photos["cat.jpg"]
    set_shared(photos=[garden, cat], shared=True, by=alice)
    set_favourite(photo=garden, user=alice, on=True)
    # A housemate proposes a tag: a question is open.
    tagged = add_tag(photo=garden, name="allotment", by=alice)
    add_tag(photo=garden, name="roses", by=bob)
    # And a thing: nothing is said of the photo by that.
    marked = mark(photo=cat, name="the blue cushion", box=Box(0.02, 0.7, 0.2, 0.25), by=bob)
    album = create_album(owner=alice, title="Summer in Lyon", description="", for_household=True)
    add_to_album(photo=garden, album=album, by=alice)
    move_to_trash(photos=[photos["coffee.jpg"]], by=alice)
    household = Household.objects.get()
    person = create_person(household=household, name="Anna", by=alice)
    invited = create_person(household=household, name="Emil", by=alice)
    # Somebody entered twice, whom nobody has asked anything yet: the two entries can be put together.
    again = create_person(household=household, name="Zoe", by=alice)
    region = regions_of(garden)[0]
    appearance = name_face(region=region, person=person, by=alice)
    invitation, invitation_token = invite(person=invited, library=library_of(alice), by=alice)
    receipt = erase_person_vectors(person=invited, library=library_of(alice), asked_by=alice)
    request, _ = ask(invitation=invitation, kind="access", text="What is kept of me?")
    me = create_person(household=household, name="Alice", by=alice, user=alice)
    # Not in the garden: what is heard of that photo stays what the machine saw.
    my_appearance = say_who(region=None, photo=photos["portrait3.jpg"], person=me, by=alice)
    question = _have_a_question(alice, person)
    _, _, reset_uid, reset_token, _ = link_path(bob).split("/")
    group = FaceGroup.objects.first()
    fact = cat.facts.first()
    draft = garden.drafts.create(
        language="en", alt="A garden with a bench.", model="llava", state="rejected"
    )
    api_token, _ = create_token(user=alice, name="Frame in the hall", scopes=["photos:read"])
    memo = _say(garden, alice)
    return {
        "photo": garden.pk,
        "memo": memo.pk,
        "cat": cat.pk,
        "fact": fact.pk if fact else 0,
        "draft": draft.pk,
        "me": me.pk,
        "bob": bob.pk,
        "library": library_of(alice).pk,
        "bob_library": library_of(bob).pk,
        "reset_uid": reset_uid,
        "reset_token": reset_token,
        "trashed": photos["coffee.jpg"].pk,
        "album": album.pk,
        "tag": tagged.tag_id,
        "photo_tag": tagged.pk,
        "thing": marked.thing_id,
        "photo_mark": marked.pk,
        "person": person.pk,
        "again": again.pk,
        "region": region.pk,
        "appearance": appearance.pk,
        "invitation": invitation.pk,
        "invitation_code": make_code(invitation=invitation, by=alice),
        "receipt": receipt.pk,
        "request": request.pk,
        "freeze": freeze(person=me, by=alice).pk,
        "my_appearance": my_appearance.pk,
        "group": group.pk if group else 0,
        "question": question.pk if question else 0,
        "groups": ",".join(str(group.pk) for group in FaceGroup.objects.order_by("pk")),
        "entry": JournalEntry.objects.latest("pk").pk,
        "invitation_token": invitation_token,
        "api_token": api_token.pk,
    }


def main() -> None:
    """Furnish the site; the last line printed is one JSON object with the keys of what was made."""
    sys.stdout.write(json.dumps(furnish()) + "\n")
