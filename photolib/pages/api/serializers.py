"""What the API says of each thing, and what it accepts."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from photolib.accounts.models import Role
from photolib.accounts.scopes import SCOPES
from photolib.describe.models import FileNote, HumanText
from photolib.library.models import Album, Photo
from photolib.people.models import Person


class FilesSerializer(serializers.Serializer[Any]):
    """Addresses of a photo's files."""

    small = serializers.URLField()
    medium = serializers.URLField()
    large = serializers.URLField()
    original = serializers.URLField()


class PhotoSerializer(serializers.ModelSerializer[Photo]):
    """A photo as this viewer may see it. `alt` is never empty."""

    owner = serializers.CharField(source="library.owner.username", read_only=True)
    alt = serializers.SerializerMethodField()
    alt_language = serializers.SerializerMethodField()
    alt_source = serializers.SerializerMethodField(
        help_text="human, file (a person's words that came with the file), machine, or fallback (date and"
        " place alone)"
    )
    alt_model = serializers.SerializerMethodField(
        help_text="the model behind a machine's words, with its version; empty for a person's"
    )
    alt_made_on = serializers.SerializerMethodField(help_text="the day the machine looked")
    favourite = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = [
            "id", "owner", "alt", "alt_language", "alt_source", "alt_model", "alt_made_on",
            "taken_at", "taken_offset", "taken_source", "taken_on", "latitude", "longitude",
            "place_town", "place_region", "place_country", "camera_make", "camera_model", "lens",
            "width", "height", "original_name", "received_at", "shared_with_household", "favourite",
            "files",
        ]  # fmt: skip
        read_only_fields = fields

    def get_alt(self, photo: Photo) -> str:
        return str(self.context["texts"][photo.pk].alt)

    def get_alt_language(self, photo: Photo) -> str:
        return str(self.context["texts"][photo.pk].language)

    def get_alt_source(self, photo: Photo) -> str:
        return str(self.context["texts"][photo.pk].source)

    def get_alt_model(self, photo: Photo) -> str:
        return str(self.context["texts"][photo.pk].model)

    def get_alt_made_on(self, photo: Photo) -> date | None:
        made_on: date | None = self.context["texts"][photo.pk].made_on
        return made_on

    def get_favourite(self, photo: Photo) -> bool:
        return photo.pk in self.context["favourites"]

    @extend_schema_field(FilesSerializer)
    def get_files(self, photo: Photo) -> dict[str, str]:
        request = self.context["request"]
        sizes = {"small": "320", "medium": "640", "large": "1600"}
        files = {
            name: reverse("library:rendition", args=[photo.pk, size], request=request)
            for name, size in sizes.items()
        }
        return files | {"original": reverse("library:original", args=[photo.pk], request=request)}


class TextSerializer(serializers.ModelSerializer[HumanText]):
    """A person's own words about a photo, in one language."""

    class Meta:
        model = HumanText
        fields = ["language", "alt", "extended", "source", "written_by", "updated_at"]
        read_only_fields = ["language", "source", "written_by", "updated_at"]


class FileNoteSerializer(serializers.ModelSerializer[FileNote]):
    """A title or caption that came with the file: no description of what is to be seen."""

    class Meta:
        model = FileNote
        fields = ["kind", "language", "text"]
        read_only_fields = fields


class ClaimSerializer(serializers.Serializer[Any]):
    """One sentence of the extended description, with what it rests on."""

    text = serializers.CharField()
    confidence = serializers.FloatField(
        allow_null=True, help_text="how sure the machine is, 0..1; null where a person says so"
    )
    origin = serializers.CharField(source="source", help_text="which model, or who, says so")
    read = serializers.CharField(help_text="the part of the text that was read in the picture")
    read_language = serializers.CharField(
        source="language", help_text="the language of that part; empty where it is not known"
    )


class SightingSerializer(serializers.Serializer[Any]):
    """A person in a photo whose name this viewer may know; the box in fractions of the picture."""

    person_id = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.CharField()
    left = serializers.FloatField(allow_null=True)
    top = serializers.FloatField(allow_null=True)
    width = serializers.FloatField(allow_null=True)
    height = serializers.FloatField(allow_null=True)


class PhotoDetailSerializer(PhotoSerializer):
    """A photo with its extended description and the people in it."""

    extended = serializers.SerializerMethodField(
        help_text="the extended description as one text, in alt_language; alt_source says whose"
    )
    alt_written_by = serializers.SerializerMethodField(
        help_text="whom the file names as the writer of its words, or empty"
    )
    claims = serializers.SerializerMethodField(
        help_text="the extended description, sentence by sentence"
    )
    colours = serializers.SerializerMethodField(
        help_text="the main colours in words, which alt and extended do not tell; may be empty"
    )
    texts = serializers.SerializerMethodField(help_text="what people wrote, in every language")
    file_notes = serializers.SerializerMethodField(help_text="titles and captions of the file")
    people = serializers.SerializerMethodField()

    class Meta(PhotoSerializer.Meta):
        fields = [
            *PhotoSerializer.Meta.fields,
            "extended", "alt_written_by", "claims", "colours", "texts", "file_notes", "people",
        ]  # fmt: skip
        read_only_fields = fields

    def get_extended(self, photo: Photo) -> str:
        text = self.context["texts"][photo.pk]
        between = " " if text.source in {"machine", "fallback"} else "\n"
        return between.join(claim.text for claim in text.extended)

    def get_alt_written_by(self, photo: Photo) -> str:
        return str(self.context["texts"][photo.pk].written_by)

    @extend_schema_field(TextSerializer(many=True))
    def get_texts(self, photo: Photo) -> list[dict[str, object]]:
        return list(TextSerializer(photo.human_texts.order_by("language"), many=True).data)

    @extend_schema_field(FileNoteSerializer(many=True))
    def get_file_notes(self, photo: Photo) -> list[dict[str, object]]:
        notes = self.context["file_notes"].get(photo.pk, [])
        return list(FileNoteSerializer(notes, many=True).data)

    @extend_schema_field(ClaimSerializer(many=True))
    def get_claims(self, photo: Photo) -> list[dict[str, object]]:
        text = self.context["texts"][photo.pk]
        claims = text.facts if text.source == "machine" else text.extended
        return list(ClaimSerializer(claims, many=True).data)

    def get_colours(self, photo: Photo) -> str:
        colours = self.context["texts"][photo.pk].colours
        return str(colours.text) if colours else ""

    @extend_schema_field(SightingSerializer(many=True))
    def get_people(self, photo: Photo) -> list[dict[str, object]]:
        seen = self.context["sightings"].get(photo.pk, [])
        return list(SightingSerializer(seen, many=True).data)


class PhotoChangeSerializer(serializers.Serializer[Any]):
    """What of a photo can be changed; leave out what stays."""

    shared_with_household = serializers.BooleanField(required=False)
    favourite = serializers.BooleanField(required=False)


class UploadSerializer(serializers.Serializer[Any]):
    """One file, as multipart form data."""

    file = serializers.FileField(allow_empty_file=True)


class ArrivalSerializer(serializers.Serializer[Any]):
    """A file that arrived: `state` received, running, accepted, duplicate or refused."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    state = serializers.CharField()
    refusal = serializers.CharField(help_text="a code, such as truncated")
    error = serializers.CharField(help_text="the reason as a sentence")
    photo = serializers.IntegerField(source="photo_id", allow_null=True)
    received_at = serializers.DateTimeField()


class AlbumSerializer(serializers.ModelSerializer[Album]):
    """An album. for_household shows its photos to every member of the household."""

    owner = serializers.CharField(source="owner.username", read_only=True)

    class Meta:
        model = Album
        fields = ["id", "owner", "title", "description", "for_household", "created_at"]
        read_only_fields = ["id", "owner", "created_at"]


class AlbumPhotosSerializer(serializers.Serializer[Any]):
    """The photos to add or to take out."""

    photos = serializers.ListField(child=serializers.IntegerField(), max_length=1000)


class PersonSerializer(serializers.ModelSerializer[Person]):
    """Somebody the household knows."""

    class Meta:
        model = Person
        fields = ["id", "name", "birthday", "hidden"]
        read_only_fields = ["id", "birthday", "hidden"]


class ProgressSerializer(serializers.Serializer[Any]):
    """What is being worked on; seconds_left is null where it is not known."""

    waiting = serializers.IntegerField()
    running = serializers.IntegerField()
    done = serializers.IntegerField()
    parked = serializers.IntegerField()
    total = serializers.IntegerField()
    seconds_left = serializers.FloatField(allow_null=True)


class AccountSerializer(serializers.Serializer[Any]):
    """The account that asks."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    language = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    household = serializers.CharField(source="household.name", default=None, allow_null=True)


class SignInSerializer(serializers.Serializer[Any]):
    """A name and a password for a token that may do what `scopes` says."""

    username = serializers.CharField()
    password = serializers.CharField(trim_whitespace=False)
    name = serializers.CharField(max_length=100, help_text="what the program is called")
    scopes = serializers.MultipleChoiceField(choices=list(SCOPES.items()), allow_empty=False)


class TokenSerializer(serializers.Serializer[Any]):
    """The token, told this once."""

    token = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
