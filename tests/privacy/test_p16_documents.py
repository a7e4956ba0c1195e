"""P16: documents filled from the real configuration. Golden files: tests/privacy/golden."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import set_recognition
from photolib.library.models import RecognitionState
from photolib.library.services import library_of
from photolib.rights.services import ask, freeze
from tests.factories import photo_row
from tests.privacy.rows import guest, matched, person_of, says

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = {
    "ropa": [],
    "dpia": [],
    "breach_report": ["--known-at", "2026-02-02T08:30", "--what", "A laptop was stolen."],
}


@pytest.fixture
def lived_in(alice: User, bob: User, settings) -> None:
    """A house with a little of everything."""
    settings.PUBLIC_URL = "https://photos.home.example"
    settings.WORKERS = 2
    bob_person = person_of(bob)
    library = library_of(alice)
    set_recognition(library=library, state=RecognitionState.HOUSEHOLD, by=alice, declared=True)
    says(bob_person, library, Purpose.RECOGNISE, Purpose.NAME, by=bob)
    says(bob_person, library, Purpose.EXPORT, by=bob, granted=False)
    matched(bob_person, photo_row(alice, seed=1, latitude=45.9, longitude=6.1))
    photo_row(alice, seed=2, shared_with_household=True)
    _rosa, invitation, _token = guest(alice, "Rosa | Lind")
    ask(invitation=invitation, kind="access", text="What is kept?")
    freeze(person=bob_person, by=bob)
    # Last, for keys were made: the same words on every machine.
    settings.PHOTOLIB_DATA = Path("/srv/photos/data")
    settings.PHOTOLIB_KEYSTORE = Path("/srv/keys")


def written(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, "--date", "2026-02-03", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.skipif(not apps.is_installed("faces"), reason="the golden files are with faces")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_p16_documents_come_from_the_real_configuration(name: str, lived_in: None) -> None:
    # The same words on both databases.
    text = written(name, *DOCUMENTS[name]).replace("| PostgreSQL, in", "| SQLite, in")
    assert text == (GOLDEN / f"{name}.md").read_text()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_p16_an_empty_installation_has_documents_too(name: str, db: None) -> None:
    text = written(name)
    assert "(none yet)" in text
    assert "{%" not in text
    assert "{{" not in text


def test_p16_a_site_without_https_is_told_to_mend_that(alice: User, settings) -> None:
    settings.PUBLIC_URL = "http://photos.home.example"
    assert "without HTTPS: mend this" in written("ropa")
    assert "WITHOUT HTTPS: mend this" in written("dpia")


def test_p16_names_of_people_without_an_account_are_in_none(alice: User) -> None:
    guest(alice, "Rosalinde")
    assert all("Rosalinde" not in written(name) for name in DOCUMENTS)


def test_p16_a_document_can_be_written_into_a_file(alice: User, tmp_path: Path) -> None:
    file = tmp_path / "ropa.md"
    assert written("ropa", "--output", str(file)) == f"Written: {file}\n"
    assert file.read_text() == written("ropa")
    with pytest.raises(CommandError, match="cannot be written"):
        written("ropa", "--output", str(file / "ropa.md"))


def test_p16_a_name_with_a_bar_breaks_no_table(alice: User) -> None:
    alice.display_name = "Al | ice"
    alice.save()
    library_of(alice)
    assert "| Al \\| ice | Off |" in written("ropa")
