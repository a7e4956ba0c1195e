"""Fixtures for every test: alice owns the house, bob lives in it, charlie is a stranger to it.

What each part of `make test` runs, and why: docs/testing.md.
"""

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from photolib.accounts.models import User
from photolib.accounts.services import create_account, create_owner

# A fixture of the whole session.
from tests.demo.running import demo as demo
from tests.together import TogetherScheduling

PASSWORD = "correct horse battery"
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """With PHOTOLIB_FACES=no, leave out the files that test faces: they import what is not there."""
    if collection_path.suffix != ".py" or apps.is_installed("faces"):
        return None
    imports = re.search(r"^from (faces|tests\.faces)\b", collection_path.read_text(), re.M)
    return True if imports else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling | None:
    """Where tests are given out one by one (`make unit`), keep those together that share something."""
    return TogetherScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test writes into folders of its own."""
    settings.PHOTOLIB_DATA = tmp_path / "data"
    settings.PHOTOLIB_KEYSTORE = tmp_path / "keystore"
    settings.FILE_UPLOAD_TEMP_DIR = None
    settings.MIN_FREE_BYTES = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # An audit looks through it: never through what others left on this machine.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    settings.PHOTOLIB_DATA.mkdir()
    settings.PHOTOLIB_KEYSTORE.mkdir(mode=0o700)


@pytest.fixture
def alice(db) -> User:
    """The owner: an adult and admin of the household."""
    return create_owner(
        username="alice",
        display_name="Alice",
        password=PASSWORD,
        household_name="The Testers",
    )


@pytest.fixture
def bob(alice: User) -> User:
    """A housemate."""
    return create_account(by=alice, username="bob", display_name="Bob", password=PASSWORD)


@pytest.fixture
def charlie(alice: User) -> User:
    """A stranger: an account on this server, outside the household."""
    return create_account(
        by=alice,
        username="charlie",
        display_name="Charlie",
        password=PASSWORD,
        in_household=False,
    )


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice: User) -> Client:
    return _signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> Client:
    return _signed_in(bob)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    return _signed_in(charlie)


@pytest.fixture
def shared_data() -> Path:
    """The pictures in ../shared/data; the test is skipped where they are not."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED_DATA
