"""The only way a face's crop is drawn: with a text."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faces.crops import SIDE
from photolib.people.models import FaceRegion

register = template.Library()


@register.simple_tag
def face_crop(region: FaceRegion, alt: str) -> SafeString:
    """An <img> of a face. Raises ValueError without a text."""
    if not alt.strip():
        raise ValueError(f"face_crop of face {region.pk} without a text")
    return format_html(
        '<img class="face-crop" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        reverse("faces:crop", args=[region.pk]),
        alt,
        SIDE,
        SIDE,
    )


@register.simple_tag
def box_preview(address: str, alt: str) -> SafeString:
    """An <img> of what a box would cut out, before it is kept."""
    return format_html(
        '<img class="face-crop" src="{}" alt="{}" width="{}" height="{}">', address, alt, SIDE, SIDE
    )
