"""What becomes of a draft: its owner decides on it, and can wish for one of a single photo."""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.describe.errors import TextRefused
from photolib.describe.models import Draft, DraftState, HumanText
from photolib.describe.queries import texts_for
from photolib.describe.reviewing import accept_draft, reject_draft
from photolib.describe.sentences.choosing import NoServer, is_wished, name_server, wish_for_draft
from photolib.describe.services import edit_text
from photolib.intake.models import StepRun, StepState
from photolib.intake.runner import run_photo
from photolib.intake.services import rerun
from photolib.library.models import Photo
from photolib.library.services import library_of
from tests.describe.sentences.asked import arrive, wanted
from tests.describe.sentences.asked import one_step as one_step
from tests.describe.sentences.asked import server as server

pytestmark = pytest.mark.django_db


def drafted(owner: User, seed: int = 0) -> Draft:
    return Draft.objects.create(
        photo=arrive(owner, seed), language="en", alt="A dog.", extended="More.", model="llava"
    )


def test_accepting_makes_it_the_owner_s_words_and_the_row_tells_where_from(alice: User) -> None:
    draft = drafted(alice)
    text = accept_draft(draft=draft, by=alice)
    assert (text.alt, text.extended, text.drafted_by) == ("A dog.", "More.", "llava")
    assert Draft.objects.get().state == DraftState.ACCEPTED
    assert texts_for([draft.photo], alice, "en")[draft.photo_id].source == "human"


def test_a_person_s_words_are_not_overwritten(alice: User) -> None:
    draft = drafted(alice)
    edit_text(photo=draft.photo, language="en", alt="Rex", extended="", by=alice)
    with pytest.raises(TextRefused):
        accept_draft(draft=draft, by=alice)
    assert HumanText.objects.get().alt == "Rex"
    assert Draft.objects.get().state == DraftState.OFFERED


def test_a_rejected_draft_is_not_asked_for_again(server, alice: User) -> None:
    address, behaviour = server
    photo = arrive(alice)
    wanted(alice, alice, address)
    run_photo(photo.pk)
    reject_draft(draft=Draft.objects.get(), by=alice)
    rerun(step="write_sentence", library=library_of(alice))
    run_photo(photo.pk)
    assert len(behaviour.asked) == 1
    assert Draft.objects.get().state == DraftState.REJECTED


def test_nobody_else_decides_on_a_draft(alice: User, bob: User) -> None:
    draft = drafted(alice)
    with pytest.raises(NotAllowed):
        accept_draft(draft=draft, by=bob)
    with pytest.raises(NotAllowed):
        reject_draft(draft=draft, by=bob)


def test_the_photo_s_page_offers_the_draft_to_its_owner_alone(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    draft = drafted(alice)
    Draft.objects.update(unconfirmed=["dog"])
    Photo.objects.update(shared_with_household=True)
    page = reverse("pages:photo", args=[draft.photo_id])
    shown = " ".join(alice_client.get(page).content.decode().split())
    assert "A draft by llava, not checked by anybody" in shown
    assert "Not confirmed by other models:" in shown
    assert "A draft by llava" not in bob_client.get(page).content.decode()
    assert f"language=en&amp;draft={draft.pk}" in shown
    alice_client.post(reverse("pages:draft_accept", args=[draft.photo_id, draft.pk]))
    assert HumanText.objects.get().alt == "A dog."
    again = reverse("pages:draft_reject", args=[draft.photo_id, draft.pk])
    assert alice_client.post(again).status_code == 404


def test_what_the_machine_knows_tells_of_copies_and_drafts(
    server, alice: User, alice_client: Client
) -> None:
    address, _behaviour = server
    photo = arrive(alice)
    wanted(alice, alice, address)
    run_photo(photo.pk)
    shown = alice_client.get(reverse("rights:knows", args=[photo.pk])).content.decode()
    assert f"was sent to {address}" in shown
    assert "A dog lies on a bench." in shown


def test_one_photo_can_be_tried_without_the_others(
    server, alice: User, alice_client: Client, bob: User
) -> None:
    address, behaviour = server
    tried, other = arrive(alice), arrive(alice, 1)
    row = name_server(kind="ollama", address=address, model="llava", by=alice)
    run_photo(tried.pk)
    run_photo(other.pk)
    with pytest.raises(NotAllowed):
        wish_for_draft(photo=tried, by=bob, server=row.pk)
    page = reverse("pages:photo", args=[tried.pk])
    assert "Try it on this photo" in alice_client.get(page).content.decode()
    alice_client.post(reverse("pages:draft_wish", args=[tried.pk]), {"server": row.pk})
    assert "It is being asked for" in alice_client.get(page).content.decode()
    assert StepRun.objects.get(photo=other).state == StepState.DONE
    run_photo(tried.pk)
    assert [draft.photo for draft in Draft.objects.all()] == [tried]
    # The wish was for once.
    rerun(step="write_sentence", library=library_of(alice))
    run_photo(tried.pk)
    run_photo(other.pk)
    assert len(behaviour.asked) == 1


def test_a_wish_ends_with_the_server_it_was_for(server, alice: User) -> None:
    address, behaviour = server
    photo = arrive(alice)
    row = name_server(kind="ollama", address=address, model="llava", by=alice)
    wish_for_draft(photo=photo, by=alice, server=row.pk)
    name_server(kind="ollama", address=address, model="other", by=alice)
    run_photo(photo.pk)
    assert behaviour.asked == []
    with pytest.raises(NoServer):
        wish_for_draft(photo=photo, by=alice, server=row.pk)


def test_whoever_rejected_a_draft_can_ask_again_and_one_s_own_words_end_the_wish(
    server, alice: User
) -> None:
    address, behaviour = server
    photo = arrive(alice)
    row = name_server(kind="ollama", address=address, model="llava", by=alice)
    wish_for_draft(photo=photo, by=alice, server=row.pk)
    run_photo(photo.pk)
    reject_draft(draft=Draft.objects.get(), by=alice)
    wish_for_draft(photo=photo, by=alice, server=row.pk)
    run_photo(photo.pk)
    assert len(behaviour.asked) == 2
    accept_draft(draft=Draft.objects.get(), by=alice)
    wish_for_draft(photo=photo, by=alice, server=row.pk)
    run_photo(photo.pk)
    assert (len(behaviour.asked), is_wished(photo)) == (2, False)
