"""Uploading by the plain form and by the script, and taking in a folder."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.intake.models import Incoming, IncomingState
from photolib.pages.services import CannotImport, start_folder_import

UPLOAD = "pages:upload"
IMPORT = "pages:import_folder"


def test_plain_form_takes_several_files_and_leads_to_the_jobs(
    alice: User, alice_client: Client, jpeg: SimpleUploadedFile
) -> None:
    response = alice_client.post(reverse(UPLOAD), {"files": [jpeg]})
    assert response["Location"] == reverse("pages:jobs")
    arrival = Incoming.objects.get()
    assert (arrival.name, arrival.library.owner) == ("beach.jpg", alice)


def test_a_refused_file_is_named_with_its_reason_and_the_rest_goes_on(
    alice_client: Client, jpeg: SimpleUploadedFile
) -> None:
    notes = SimpleUploadedFile("notes.txt", b"dear diary")
    empty = SimpleUploadedFile("empty.jpg", b"")
    response = alice_client.post(reverse(UPLOAD), {"files": [notes, jpeg, empty]})
    page = response.content.decode()
    assert response.status_code == 200
    assert "notes.txt" in page
    assert "This is not a picture" in page
    assert "empty.jpg" in page
    assert "1 photo received." in page
    assert Incoming.objects.filter(state=IncomingState.RECEIVED).count() == 1


def test_script_reads_the_result_of_each_file(
    alice_client: Client, jpeg: SimpleUploadedFile
) -> None:
    notes = SimpleUploadedFile("notes.txt", b"dear diary")
    response = alice_client.post(
        reverse(UPLOAD), {"files": [jpeg, notes]}, headers={"Accept": "application/json"}
    )
    good, bad = response.json()["results"]
    assert good == {"name": "beach.jpg", "received": True, "reason": ""}
    assert bad["received"] is False
    assert bad["reason"].startswith("This is not a picture")


def test_a_path_in_the_name_stays_a_name(alice_client: Client, jpeg: SimpleUploadedFile) -> None:
    jpeg.name = "../../etc/passwd.jpg"
    alice_client.post(reverse(UPLOAD), {"files": [jpeg]})
    assert "/" not in Incoming.objects.get().name


def test_no_file_chosen_is_said(alice_client: Client) -> None:
    page = alice_client.post(reverse(UPLOAD)).content.decode()
    assert "No file was chosen" in page


def test_refusals_stand_on_the_page_of_jobs_for_their_owner_alone(
    alice_client: Client, bob_client: Client
) -> None:
    notes = SimpleUploadedFile("notes.txt", b"dear diary")
    alice_client.post(reverse(UPLOAD), {"files": [notes]})
    assert "notes.txt" in alice_client.get(reverse("pages:jobs")).content.decode()
    assert "notes.txt" not in bob_client.get(reverse("pages:jobs")).content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_so(
    alice: User, jpeg: SimpleUploadedFile
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post(reverse(UPLOAD), {"files": [jpeg]})
    assert response.status_code == 403
    assert "Please send this again" in response.content.decode()
    assert not Incoming.objects.exists()


# --- A folder of the server -----------------------------------------------------------------------
class Started:
    """Stands for the process; remembers what would have been run."""

    commands: list[list[str]] = []

    def __init__(self, command: list[str], **options: object) -> None:
        self.commands.append(command)

    def wait(self) -> int:
        return 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    Started.commands = []
    monkeypatch.setattr("photolib.pages.services.subprocess.Popen", Started)
    return Started.commands


def test_a_folder_is_taken_in_by_a_process_of_its_own(
    alice_client: Client, started: list[list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "camera -- roll"
    folder.mkdir()
    (folder / "a.jpg").touch()
    response = alice_client.post(reverse(IMPORT), {"folder": str(folder)})
    assert response["Location"] == reverse("pages:jobs")
    assert started[0][2:] == ["import", str(folder), "--owner", "alice"]


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("photos", "whole path"),
        ("/nowhere/at/all", "There is no folder /nowhere/at/all"),
        ("--help", "whole path"),
    ],
)
def test_a_folder_that_will_not_do_is_refused_with_its_reason(
    alice_client: Client, started: list[list[str]], folder: str, sentence: str
) -> None:
    page = alice_client.post(reverse(IMPORT), {"folder": folder}).content.decode()
    assert sentence in page
    assert not started


def test_photolibs_own_folder_is_not_taken_in(
    alice: User, settings: Any, started: list[list[str]]
) -> None:
    (settings.PHOTOLIB_DATA / "originals").mkdir()
    (settings.PHOTOLIB_DATA / "originals" / "a").touch()
    with pytest.raises(CannotImport, match="own folder"):
        start_folder_import(folder=str(settings.PHOTOLIB_DATA / "originals"), by=alice)
    with pytest.raises(CannotImport, match="own folder"):
        start_folder_import(folder=str(settings.PHOTOLIB_KEYSTORE), by=alice)
    assert not started


def test_an_empty_folder_is_said_to_be_empty(
    alice: User, started: list[list[str]], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CannotImport, match="is empty"):
        start_folder_import(folder=str(empty), by=alice)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_names_the_mend(alice: User, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    with pytest.raises(CannotImport, match="let the account that runs photolib read it"):
        start_folder_import(folder=str(locked), by=alice)


def test_a_housemate_starts_no_import(bob: User, started: list[list[str]], tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        start_folder_import(folder=str(tmp_path), by=bob)
    assert not started
