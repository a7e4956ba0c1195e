"""A start-up check fails while vectors are left without the app that looks after them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from photolib.rights import checks
from photolib.rights.checks import check_nothing_biometric_left

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def without_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "faces" and installed(name))


@pytest.fixture
def table() -> str:
    """A table of templates, where the app's own is not there."""
    with connection.cursor() as cursor:
        if "faces_unknownface" not in connection.introspection.table_names(cursor):
            cursor.execute("CREATE TABLE faces_unknownface (id integer PRIMARY KEY)")
    return "faces_unknownface"


def test_with_faces_installed_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(apps, "is_installed", lambda _name: True)
    with django_assert_num_queries(0):
        assert check_nothing_biometric_left() == []


def test_without_faces_and_without_vectors_all_is_well(without_faces: None, table: str) -> None:
    assert check_nothing_biometric_left() == []


def test_vectors_left_behind_stop_the_start_and_name_the_mend(
    without_faces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "TABLES", ("accounts_household", "faces_not_there"))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_household (id, name, country, created_at)"
            " VALUES (1, 'x', '', '2026-01-01')"
        )
    (error,) = check_nothing_biometric_left()
    assert error.id == "photolib.E101"
    assert "1 rows of face vectors are still in the database" in error.msg
    assert "manage.py purge_faces" in str(error.hint)


def manage(tmp_path: Path, faces: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "photolib.settings",
        "PHOTOLIB_DATA": str(tmp_path / "data"),
        "PHOTOLIB_KEYSTORE": str(tmp_path / "keys"),
        "PHOTOLIB_DATABASE": "sqlite",
        "PHOTOLIB_FACES": faces,
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_purging_first_lets_the_site_start_without_faces(tmp_path: Path) -> None:
    plant = (
        "from photolib.library.models import Library, Original, Photo;"
        "from photolib.accounts.services import create_owner;"
        "from photolib.library.services import library_of;"
        "from photolib.people.models import FaceRegion;"
        "from faces.models import GroupingSession, UnknownFace;"
        "from photolib.consent import keys;"
        "from django.utils import timezone as t;"
        "u=create_owner(username='a', display_name='A', password='correct horse', household_name='h');"
        "o=Original.objects.create(sha256='0'*64, format='jpeg', byte_size=1);"
        "p=Photo.objects.create(library=library_of(u), original=o, width=1, height=1,"
        " taken_at=t.now(), taken_on=t.localdate());"
        "r=FaceRegion.objects.create(photo=p, left=0, top=0, width=.5, height=.5);"
        "s=GroupingSession.objects.create(library=p.library, key_id=keys.make_key(), declared_by='a');"
        "UnknownFace.objects.create(region=r, session=s, pack='bundled', sealed=b'x', expires_at=t.now())"
    )
    assert manage(tmp_path, "yes", "migrate").returncode == 0
    planted = manage(tmp_path, "yes", "shell", "--no-imports", "-c", plant)
    assert planted.returncode == 0, planted.stderr
    refused = manage(tmp_path, "no", "check")
    assert refused.returncode == 1
    assert "PHOTOLIB_FACES=yes manage.py purge_faces" in refused.stderr
    purged = manage(tmp_path, "yes", "purge_faces", "--yes")
    assert purged.returncode == 0, purged.stderr
    assert manage(tmp_path, "no", "check").returncode == 0
    assert list((tmp_path / "keys" / "keys").iterdir()) == []
