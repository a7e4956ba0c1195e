"""P6 (GDPR 8): a child's guardian decides; at the age of the country's table recognition pauses until the
young person decides."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from photolib.accounts.models import Household, User
from photolib.consent.ages import AGES
from photolib.consent.decisions import Reason, decide, people_allowing
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import LedgerEntry, Purpose
from photolib.consent.services import answer, invite
from photolib.consent.verification import check_daily
from photolib.core import chores
from photolib.core.errors import NotAllowed
from photolib.people.errors import PersonRefused
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, FaceRegion
from photolib.people.services import create_person, take_guardianship
from tests.consent.conftest import Cast, recognition_on, say
from tests.factories import photo_row

BORN = date(2015, 6, 15)  # Mia's


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def move(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr(timezone, "now", lambda: noon)

    return move


def country(code: str) -> None:
    Household.objects.update(country=code)


@pytest.mark.parametrize(("code", "age"), [*sorted(AGES.items()), ("", 16), ("US", 16)])
def test_p06_recognition_pauses_on_the_birthday_of_the_countrys_table(
    cast: Cast, move_clock: Callable[[date], None], code: str, age: int
) -> None:
    country(code)
    move_clock(date(2025, 1, 1))
    recognition_on(cast)
    say(cast, cast.mia, Purpose.RECOGNISE)
    birthday = BORN.replace(year=BORN.year + age)
    move_clock(birthday - timedelta(days=1))
    assert people_allowing(Purpose.RECOGNISE, cast.library) == {cast.mia.pk}
    move_clock(birthday)
    found = decide(cast.mia, Purpose.RECOGNISE, cast.library)
    assert (found.allowed, found.reason) == (False, Reason.DECIDES_ALONE_NOW)
    assert people_allowing(Purpose.RECOGNISE, cast.library) == set()


def test_p06_until_the_young_person_decides(cast: Cast, move_clock: Callable[[date], None]) -> None:
    move_clock(date(2025, 1, 1))
    recognition_on(cast)
    say(cast, cast.mia, Purpose.RECOGNISE)
    move_clock(date(2031, 6, 15))
    with pytest.raises(NotAllowed):
        say(cast, cast.mia, Purpose.RECOGNISE)  # by the guardian
    answer(
        person=cast.mia,
        library=cast.library,
        purpose=Purpose.RECOGNISE,
        granted=True,
        by=cast.mia_user,
        language="en",
    )
    assert people_allowing(Purpose.RECOGNISE, cast.library) == {cast.mia.pk}


def test_p06_a_clock_set_back_makes_nobody_a_child_again(
    cast: Cast, move_clock: Callable[[date], None]
) -> None:
    move_clock(date(2025, 1, 1))
    recognition_on(cast)
    say(cast, cast.mia, Purpose.RECOGNISE)
    move_clock(date(2031, 6, 15))
    check_daily(timezone.now())
    move_clock(date(2031, 6, 1))
    assert not decide(cast.mia, Purpose.RECOGNISE, cast.library).allowed


@pytest.mark.skipif(
    not apps.is_installed("faces"), reason="there is nothing to pause without faces"
)
def test_p06_what_the_machine_said_goes_with_the_birthday(
    cast: Cast, move_clock: Callable[[date], None]
) -> None:
    move_clock(date(2025, 1, 1))
    recognition_on(cast)
    say(cast, cast.mia, Purpose.RECOGNISE)
    photo = photo_row(cast.alice)
    region = FaceRegion.objects.create(photo=photo, left=0.1, top=0.1, width=0.2, height=0.2)
    template = apps.get_model("faces", "Template")._default_manager.create(
        person=cast.mia,
        library=cast.library,
        region=region,
        decision=cast.mia.decisions.get(),
        key_id="0" * 32,
        pack="test",
        sealed=b"sealed",
    )
    Appearance.objects.create(
        person=cast.mia, photo=photo, region=region, state=AppearanceState.AUTO,
        source=AppearanceSource.MACHINE,
    )  # fmt: skip
    expire = chores.all_chores()["faces.expire"]
    expire(timezone.now())
    template.refresh_from_db()
    move_clock(date(2031, 6, 15))
    expire(timezone.now())
    assert not type(template)._default_manager.exists()
    assert not Appearance.objects.exists()


def test_p06_only_the_guardian_of_the_day_decides(cast: Cast, charlie: User) -> None:
    recognition_on(cast)
    for by in (cast.alice, cast.mia_user, charlie):
        with pytest.raises(NotAllowed):
            answer(
                person=cast.mia, library=cast.library, purpose=Purpose.RECOGNISE, granted=True,
                by=by, language="en",
            )  # fmt: skip
    say(cast, cast.mia, Purpose.RECOGNISE)
    User.objects.filter(pk=cast.mia_user.pk).update(guardian=cast.alice)
    found = decide(cast.mia, Purpose.RECOGNISE, cast.library)
    assert (found.allowed, found.reason) == (False, Reason.GUARDIAN_DECIDES)
    assert LedgerEntry.objects.count() == 1


def test_p06_nobody_becomes_the_guardian_of_an_adult_or_of_anothers_ward(
    cast: Cast, charlie: User
) -> None:
    assert cast.alice.household is not None
    ben = create_person(
        household=cast.alice.household,
        name="Ben",
        by=cast.alice,
        guardian=cast.alice,
        birthday=timezone.localdate() - timedelta(days=2000),
    )
    with pytest.raises(PersonRefused):
        take_guardianship(person=ben, by=cast.bob)
    with pytest.raises(PersonRefused):
        take_guardianship(person=cast.rosa, by=cast.alice)
    for by in (charlie, cast.mia_user):
        with pytest.raises(NotAllowed):
            take_guardianship(person=ben, by=by)
    with pytest.raises(ConsentRefused, match="is a child"):
        invite(person=ben, library=cast.library, by=cast.alice)


def test_p06_the_guardian_answers_on_the_pages_and_the_child_looks_on(
    cast: Cast, bob_client: Client
) -> None:
    page = bob_client.get("/consent/").content.decode()
    assert f"/consent/{cast.mia.pk}/{cast.library.pk}/recognise/" in page
    mia_client = Client()
    mia_client.force_login(cast.mia_user)
    page = mia_client.get("/consent/").content.decode()
    assert "Bob answers for you until you are old enough" in page
    assert f"/consent/{cast.mia.pk}/" not in page
