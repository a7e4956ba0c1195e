"""Forms of the pages of faces."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faces.models import LONGEST_KEPT
from faces.services import Answer, AnswerKind
from photolib.accounts.models import User
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, Person
from photolib.people.queries import people_of


class WhoForm(forms.Form):
    """Who a face is: somebody known, or a new name."""

    needed = True
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
        said = bool(cleaned.get("person")) + bool(cleaned.get("name"))
        if said > 1 or (self.needed and not said):
            raise forms.ValidationError(
                _("Choose a person from the list, or write a new name: one of the two.")
            )
        return cleaned


class MergePeopleForm(forms.Form):
    """Which other entry is the same human being."""

    into = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("The entry that stays"),
        empty_label=gettext_lazy("Choose a person"),
    )

    def __init__(self, viewer: User, person: Person, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # what Form takes is Form's business
        people = self.fields["into"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = people_of(viewer).exclude(pk=person.pk)


class MaybeWhoForm(WhoForm):
    """The same, where it can also be said later."""

    needed = False


@dataclass(frozen=True, slots=True)
class AskedFace:
    """One face of WhichForm: the question, its text, and the two fields that answer it."""

    question: Appearance
    alt: str
    yes: forms.BoundField
    otherwise: forms.BoundField


class WhichForm(forms.Form):
    """Which of these faces are one person: a tick is yes, no tick is no.

    What `otherwise` says counts instead of the tick: later, not a face, or somebody else by their key.
    """

    def __init__(self, viewer: User, questions: Sequence[Appearance], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # what Form takes is Form's business
        self.questions = questions
        others = [(str(person.pk), person.name) for person in people_of(viewer)]
        for question in questions:
            self.fields[f"yes-{question.pk}"] = forms.BooleanField(required=False, initial=True)
            self.fields[f"otherwise-{question.pk}"] = forms.ChoiceField(
                required=False, choices=self._choices(question, others)
            )

    @staticmethod
    def _choices(question: Appearance, others: list[tuple[str, str]]) -> list[tuple[str, object]]:
        somebody = [pair for pair in others if pair[0] != str(question.person_id)]
        known: list[tuple[str, object]] = [(_("Somebody else"), somebody)] if somebody else []
        return [
            ("", _("As ticked")),
            (AnswerKind.LATER, _("Not sure, ask me later")),
            (AnswerKind.NO_FACE, _("Not a face")),
            *known,
        ]

    def faces(self, texts: dict[int, str]) -> list[AskedFace]:
        """The faces with their texts, as the page shows them."""
        return [
            AskedFace(
                question=question,
                alt=texts[question.pk],
                yes=self[f"yes-{question.pk}"],
                otherwise=self[f"otherwise-{question.pk}"],
            )
            for question in self.questions
        ]

    def answers(self) -> list[Answer]:
        """What was said, once the form is valid."""
        return [self._answer(question) for question in self.questions]

    def _answer(self, question: Appearance) -> Answer:
        otherwise = self.cleaned_data[f"otherwise-{question.pk}"]
        if otherwise.isdecimal():
            return Answer(question, AnswerKind.OTHER, person=int(otherwise))
        if otherwise:
            return Answer(question, AnswerKind(otherwise))
        ticked = self.cleaned_data[f"yes-{question.pk}"]
        return Answer(question, AnswerKind.YES if ticked else AnswerKind.NO)


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
