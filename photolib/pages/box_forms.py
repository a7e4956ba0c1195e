"""A box on a photo, in percent, and the words for where it is: for whoever draws one."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from photolib.core.box_moves import SMALLEST, Percent


def places() -> list[str]:
    """The nine parts of a picture in words, row by row."""
    return [
        _("top left"),
        _("top centre"),
        _("top right"),
        _("middle left"),
        _("centre"),
        _("middle right"),
        _("bottom left"),
        _("bottom centre"),
        _("bottom right"),
    ]


def fields_of(box: Percent) -> dict[str, float]:
    """The box as BoxForm's fields."""
    return dict(zip(("left", "top", "width", "height"), box, strict=True))


def _percent(label: Promise, smallest: float) -> forms.FloatField:
    return forms.FloatField(
        min_value=smallest,
        max_value=100,
        label=label,  # type: ignore[arg-type]  # the stubs' own kind of Promise
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )


class BoxForm(forms.Form):
    """Where something is, in percent of the picture's width and height."""

    left = _percent(gettext_lazy("From the left edge, in percent"), 0)
    top = _percent(gettext_lazy("From the top edge, in percent"), 0)
    width = _percent(gettext_lazy("Width, in percent"), SMALLEST)
    height = _percent(gettext_lazy("Height, in percent"), SMALLEST)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if self.errors:
            return cleaned
        left, top, width, height = self.box()
        if left + width > 100:
            self.add_error("width", _("The box goes over the right edge. Make it narrower."))
        if top + height > 100:
            self.add_error("height", _("The box goes over the lower edge. Make it lower."))
        return cleaned

    def box(self) -> Percent:
        """Left, top, width and height, once they are valid."""
        said = self.cleaned_data
        return said["left"], said["top"], said["width"], said["height"]
