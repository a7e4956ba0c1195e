"""The journey by ear: what Orca says on the real pages. Substrings only, one retry, reported."""

from collections.abc import Iterator

import pytest

from tests.e2e.hearing import Ears, assert_said
from tests.e2e.orca import Listener
from tests.e2e.servers import Site

pytestmark = pytest.mark.orca

WORDS = "Grandmother and her friends on the blue sofa"


@pytest.fixture(scope="module")
def ears(
    furnished_room: tuple[Site, dict[str, int | str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ears]:
    """Signing in is part of the first journey, by ear as all the rest."""
    ears = Ears(furnished_room[0], tmp_path_factory.mktemp("ears"))
    yield ears
    ears.close()


def test_timeline_is_heard_by_dates_and_photos(ears: Ears) -> None:
    """Dates are headings; a photo is a link in a list, and says what is in it."""

    def journey(listener: Listener, url: str) -> None:
        listener.visit(f"{url}/", "Photos")
        listener.press("ctrl+Home")
        lines = listener.press_until("h", "1 August 2024", at_most=6)
        assert_said(lines, "Thursday", "heading level 2")
        assert_said(listener.press("h"), "7 July 2024", "heading level 2")
        assert_said(listener.press("h"), "6 July 2024", "heading level 2")
        assert_said(listener.press_until("k", "Anna and", at_most=6), "people", "link")

    ears.hear("timeline", journey)


def test_photo_and_its_description_are_heard_and_edited(
    ears: Ears, keys: dict[str, int | str]
) -> None:
    """The picture's text, whose words they are, and one's own words instead of them."""

    def journey(listener: Listener, url: str) -> None:
        listener.visit(f"{url}/photos/{keys['photo']}/", "6 people")
        listener.press("ctrl+Home")
        assert_said(listener.press_until("g", "6 people", at_most=6), "Anna and")
        assert_said(listener.press_until("h", "description", at_most=6), "automatic")
        assert_said(listener.press("Down"), "6 people")
        listener.press_until("Down", "made by a machine", at_most=6)
        listener.press_until("k", "write a description", at_most=6)
        listener.press("Return")
        listener.wait_for_title("Describe the photo")
        go_to_main_part(listener)
        listener.press_until("Tab", "short description", at_most=14)
        listener.use_focus_mode()
        listener.press("ctrl+a")
        listener.type(WORDS)
        listener.press_until("Tab", "keep this description", at_most=4)
        listener.press("Return")
        listener.wait_for_title("Grandmother")
        listener.press("ctrl+Home")
        assert_said(listener.press_until("g", "grandmother", at_most=6), "blue sofa")

    ears.hear("description", journey)


def test_question_about_a_face_is_heard_and_answered(ears: Ears) -> None:
    """Naming a face unseen: who it may be, which face it is, and buttons for the answers."""

    def journey(listener: Listener, url: str) -> None:
        listener.visit(f"{url}/faces/review/", "Name faces")
        listener.press("ctrl+Home")
        assert_said(listener.press_until("h", "is this anna", at_most=6), "heading level 2")
        assert_said(listener.press("Down"), "face 1 of 1")
        assert_said(listener.press("b"), "yes", "button")
        assert_said(listener.press("b"), "no", "button")
        assert_said(listener.press("shift+b"), "yes", "button")
        listener.press("Return")
        listener.wait_for_title("Name faces")
        listener.press("ctrl+Home")
        listener.press_until("Down", "yes, it is anna", at_most=30)

    ears.hear("question", journey)


def test_box_around_a_face_is_moved_by_ear(ears: Ears, keys: dict[str, int | str]) -> None:
    """Adding a face unseen: the box tells where it lies, and a button that moves it says where to."""

    def journey(listener: Listener, url: str) -> None:
        listener.visit(f"{url}/faces/photos/{keys['cat']}/", "Faces in this photo")
        listener.press("ctrl+Home")
        listener.press_until("k", "add a face that was not found", at_most=25)
        listener.press("Return")
        listener.wait_for_title("Add a face")
        listener.press("ctrl+Home")
        heard = listener.press_until("Tab", "box around the face", at_most=30)
        assert_said(heard, "slider", "centre", "percent from the left", "percent from the top")
        listener.press_until("Tab", "larger push button", at_most=12)
        # What is said comes once the box rests: a second press hears it at the latest.
        listener.press_until("Return", "percent wide", at_most=3)

    ears.hear("box", journey)


def test_choosing_photos_is_announced(ears: Ears) -> None:
    """The number of ticked photos is said without moving the focus (WCAG 4.1.3)."""

    def journey(listener: Listener, url: str) -> None:
        listener.visit(f"{url}/", "Photos")
        go_to_main_part(listener)
        listener.press_until("Tab", "select link", at_most=6)
        listener.press("Return")
        listener.press("ctrl+Home")
        assert_said(listener.press_until("x", "check box", at_most=2), "not checked", "a cat")
        assert_said(listener.press("space"), "1", "ticked")

    ears.hear("selection", journey)


def go_to_main_part(listener: Listener) -> None:
    """By Orca's key for landmarks, to the one with the page's heading."""
    listener.press("ctrl+Home")
    listener.press_until("m", "heading level 1", at_most=6)
