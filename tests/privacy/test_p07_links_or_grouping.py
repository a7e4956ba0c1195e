"""P7: a library has public links or household grouping, never both."""

import pytest

from photolib.accounts.models import User
from photolib.consent import public_links
from photolib.consent.errors import ConsentRefused
from photolib.consent.public_links import check_sharing, register_link_counter, sharing_allowed
from photolib.consent.services import set_recognition
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Open links as an app of public links will count them: by the keys of their libraries."""
    monkeypatch.setattr(public_links, "_counters", {})
    opened: list[int] = []

    def count(library: Library) -> int:
        return opened.count(library.pk)

    register_link_counter("links", count)
    return opened


def switch(owner: User, state: RecognitionState) -> None:
    set_recognition(library=library_of(owner), state=state, by=owner, declared=True)


@pytest.mark.parametrize("state", [RecognitionState.OFF, RecognitionState.CONSENTED])
def test_p07_links_may_be_made_outside_of_grouping(alice: User, state: RecognitionState) -> None:
    switch(alice, RecognitionState.CONSENTED)
    switch(alice, state)
    assert sharing_allowed(library_of(alice))
    check_sharing(library_of(alice))


def test_p07_a_link_is_refused_while_unknown_faces_are_grouped(alice: User) -> None:
    switch(alice, RecognitionState.HOUSEHOLD)
    assert not sharing_allowed(library_of(alice))
    with pytest.raises(ConsentRefused, match="Leave household grouping first"):
        check_sharing(library_of(alice))
    switch(alice, RecognitionState.OFF)
    check_sharing(library_of(alice))


def test_p07_a_link_is_refused_as_long_as_a_vector_is_left(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_links, "_probes", {"faces": lambda _library: 1})
    assert not sharing_allowed(library_of(alice))


def test_p07_grouping_is_refused_while_a_link_is_open(alice: User, links: list[int]) -> None:
    links.append(library_of(alice).pk)
    with pytest.raises(ConsentRefused, match="1 public link of this library is open"):
        switch(alice, RecognitionState.HOUSEHOLD)
    assert library_of(alice).recognition == RecognitionState.OFF
    # Recognising those who said yes is no obstacle.
    switch(alice, RecognitionState.CONSENTED)
    links.clear()
    switch(alice, RecognitionState.HOUSEHOLD)


def test_p07_another_librarys_links_do_not_count(alice: User, bob: User, links: list[int]) -> None:
    links.append(library_of(bob).pk)
    switch(alice, RecognitionState.HOUSEHOLD)
    assert library_of(alice).recognition == RecognitionState.HOUSEHOLD


def test_two_apps_cannot_take_one_name(links: list[int]) -> None:
    with pytest.raises(ValueError, match="one called links already"):
        register_link_counter("links", lambda _library: 0)
