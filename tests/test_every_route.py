"""Every address, asked by its owner, a housemate, a stranger and a signed-out visitor.

The tables name each route of the project: a new one without a line here fails the walk. `OK` means that
the view let the viewer in (an answer, a redirect onwards, or a complaint about the empty form).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from photolib.accounts.models import User
from photolib.accounts.services import create_account, create_token
from photolib.consent.erasure import erase_person_vectors
from photolib.consent.models import Purpose
from photolib.consent.services import invite
from photolib.describe.boxes import Box
from photolib.describe.models import Draft, Fact, FactKind
from photolib.describe.services import edit_text
from photolib.library.models import Original, VoiceMemo
from photolib.library.renditions import write_renditions
from photolib.library.services import create_album, library_of
from photolib.library.storage import original_path
from photolib.own.marking import mark
from photolib.own.services import add_tag
from photolib.people.models import FaceRegion
from photolib.people.services import create_person, say_not, say_who
from photolib.rights.services import ask as send_request
from photolib.rights.services import freeze
from tests.conftest import PASSWORD
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db

OK, NO, GONE, DOOR, TOKEN = "ok", 403, 404, "sign-in", 401


class Route(NamedTuple):
    """How a route is asked, and what a housemate, a stranger and a signed-out visitor get."""

    method: str
    args: str  # names of things in `house`, with blanks between
    bob: str | int
    charlie: str | int
    visitor: str | int = DOOR


def everybody(method: str = "get", args: str = "") -> Route:
    """A page of one's own: whoever is signed in gets theirs."""
    return Route(method, args, OK, OK)


def mine(method: str, args: str) -> Route:
    """Something of alice's that nobody else may see."""
    return Route(method, args, GONE, GONE)


def api(route: Route) -> Route:
    return route._replace(visitor=TOKEN)


PAGES = {
    "pages:timeline": everybody(),
    "pages:favourites": everybody(),
    "pages:batch": everybody("post"),
    "pages:photo": mine("get", "photo"),
    "pages:words": mine("get", "photo"),
    "pages:clear_words": mine("post", "photo"),
    "pages:reject_fact": mine("post", "photo fact"),
    "pages:favourite": mine("post", "photo"),
    "pages:share": mine("post", "photo"),
    "pages:throw_away": mine("post", "photo"),
    "pages:photo_albums": mine("post", "photo"),
    "pages:photo_people": mine("post", "photo"),
    "pages:photo_person_remove": mine("post", "photo appearance"),
    "pages:photo_date": mine("post", "photo"),
    "pages:described": mine("get", "photo"),
    "pages:sidecar": mine("get", "photo"),
    "pages:memo_add": mine("post", "photo"),
    "pages:memo": mine("get", "photo memo"),
    "pages:memo_remove": mine("post", "photo memo"),
    "pages:draft_wish": mine("post", "photo"),
    "pages:draft_accept": mine("post", "photo draft"),
    "pages:draft_reject": mine("post", "photo draft"),
    "pages:better": mine("post", "photo"),
    "pages:review": everybody(),
    "pages:review_list": everybody(),
    "pages:review_accept_all": everybody("post"),
    "pages:review_answer": mine("post", "photo"),
    "pages:review_undo": mine("post", "photo"),
    "pages:search": everybody(),
    "pages:upload": everybody(),
    "pages:import_folder": Route("get", "", NO, NO),
    "pages:albums": everybody(),
    "pages:album_new": everybody(),
    "pages:album": mine("get", "album"),
    "pages:album_edit": mine("get", "album"),
    "pages:album_delete": mine("get", "album"),
    "pages:album_remove": mine("post", "album"),
    "pages:people": everybody(),
    "pages:person_new": Route("get", "", OK, NO),
    "pages:person": Route("get", "person", OK, GONE),
    "pages:person_edit": Route("get", "person", OK, GONE),
    "pages:photo_tags": mine("post", "photo"),
    "pages:photo_tag": mine("post", "photo photo_tag"),
    "pages:tags": everybody(),
    "pages:tag_questions": everybody(),
    "pages:tags_undo": everybody("post"),
    "pages:tags_learning": everybody("post"),
    "pages:tag": mine("get", "tag"),
    "pages:tag_learning": mine("post", "tag"),
    "pages:tag_delete": mine("post", "tag"),
    "pages:thing_mark": mine("get", "photo"),
    "pages:photo_thing": mine("post", "photo photo_mark"),
    "pages:piece": mine("get", "photo"),
    "pages:things": everybody(),
    "pages:things_undo": everybody("post"),
    "pages:thing": mine("get", "thing"),
    "pages:thing_answers": mine("post", "thing"),
    "pages:thing_rename": mine("post", "thing"),
    "pages:thing_delete": mine("post", "thing"),
    "pages:trash": everybody(),
    "pages:trash_restore": everybody("post"),
    "pages:trash_purge": everybody("post"),
    "pages:jobs": everybody(),
    "pages:jobs_retry": everybody("post"),
    "pages:settings": everybody(),
    "pages:analysers": everybody(),
    "pages:analyser_switch": everybody("post", "step"),
    "pages:sentences": everybody(),
    "pages:sentence_forget": Route("post", "", NO, NO),
    "pages:sentence_choice": everybody("post"),
    "pages:reach": everybody(),
    "pages:originals": everybody(),
    "pages:remove_account": everybody(),
    "accounts:first_run": Route("get", "", OK, OK, OK),
    "accounts:sign_in": Route("get", "", OK, OK, OK),
    "accounts:sign_out": Route("post", "", OK, OK, OK),
    "accounts:reset": Route("get", "uid wrong_token", OK, OK, OK),
    "accounts:settings": everybody(),
    "accounts:password": everybody(),
    "accounts:tokens": everybody(),
    "accounts:token_revoke": mine("post", "token"),
    "accounts:household": Route("get", "", OK, GONE),
    "accounts:member_new": Route("get", "", NO, GONE),
    "accounts:member": Route("get", "bob", NO, GONE),
    "accounts:member_link": Route("post", "bob", NO, GONE),
    "library:rendition": mine("get", "photo size"),
    "library:original": mine("get", "photo"),
    "consent:mine": everybody(),
    "consent:add_me": mine("post", "ward"),
    "consent:question": Route("get", "alice_person library purpose", GONE, GONE),
    "consent:confirm": Route("post", "alice_person library purpose", GONE, GONE),
    "consent:take_back": Route("post", "alice_person library purpose", GONE, GONE),
    "consent:person": Route("get", "person", OK, GONE),
    "consent:invite": Route("post", "person", OK, GONE),
    "consent:account": Route("post", "person", OK, GONE),
    "consent:guardian": Route("post", "person", OK, GONE),
    "consent:revoke": mine("post", "invitation"),
    "consent:notice": everybody(),
    "consent:paper": Route("post", "person", OK, GONE),
    "consent:code": mine("post", "invitation"),
    "consent:invitation_notice": Route("get", "invited", OK, OK, OK),
    "consent:receipts": everybody(),
    "consent:receipt": mine("get", "receipt"),
    "consent:invitation_receipt": Route("get", "invited receipt", OK, OK, OK),
    "consent:invitation": Route("get", "invited", OK, OK, OK),
    "consent:invitation_question": Route("get", "invited purpose", OK, OK, OK),
    "consent:invitation_confirm": Route("post", "invited purpose", OK, OK, OK),
    "consent:invitation_take_back": Route("post", "invited purpose", OK, OK, OK),
    "rights:overview": everybody(),
    "rights:where_am_i": mine("get", "alice_person"),
    "rights:stop": mine("get", "alice_person"),
    "rights:resume": mine("post", "freeze"),
    "rights:not_me": mine("post", "my_appearance"),
    "rights:export": everybody(),
    "rights:requests": everybody(),
    "rights:answer": mine("get", "request"),
    "rights:knows": mine("get", "photo"),
    "rights:ask": Route("get", "invited", OK, OK, OK),
    "rights:ask_stop": Route("post", "invited", OK, OK, OK),
    "rights:ask_resume": Route("post", "invited", OK, OK, OK),
}
API = {
    "api:schema": api(everybody()),
    "api:tokens": Route("post", "", OK, OK, OK),
    "api:account": api(everybody()),
    "api:photos": api(everybody()),
    "api:photo": api(mine("get", "photo")),
    "api:photo_retry": api(mine("post", "photo")),
    "api:photo_text": api(mine("put", "photo language")),
    "api:photo_xmp": api(mine("get", "photo")),
    "api:photo_review": api(mine("delete", "photo")),
    "api:photo_better": api(mine("put", "photo")),
    "api:photo_memos": api(mine("get", "photo")),
    "api:photo_memo": api(mine("get", "photo memo")),
    "api:review": api(everybody()),
    "api:arrivals": api(everybody()),
    "api:jobs": api(everybody()),
    "api:albums": api(everybody()),
    "api:album": api(mine("get", "album")),
    "api:album_photos": api(mine("post", "album")),
    "api:analysers": api(everybody()),
    "api:analyser": api(everybody("put", "step")),
    "api:tags": api(everybody()),
    "api:tag_questions": api(everybody()),
    "api:photo_tags": api(mine("get", "photo")),
    "api:photo_tag": api(mine("put", "photo tag")),
    "api:things": api(everybody()),
    "api:thing_questions": api(everybody()),
    "api:thing": api(mine("get", "thing")),
    "api:photo_things": api(mine("get", "photo")),
    "api:photo_thing": api(mine("put", "photo photo_mark")),
    "api:people": api(everybody()),
    "api:person": api(Route("get", "person", OK, GONE)),
}
FACES = {
    "faces:photo": mine("get", "photo"),
    "faces:draw": mine("get", "photo"),
    "faces:preview": mine("get", "photo"),
    "faces:crop": mine("get", "region"),
    "faces:name": mine("post", "region"),
    "faces:not_a_face": mine("post", "region"),
    "faces:is_a_face": mine("post", "region"),
    "faces:picture": mine("post", "region"),
    "faces:may_be": mine("post", "region refused"),
    "faces:take_off": mine("post", "appearance"),
    "faces:review": everybody(),
    "faces:question": mine("post", "appearance"),
    "faces:person": Route("get", "person", OK, GONE),
    "faces:which": Route("get", "person", OK, GONE),
    "faces:look_again": Route("post", "person", OK, GONE),
    "faces:hide_person": Route("post", "person", OK, GONE),
    "faces:merge_people": Route("get", "person", OK, GONE),
    "faces:merge_groups": everybody(),
    "faces:group_again": everybody("post"),
    "faces:sort_group": mine("get", "unknown"),
    "faces:journal": everybody(),
    "faces:undo": mine("post", "unknown"),
    "faces:group": mine("get", "unknown"),
    "faces:hide_group": mine("post", "unknown"),
    "faces:settings": everybody(),
    "faces:packs": Route("get", "", NO, GONE),
    "faces:pack_fetch": Route("post", "pack", NO, GONE),
    "faces:pack_stop": Route("post", "pack", NO, GONE),
    "faces:pack_use": Route("post", "pack", NO, GONE),
    "faces:pack_remove": Route("post", "pack", NO, GONE),
    "faces:hand_over": mine("get", "alice_person bob_library"),
}
FACES_API = {
    "faces_api:groups": api(everybody()),
    "faces_api:merge": api(everybody("post")),
    "faces_api:group": api(mine("get", "unknown")),
    "faces_api:group_faces": api(mine("get", "unknown")),
    "faces_api:group_name": api(mine("post", "unknown")),
    "faces_api:group_split": api(mine("post", "unknown")),
    "faces_api:questions": api(everybody()),
    "faces_api:answers": api(everybody("post")),
    "faces_api:journal": api(everybody()),
    "faces_api:undo": api(mine("post", "unknown")),
}
# Things that only exist once faces made them: their own tests (tests/faces) ask as the owner.
OWNER_IS_TESTED_ELSEWHERE = {
    "faces:question",
    "faces:group",
    "faces:hide_group",
    "faces:sort_group",
    "faces:undo",
    "faces_api:group",
    "faces_api:group_faces",
    "faces_api:group_name",
    "faces_api:group_split",
    "faces_api:undo",
}
# An API address has several methods: each is asked of every viewer who must not come in.
API_METHODS = {
    "api:photos": "get post",
    "api:photo": "get patch delete",
    "api:photo_text": "get put delete",
    "api:photo_review": "post delete",
    "api:photo_better": "put delete",
    "api:photo_memos": "get post",
    "api:photo_memo": "get delete",
    "api:albums": "get post",
    "api:album": "get patch delete",
    "api:album_photos": "get post delete",
    "api:photo_tags": "get post",
    "api:photo_tag": "put delete",
    "api:thing": "get patch delete",
    "api:photo_things": "get post",
    "api:photo_thing": "put delete",
    "api:people": "get post",
    "api:person": "get patch",
}
# A second look before the answer counts: GET shows the page, POST records.
CONFIRMED_FIRST = {"consent:confirm", "consent:invitation_confirm"}
ROUTES = PAGES | API | (FACES | FACES_API if apps.is_installed("faces") else {})


def walk(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def test_every_route_has_a_line_here() -> None:
    assert {name for name, _ in walk(get_resolver().url_patterns)} == set(ROUTES)


def add_child(guardian: User) -> User:
    return create_account(
        by=guardian,
        username="dora",
        display_name="Dora",
        password=PASSWORD,
        role="child",
        guardian=guardian,
        birthday=date(2016, 5, 1),
    )


@pytest.fixture
def house(alice: User, bob: User, charlie: User) -> dict[str, Any]:
    """One of each thing, all of it alice's and private."""
    photo = photo_row(alice)
    path = original_path(photo.original)
    path.parent.mkdir(parents=True)
    path.write_bytes(picture())
    write_renditions(photo.pk, {320: picture(format="WEBP"), 1600: picture(format="WEBP")})
    assert alice.household is not None
    person = create_person(household=alice.household, name="Anna", by=alice)
    myself = create_person(household=alice.household, name="Alice", by=alice, user=alice)
    region = FaceRegion.objects.create(photo=photo, left=0.1, top=0.1, width=0.2, height=0.2)
    appearance = say_who(region=region, photo=photo, person=person, by=alice)
    refused = create_person(household=alice.household, name="Berta", by=alice)
    say_not(region=region, person=refused, by=alice)
    fact = Fact.objects.create(
        photo=photo,
        kind=FactKind.OBJECT,
        label="dog",
        confidence=0.9,
        step="find_objects",
        model="test",
        version="1",
    )
    edit_text(photo=photo, language="en", alt="A dog", extended="", by=alice)
    sound = Original.objects.create(sha256="f" * 64, format="ogg", byte_size=4)
    sound_path = original_path(sound)
    sound_path.parent.mkdir(parents=True)
    sound_path.write_bytes(b"OggS")
    memo = VoiceMemo.objects.create(photo=photo, sound=sound, by=alice)
    tagged = add_tag(photo=photo, name="boat", by=alice)
    marked = mark(photo=photo, name="our boat", box=Box(0.6, 0.6, 0.2, 0.2), by=alice)
    invitation, token = invite(person=person, library=library_of(alice), by=alice)
    receipt = erase_person_vectors(person=person, library=library_of(alice), asked_by=alice)
    request, _ = send_request(invitation=invitation, kind="access", text="What is kept?")
    return {
        "my_appearance": say_who(region=None, photo=photo, person=myself, by=alice).pk,
        "freeze": freeze(person=myself, by=alice).pk,
        "request": request.pk,
        "photo": photo.pk,
        "receipt": receipt.pk,
        "fact": fact.pk,
        "memo": memo.pk,
        "draft": Draft.objects.create(
            photo=photo, language="fr", alt="Un chien.", model="llava"
        ).pk,
        "tag": tagged.tag_id,
        "photo_tag": tagged.pk,
        "thing": marked.thing_id,
        "photo_mark": marked.pk,
        "appearance": appearance.pk,
        "region": region.pk,
        "album": create_album(owner=alice, title="Mine").pk,
        "person": person.pk,
        "refused": refused.pk,
        "ward": add_child(alice).pk,
        "alice_person": myself.pk,
        "library": library_of(alice).pk,
        "bob_library": library_of(bob).pk,
        "purpose": Purpose.RECOGNISE.value,
        "token": create_token(user=alice, name="mine", scopes=["photos:read"])[0].pk,
        "invitation": invitation.pk,
        "invited": token,
        "bob": bob.pk,
        "size": "320",
        "pack": "bundled",
        "step": "find_scene",
        "language": "en",
        "uid": "MQ",
        "wrong_token": "wrong-token",
        "unknown": 424242,
    }


def ask(client: Client, method: str, name: str, house: dict[str, Any]) -> Any:
    """The answer to one request, whose effects are taken back."""
    values = [house[key] for key in ROUTES[name].args.split()]
    with transaction.atomic():
        response = getattr(client, method)(reverse(name, args=values))
        if response.streaming:
            # Read to its end, or the file behind it stays open.
            response.getvalue()
        transaction.set_rollback(True)
    return response


def verdict(response: Any) -> str | int:
    """What an answer means for the viewer: let in, sent to the sign-in page, or a status."""
    where = response.headers.get("Location", "")
    if response.status_code == 302 and where.startswith(reverse("accounts:sign_in")):
        return DOOR
    return (
        OK if response.status_code in {200, 201, 202, 204, 302, 303, 400} else response.status_code
    )


def ask_everything(client: Client, house: dict[str, Any]) -> dict[tuple[str, str], str | int]:
    """The verdict on each route and each of its methods."""
    return {
        (name, method): verdict(ask(client, method, name, house))
        for name in sorted(set(ROUTES) - {"accounts:sign_out"})
        for method in API_METHODS.get(name, ROUTES[name].method).split()
    }


def expected(viewer: str) -> dict[tuple[str, str], str | int]:
    return {
        (name, method): getattr(route, viewer)
        for name, route in ROUTES.items()
        if name != "accounts:sign_out"
        for method in API_METHODS.get(name, route.method).split()
    }


def test_the_owner_is_let_in(house, alice_client: Client) -> None:
    verdicts = ask_everything(alice_client, house)
    shut = {key: said for key, said in verdicts.items() if said != OK}
    elsewhere = OWNER_IS_TESTED_ELSEWHERE & ROUTES.keys()
    assert shut.keys() == {(name, ROUTES[name].method) for name in elsewhere}


def test_a_housemate_gets_what_is_theirs(house, bob_client: Client) -> None:
    assert ask_everything(bob_client, house) == expected("bob")


def test_a_stranger_gets_nothing_of_the_households(house, charlie_client: Client) -> None:
    # People belong to a household: a stranger has none to add them to.
    only_for_members = {("api:people", "post"): NO}
    assert ask_everything(charlie_client, house) == expected("charlie") | only_for_members


def test_a_signed_out_visitor_is_sent_to_the_door(house) -> None:
    assert ask_everything(Client(), house) == expected("visitor")


@pytest.mark.parametrize("who", ["alice_client", "bob_client", "charlie_client"])
def test_whoever_is_signed_in_can_sign_out(who: str, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    assert client.post(reverse("accounts:sign_out")).status_code == 302
    assert verdict(client.get(reverse("pages:timeline"))) == DOOR


def test_what_changes_things_refuses_to_be_fetched(house, alice_client: Client) -> None:
    changing = {name for name, route in (PAGES | FACES).items() if route.method == "post"}
    for name in sorted(changing & set(ROUTES)):
        status = ask(alice_client, "get", name, house).status_code
        # Where a page to confirm stands at the same address, reading it changes nothing.
        assert status in ({200} if name in CONFIRMED_FIRST else {404, 405}), name


def test_a_locked_account_sees_nothing(alice: User, house, alice_client: Client) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert verdict(ask(alice_client, "get", "pages:photo", house)) == DOOR


def test_an_admin_sees_nobodys_private_photos(alice: User, bob: User, alice_client) -> None:
    private = photo_row(bob, seed=7)
    assert alice_client.get(reverse("pages:photo", args=[private.pk])).status_code == 404


def test_a_former_housemate_sees_nothing_more(alice: User, bob: User, bob_client) -> None:
    shared = photo_row(alice, seed=3, shared_with_household=True)
    assert bob_client.get(reverse("pages:photo", args=[shared.pk])).status_code == 200
    User.objects.filter(pk=bob.pk).update(household=None)
    assert bob_client.get(reverse("pages:photo", args=[shared.pk])).status_code == 404


def test_a_child_sees_what_is_shared(alice: User) -> None:
    client = Client()
    client.force_login(add_child(alice))
    shared = photo_row(alice, seed=3, shared_with_household=True)
    private = photo_row(alice, seed=4)
    assert client.get(reverse("pages:photo", args=[shared.pk])).status_code == 200
    assert client.get(reverse("pages:photo", args=[private.pk])).status_code == 404
