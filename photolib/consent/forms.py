"""What people fill in about consent: one question a page, nothing ticked beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import User
from photolib.accounts.queries import members_visible_to


class AnswerForm(forms.Form):
    """Yes or no to one question."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no. You can also leave this question open.")},
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
