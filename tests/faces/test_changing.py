"""Moving from one pack to another: recognition goes on, nothing said is lost, nothing erased is left."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from faces import changing
from faces.audit.standing import standing
from faces.choice import chosen_packs, coming_pack, serving_pack
from faces.engine import FaceEngine
from faces.erasure import expire
from faces.models import FaceGroup, PackChoice, Template, UnknownFace
from faces.packs import BUNDLED, BY_NAME
from faces.sealing import open_coming, open_template, open_unknown
from faces.services import packs as pack_services
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo, RecognitionState
from photolib.people.models import Appearance, AppearanceState, Person
from tests.faces.across import Home
from tests.faces.conftest import House
from tests.faces.fake_engine import FakeEngine, vector_of

pytestmark = pytest.mark.django_db
Commits = Callable[[], AbstractContextManager[object]]
OTHER = BY_NAME["opencv"]


@pytest.fixture(autouse=True)
def _fake_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both packs are on this machine, each with a fake engine that knows people by other numbers."""
    made = {pack.name: FakeEngine(pack) for pack in BY_NAME.values()}

    def engines_in_use() -> tuple[FaceEngine, FaceEngine | None]:
        serving, coming = chosen_packs()
        return made[serving.name], None if coming is None else made[coming.name]

    monkeypatch.setattr("faces.steps.engines_in_use", engines_in_use)
    monkeypatch.setattr("faces.services.packs.is_installed", lambda _pack: True)


def use(house: House, name: str) -> None:
    pack_services.use_pack(pack=BY_NAME[name], by=house.owner)


def learn(house: House, commits: Commits) -> tuple[Person, list[Photo]]:
    """Anna, red, said yes and is named in two photos; a third shows blue."""
    photos = [house.photo("red", light=light) for light in (200, 220)]
    photos.append(house.photo("blue"))
    for photo in photos:
        house.look(photo)
    with commits():
        house.switch(RecognitionState.CONSENTED)
    anna = house.person("Anna")
    with commits():
        house.says(anna, True)
    for photo in photos[:2]:
        with commits():
            house.names(house.look(photo)[0], anna)
    house.look_at_due()
    return anna, photos


def found_in(photo: Photo) -> set[int]:
    rows = Appearance.objects.filter(photo=photo).exclude(state=AppearanceState.CONFIRMED)
    return set(rows.values_list("person_id", flat=True))


def packs_of(anna: Person) -> list[str]:
    rows = Template.objects.filter(person=anna).order_by("pack", "pk")
    return list(rows.values_list("pack", flat=True))


def test_a_person_is_recognised_at_every_moment_of_the_change(
    house: House, commits: Commits
) -> None:
    anna, photos = learn(house, commits)
    use(house, "opencv")
    for light in range(130, 250, 20):
        fresh = house.photo("red", light=light)
        house.look(fresh)
        assert found_in(fresh) == {anna.pk}, (light, serving_pack().name)
        due = StepRun.objects.filter(photo__in=photos, state=StepState.DUE).first()
        if due is not None:
            house.look(due.photo)
        changing.finish_change()
    assert serving_pack() == OTHER
    assert packs_of(anna) == ["opencv"] * 2
    (template, _) = Template.objects.order_by("pk")
    assert open_template(template) @ vector_of("red", pack=OTHER) > 0.5


def test_while_photos_wait_the_old_pack_serves_and_both_are_kept(
    house: House, commits: Commits
) -> None:
    anna, photos = learn(house, commits)
    use(house, "opencv")
    assert (serving_pack(), coming_pack()) == (BUNDLED, OTHER)
    progress = changing.progress()
    assert progress is not None
    assert (progress.photos, progress.done) == (2, 0)
    house.look(photos[0])
    assert not changing.finish_change()
    assert packs_of(anna) == ["bundled", "bundled", "opencv"]
    house.look(photos[1])
    assert packs_of(anna) == ["bundled"] * 2 + ["opencv"] * 2
    assert standing().findings == ()
    assert changing.finish_change()
    assert packs_of(anna) == ["opencv"] * 2
    assert (serving_pack(), coming_pack()) == (OTHER, None)
    # Everything is compared anew by the pack that serves now.
    assert StepRun.objects.filter(state=StepState.DUE).count() == 3


def group_all(house: House, commits: Commits, first: str = "red") -> dict[int, int | None]:
    """Three photos of `first` and two of blue, in household grouping; each row's group."""
    with commits():
        house.switch(RecognitionState.HOUSEHOLD)
    for light in (160, 200, 240):
        house.photo(first, light=light)
    for light in (160, 200):
        house.photo("blue", light=light)
    house.look_at_due()
    assert FaceGroup.objects.count() == 2
    return dict(UnknownFace.objects.values_list("pk", "group_id"))


def test_groups_and_what_was_said_of_faces_survive_the_change(
    house: House, commits: Commits
) -> None:
    groups = group_all(house, commits)
    hidden = FaceGroup.objects.latest("pk")
    FaceGroup.objects.filter(pk=hidden.pk).update(hidden=True)
    dates = dict(UnknownFace.objects.values_list("pk", "expires_at"))
    use(house, "opencv")
    house.look_at_due()
    # The rows stay the same ones until the end and after it.
    assert dict(UnknownFace.objects.values_list("pk", "group_id")) == groups
    assert changing.finish_change()
    assert dict(UnknownFace.objects.values_list("pk", "group_id")) == groups
    assert dict(UnknownFace.objects.values_list("pk", "expires_at")) == dates
    house.look_at_due()
    assert dict(UnknownFace.objects.values_list("pk", "group_id")) == groups
    assert FaceGroup.objects.get(hidden=True) == hidden
    row = UnknownFace.objects.select_related("session").first()
    assert row is not None
    assert (row.pack, row.coming_pack, bytes(row.coming_sealed)) == ("opencv", "", b"")
    assert open_unknown(row, row.session).shape == (OTHER.dimensions,)


def test_a_photo_that_arrives_during_the_change_is_in_its_group_before_and_after(
    house: House, commits: Commits
) -> None:
    group_all(house, commits)
    use(house, "opencv")
    (region,) = house.look(house.photo("red", light=180))
    fresh = UnknownFace.objects.get(region=region)
    assert fresh.group is not None
    assert fresh.group.faces.count() == 4
    assert fresh.coming_pack == "opencv"
    house.look_at_due()
    changing.finish_change()
    house.look_at_due()
    fresh.refresh_from_db()
    assert fresh.group is not None
    assert fresh.group.faces.count() == 4


def test_naming_a_face_during_the_change_teaches_both_packs(house: House, commits: Commits) -> None:
    group_all(house, commits)
    anna = house.person("Anna")
    with commits():
        house.says(anna, True)
    use(house, "opencv")
    house.look_at_due()
    row = UnknownFace.objects.order_by("pk").first()
    assert row is not None
    with commits():
        house.names(row.region, anna)
    assert packs_of(anna) == ["bundled", "opencv"]
    assert not UnknownFace.objects.filter(pk=row.pk).exists()


def test_taking_the_yes_back_during_the_change_erases_both(house: House, commits: Commits) -> None:
    anna, photos = learn(house, commits)
    use(house, "opencv")
    house.look(photos[0])
    assert set(packs_of(anna)) == {"bundled", "opencv"}
    with commits():
        house.says(anna, False)
    assert packs_of(anna) == []
    house.look_at_due()
    assert changing.finish_change()
    house.look_at_due()
    assert packs_of(anna) == []
    assert not any(found_in(photo) for photo in photos)
    assert standing().findings == ()


def test_switching_grouping_off_or_its_time_being_over_erases_both(
    house: House, commits: Commits
) -> None:
    group_all(house, commits)
    use(house, "opencv")
    house.look_at_due()
    late, *kept = UnknownFace.objects.order_by("pk")
    UnknownFace.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(days=1))
    expire(timezone.now())
    late.refresh_from_db()
    assert (late.expired, bytes(late.sealed), bytes(late.coming_sealed)) == (True, b"", b"")
    # The others were sealed anew under the session's new key, both vectors of each.
    other = UnknownFace.objects.select_related("session").get(pk=kept[0].pk)
    assert open_unknown(other, other.session) @ vector_of("red", 200) > 0.5
    assert open_coming(other, other.session) @ vector_of("red", 200, pack=OTHER) > 0.5
    assert changing.finish_change()
    house.look_at_due()
    # One whose time is over is not kept anew because of other models.
    late.refresh_from_db()
    assert late.expired
    with commits():
        house.switch(RecognitionState.OFF)
    assert not UnknownFace.objects.exists()


def test_new_keys_during_the_change_open_both(house: House, commits: Commits) -> None:
    group_all(house, commits)
    use(house, "opencv")
    house.look_at_due()
    call_command("rotate_keys", verbosity=0)
    for row in UnknownFace.objects.select_related("session"):
        assert open_unknown(row, row.session).shape == (BUNDLED.dimensions,)
        assert open_coming(row, row.session).shape == (OTHER.dimensions,)


def test_a_crash_in_the_last_step_leaves_all_as_it_was(
    house: House, commits: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = learn(house, commits)
    groups = group_all(house, commits, first="green")
    use(house, "opencv")
    house.look_at_due()
    before = [np.array(open_template(row)) for row in Template.objects.order_by("pk")]

    def crash(_library: int) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(changing, "look_again_at_library", crash)
        with pytest.raises(RuntimeError):
            changing.finish_change()
    assert (serving_pack(), coming_pack()) == (BUNDLED, OTHER)
    assert len(before) == Template.objects.count()
    for old, row in zip(before, Template.objects.order_by("pk"), strict=True):
        assert np.array_equal(old, open_template(row))
    fresh = house.photo("red", light=170)
    house.look(fresh)
    assert found_in(fresh) == {anna.pk}
    assert changing.finish_change()
    assert groups.items() <= dict(UnknownFace.objects.values_list("pk", "group_id")).items()


def test_a_worker_that_dies_over_a_photo_holds_the_change_up_until_it_was_looked_at(
    house: House, commits: Commits
) -> None:
    anna, photos = learn(house, commits)
    use(house, "opencv")
    house.look(photos[0])
    StepRun.objects.filter(photo=photos[1]).update(state=StepState.RUNNING)
    assert not changing.finish_change()
    StepRun.objects.filter(photo=photos[1]).update(state=StepState.DUE)
    house.look_at_due()
    assert changing.finish_change()
    assert packs_of(anna) == ["opencv"] * 2


def test_a_photo_that_cannot_be_read_any_more_does_not_hold_the_change_up_for_ever(
    house: House, commits: Commits
) -> None:
    anna, photos = learn(house, commits)
    use(house, "opencv")
    house.look(photos[0])
    StepRun.objects.filter(photo=photos[1]).update(state=StepState.PARKED)
    progress = changing.progress()
    assert progress is not None
    assert (progress.photos, progress.done, progress.failed) == (2, 2, 1)
    assert changing.finish_change()
    assert packs_of(anna) == ["opencv"]


def test_moving_back_in_the_middle_forgets_what_was_made(house: House, commits: Commits) -> None:
    anna, _ = learn(house, commits)
    group_all(house, commits, first="green")
    use(house, "opencv")
    house.look_at_due()
    use(house, "bundled")
    assert packs_of(anna) == ["bundled"] * 2
    assert not UnknownFace.objects.exclude(coming_sealed=b"").exists()
    assert not changing.finish_change()
    assert (serving_pack(), coming_pack()) == (BUNDLED, None)


def test_what_a_worker_found_before_the_choice_is_not_written(
    house: House, commits: Commits
) -> None:
    """The consent epoch is another: it looks again, by both packs."""
    learn(house, commits)
    epoch = house.library.consent_epoch
    use(house, "opencv")
    begun = house.library.consent_epoch
    house.look_at_due()
    changing.finish_change()
    assert epoch < begun < house.library.consent_epoch


def test_what_a_housemates_library_learnt_from_a_photo_changes_as_well(
    alice: User, bob: User, commits: Commits
) -> None:
    home = Home(House(alice), House(bob), commits)
    theirs = home.bob.photo("red", light=150)
    home.shares()
    home.says(True, home.bob)
    assert [row.pack for row in home.learnt()] == ["bundled"]
    use(home.alice, "opencv")
    while (due := StepRun.objects.filter(state=StepState.DUE).first()) is not None:
        (home.alice if due.photo_id in home.alice.pictures else home.bob).look(due.photo)
    assert [row.pack for row in home.learnt()] == ["bundled", "opencv"]
    assert changing.finish_change()
    assert [row.pack for row in home.learnt()] == ["opencv"]
    home.bob.look(theirs)
    assert found_in(theirs) == {home.carol.pk}


def test_without_any_vector_the_change_is_there_at_once(house: House) -> None:
    house.look(house.photo("red"))
    use(house, "opencv")
    assert (serving_pack(), coming_pack()) == (OTHER, None)
    assert PackChoice.objects.get().chosen_by == house.owner.username


def test_a_pack_in_use_or_on_its_way_cannot_be_removed(house: House, commits: Commits) -> None:
    learn(house, commits)
    use(house, "opencv")
    with pytest.raises(PhotolibError, match="it stays"):
        pack_services.remove_pack(pack=OTHER, by=house.owner)


def test_only_an_admin_chooses(house: House) -> None:
    bob = house.person("Bob").user
    assert bob is not None
    with pytest.raises(NotAllowed):
        pack_services.use_pack(pack=OTHER, by=bob)


def test_the_page_shows_how_far_the_change_is(house: House, commits: Commits) -> None:
    _, photos = learn(house, commits)
    client = Client()
    client.force_login(house.owner)
    use(house, "opencv")
    house.look(photos[0])
    page = client.get("/faces/models/").content.decode()
    assert "1 of 2 photos looked at again" in page
    assert "Stay with this one" in page
    client.post("/faces/models/bundled/use/")
    assert coming_pack() is None
