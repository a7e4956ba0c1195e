"""Taking photos in, changing them, and removing them for good."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone as clock
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.core.words import words_changed
from photolib.library import renditions, services
from photolib.library.models import Album, Favourite, Original, Photo, TakenSource
from photolib.library.storage import original_path, path_of
from tests.factories import photo_row, picture
from tests.library.conftest import Arrive, draw, take_in


def test_an_accepted_photo_has_its_bytes_kept_unchanged(alice: User, arrive: Arrive) -> None:
    content = picture(size=(800, 600))
    arrival = arrive(alice, content, name="Été.jpg")
    photo = arrival.photo
    path = original_path(photo.original)
    assert arrival.created
    assert path.read_bytes() == content
    assert path.name == f"{sha256(content).hexdigest()}.jpg"
    assert path.stat().st_mode & 0o777 == 0o400
    assert (photo.width, photo.height, photo.original_name) == (800, 600, "Été.jpg")
    assert photo.original.byte_size == len(content)
    assert not photo.shared_with_household


def test_the_draft_stays_until_the_caller_removes_it(alice: User, arrive: Arrive) -> None:
    arrival = arrive(alice)
    assert arrival.draft.exists()
    arrival.draft.unlink()
    assert original_path(arrival.photo.original).exists()


def test_the_same_bytes_twice_are_one_photo(alice: User, arrive: Arrive) -> None:
    first, second = arrive(alice), arrive(alice)
    assert not second.created
    assert second.photo == first.photo
    assert Photo.objects.count() == 1


def test_two_accounts_share_the_bytes_and_not_the_photo(
    alice: User, bob: User, arrive: Arrive
) -> None:
    hers, his = arrive(alice).photo, arrive(bob).photo
    assert hers != his
    assert hers.original == his.original
    assert Original.objects.count() == 1


def test_a_photo_that_comes_again_leaves_the_trash(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    services.move_to_trash(photos=[photo], by=alice)
    again = arrive(alice)
    assert not again.created
    photo.refresh_from_db()
    assert photo.trashed_at is None


def test_a_missing_original_is_mended_by_the_same_bytes(alice: User, arrive: Arrive) -> None:
    path = original_path(arrive(alice).photo.original)
    path.unlink()
    arrive(alice)
    assert path.exists()


def test_a_disk_without_hard_links_gets_a_copy(
    alice: User, arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    content = picture()
    path = original_path(arrive(alice, content).photo.original)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_rolled_back_acceptance_can_be_done_again(alice: User, arrive: Arrive) -> None:
    with transaction.atomic():
        arrive(alice)
        transaction.set_rollback(True)
    assert not Photo.objects.exists()
    assert arrive(alice).created


@pytest.mark.parametrize(
    ("file_date", "source", "day"),
    [
        (datetime(2020, 5, 1, 23, 30, tzinfo=UTC), TakenSource.FILE, date(2020, 5, 1)),
        (None, TakenSource.RECEIVED, None),
        (datetime(2200, 1, 1, tzinfo=UTC), TakenSource.RECEIVED, None),
    ],
)
def test_a_new_photo_has_a_date_before_anything_was_read(
    alice: User, arrive: Arrive, file_date: datetime | None, source: str, day: date | None
) -> None:
    photo = arrive(alice, file_date=file_date).photo
    assert photo.taken_source == source
    assert photo.taken_on == (day or clock.localdate())


def test_only_the_owner_changes_a_photo(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    with pytest.raises(NotAllowed):
        services.set_shared(photos=[photo], shared=False, by=bob)
    with pytest.raises(NotAllowed):
        services.move_to_trash(photos=[photo_row(bob), photo], by=bob)
    with pytest.raises(NotAllowed):
        services.restore(photos=[photo], by=bob)
    with pytest.raises(NotAllowed):
        services.set_taken(photo=photo, taken_on=date(2020, 1, 1), by=bob)
    assert not Photo.objects.filter(trashed_at__isnull=False).exists()


def test_a_restored_photo_is_back_in_its_albums(alice: User) -> None:
    photo, album = photo_row(alice), services.create_album(owner=alice, title="Summer")
    services.add_to_album(photo=photo, album=album, by=alice)
    services.move_to_trash(photos=Photo.objects.all(), by=alice)
    services.restore(photos=[photo], by=alice)
    assert list(album.photos.all()) == [photo]
    assert photo.trashed_at is None


def test_many_photos_are_changed_at_once(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_BATCH", 2)
    photos = [photo_row(alice, seed=seed) for seed in range(5)]
    services.set_shared(photos=photos, shared=True, by=alice)
    assert Photo.objects.filter(shared_with_household=True).count() == 5


def test_a_star_can_be_given_to_what_one_sees_and_taken_back(alice: User, bob: User) -> None:
    photo = photo_row(alice)
    with pytest.raises(NotAllowed):
        services.set_favourite(photo=photo, user=bob, on=True)
    for _time in range(2):
        services.set_favourite(photo=photo, user=alice, on=True)
    assert Favourite.objects.get().user == alice
    services.set_favourite(photo=photo, user=alice, on=False)
    assert not Favourite.objects.exists()


def test_a_date_set_by_hand_is_kept_as_it_was_meant(alice: User) -> None:
    photo, changed = photo_row(alice), []

    def listen(photo: Photo, **_more: object) -> None:
        changed.append(photo)

    words_changed.connect(listen)
    zone = timezone(timedelta(hours=2))
    services.set_taken(photo=photo, taken_at=datetime(2020, 5, 1, 0, 30, tzinfo=zone), by=alice)
    photo.refresh_from_db()
    assert (photo.taken_on, photo.taken_offset) == (date(2020, 5, 1), 120)
    assert photo.taken_at == datetime(2020, 4, 30, 22, 30, tzinfo=UTC)
    services.set_taken(photo=photo, taken_on=date(1985, 3, 2), by=alice)
    photo.refresh_from_db()
    assert (photo.taken_on, photo.taken_offset) == (date(1985, 3, 2), None)
    assert photo.taken_source == TakenSource.HUMAN
    assert changed == [photo, photo]
    words_changed.disconnect(listen)
    with pytest.raises(PhotolibError, match="the day"):
        services.set_taken(photo=photo, by=alice)


# --- Albums ---------------------------------------------------------------------------------------
def test_an_album_needs_a_title_that_fits(alice: User) -> None:
    assert services.create_album(owner=alice, title="  Summer \n 2024 ").title == "Summer 2024"
    for title in ("   ", "x" * 201):
        with pytest.raises(PhotolibError, match="title"):
            services.create_album(owner=alice, title=title)


def test_a_stranger_has_no_household_to_show_an_album_to(charlie: User) -> None:
    with pytest.raises(NotAllowed, match="no household"):
        services.create_album(owner=charlie, title="Ours", for_household=True)
    assert not Album.objects.exists()


def test_only_its_owner_changes_an_album(alice: User, bob: User) -> None:
    album = services.create_album(owner=alice, title="Ours", for_household=True)
    with pytest.raises(NotAllowed):
        services.rename_album(album=album, title="Bob's", by=bob)
    with pytest.raises(NotAllowed):
        services.delete_album(album=album, by=bob)
    renamed = services.rename_album(
        album=album, title="Summer", description=" Lyon ", for_household=False, by=alice
    )
    renamed.refresh_from_db()
    assert (renamed.title, renamed.description, renamed.for_household) == ("Summer", "Lyon", False)
    services.delete_album(album=album, by=alice)
    assert not Album.objects.exists()


def test_deleting_an_album_keeps_its_photos(alice: User) -> None:
    photo, album = photo_row(alice), services.create_album(owner=alice, title="Summer")
    services.add_to_album(photo=photo, album=album, by=alice)
    services.delete_album(album=album, by=alice)
    assert Photo.objects.get() == photo


def test_only_a_photos_owner_puts_it_into_a_household_album(
    alice: User, bob: User, charlie: User
) -> None:
    photo = photo_row(alice, shared_with_household=True)
    ours = services.create_album(owner=bob, title="Ours", for_household=True)
    with pytest.raises(NotAllowed, match="Only its owner"):
        services.add_to_album(photo=photo, album=ours, by=bob)
    entry = services.add_to_album(photo=photo, album=ours, by=alice)
    assert services.add_to_album(photo=photo, album=ours, by=alice) == entry
    with pytest.raises(NotAllowed):
        services.add_to_album(photo=photo_row(charlie), album=ours, by=charlie)
    with pytest.raises(NotAllowed):
        services.add_to_album(
            photo=photo_row(charlie, seed=1),
            album=services.create_album(owner=charlie, title="Mine"),
            by=bob,
        )


def test_an_album_with_other_peoples_photos_cannot_become_the_households(
    alice: User, bob: User
) -> None:
    photo = photo_row(alice, shared_with_household=True)
    album = services.create_album(owner=bob, title="Bob's choice")
    services.add_to_album(photo=photo, album=album, by=bob)
    with pytest.raises(NotAllowed, match="other people"):
        services.rename_album(album=album, title="Ours", for_household=True, by=bob)
    album.refresh_from_db()
    assert (album.title, album.for_household) == ("Bob's choice", False)


def test_album_owner_and_photo_owner_can_take_a_photo_out(
    alice: User, bob: User, charlie: User
) -> None:
    photo = photo_row(alice)
    album = services.create_album(owner=bob, title="Ours", for_household=True)
    for owner in (alice, bob):
        services.add_to_album(photo=photo, album=album, by=alice)
        services.remove_from_album(photo=photo, album=album, by=owner)
        assert not album.entries.exists()
    services.add_to_album(photo=photo, album=album, by=alice)
    with pytest.raises(NotAllowed):
        services.remove_from_album(photo=photo, album=album, by=charlie)


# --- Going away -----------------------------------------------------------------------------------
def test_a_purged_photo_leaves_no_file(
    alice: User,
    arrive: Arrive,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    arrival = arrive(alice)
    draw(arrival.photo)
    arrival.draft.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        services.purge_photo(photo=arrival.photo)
    assert not Photo.objects.exists()
    assert not Original.objects.exists()
    assert [path for path in settings.PHOTOLIB_DATA.rglob("*") if path.is_file()] == []


def test_an_original_stays_while_somebody_elses_photo_needs_it(
    alice: User,
    bob: User,
    arrive: Arrive,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    hers, his = arrive(alice).photo, arrive(bob).photo
    with django_capture_on_commit_callbacks(execute=True):
        services.purge_photo(photo=hers)
    assert original_path(his.original).exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.purge_photo(photo=his)
    assert not original_path(his.original).exists()


def test_files_stay_if_the_purge_is_rolled_back(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    draw(photo)
    with transaction.atomic():
        services.purge_photo(photo=Photo.objects.get())
        transaction.set_rollback(True)
    assert Photo.objects.get() == photo
    assert original_path(photo.original).exists()
    assert renditions.rendition_path(photo, 320).exists()


def test_purging_what_has_gone_is_no_error(alice: User) -> None:
    photo = photo_row(alice)
    stale = Photo.objects.get()
    photo.delete()
    services.purge_photo(photo=stale)
    assert not Photo.objects.exists()


def test_the_trash_is_emptied_after_its_days_and_not_before(
    alice: User,
    arrive: Arrive,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TRASH_DAYS = 30
    old, young, kept = (arrive(alice, picture(seed=seed)).photo for seed in range(3))
    now = clock.now()
    Photo.objects.filter(pk=old.pk).update(trashed_at=now - timedelta(days=30))
    Photo.objects.filter(pk=young.pk).update(trashed_at=now - timedelta(days=29, hours=23))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.purge_expired_trash(now) == 1
    assert set(Photo.objects.all()) == {young, kept}
    assert not original_path(old.original).exists()


def test_what_a_crash_left_behind_goes_with_the_trash(alice: User, arrive: Arrive) -> None:
    photo = arrive(alice).photo
    path = original_path(photo.original)
    # A crash after the commit, before the files went.
    photo.delete()
    services.purge_expired_trash(clock.now())
    assert not path.exists()
    assert not Original.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_same_bytes_purged_and_accepted_at_once_are_never_lost(
    alice: User, bob: User, settings: Settings
) -> None:
    """Alice's copy goes for good while Bob brings the same bytes: his photo has its file."""
    folder = settings.PHOTOLIB_DATA
    for seed in range(12):
        content = picture(size=(32, 32), seed=seed)
        hers = take_in(folder, alice, content).photo
        failures: list[BaseException] = []
        start = threading.Barrier(2)

        def at_once(work: str, hers: Photo = hers, content: bytes = content) -> None:
            try:
                start.wait(10)  # noqa: B023  both threads end before the next round
                if work == "purge":
                    services.purge_photo(photo=hers)
                else:
                    take_in(folder, bob, content)
            except BaseException as error:
                failures.append(error)  # noqa: B023
                raise
            finally:
                connection.close()

        threads = [threading.Thread(target=at_once, args=(work,)) for work in ("purge", "accept")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert failures == []
        his = Photo.objects.get(library__owner=bob, original_id=hers.original_id)
        assert original_path(his.original).read_bytes() == content
        assert not Photo.objects.filter(library__owner=alice).exists()


def test_an_original_lies_under_its_own_sum(settings: Settings) -> None:
    path = path_of("abcd" + "0" * 60, "heic")
    parts = path.relative_to(settings.PHOTOLIB_DATA).parts
    assert parts == ("originals", "ab", "cd", "abcd" + "0" * 60 + ".heic")
