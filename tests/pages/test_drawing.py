"""How photos are drawn, and that nothing else draws one."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.pages.queries import PersonCard
from photolib.pages.templatetags.photos import person_cover, photo_img, shape
from photolib.people.models import Person
from tests.factories import photo_row

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_draws_a_photo_by_hand(path: Path) -> None:
    assert "<img" not in path.read_text(), "use {% photo_img %}, or {% face_crop %} of faces"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_a_photo_without_words_is_not_drawn(photo: Photo) -> None:
    with pytest.raises(ValueError, match="without a text"):
        photo_img(photo, "  ")


def test_a_photo_is_drawn_with_words_size_and_choices(alice: User) -> None:
    photo = photo_row(alice, width=4000, height=3000)
    drawn = photo_img(photo, 'A dog "on" a <beach>.')
    assert 'alt="A dog &quot;on&quot; a &lt;beach&gt;."' in drawn
    assert 'width="4000" height="3000"' in drawn
    assert 'loading="lazy"' in drawn
    assert "320w" in drawn
    assert "640w" in drawn
    assert "1600w" not in drawn
    upright = photo_img(photo_row(alice, seed=2, width=3000, height=4000), "x", largest=1600)
    assert "240w" in upright
    assert "1200w" in upright


def test_a_small_photo_offers_no_size_twice(alice: User) -> None:
    drawn = photo_img(photo_row(alice, width=300, height=200), "x", largest=1600)
    assert drawn.count("300w") == 1
    assert "640" not in drawn


def test_shapes_stay_within_what_the_style_sheet_knows(alice: User) -> None:
    sheet = (settings.BASE_DIR / "static/css/photos.css").read_text()
    for width, height in [(1, 9000), (9000, 1), (640, 480), (480, 640), (1000, 1000)]:
        name = shape(Photo(width=width, height=height))
        assert f".{name} {{" in sheet


def test_words_in_another_language_are_marked(photo: Photo) -> None:
    class French:
        alt = "Un chien."
        language = "fr"

    drawn = Template("{% load photos %}{% photo_img photo text %}").render(
        Context({"photo": photo, "text": French()})
    )
    assert 'lang="fr"' in drawn


def test_a_person_is_shown_by_face_then_photo_then_letter(alice: User, photo: Photo) -> None:
    person = Person(name="maya")
    by_face = person_cover(PersonCard(person, photo, 7, 1))
    assert 'alt=""' in by_face
    if apps.is_installed("faces"):
        assert reverse("faces:crop", args=[7]) in by_face
    else:
        assert reverse("library:rendition", args=[photo.pk, 320]) in by_face
    by_photo = person_cover(PersonCard(person, photo, None, 1))
    assert reverse("library:rendition", args=[photo.pk, 320]) in by_photo
    assert ">M</span>" in person_cover(PersonCard(person, None, None, 0))


def test_pages_allow_no_inline_script(alice_client: Client) -> None:
    policy = alice_client.get(reverse("pages:timeline"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'id="([a-z-]+)"', (settings.BASE_DIR / "static/icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'components/icon.html" with name="([a-z-]+)"', path.read_text())
    }
    assert named
    assert named <= drawn


def test_what_does_not_exist_has_a_page_of_its_own(alice_client: Client) -> None:
    response = alice_client.get("/nowhere/")
    assert response.status_code == 404
    assert "not for you to see" in response.content.decode()


def test_a_broken_page_still_has_a_face(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("photolib.pages.views.timeline.months_of", broken)
    photo_row(alice)
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    response = client.get(reverse("pages:timeline"))
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something broke" in page
    assert "on purpose" not in page
