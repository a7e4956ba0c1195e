"""Putting groups right on pages: together, apart, elsewhere, and taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from faces.models import FaceGroup, JournalEntry, UnknownFace
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, FaceRegion
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(house: House) -> list[FaceGroup]:
    """Two groups of three faces, in photos that the household may see."""
    house.switch(RecognitionState.HOUSEHOLD)
    for colour in ("red", "blue"):
        for light in (110, 150, 200):
            house.look(house.photo(colour, light=light, shared_with_household=True))
    rows = list(FaceGroup.objects.order_by("pk"))
    assert [group.faces.count() for group in rows] == [3, 3]
    return rows


def regions(group: FaceGroup) -> list[int]:
    faces = UnknownFace.objects.filter(group=group).order_by("pk")
    return list(faces.values_list("region_id", flat=True))


def undo_address(page: str) -> str:
    found = re.search(r'action="(/faces/journal/\d+/undo/)"', page)
    assert found, page
    return found[1]


def test_merging_shows_both_groups_and_how_many_faces_before_it_is_done(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    chosen = {"group": [group.pk for group in groups]}
    page = alice_client.get(reverse("faces:merge_groups"), chosen).content.decode()
    assert "2 groups with 6 faces become one group." in page
    assert "This changes 6 faces in 6 photos." in page
    assert "Yes, put 6 faces together" in page
    assert FaceGroup.objects.count() == 2


def test_a_merge_is_done_and_taken_back_from_its_message(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    before = {group.pk: regions(group) for group in groups}
    chosen = {"group": [group.pk for group in groups]}
    page = alice_client.post(reverse("faces:merge_groups"), chosen, follow=True).content.decode()
    assert "6 faces are one group now." in page
    assert FaceGroup.objects.get().faces.count() == 6
    back = alice_client.post(undo_address(page), follow=True).content.decode()
    assert "Taken back: " in back
    after = sorted(regions(group) for group in FaceGroup.objects.all())
    assert after == sorted(before.values())


def test_one_group_alone_is_not_merged(alice_client: Client, groups: list[FaceGroup]) -> None:
    answer = alice_client.get(reverse("faces:merge_groups"), {"group": groups[0].pk}, follow=True)
    assert "Tick at least two groups" in answer.content.decode()


def test_a_merge_that_cannot_be_is_said_before_and_not_offered(
    alice_client: Client, house: House, groups: list[FaceGroup]
) -> None:
    house.look(house.photo("red", "blue", light=170))
    chosen = {"group": [group.pk for group in groups]}
    page = alice_client.get(reverse("faces:merge_groups"), chosen).content.decode()
    assert "These cannot be one person: in 1 photo there are two of these faces." in page
    assert "Yes, put" not in page
    assert 'name="group"' not in page


def test_grouping_again_says_before_how_many_faces_that_is(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    assert len(groups) == 2
    page = alice_client.get(reverse("faces:review")).content.decode()
    assert "This changes 6 faces in 6 photos." in page


def test_groups_of_two_people_in_one_photo_are_not_merged_and_it_says_why(
    alice_client: Client, house: House, groups: list[FaceGroup]
) -> None:
    house.look(house.photo("red", "blue", light=170))
    chosen = {"group": [group.pk for group in FaceGroup.objects.all()]}
    page = alice_client.post(reverse("faces:merge_groups"), chosen, follow=True).content.decode()
    assert "These cannot be one person: in 1 photo there are two of these faces." in page
    assert FaceGroup.objects.count() == 2


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("split", "1 face is somebody else than the others."),
        ("out", "1 face was taken out of the group."),
        ("move", "1 face was moved to the other group."),
    ],
)
def test_a_face_leaves_its_group_and_comes_back(
    alice_client: Client, groups: list[FaceGroup], deed: str, said: str
) -> None:
    group, other = groups
    shown = regions(group)
    sent = {"shown": shown, "region": shown[:1], "deed": deed, "to": str(other.pk)}
    address = reverse("faces:sort_group", args=[group.pk])
    page = alice_client.post(address, sent, follow=True).content.decode()
    assert said in page
    assert regions(group) == shown[1:]
    assert (shown[0] in regions(other)) == (deed == "move")
    alice_client.post(undo_address(page))
    assert regions(group) == shown


def test_many_faces_are_asked_about_a_second_time(
    alice_client: Client, house: House, groups: list[FaceGroup]
) -> None:
    for light in (120, 130, 140, 160, 170):
        house.look(house.photo("red", light=light))
    group = groups[0]
    shown = regions(group)
    assert len(shown) == 8
    sent = {"shown": shown, "region": shown[:7], "deed": "split"}
    address = reverse("faces:sort_group", args=[group.pk])
    page = alice_client.post(address, sent).content.decode()
    assert "Are these 7 faces one other person?" in page
    assert regions(group) == shown
    names = re.findall(r'<input type="hidden" name="(region|shown|deed)" value="([^"]+)"', page)
    again = {key: [value for name, value in names if name == key] for key, _ in names}
    alice_client.post(address, again | {"confirmed": ["yes"]})
    assert regions(group) == shown[7:]


def test_faces_that_cannot_be_one_person_are_said_so_before_there_is_a_button(
    alice_client: Client, house: House, groups: list[FaceGroup]
) -> None:
    red, blue = groups
    for light in (120, 130, 140, 160, 170):
        house.look(house.photo("red", light=light))
    # One photo of both: its faces are two people, whatever they look like.
    house.look(house.photo("red", "blue", light=180))
    shown = regions(red)
    sent = {"shown": shown, "region": shown[-7:], "deed": "move", "to": str(blue.pk)}
    page = alice_client.post(reverse("faces:sort_group", args=[red.pk]), sent).content.decode()
    assert "These cannot be one person: in 1 photo there are two of these faces." in page
    assert 'name="confirmed"' not in page
    assert regions(red) == shown


def test_no_tick_is_explained(alice_client: Client, groups: list[FaceGroup]) -> None:
    address = reverse("faces:sort_group", args=[groups[0].pk])
    answer = alice_client.post(address, {"shown": regions(groups[0]), "deed": "split"})
    assert "Tick the faces first" in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_naming_a_group_is_taken_back_from_the_journal(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    shown = regions(groups[0])
    sent = {"shown": shown, "region": shown, "name": "Granny"}
    alice_client.post(reverse("faces:group", args=[groups[0].pk]), sent)
    page = alice_client.get(reverse("faces:journal")).content.decode()
    assert "A group got a name: Granny" in page
    assert "Face 1 of 1, left, from the photo of 6 July 2024" in page
    back = alice_client.post(undo_address(page), {"next": reverse("faces:journal")}, follow=True)
    assert not Appearance.objects.exists()
    words = back.content.decode()
    assert "taken back" in words
    assert "Do it again" in words


def test_what_was_taken_back_can_be_done_again(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    shown = regions(groups[0])
    sent = {"shown": shown, "region": shown, "name": "Granny"}
    alice_client.post(reverse("faces:group", args=[groups[0].pk]), sent)
    for _ in range(2):
        entry = JournalEntry.objects.latest("pk")
        alice_client.post(reverse("faces:undo", args=[entry.pk]))
    assert Appearance.objects.filter(person__name="Granny").count() == 3


def test_taking_back_twice_is_explained(alice_client: Client, groups: list[FaceGroup]) -> None:
    alice_client.post(reverse("faces:hide_group", args=[groups[0].pk]), {"hidden": "1"})
    address = reverse("faces:undo", args=[JournalEntry.objects.get().pk])
    alice_client.post(address)
    answer = alice_client.post(address, follow=True)
    assert "This was taken back already" in answer.content.decode()


def test_taking_back_leads_to_the_page_it_was_asked_on_and_nowhere_else(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    for path, target in [
        (reverse("faces:review"), reverse("faces:review")),
        (reverse("faces:group", args=[groups[0].pk]), reverse("faces:journal")),
        ("https://elsewhere.example/", reverse("faces:journal")),
        ("/no/such/page/", reverse("faces:journal")),
    ]:
        alice_client.post(reverse("faces:hide_group", args=[groups[0].pk]), {"hidden": "1"})
        entry = JournalEntry.objects.latest("pk")
        answer = alice_client.post(reverse("faces:undo", args=[entry.pk]), {"next": path})
        assert answer["Location"] == target


def test_the_groups_are_put_in_order_again_on_request(
    alice_client: Client, groups: list[FaceGroup]
) -> None:
    page = alice_client.post(reverse("faces:group_again"), follow=True).content.decode()
    assert "The groups are being put in order again." in page
    assert "There are no faces" not in page


def test_grouping_again_without_faces_is_explained(alice_client: Client, house: House) -> None:
    page = alice_client.post(reverse("faces:group_again"), follow=True).content.decode()
    assert "There are no faces without a name to be grouped." in page


def test_a_batch_of_answers_is_taken_back_as_one(alice_client: Client, house: House) -> None:
    anna = house.person("Anna")
    asked = [
        Appearance.objects.create(
            person=anna, photo=region.photo, region=region, state="asked", source="machine"
        )
        for region in (house.look(house.photo("red"))[0] for _ in range(3))
    ]
    sent: dict[str, object] = {"asked": [question.pk for question in asked]}
    sent |= {f"yes-{question.pk}": "on" for question in asked[:2]}
    page = alice_client.post(reverse("faces:which", args=[anna.pk]), sent, follow=True)
    assert JournalEntry.objects.get().faces == 3
    alice_client.post(undo_address(page.content.decode()))
    assert not Appearance.objects.filter(state="confirmed").exists()
    assert not FaceRegion.objects.filter(refusals__isnull=False).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_and_housemate_get_404_for_putting_groups_right(
    bob_client: Client, charlie_client: Client, groups: list[FaceGroup], method: str
) -> None:
    chosen = {"group": [group.pk for group in groups]}
    shown = regions(groups[0])
    sent = {"shown": shown, "region": shown[:1], "deed": "split"}
    for client in (bob_client, charlie_client):
        ask = getattr(client, method)
        assert ask(reverse("faces:merge_groups"), chosen).status_code == 404
        assert ask(reverse("faces:sort_group", args=[groups[0].pk]), sent).status_code == 404
    assert sorted(group.pk for group in FaceGroup.objects.all()) == sorted(chosen["group"])
    assert not JournalEntry.objects.exists()


def test_nobody_moves_faces_into_a_group_of_somebody_elses(
    alice_client: Client, bob_client: Client, house: House, groups: list[FaceGroup], bob
) -> None:
    theirs = House(bob)
    theirs.switch(RecognitionState.HOUSEHOLD)
    for light in (110, 150):
        theirs.look(theirs.photo("green", light=light))
    foreign = FaceGroup.objects.exclude(pk__in=[group.pk for group in groups]).get()
    shown = regions(groups[0])
    sent = {"shown": shown, "region": shown[:1], "deed": "move", "to": str(foreign.pk)}
    answer = alice_client.post(reverse("faces:sort_group", args=[groups[0].pk]), sent)
    assert answer.status_code == 404
    assert regions(groups[0]) == shown


def test_a_journal_is_its_owners_alone(
    alice_client: Client, bob_client: Client, charlie_client: Client, groups: list[FaceGroup]
) -> None:
    alice_client.post(reverse("faces:hide_group", args=[groups[0].pk]), {"hidden": "1"})
    entry = JournalEntry.objects.get()
    for client in (bob_client, charlie_client):
        assert "Nothing yet" in client.get(reverse("faces:journal")).content.decode()
        assert client.post(reverse("faces:undo", args=[entry.pk])).status_code == 404
    groups[0].refresh_from_db()
    assert groups[0].hidden


def test_the_journal_costs_no_more_queries_for_more_entries(
    alice_client: Client, groups: list[FaceGroup], django_assert_max_num_queries: object
) -> None:
    counts = []
    for _ in range(3):
        for hidden in ("1", "0"):
            alice_client.post(reverse("faces:hide_group", args=[groups[0].pk]), {"hidden": hidden})
        with django_assert_max_num_queries(40) as asked:  # type: ignore[operator]  # a fixture
            alice_client.get(reverse("faces:journal"))
        counts.append(len(asked))
    assert counts[2] == counts[1]
