"""The only way a photo is drawn: with a text, its size, and no more bytes than the screen needs."""

from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from babel.dates import format_date
from django import template
from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from photolib.core.box_moves import fit_box
from photolib.describe.boxes import Box
from photolib.describe.view import Claim
from photolib.library.crops import SIDE
from photolib.library.models import Photo
from photolib.library.renditions import SIZES
from photolib.pages.queries import PersonCard

register = template.Library()

# Whose way of writing dates a language takes where it has several.
REGIONS = {"en": "en_GB"}


class Text(Protocol):
    """What describe.queries.texts_for gives for a photo, as far as a picture needs it."""

    @property
    def alt(self) -> str: ...
    @property
    def language(self) -> str: ...


@register.simple_tag
def photo_img(
    photo: Photo,
    text: Text | str,
    sizes: str = "100vw",
    largest: int = 640,
    eager: bool = False,
    named_beside: bool = False,
) -> SafeString:
    """An <img> of a photo.

    text: a Description, or words of the page's own language.
    sizes: how wide it is drawn, as the HTML attribute says it.
    largest: the largest rendition offered, a number of library.renditions.SIZES.
    eager: load it at once (the one picture a page is about).
    named_beside: words beside it, in the same link, say what it shows: it is silent then.
    Raises ValueError without a text: no photo is shown to some people only.
    """
    words, language = (text, "") if isinstance(text, str) else (text.alt, text.language)
    if not words.strip():
        raise ValueError(f"photo_img of photo {photo.pk} without a text: give its description")
    offered = _offered(photo, largest)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}"{} width="{}" height="{}" {} decoding="async">',
        offered[-1][0],
        format_html_join(", ", "{} {}w", offered),
        sizes,
        "" if named_beside else words,
        format_html(' lang="{}"', language) if language and not named_beside else "",
        photo.width,
        photo.height,
        mark_safe('fetchpriority="high"' if eager else 'loading="lazy"'),  # noqa: S308 two literals
    )


@register.simple_tag
def photo_piece(
    photo: Photo, box: Box | tuple[float, float, float, float], text: str
) -> SafeString:
    """An <img> of a piece of a photo, enlarged: a box in fractions, or left, top, width, height in percent.

    Raises ValueError without a text.
    """
    if not text.strip():
        raise ValueError(f"photo_piece of photo {photo.pk} without a text")
    if isinstance(box, Box):
        box = fit_box(100 * box.left, 100 * box.top, 100 * box.width, 100 * box.height)
    query = urlencode(dict(zip(("left", "top", "width", "height"), box, strict=True)))
    return format_html(
        '<img class="face-crop" src="{}?{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        reverse("pages:piece", args=[photo.pk]),
        query,
        text,
        SIDE,
        SIDE,
    )


@register.simple_tag
def person_cover(card: PersonCard) -> SafeString:
    """A round picture of a person in a link that also says their name, so it is silent itself.

    Their face where the app that cuts faces is installed and one is known; else the whole photo, or
    the first letter of the name.
    """
    if card.face is not None and apps.is_installed("faces"):
        address = reverse("faces:crop", args=[card.face])
        return format_html(
            '<img class="face-crop" src="{}" alt="" width="224" height="224" loading="lazy">',
            address,
        )
    if card.cover is not None:
        return photo_img(card.cover, card.person.name, "11rem", 320, named_beside=True)
    letter = card.person.name[:1].upper()
    return format_html('<span class="cover-letter" aria-hidden="true">{}</span>', letter)


@register.filter
def full_date(day: date) -> str:
    """A day with its weekday as the page's language writes it: "Saturday 6 July 2024"."""
    language = (get_language() or "en").partition("-")[0]
    return format_date(day, "full", locale=REGIONS.get(language, language))


@register.filter
def shape(photo: Photo) -> str:
    """The class of photos.css for this photo's shape: width over height in tenths, 4..30."""
    return f"shape-{min(30, max(4, round(10 * photo.width / photo.height)))}"


@register.filter
def with_its_languages(claim: Claim) -> str:
    """The sentence of a claim; what was read in the picture is marked with its own language."""
    if not claim.read or not claim.language:
        return claim.text
    # The last: a text may hold the word by which the sentence announces it.
    before, read, after = claim.text.rpartition(claim.read)
    return format_html('{}<span lang="{}">{}</span>{}', before, claim.language, read, after)


def _offered(photo: Photo, largest: int) -> list[tuple[str, int]]:
    """(address, width in pixels) of each rendition worth offering, the smallest first."""
    long_side = max(photo.width, photo.height)
    offered = []
    for size in SIZES:
        if size > largest:
            break
        scale = min(1.0, size / long_side)
        address = reverse("library:rendition", kwargs={"pk": photo.pk, "size": size})
        offered.append((address, max(1, round(photo.width * scale))))
        if scale == 1.0:
            break
    return offered
