"""The API of faces does what the pages do, for the owner alone and with the right token only."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from faces.models import FaceGroup, JournalEntry, UnknownFace
from photolib.accounts.models import User
from photolib.accounts.services import create_token
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, NotThisPerson
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/faces/"


def with_token(user: User, *scopes: str) -> APIClient:
    _token, secret = create_token(user=user, name="test", scopes=scopes)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def api(alice: User) -> APIClient:
    return with_token(alice, "faces:read", "faces:write")


@pytest.fixture
def groups(house: House) -> list[FaceGroup]:
    house.switch(RecognitionState.HOUSEHOLD)
    for colour in ("red", "blue"):
        for light in (110, 150, 200):
            house.look(house.photo(colour, light=light, shared_with_household=True))
    return list(FaceGroup.objects.order_by("pk"))


def regions(group: FaceGroup) -> list[int]:
    faces = UnknownFace.objects.filter(group=group).order_by("pk")
    return list(faces.values_list("region_id", flat=True))


def post(api: APIClient, path: str, **body: Any) -> Any:
    return api.post(f"{ROOT}{path}", body, format="json")


def test_groups_and_their_faces_are_told_without_any_measurement(
    api: APIClient, groups: list[FaceGroup]
) -> None:
    listed = api.get(f"{ROOT}groups/").json()["results"]
    assert [row["size"] for row in listed] == [3, 3]
    assert listed[0].keys() == {"id", "hidden", "size", "ends_at", "created_at"}
    faces = api.get(f"{ROOT}groups/{groups[0].pk}/faces/").json()["results"]
    assert sorted(face["id"] for face in faces) == regions(groups[0])
    assert faces[0]["text"] == "Face 1 of 1, left, from the photo of 6 July 2024"
    assert "quality" not in faces[0]
    assert "confidence" not in faces[0]


def test_more_groups_cost_no_more_queries(
    api: APIClient, house: House, groups: list[FaceGroup], django_assert_max_num_queries: Any
) -> None:
    api.get(f"{ROOT}groups/")
    with django_assert_max_num_queries(20) as few:
        api.get(f"{ROOT}groups/")
    for light in (110, 150):
        house.look(house.photo("green", light=light))
    with django_assert_max_num_queries(20) as many:
        assert api.get(f"{ROOT}groups/").json()["count"] == 3
    assert len(many) == len(few)


def test_merge_and_undo(api: APIClient, groups: list[FaceGroup]) -> None:
    before = sorted(regions(group) for group in groups)
    entry = post(api, "groups/merge/", groups=[group.pk for group in groups]).json()["entry"]
    assert FaceGroup.objects.get().faces.count() == 6
    undone = post(api, f"journal/{entry}/undo/").json()
    assert undone["left"] == 0
    assert undone["entry"] > entry
    assert sorted(regions(group) for group in FaceGroup.objects.all()) == before


def test_split_move_and_hide(api: APIClient, groups: list[FaceGroup]) -> None:
    one, other = groups
    face = regions(one)[0]
    assert post(api, f"groups/{one.pk}/split/", faces=[face]).status_code == 200
    assert face not in regions(one)
    assert post(api, f"groups/{other.pk}/faces/", faces=[face]).status_code == 200
    assert face in regions(other)
    hidden = api.patch(f"{ROOT}groups/{one.pk}/", {"hidden": True}, format="json")
    assert hidden.status_code == 200
    assert api.get(f"{ROOT}groups/{one.pk}/").json()["hidden"] is True
    kinds = [row["kind"] for row in api.get(f"{ROOT}journal/").json()["results"]]
    assert kinds == ["hide_group", "move", "split"]


def test_naming_names_what_was_shown(api: APIClient, groups: list[FaceGroup]) -> None:
    shown = regions(groups[0])
    answer = post(api, f"groups/{groups[0].pk}/name/", shown=shown, faces=shown[:2], name="Granny")
    assert answer.status_code == 200
    assert Appearance.objects.filter(person__name="Granny").count() == 2
    assert [row.region_id for row in NotThisPerson.objects.all()] == shown[2:]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("groups/merge/", {"groups": [1]}),
        ("groups/{group}/split/", {"faces": []}),
        ("groups/{group}/split/", {"faces": [424242]}),
        ("groups/{group}/name/", {"shown": [1], "person": 1, "name": "Granny"}),
        ("groups/{group}/name/", {"shown": [424242], "name": "Granny"}),
        ("questions/answers/", {"answers": []}),
        ("questions/answers/", {"answers": [{"question": 1, "answer": "perhaps"}]}),
        ("questions/answers/", {"answers": [{"question": 1, "answer": "yes", "person": 1}]}),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    api: APIClient, groups: list[FaceGroup], path: str, body: dict[str, Any]
) -> None:
    answer = api.post(ROOT + path.format(group=groups[0].pk), body, format="json")
    assert answer.status_code == 400
    assert not JournalEntry.objects.exists()
    assert not Appearance.objects.exists()


def test_questions_are_listed_and_answered_together(api: APIClient, house: House) -> None:
    anna, ben = house.person("Anna"), house.person("Ben")
    asked = [
        Appearance.objects.create(
            person=anna, photo=region.photo, region=region, state="asked", source="machine"
        )
        for region in (house.look(house.photo("red"))[0] for _ in range(3))
    ]
    listed = api.get(f"{ROOT}questions/", {"person": anna.pk}).json()["results"]
    assert {row["id"] for row in listed} == {question.pk for question in asked}
    assert listed[0]["text"].endswith("; looks like Anna")
    assert api.get(f"{ROOT}questions/", {"person": ben.pk}).json()["count"] == 0
    answers = [
        {"question": asked[0].pk, "answer": "yes"},
        {"question": asked[1].pk, "answer": "no"},
        {"question": asked[2].pk, "answer": "other", "person": ben.pk},
    ]
    done = post(api, "questions/answers/", answers=answers).json()
    assert done["counts"] == {"yes": 1, "no": 1, "other": 1}
    assert done["entry"] == JournalEntry.objects.get().pk
    assert set(Appearance.objects.values_list("person__name", flat=True)) == {"Anna", "Ben"}


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_housemate_and_stranger_get_404_for_anothers_faces(
    who: str, groups: list[FaceGroup], request: pytest.FixtureRequest
) -> None:
    client = with_token(request.getfixturevalue(who), "faces:read", "faces:write")
    pk, shown = groups[0].pk, regions(groups[0])
    assert client.get(f"{ROOT}groups/").json()["count"] == 0
    assert client.get(f"{ROOT}groups/{pk}/").status_code == 404
    assert client.get(f"{ROOT}groups/{pk}/faces/").status_code == 404
    numbers = [group.pk for group in groups]
    assert post(client, "groups/merge/", groups=numbers).status_code == 404
    assert post(client, f"groups/{pk}/split/", faces=shown[:1]).status_code == 404
    assert post(client, f"groups/{pk}/faces/", faces=shown[:1]).status_code == 404
    assert post(client, f"groups/{pk}/name/", shown=shown, name="X").status_code == 404
    assert not JournalEntry.objects.exists()


def test_nobody_takes_back_what_another_did(
    api: APIClient, bob: User, groups: list[FaceGroup]
) -> None:
    entry = post(api, "groups/merge/", groups=[group.pk for group in groups]).json()["entry"]
    client = with_token(bob, "faces:read", "faces:write")
    assert client.get(f"{ROOT}journal/").json()["count"] == 0
    assert post(client, f"journal/{entry}/undo/").status_code == 404


def test_a_token_needs_the_scope_of_faces(alice: User, groups: list[FaceGroup]) -> None:
    people = with_token(alice, "people:read", "people:write")
    assert people.get(f"{ROOT}groups/").status_code == 403
    reader = with_token(alice, "faces:read")
    assert reader.get(f"{ROOT}groups/").status_code == 200
    numbers = [group.pk for group in groups]
    assert post(reader, "groups/merge/", groups=numbers).status_code == 403
    assert FaceGroup.objects.count() == 2
