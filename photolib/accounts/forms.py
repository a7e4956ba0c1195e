"""What people fill in about accounts. Browsers may fill in, and people may paste, every password."""

from datetime import timedelta
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from photolib.accounts.errors import TooManyTries
from photolib.accounts.models import Role, User
from photolib.accounts.queries import possible_guardians
from photolib.accounts.scopes import SCOPES
from photolib.accounts.tries import check_tries, count_failure, forget_failures

USERNAME_HINT = _("Letters, digits and @ . + - _ only.")
ROLE_CHOICES = [
    (Role.ADULT, _("Adult")),
    (Role.ADMIN, _("Admin: runs the machine, too")),
    (Role.CHILD, _("Child, with a guardian")),
    (Role.GUEST, _("Guest")),
]
ENDS = {
    "30": _("in 30 days"),
    "90": _("in 90 days"),
    "365": _("in a year"),
    "": _("never"),
}


def country_choices() -> list[tuple[str, str]]:
    """All countries in the reader's language, with "not said" first."""
    territories = Locale.parse(get_language() or "en", sep="-").territories
    named = [
        (str(code), str(name))
        for code, name in territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    ]
    return [("", str(_("Not said"))), *sorted(named, key=lambda entry: entry[1])]


class SignInForm(AuthenticationForm):
    """Name and password, counted by name and address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as Django's own form takes them
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Sign-in name")

    def clean_username(self) -> str:
        """The name as it was made: a phone that wrote a capital first is no other account."""
        typed: str = self.cleaned_data["username"]
        known = User.objects.filter(username__iexact=typed).values_list("username", flat=True)
        return known.first() or typed

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a wrong pair, and before looking after too many of them."""
        name = self.cleaned_data.get("username", "")
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        try:
            check_tries(name=name, address=address)
        except TooManyTries as error:
            raise ValidationError(str(error), code="too_many_tries") from error
        try:
            cleaned = super().clean()
        except ValidationError:
            count_failure(name=name, address=address)
            raise
        forget_failures(name=name, address=address)
        return cleaned


class NewPasswordMixin(forms.Form):
    """A new password, typed twice: whoever mistypes the first one could not come back."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=lazy(password_validators_help_text_html, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def _account(self) -> User:
        """Whose password it will be: it must not be the name itself."""
        return User(
            username=self.cleaned_data.get("username", ""),
            first_name=self.cleaned_data.get("display_name", ""),
        )

    def clean(self) -> dict[str, Any]:
        """Checks that both are the same and good enough (settings.AUTH_PASSWORD_VALIDATORS)."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password:
            try:
                validate_password(password, self._account())
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class NamesMixin(forms.Form):
    """How somebody is called, and the name they sign in with."""

    display_name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As the family says it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=USERNAME_HINT,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class HouseholdForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the household"),
        max_length=100,
        help_text=_("Such as “The Martins”."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=country_choices,
        help_text=_("It decides from which age a young person answers questions of privacy alone."),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )


class FirstRunForm(HouseholdForm, NamesMixin, NewPasswordMixin):
    """The household and its first account."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = [
        "name", "country", "display_name", "username", "password", "password_again", "language",
    ]  # fmt: skip


class ResetPasswordForm(NewPasswordMixin):
    """A new password for an account that is known already."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def _account(self) -> User:
        return self.user


class ChangePasswordForm(ResetPasswordForm):
    old_password = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "password", "password_again"]

    def clean_old_password(self) -> str:
        """Raises ValidationError unless it is right."""
        old: str = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your password."), code="wrong_password")
        return old


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    description_language = forms.ChoiceField(
        label=_("Language of descriptions"),
        choices=[("", _("The language of the pages")), *settings.DESCRIPTION_LANGUAGES],
        required=False,
        help_text=_("In which language photos are described to you."),
    )


class RoleForm(forms.Form):
    """A member's role; for a child, who the guardian is."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    guardian = forms.ModelChoiceField(
        label=_("Guardian"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("For a child: the adult who answers questions of privacy for them."),
    )

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guardian"]
        # Narrowed for mypy: the field is the one declared above.
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = possible_guardians(viewer)


class MemberForm(NamesMixin, RoleForm):
    """Somebody who gets an account. They choose their password themselves, by a one-time link."""

    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        help_text=_("For a child: from a certain age on they answer for themselves."),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ["display_name", "username", "role", "guardian", "birthday", "language"]

    def clean_birthday(self) -> Any:
        """Raises ValidationError for a day that has not come yet."""
        birthday = self.cleaned_data["birthday"]
        if birthday is not None and birthday > timezone.localdate():
            raise ValidationError(_("A birthday cannot be in the future."), code="future")
        return birthday


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=100, help_text=_("Such as “phone upload”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    ends = forms.ChoiceField(
        label=_("When does it end?"), choices=list(ENDS.items()), required=False, initial="365"
    )

    def expires_at(self) -> Any:
        """The moment at which the token ends, or None."""
        days = self.cleaned_data["ends"]
        return timezone.now() + timedelta(days=int(days)) if days else None
