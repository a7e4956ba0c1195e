"""Household grouping: unknown faces are kept under the session's key, grouped, named, shredded."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from faces import held
from faces.erasure import expire, purge_everything
from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from faces.sealing import open_template, open_unknown
from faces.services import hide_group, name_group, switch_recognition
from photolib.accounts.models import User
from photolib.consent import keys
from photolib.consent.errors import ConsentRefused, KeyGone
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, NotThisPerson
from photolib.people.services import dismiss_region
from tests.faces.conftest import House
from tests.faces.fake_engine import vector_of

pytestmark = pytest.mark.django_db
Commits = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def grouping(house: House) -> House:
    house.switch(RecognitionState.HOUSEHOLD)
    return house


def group_sizes() -> list[int]:
    return sorted(group.faces.count() for group in FaceGroup.objects.all())


def regions_of(group: FaceGroup) -> list[int]:
    return list(group.faces.order_by("pk").values_list("region_id", flat=True))


def test_grouping_needs_the_declaration(house: House) -> None:
    with pytest.raises(ConsentRefused):
        switch_recognition(library=house.library, state=RecognitionState.HOUSEHOLD, by=house.owner)
    assert not GroupingSession.objects.exists()


def test_unknown_faces_are_grouped_as_they_come(grouping: House) -> None:
    for light in (110, 150, 200):
        grouping.look(grouping.photo("red", "blue", light=light))
    assert group_sizes() == [3, 3]


def test_faces_are_grouped_one_by_one_while_more_photos_wait(grouping: House) -> None:
    photos = [grouping.photo("red", "blue", light=light) for light in (110, 150, 200, 230)]
    for photo in photos[:3]:
        grouping.look(photo)
    assert group_sizes() == [3, 3]
    before = set(FaceGroup.objects.values_list("pk", flat=True))
    grouping.look(photos[3])
    # Putting all in order at the end keeps the groups' numbers.
    assert set(FaceGroup.objects.values_list("pk", flat=True)) == before
    assert group_sizes() == [4, 4]


def test_vectors_lie_sealed_under_the_sessions_key(grouping: House) -> None:
    (region,) = grouping.look(grouping.photo("red"))
    unknown, session = UnknownFace.objects.get(), GroupingSession.objects.get()
    plain = vector_of("red", 200)
    assert plain.tobytes() not in bytes(unknown.sealed)
    assert np.allclose(open_unknown(unknown, session), plain)
    other = UnknownFace(region_id=region.pk + 1, pack=unknown.pack, sealed=unknown.sealed)
    with pytest.raises(KeyGone):
        open_unknown(other, session)


def test_looking_again_keeps_what_is_there(grouping: House) -> None:
    photo = grouping.photo("red", "blue")
    grouping.look(photo)
    before = list(UnknownFace.objects.values_list("pk", "sealed"))
    grouping.look(photo)
    assert list(UnknownFace.objects.values_list("pk", "sealed")) == before


def named_house(grouping: House) -> FaceGroup:
    for light in (110, 150, 200):
        grouping.look(grouping.photo("red", light=light))
    return FaceGroup.objects.get()


def test_naming_a_group_confirms_its_faces_and_shreds_the_vectors(grouping: House) -> None:
    group = named_house(grouping)
    shown = regions_of(group)
    done = name_group(
        group=group, by=grouping.owner, shown_regions=shown, chosen_regions=shown, name="Granny"
    )
    assert (done.named, done.skipped, done.person.name) == (3, 0, "Granny")
    rows = Appearance.objects.filter(person=done.person)
    assert {(row.state, row.source) for row in rows} == {("confirmed", "human")}
    assert not UnknownFace.objects.exists()
    assert not FaceGroup.objects.exists()
    assert not Template.objects.exists()


def test_naming_a_group_of_somebody_who_said_yes_makes_templates(grouping: House) -> None:
    anna = grouping.person("Anna")
    grouping.says(anna, True)
    group = named_house(grouping)
    shown = regions_of(group)
    name_group(
        group=group, by=grouping.owner, shown_regions=shown, chosen_regions=shown, person=anna
    )
    assert not UnknownFace.objects.exists()
    vectors = [open_template(template) for template in Template.objects.order_by("pk")]
    assert len(vectors) == 3
    assert max(float(vector @ vector_of("red", 110)) for vector in vectors) > 0.999


def test_faces_that_were_shown_and_not_chosen_are_not_that_person(grouping: House) -> None:
    group = named_house(grouping)
    shown = regions_of(group)
    done = name_group(
        group=group, by=grouping.owner, shown_regions=shown, chosen_regions=shown[:2], name="Granny"
    )
    refusal = NotThisPerson.objects.get()
    assert (refusal.region_id, refusal.person) == (shown[2], done.person)
    assert UnknownFace.objects.get().group is None


def test_faces_that_joined_since_the_page_was_drawn_get_no_name(grouping: House) -> None:
    group = named_house(grouping)
    shown = regions_of(group)[:2]
    done = name_group(
        group=group, by=grouping.owner, shown_regions=shown, chosen_regions=shown, name="Granny"
    )
    assert done.named == 2
    assert UnknownFace.objects.count() == 1
    assert not NotThisPerson.objects.exists()


def test_nobody_is_named_without_a_face_chosen(grouping: House) -> None:
    group = named_house(grouping)
    with pytest.raises(PhotolibError, match="Choose at least one"):
        name_group(
            group=group, by=grouping.owner, shown_regions=[], chosen_regions=[], name="Granny"
        )
    assert not Appearance.objects.exists()


def test_only_the_owner_names_and_hides_groups(grouping: House, bob: User) -> None:
    group = named_house(grouping)
    shown = regions_of(group)
    for deed in (
        lambda: name_group(
            group=group,
            by=bob,
            shown_regions=shown,
            chosen_regions=shown,
            name="X",
        ),
        lambda: hide_group(group=group, by=bob),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_what_is_no_face_loses_its_vector(grouping: House) -> None:
    (region,) = grouping.look(grouping.photo("red"))
    dismiss_region(region=region, by=grouping.owner)
    assert not UnknownFace.objects.exists()


def test_leaving_grouping_shreds_vectors_groups_and_key(grouping: House) -> None:
    named_house(grouping)
    key_id = GroupingSession.objects.get().key_id
    grouping.switch(RecognitionState.CONSENTED)
    for model in (UnknownFace, FaceGroup, GroupingSession):
        assert not model._default_manager.exists()
    assert not keys.exists(key_id)


def test_entering_again_begins_with_another_key(grouping: House) -> None:
    first = GroupingSession.objects.get().key_id
    grouping.switch(RecognitionState.OFF)
    grouping.switch(RecognitionState.HOUSEHOLD)
    assert GroupingSession.objects.get().key_id != first


def test_faces_are_kept_until_the_date_and_then_not_again(grouping: House) -> None:
    photo = grouping.photo("red")
    grouping.look(photo)
    session = GroupingSession.objects.get()
    unknown = UnknownFace.objects.get()
    assert unknown.expires_at - timezone.now() > timedelta(days=29)
    expire(timezone.now() + timedelta(days=29))
    assert not UnknownFace.objects.get().expired

    expire(timezone.now() + timedelta(days=31))
    gone = UnknownFace.objects.get()
    assert (gone.expired, bytes(gone.sealed), gone.group) == (True, b"", None)
    assert not keys.exists(session.key_id)
    held.drop()
    grouping.look(photo)
    assert UnknownFace.objects.get().expired


def test_what_is_not_due_yet_can_still_be_opened_after_others_have_gone(grouping: House) -> None:
    grouping.look(grouping.photo("red"))
    grouping.look(grouping.photo("blue"))
    old, young = UnknownFace.objects.order_by("pk")
    UnknownFace.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    expire(timezone.now() + timedelta(minutes=1))
    young.refresh_from_db()
    assert np.allclose(open_unknown(young, GroupingSession.objects.get()), vector_of("blue"))


def test_a_shorter_time_holds_for_what_is_kept_already(grouping: House) -> None:
    grouping.look(grouping.photo("red"))
    switch_recognition(
        library=grouping.library,
        state=RecognitionState.HOUSEHOLD,
        by=grouping.owner,
        declared=True,
        keep_days=2,
    )
    assert UnknownFace.objects.get().expires_at - timezone.now() < timedelta(days=2)


def test_more_than_90_days_are_refused(grouping: House) -> None:
    with pytest.raises(PhotolibError, match="90 days"):
        switch_recognition(
            library=grouping.library,
            state=RecognitionState.HOUSEHOLD,
            by=grouping.owner,
            declared=True,
            keep_days=91,
        )


def test_held_vectors_go_by_themselves(grouping: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "HELD_SECONDS", 0.05)
    grouping.look(grouping.photo("red"))
    timer = held._timer
    assert timer is not None
    timer.join(timeout=5)
    assert not held.is_holding()


def test_entering_has_the_library_looked_at_again(house: House, commits: Commits) -> None:
    house.look(house.photo("red", light=110))
    house.look(house.photo("red", light=150))
    assert not UnknownFace.objects.exists()
    with commits():
        house.switch(RecognitionState.HOUSEHOLD)
    assert house.look_at_due() == 2
    assert group_sizes() == [2]


def test_purge_leaves_nothing_biometric_and_keeps_names_by_hand(
    grouping: House, commits: Commits
) -> None:
    anna = grouping.person("Anna")
    grouping.says(anna, True)
    (region,) = grouping.look(grouping.photo("red", light=110))
    grouping.look(grouping.photo("blue"))
    grouping.names(region, anna)
    grouping.look(grouping.photo("red", light=150))
    used = {GroupingSession.objects.get().key_id, Template.objects.get().key_id}
    counts = purge_everything()
    assert counts["Template"] == 1
    assert counts["UnknownFace"] == 1
    for model in (Template, UnknownFace, FaceGroup, GroupingSession):
        assert not model._default_manager.exists()
    assert [keys.exists(key_id) for key_id in used] == [False, False]
    assert [row.source for row in Appearance.objects.all()] == ["human"]
    # Nothing is made anew either: every library is off.
    grouping.look(grouping.photo("red", light=200))
    assert not UnknownFace.objects.exists()
