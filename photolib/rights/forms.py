"""What people fill in about their rights."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from photolib.rights.models import RequestKind
from photolib.rights.services import LONGEST_TEXT


class FreezeForm(forms.Form):
    """Until when recognising rests, and why; both may be left open."""

    until = forms.DateField(
        label=_("Until which day"),
        required=False,
        help_text=_("As year, month, day, such as 2026-07-06. Left empty: until you end it."),
        widget=forms.DateInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("You need not say. The owner of the photos can read it."),
    )

    def clean_until(self) -> object:
        day = self.cleaned_data["until"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class RequestForm(forms.Form):
    """A question or an objection of somebody without an account."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you want to know, or what should be changed.")},
    )
    contact = forms.CharField(
        label=_("How to reach you"),
        required=False,
        max_length=200,
        help_text=_("Only if the owner does not know it. Left empty, ask for the answer yourself."),
    )


class AnswerRequestForm(forms.Form):
    """What the owner answered."""

    answer = forms.CharField(
        label=_("What you answered, or what you did"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you answered, or what you did about it.")},
    )
