"""A backup is rehearsed: made while the site runs, put back into an empty photolib, and compared."""

import errno
import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.decisions import decide
from photolib.consent.ledger import trouble
from photolib.consent.models import Purpose
from photolib.consent.services import answer, set_recognition
from photolib.consent.verification import export_head
from photolib.describe.services import edit_text
from photolib.intake.acceptance import accept_incoming
from photolib.intake.models import StepRun, StepState
from photolib.intake.services import receive
from photolib.library.models import Original, Photo, RecognitionState
from photolib.library.services import library_of
from photolib.library.storage import original_path
from photolib.people.services import create_person
from photolib.safekeeping.backup import MANIFEST, make_backup
from photolib.safekeeping.database import BackupError, Dump, dump_to
from photolib.safekeeping.restore import restore_backup
from tests.factories import picture

pytestmark = pytest.mark.django_db(transaction=True)


def take_in(owner: User, seed: int) -> Photo:
    arrival = receive(
        file=io.BytesIO(picture(seed=seed)),
        name=f"{seed}.jpg",
        library=library_of(owner),
        received_by=owner,
    )
    pk = accept_incoming(arrival.pk)
    assert pk is not None
    return Photo.objects.select_related("original").get(pk=pk)


def lose_everything(settings) -> None:
    """An empty photolib again: no rows, no files."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.PHOTOLIB_DATA / "originals", ignore_errors=True)


def test_a_restored_photolib_has_every_row_and_every_byte(alice, settings, tmp_path: Path) -> None:
    photos = [take_in(alice, seed) for seed in range(3)]
    edit_text(photo=photos[0], language="en", alt="A yellow dot", extended="", by=alice)
    bytes_before = {
        photo.original_id: original_path(photo.original).read_bytes() for photo in photos
    }
    StepRun.objects.update(state=StepState.DONE)
    done = make_backup(folder=tmp_path / "backup")
    assert done.copied == 3

    lose_everything(settings)
    restored = restore_backup(folder=tmp_path / "backup")

    assert restored.originals == 3
    assert User.objects.get().check_password("correct horse battery")
    assert Photo.objects.get(pk=photos[0].pk).human_texts.get().alt == "A yellow dot"
    bytes_after = {
        original.pk: original_path(original).read_bytes() for original in Original.objects.all()
    }
    assert bytes_after == bytes_before
    due = StepRun.objects.filter(state=StepState.DUE).values_list("step", flat=True)
    assert set(due) == {"make_renditions"}, "renditions are made anew, nothing else is"


def test_a_second_backup_copies_only_what_is_new(alice, tmp_path: Path) -> None:
    take_in(alice, 1)
    make_backup(folder=tmp_path / "backup")
    take_in(alice, 2)
    done = make_backup(folder=tmp_path / "backup")
    assert (done.copied, done.already_there) == (1, 1)


def test_the_keys_are_in_no_backup(alice, settings, tmp_path: Path) -> None:
    take_in(alice, 1)
    key = settings.PHOTOLIB_KEYSTORE / "a_key"
    key.write_bytes(b"a secret of this instance")
    make_backup(folder=tmp_path / "backup")
    files = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    assert files
    assert not any(b"a secret of this instance" in file.read_bytes() for file in files)


def test_a_damaged_original_stops_the_restore_before_anything_changes(
    alice, settings, tmp_path: Path
) -> None:
    take_in(alice, 1)
    make_backup(folder=tmp_path / "backup")
    lose_everything(settings)
    (original,) = (tmp_path / "backup" / "originals").rglob("*.jpg")
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1] + b"?")
    with pytest.raises(BackupError, match=rf"{original.name}.*Nothing was restored"):
        restore_backup(folder=tmp_path / "backup")
    assert not User.objects.exists()
    assert not (settings.PHOTOLIB_DATA / "originals").exists()


def test_a_restore_does_not_overwrite_a_photolib_in_use(alice, tmp_path: Path) -> None:
    make_backup(folder=tmp_path / "backup")
    with pytest.raises(CommandError, match="has accounts already"):
        call_command("restore", str(tmp_path / "backup"))


def test_a_full_disk_leaves_the_earlier_backup_good(
    alice, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(alice, 1)
    make_backup(folder=tmp_path / "backup")
    manifest = (tmp_path / "backup" / MANIFEST).read_text()
    take_in(alice, 2)

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("photolib.safekeeping.backup.shutil.copyfileobj", full)
        with pytest.raises(BackupError, match="No space left on device"):
            make_backup(folder=tmp_path / "backup")
    assert (tmp_path / "backup" / MANIFEST).read_text() == manifest

    lose_everything(settings)
    restore_backup(folder=tmp_path / "backup")
    assert Photo.objects.count() == 1


def test_places_that_cannot_hold_a_backup_are_refused(alice, settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="inside the folders of photolib"):
        make_backup(folder=settings.PHOTOLIB_DATA / "backup")
    other = tmp_path / "holiday"
    other.mkdir()
    (other / "list.txt").write_text("bread")
    with pytest.raises(BackupError, match="holds other things"):
        make_backup(folder=other)
    with pytest.raises(BackupError, match="holds no backup"):
        restore_backup(folder=other)


def test_lost_rows_are_noticed(alice, settings, tmp_path: Path) -> None:
    take_in(alice, 1)
    make_backup(folder=tmp_path / "backup")
    manifest = tmp_path / "backup" / MANIFEST
    values = json.loads(manifest.read_text())
    values["rows"][Photo._meta.db_table] += 1
    manifest.write_text(json.dumps(values))
    lose_everything(settings)
    with pytest.raises(BackupError, match="library_photo: 1 instead of 2"):
        restore_backup(folder=tmp_path / "backup")


def test_what_was_erased_meanwhile_is_left_out_of_the_copy(
    alice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = take_in(alice, 1)
    gone = take_in(alice, 2)
    calls: list[Path] = []

    def erase_after_the_first_dump(folder: Path) -> Dump:
        dump = dump_to(folder)
        if not calls:
            original = gone.original
            path = original_path(original)
            gone.delete()
            original.delete()
            path.unlink()
        calls.append(folder)
        return dump

    monkeypatch.setattr("photolib.safekeeping.backup.dump_to", erase_after_the_first_dump)
    make_backup(folder=tmp_path / "backup")
    values = json.loads((tmp_path / "backup" / MANIFEST).read_text())
    assert list(values["originals"]) == [photo.original_id]
    assert values["rows"][Photo._meta.db_table] == 1


def test_after_a_restore_the_answers_of_the_backup_count(
    alice: User, settings, tmp_path: Path
) -> None:
    library = library_of(alice)
    assert alice.household is not None
    person = create_person(household=alice.household, name="Alice", by=alice, user=alice)
    set_recognition(library=library, state=RecognitionState.CONSENTED, by=alice)

    def say_yes(purpose: Purpose) -> None:
        answer(
            person=person, library=library, purpose=purpose, granted=True, by=alice, language="en"
        )

    say_yes(Purpose.RECOGNISE)
    make_backup(folder=tmp_path / "backup")
    say_yes(Purpose.NAME)
    export_head(timezone.now())

    lose_everything(settings)
    restore_backup(folder=tmp_path / "backup")

    assert trouble() is None
    assert decide(person, Purpose.RECOGNISE, library).allowed
    assert not decide(person, Purpose.NAME, library).allowed
