"""What a worker holds of the unknown faces: as the database has them, in few queries."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import numpy as np
import pytest
from django.utils import timezone

from faces import held
from faces.cohort import excess
from faces.crowding import crowding, usual_nearness
from faces.grouping import Face
from faces.held import HeldVectors, hold
from faces.models import FaceGroup, GroupingSession, UnknownFace
from faces.neighbours import neighbours
from faces.packs import BUNDLED
from faces.placing import Member
from faces.sealing import seal_vector, unknown_aad
from photolib.consent.errors import KeyGone
from photolib.library.models import RecognitionState
from photolib.people.models import FaceRegion, RegionSource
from tests.faces.conftest import House
from tests.faces.fake_engine import vector_of


@pytest.fixture
def session(house: House) -> GroupingSession:
    house.switch(RecognitionState.HOUSEHOLD)
    return GroupingSession.objects.get()


def keep(
    house: House, session: GroupingSession, *people: str, group: FaceGroup | None = None
) -> None:
    """An unknown face of each of these people, all in one photo."""
    photo = house.photo()
    for at, person in enumerate(people):
        region = FaceRegion.objects.create(
            photo=photo, left=0.1, top=0.1, width=0.1, height=0.1, quality=0.9,
            source=RegionSource.MACHINE,
        )  # fmt: skip
        aad = unknown_aad(session=session.pk, region=region.pk, pack=BUNDLED.name)
        UnknownFace.objects.create(
            region=region,
            session=session,
            group=group,
            pack=BUNDLED.name,
            sealed=seal_vector(session.key_id, vector_of(person, 100 + at % 100), aad=aad),
            expires_at=timezone.now(),
        )


def newcomer(person: str, *, photo: int = 0) -> Member:
    return Member(Face(id=-1, photo=photo, quality=0.9), vector_of(person, 101))


def red_and_blue(held_now: HeldVectors) -> tuple[int, int]:
    """How many faces without a group look like red, and like blue."""
    red, blue = held_now.around([newcomer("red"), newcomer("blue")], floor=0.6)
    return len(red.loners), len(blue.loners)


def test_a_worker_holds_what_the_database_keeps(house: House, session: GroupingSession) -> None:
    keep(house, session, "red", "blue", "red")
    now = hold(session, BUNDLED)
    assert len(now) == 3
    assert red_and_blue(now) == (2, 1)
    faces, vectors = now.everyone()
    assert [face.id for face in faces] == list(
        UnknownFace.objects.order_by("pk").values_list("pk", flat=True)
    )
    np.testing.assert_allclose(vectors[1], vector_of("blue", 101), atol=1e-3)


def test_a_face_that_was_added_since_is_held_too(house: House, session: GroupingSession) -> None:
    keep(house, session, "red")
    before = hold(session, BUNDLED)
    keep(house, session, "red", "blue")
    assert hold(session, BUNDLED) is before
    assert red_and_blue(before) == (2, 1)


def test_opening_many_faces_takes_as_many_queries_as_opening_few(
    house: House,
    session: GroupingSession,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for people in (["red"], ["red", "blue"] * 40):
        keep(house, session, *people)
        held.drop()
        with django_assert_num_queries(3):
            now = hold(session, BUNDLED)
        with django_assert_num_queries(1):
            now.everyone()


def test_faces_are_opened_in_parts(
    house: House, session: GroupingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "AT_ONCE", 2)
    keep(house, session, "red", "blue", "red", "blue", "red")
    assert red_and_blue(hold(session, BUNDLED)) == (3, 2)


def test_who_left_the_database_is_let_go_of_when_everyone_is_asked_for(
    house: House, session: GroupingSession
) -> None:
    keep(house, session, "red", "blue")
    now = hold(session, BUNDLED)
    UnknownFace.objects.first().delete()  # type: ignore[union-attr]  # there are two
    faces, vectors = now.everyone()
    assert (len(faces), len(vectors), len(now)) == (1, 1, 1)
    assert red_and_blue(now) == (0, 1)
    # Not even in the sample of strangers.
    np.testing.assert_array_equal(now._cohort, vectors)


def test_of_a_large_group_the_oldest_the_newest_and_those_of_the_photo_are_compared(
    house: House, session: GroupingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "COMPARED", 2)
    groups = [FaceGroup.objects.create(library=house.library) for _ in range(2)]
    for _ in range(9):
        keep(house, session, "red", group=groups[0])
    keep(house, session, "blue", group=groups[1])
    rows = list(UnknownFace.objects.filter(group=groups[0]).order_by("pk"))
    monkeypatch.setattr(held, "NEIGHBOURS", 1)
    red = newcomer("red", photo=rows[4].region.photo_id)
    found = hold(session, BUNDLED).around([red], floor=0.6)[0].groups
    assert set(found) == {groups[0].pk}
    compared = {member.face.id for member in found[groups[0].pk]}
    # And the one that was nearest, wherever in the group it is.
    assert {rows[at].pk for at in (0, 1, 4, 7, 8)} <= compared
    assert len(compared) <= 6


def test_a_new_face_is_compared_with_groups_as_they_are_now(
    house: House,
    session: GroupingSession,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    groups = [FaceGroup.objects.create(library=house.library) for _ in range(2)]
    for _ in range(3):
        keep(house, session, "red", group=groups[0])
    now = hold(session, BUNDLED)
    gone, moved, stays = UnknownFace.objects.order_by("pk")
    gone.delete()
    UnknownFace.objects.filter(pk=moved.pk).update(group=groups[1])
    # Everything around all new faces of a photo takes two.
    with django_assert_num_queries(2):
        red, blue = now.around([newcomer("red"), newcomer("blue")], floor=0.6)
    assert blue.groups == {}
    assert {
        number: [member.face.id for member in members] for number, members in red.groups.items()
    } == {groups[0].pk: [stays.pk], groups[1].pk: [moved.pk]}
    assert len(now) == 2


def test_a_group_that_people_changed_is_known_again_after_half_a_minute(
    house: House, session: GroupingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "NEIGHBOURS", 1)
    monkeypatch.setattr(held, "OVERLAP", 0)
    group = FaceGroup.objects.create(library=house.library)
    keep(house, session, "red", group=group)
    for _ in range(3):
        keep(house, session, "blue")
    hold(session, BUNDLED)
    UnknownFace.objects.update(group=group)

    def members() -> int:
        return len(hold(session, BUNDLED).around([newcomer("red")], floor=0.6)[0].groups[group.pk])

    assert members() == 1
    monkeypatch.setattr(held, "HELD_SECONDS", 0.0)
    assert members() == 4


def test_faces_are_compared_less_what_they_share_with_strangers(
    house: House, session: GroupingSession
) -> None:
    keep(house, session, "red", "blue", "green")
    now = hold(session, BUNDLED)
    faces, vectors = now.everyone()
    usual = excess(vectors, vectors, BUNDLED)
    like_red = Member(faces[0], vectors[0])
    (found,) = now.around([like_red], floor=-1.0)
    order = [member.face.id for member in found.loners]
    assert sorted(order) == [face.id for face in faces]
    by_id = dict(zip((face.id for face in faces), usual, strict=True))
    np.testing.assert_allclose(
        [member.excess for member in found.loners], [by_id[key] for key in order], atol=1e-5
    )
    assert found.new.excess == pytest.approx(usual[0], abs=1e-5)
    # With many more faces there are other strangers.
    keep(house, session, *["yellow"] * 9)
    (again,) = hold(session, BUNDLED).around([like_red], floor=0.9)
    assert again.loners[0].face.id == faces[0].id
    assert again.loners[0].excess != pytest.approx(usual[0], abs=1e-6)


def test_a_face_sealed_for_another_session_is_not_opened(
    house: House, session: GroupingSession
) -> None:
    keep(house, session, "red", "red")
    first, second = UnknownFace.objects.order_by("pk")
    UnknownFace.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(KeyGone):
        hold(session, BUNDLED)
    assert not held.is_holding()


def test_how_crowded_it_is_is_told_of_new_faces_and_of_those_in_no_group(
    house: House, session: GroupingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As grouping everything tells it, but for the faces that say what is usual."""
    keep(house, session, *["red", "blue", "green", "yellow"] * 3)
    now = hold(session, BUNDLED)
    faces, vectors = now.everyone()
    floor = 0.5
    nearest = neighbours(vectors, held.NEIGHBOURS).similarities
    expected = crowding(
        nearest, floor, usual=usual_nearness(nearest, floor), faces=len(faces)
    )  # everybody is in the sample here
    (found,) = now.around([Member(replace(faces[0], id=-1), vectors[0])], floor=floor)
    by_id = dict(zip((face.id for face in faces), expected.tolist(), strict=True))
    assert found.loners
    for member in found.loners:
        assert member.crowding == pytest.approx(by_id[member.face.id], abs=1e-4)
    assert any(abs(member.crowding) > 1e-4 for member in found.loners)
