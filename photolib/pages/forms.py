"""What people fill in on the pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from photolib.accounts.models import User
from photolib.describe.sentences.models import ServerKind
from photolib.library.models import Album
from photolib.people.models import Person


class AlbumForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_household = forms.BooleanField(
        label=_("Show it to the household"),
        required=False,
        help_text=_("Everybody of your household then sees the photos that are in this album."),
    )


class WordsForm(forms.Form):
    """A person's own description of a photo."""

    alt = forms.CharField(
        label=_("Short description"),
        max_length=250,
        help_text=_(
            "Who or what is in the picture, and what they do: one sentence, about 125 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    extended = forms.CharField(
        label=_("Longer description"),
        required=False,
        max_length=10_000,
        help_text=_("Everything else worth knowing. It is read on demand."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class TagForm(forms.Form):
    """Naming a tag; the tags there are already stand in a list to choose from."""

    name = forms.CharField(label=_("Tag"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "own-tags", "autocomplete": "off"}


class ThingForm(forms.Form):
    """Naming a thing of one's own; those there are already stand in a list to choose from."""

    name = forms.CharField(
        label=_("What is it?"),
        max_length=60,
        help_text=_("As your family calls it, such as “the club crest” or “grandfather's boat”."),
        widget=forms.TextInput(attrs={"list": "own-things", "autocomplete": "off"}),
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        help_text=_("Nobody is looked for in photos from before they were born."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PersonEditForm(PersonForm):
    hidden = forms.BooleanField(
        label=_("Hide this person"),
        required=False,
        help_text=_("They stand in no list, no description and no search, until you untick this."),
    )


class WhoForm(forms.Form):
    """Who else is in a photo: somebody known, or a new name."""

    person = forms.ModelChoiceField(
        label=_("Somebody you know"), queryset=Person.objects.none(), required=False,
        empty_label=_("Choose a name"),
    )  # fmt: skip
    name = forms.CharField(label=_("Or a new name"), max_length=100, required=False)

    def __init__(self, *args: object, people: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, passed through
        if people is not None:
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a choice field has one

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("person") and not cleaned.get("name"):
            raise forms.ValidationError(_("Choose a person, or write a name."))
        return cleaned


class DateForm(forms.Form):
    taken_on = forms.DateField(
        label=_("Day the photo was taken"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AddToAlbumForm(forms.Form):
    album = forms.ModelChoiceField(
        label=_("Album"), queryset=Album.objects.none(), empty_label=_("Choose an album")
    )

    def __init__(self, *args: object, albums: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, passed through
        if albums is not None:
            self.fields["album"].queryset = albums  # type: ignore[attr-defined]  # a choice field has one


class FolderForm(forms.Form):
    folder = forms.CharField(
        label=_("Folder on the server"),
        max_length=1000,
        help_text=_("Its whole path, such as /srv/photos. The files in it stay as they are."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )


class RemoveAccountForm(forms.Form):
    """What happens to the photos, and the password, so that nobody does it at an open screen."""

    photos = forms.ChoiceField(label=_("Your photos"), widget=forms.RadioSelect)
    heir = forms.ModelChoiceField(
        label=_("Who gets them"), queryset=User.objects.none(), required=False,
        empty_label=_("Choose somebody"),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, passed through
        self.user = user
        housemates = User.objects.none()
        if user.household_id:
            housemates = User.objects.filter(household=user.household_id, is_active=True).exclude(
                pk=user.pk
            )
        self.fields["heir"].queryset = housemates  # type: ignore[attr-defined]  # a choice field has one
        choices = [("delete", _("Delete them for good"))]
        if housemates.exists():
            choices.insert(0, ("hand_over", _("Hand them over to a housemate")))
        else:
            del self.fields["heir"]
        self.fields["photos"].choices = choices  # type: ignore[attr-defined]  # a choice field has them

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password: type it again."))
        return password

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("photos") == "hand_over" and not cleaned.get("heir"):
            self.add_error("heir", _("Choose who gets your photos."))
        return cleaned


class SentenceServerForm(forms.Form):
    """The server of the sentence model, or the folder with its files."""

    kind = forms.ChoiceField(
        label=_("Kind of model"), choices=ServerKind.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address or folder"),
        max_length=200,
        help_text=_(
            "Of a server: on this machine or your own network only, such as http://127.0.0.1:11434 or "
            "http://192.168.1.5:11434. Of a folder: its whole path on this machine, such as "
            "/srv/models/Florence-2-base-ft."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    model = forms.CharField(
        label=_("Model"),
        max_length=100,
        required=False,
        help_text=_(
            "Its name as the server knows it, such as llava or qwen2.5vl. A folder's model is called like "
            "the folder, if nothing stands here."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        is_folder = cleaned.get("kind") == ServerKind.FLORENCE
        if not is_folder and not cleaned.get("model") and "model" not in self.errors:
            self.add_error("model", _("A server is asked for one model: write its name."))
        return cleaned
