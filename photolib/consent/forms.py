"""What people fill in about consent: one question a page, nothing ticked beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import User
from photolib.accounts.queries import members_visible_to
from photolib.consent.models import Purpose


class AnswerForm(forms.Form):
    """Yes or no to one question."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no. You can also leave this question open.")},
    )


class CodeForm(forms.Form):
    """The short code that was told apart from the link."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "Eight digits that you were told by voice or on paper, not along with the link."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the eight digits that you were told.")},
    )


class PaperForm(forms.Form):
    """What somebody signed on paper, and when."""

    purpose = forms.ChoiceField(label=_("Question"), choices=Purpose.choices)
    answer = forms.ChoiceField(
        label=_("What the paper says"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the paper says.")},
    )
    signed_by = forms.CharField(label=_("Who signed it"), max_length=100)
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AccountForm(forms.Form):
    """Whose account a person's own one is."""

    user = forms.ModelChoiceField(label=_("Account"), queryset=User.objects.none())

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        # Narrowed for mypy: the field is the one declared above.
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = members_visible_to(viewer).filter(person__isnull=True)
