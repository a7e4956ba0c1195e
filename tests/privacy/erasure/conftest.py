"""Alice's library of coloured people (tests.faces), and real worker processes (tests.intake)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps

from photolib.consent.keystore import masters
from tests.intake.conftest import arrive, processes

__all__ = ["arrive", "processes"]


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that is cheap to guess is quick to test."""
    monkeypatch.setattr(masters, "SCRYPT_N", 2**4)


Commits = Callable[[], AbstractContextManager[object]]

if apps.is_installed("faces"):
    from faces.models import Template
    from photolib.library.models import RecognitionState
    from photolib.people.models import Person
    from tests.faces.conftest import House, commits, fake, house

    __all__ += ["commits", "fake", "house"]

    def settle(house: House, commits: Commits) -> None:
        """Work until nothing is due, what a commit makes due included."""
        worked = 1
        while worked:
            with commits():
                worked = house.look_at_due()

    @pytest.fixture
    def anna(house: House, commits: Commits) -> Person:
        """Anna (red) said yes and was named in one photo, from which a template was made."""
        person = house.person("Anna")
        with commits():
            house.switch(RecognitionState.CONSENTED)
            house.says(person, True)
        (region,) = house.look(house.photo("red", light=200))
        with commits():
            house.names(region, person)
        settle(house, commits)
        assert Template.objects.get().person == person
        return person

else:
    collect_ignore_glob = ["test_*.py"]
