"""P4 (GDPR 7(1)): a template without a live ledger entry is refused by the database itself."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from photolib.consent.models import Decision, LedgerSubject, Purpose
from photolib.core import guards
from photolib.library.services import library_of
from photolib.people.models import FaceRegion
from tests.consent.conftest import Cast, recognition_on, say
from tests.factories import photo_row

if not apps.is_installed("faces"):
    pytest.skip("there are no templates without faces", allow_module_level=True)

Template: Any = apps.get_model("faces", "Template")


def region(cast: Cast) -> FaceRegion:
    photo = photo_row(cast.alice, seed=FaceRegion.objects.count())
    return FaceRegion.objects.create(photo=photo, left=0.1, top=0.1, width=0.2, height=0.2)


def write(cast: Cast, decision: Decision, **other: object) -> Any:
    values = {
        "person": cast.bob_person,
        "library": cast.library,
        "region": region(cast),
        "decision": decision,
        "key_id": "0" * 32,
        "pack": "test",
        "sealed": b"sealed",
    }
    with transaction.atomic():
        return Template.objects.create(**(values | other))


def newest(cast: Cast, purpose: str = Purpose.RECOGNISE) -> Decision:
    return Decision.objects.filter(person=cast.bob_person, purpose=purpose).latest("pk")


@pytest.fixture
def said(cast: Cast) -> Cast:
    recognition_on(cast)
    say(cast, cast.bob_person, Purpose.RECOGNISE)
    return cast


def test_p04_with_a_live_yes_a_template_is_written(said: Cast) -> None:
    template = write(said, newest(said))
    template.sealed = b"again"
    template.save()
    assert Template.objects.count() == 1


def refused(cast: Cast, decision: Decision, **other: object) -> None:
    with pytest.raises(IntegrityError, match="live yes"):
        write(cast, decision, **other)
    assert not Template.objects.exists()


def test_p04_after_a_no_the_database_refuses(said: Cast) -> None:
    yes = newest(said)
    say(said, said.bob_person, Purpose.RECOGNISE, granted=False)
    refused(said, yes)
    refused(said, newest(said))


def test_p04_an_older_yes_does_not_do(said: Cast) -> None:
    older = newest(said)
    say(said, said.bob_person, Purpose.RECOGNISE)
    refused(said, older)


def test_p04_a_yes_to_something_else_does_not_do(said: Cast) -> None:
    say(said, said.bob_person, Purpose.NAME)
    refused(said, newest(said, Purpose.NAME))


def test_p04_another_persons_yes_does_not_do(said: Cast) -> None:
    refused(said, newest(said), person=said.rosa)


def test_p04_a_yes_for_another_library_does_not_do(said: Cast) -> None:
    refused(said, newest(said), library=library_of(said.bob))


def test_p04_an_answer_that_was_turned_to_somebody_else_does_not_do(said: Cast) -> None:
    """The commitment in the ledger is Bob's, whatever the rows beside it say."""
    Decision.objects.update(person=said.rosa)
    refused(said, Decision.objects.get(), person=said.rosa)


def test_p04_an_erased_subject_allows_nothing(said: Cast) -> None:
    LedgerSubject.objects.all().delete()
    refused(said, newest(said))


def test_p04_a_template_is_not_turned_to_another_person(said: Cast) -> None:
    template = write(said, newest(said))
    for change in ({"person": said.rosa}, {"library": library_of(said.bob)}):
        with pytest.raises(IntegrityError, match="live yes"), transaction.atomic():
            Template.objects.filter(pk=template.pk).update(**change)
    assert Template.objects.get().person == said.bob_person


def test_p04_without_the_rule_nothing_is_recognised(said: Cast) -> None:
    """The test that the tests above look at the rule: without it the row is written."""
    yes = newest(said)
    say(said, said.bob_person, Purpose.RECOGNISE, granted=False)
    guards.take_away()
    write(said, yes)
    assert {name for name in guards.missing() if name.startswith("faces_")} == {
        "faces_template_insert_needs_yes",
        "faces_template_update_needs_yes",
    }


def test_p04_a_guardians_yes_is_a_live_one(cast: Cast) -> None:
    recognition_on(cast)
    say(cast, cast.mia, Purpose.RECOGNISE)
    yes = Decision.objects.get(person=cast.mia)
    assert write(cast, yes, person=cast.mia).person == cast.mia
    say(cast, cast.mia, Purpose.RECOGNISE, granted=False)
    with pytest.raises(IntegrityError, match="live yes"):
        write(cast, yes, person=cast.mia)
