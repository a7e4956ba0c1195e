"""manage.py import: a folder, with everything that lies about in folders."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from photolib.accounts.models import User
from photolib.intake import importing
from photolib.intake.models import Incoming, IncomingState
from photolib.library.models import Photo
from tests.factories import picture

pytestmark = [pytest.mark.usefixtures("set_steps"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    (folder / "2019").mkdir(parents=True)
    (folder / "b.jpg").write_bytes(picture(seed=1))
    (folder / "a.jpg").write_bytes(picture(seed=2))
    (folder / "2019" / "again.jpg").write_bytes(picture(seed=1))
    (folder / "notes.jpg").write_bytes(b"Dear diary")
    (folder / "empty.png").write_bytes(b"")
    for beside in ("a.jpg.xmp", "Thumbs.db", ".hidden.jpg", "a.json"):
        (folder / beside).write_bytes(b"x")
    return folder


def run(folder: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    call_command("import", str(folder), "--owner", "alice", "--json", *options)
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert isinstance(report, dict)
    return report


def test_report_says_what_became_of_each_file(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(folder, "--wait", capsys=capsys)
    refused = report.pop("refused")
    assert isinstance(refused, list)
    assert report == {
        "files": 5, "sidecars": 1, "skipped": 3, "received": 3, "accepted": 2, "duplicates": 1,
        "parked": 0, "waiting": 0,
    }  # fmt: skip
    assert [(one["file"], one["code"]) for one in refused] == [
        ("empty.png", "empty"), ("notes.jpg", "not_an_image"),
    ]  # fmt: skip
    assert all(one["reason"] for one in refused)


def test_without_wait_the_files_wait_for_the_workers(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, capsys=capsys)["waiting"] == 3
    assert Incoming.objects.filter(state=IncomingState.RECEIVED).count() == 3


def test_same_folder_again_doubles_nothing(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, "--wait", capsys=capsys)
    report = run(folder, "--wait", capsys=capsys)
    assert (report["accepted"], report["duplicates"]) == (0, 3)
    assert Photo.objects.count() == 2


def test_cut_picture_is_refused_by_its_path_and_the_rest_goes_on(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "2019" / "cut.jpg").write_bytes(picture(seed=3)[:1500])
    report = run(folder, "--wait", capsys=capsys)
    refused = report["refused"]
    assert isinstance(refused, list)
    assert ("2019/cut.jpg", "truncated") in [(one["file"], one["code"]) for one in refused]
    assert report["accepted"] == 2


def test_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.jpg").symlink_to(folder / "nowhere.jpg")
    report = run(folder, capsys=capsys)
    refused = report["refused"]
    assert isinstance(refused, list)
    assert ("broken.jpg", "unreadable") in [(one["file"], one["code"]) for one in refused]
    assert report["received"] == 3
    assert Incoming.objects.filter(name="broken.jpg", refusal="unreadable").exists()


def test_folder_that_cannot_be_read_is_named_and_the_rest_goes_on(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def locked(path: str) -> object:
        if str(path).endswith("2019"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    report = run(folder, capsys=capsys)
    refused = report["refused"]
    assert isinstance(refused, list)
    assert ("2019", "unreadable") in [(one["file"], one["code"]) for one in refused]
    assert report["received"] == 2


def test_links_lead_nowhere_outside_the_folder(
    alice: User, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "private"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(picture(seed=9))
    (folder / "link.jpg").symlink_to(outside / "secret.jpg")
    (folder / "linked").symlink_to(outside)
    report = run(folder, capsys=capsys)
    assert (report["files"], report["received"]) == (5, 3)


def test_missing_folder_and_unknown_owner_are_named(alice: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere cannot be read"):
        call_command("import", str(tmp_path / "nowhere"), "--owner", "alice")
    with pytest.raises(CommandError, match="no account called zoe"):
        call_command("import", str(tmp_path), "--owner", "zoe")


def test_only_an_import_of_nothing_ends_in_an_error(alice: User, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    call_command("import", str(folder), "--owner", "alice")
    (folder / "a.jpg").write_bytes(b"Dear diary")
    with pytest.raises(CommandError, match="Nothing in the folder"):
        call_command("import", str(folder), "--owner", "alice")


def test_words_for_people_name_each_refusal(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import", str(folder), "--owner", "alice", "--wait")
    said = capsys.readouterr()
    assert (
        "3 files received (1 with a sidecar), 3 passed over; 2 new photos, 1 there already"
        in said.out
    )
    assert "Refused empty.png: The file is empty" in said.err


def test_many_files_are_looked_back_on_in_batches(
    alice: User, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_BATCH", 2)
    assert run(folder, "--wait", capsys=capsys)["accepted"] == 2
