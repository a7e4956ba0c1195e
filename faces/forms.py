"""Forms of the pages of faces."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faces.services import LONGEST_KEPT
from photolib.accounts.models import User
from photolib.library.models import RecognitionState
from photolib.people.models import Person
from photolib.people.queries import people_of


class WhoForm(forms.Form):
    """Who a face is: somebody known, or a new name."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label=gettext_lazy("Somebody you know"),
        empty_label=gettext_lazy("Choose a person"),
    )
    name = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Or a new name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, viewer: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Form takes is Form's business
        people = self.fields["person"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = people_of(viewer)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if bool(cleaned.get("person")) == bool(cleaned.get("name")):
            raise forms.ValidationError(
                _("Choose a person from the list, or write a new name: one of the two.")
            )
        return cleaned


class RecognitionForm(forms.Form):
    """The three states, and what household grouping asks before."""

    state = forms.ChoiceField(
        choices=RecognitionState.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("How far may recognition go in your library?"),
    )
    declared = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "For household grouping: this is a private household, not an organisation, and there are "
            "no public links to photos of this library."
        ),
    )
    keep_days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_KEPT,
        initial=30,
        label=gettext_lazy("For household grouping: days to keep faces that nobody named"),
        help_text=gettext_lazy("From 1 to 90. After that they are shredded."),
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        grouping = cleaned.get("state") == RecognitionState.HOUSEHOLD
        if grouping and not cleaned.get("declared"):
            self.add_error(
                "declared",
                _("Household grouping needs this declaration. Read it and tick the box."),
            )
        return cleaned
