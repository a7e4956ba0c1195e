"""What the API says of faces, and what it accepts. Never a vector, never a score."""

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from faces.models import FaceGroup, JournalEntry
from faces.queries import alt_of
from faces.services import AnswerKind
from photolib.people.models import Appearance, FaceRegion

MOST = 500  # faces or groups in one request


def _numbers(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(), max_length=MOST, **options)


class FaceSerializer(serializers.ModelSerializer[FaceRegion]):
    """A face's box in fractions of the upright picture, its text, and where its crop is."""

    text = serializers.SerializerMethodField()
    crop = serializers.SerializerMethodField()

    class Meta:
        model = FaceRegion
        fields = ["id", "photo", "left", "top", "width", "height", "source", "text", "crop"]
        read_only_fields = ["id", "photo", "source"]

    def get_text(self, region: FaceRegion) -> str:
        number, count = self.context["places"].get(region.pk, (1, 1))
        return alt_of(region, region.photo, number, count)

    def get_crop(self, region: FaceRegion) -> str:
        return str(reverse("faces:crop", args=[region.pk], request=self.context["request"]))


class GroupSerializer(serializers.ModelSerializer[FaceGroup]):
    """Faces that look like one person. ends_at: when the first of them is shredded without a name."""

    size = serializers.IntegerField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = FaceGroup
        fields = ["id", "hidden", "size", "ends_at", "created_at"]
        read_only_fields = ["id", "created_at"]


class QuestionSerializer(serializers.ModelSerializer[Appearance]):
    """Is this face this person?"""

    face = serializers.IntegerField(source="region_id")
    person_name = serializers.CharField(source="person.name")
    text = serializers.SerializerMethodField()

    class Meta:
        model = Appearance
        fields = ["id", "photo", "face", "person", "person_name", "text", "expires_at"]
        read_only_fields = fields

    def get_text(self, question: Appearance) -> str:
        return str(self.context["texts"][question.pk])


class AnswerSerializer(serializers.Serializer[Any]):
    """An answer to one question. person: who it is, where the answer is `other`."""

    question = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=[kind.value for kind in AnswerKind])
    person = serializers.IntegerField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["answer"] == AnswerKind.OTHER) != ("person" in attrs):
            raise serializers.ValidationError("`person` goes with the answer `other`, and only so.")
        return attrs


class AnswersSerializer(serializers.Serializer[Any]):
    """Answers, all of them one entry of the journal."""

    answers = AnswerSerializer(many=True, allow_empty=False)


class AnsweredSerializer(serializers.Serializer[Any]):
    """What became of the answers; `refused` holds a sentence for each that could not be kept."""

    counts = serializers.DictField(child=serializers.IntegerField())
    refused = serializers.ListField(child=serializers.CharField())
    entry = serializers.IntegerField(allow_null=True)


class WhoSerializer(serializers.Serializer[Any]):
    """Somebody known by their number, or somebody new by a name: one of the two."""

    person = serializers.IntegerField(required=False)
    name = serializers.CharField(required=False, max_length=100)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("person" in attrs) == ("name" in attrs):
            raise serializers.ValidationError("Give either `person` or `name`.")
        return attrs


class NameGroupSerializer(WhoSerializer):
    """shown: the faces that were looked at; faces: those of them that are this person, all unless given.

    The others that were shown are not this person, for good.
    """

    shown = _numbers(allow_empty=False)
    faces = _numbers(required=False)


class FacesSerializer(serializers.Serializer[Any]):
    """The faces to be moved here."""

    faces = _numbers(allow_empty=False)


class SplitSerializer(serializers.Serializer[Any]):
    """faces: those that are somebody else. together: whether they are one other person."""

    faces = _numbers(allow_empty=False)
    shown = _numbers(required=False, help_text="the faces that were looked at; all unless given")
    together = serializers.BooleanField(default=True)


class MergeSerializer(serializers.Serializer[Any]):
    """Groups that are one person. The first of them stays."""

    groups = _numbers(min_length=2)


class HiddenSerializer(serializers.Serializer[Any]):
    """Whether the group is left out of the list."""

    hidden = serializers.BooleanField()


class DoneSerializer(serializers.Serializer[Any]):
    """The journal's entry of what was done, by which it can be taken back; null where nothing changed."""

    entry = serializers.IntegerField(allow_null=True)


class EntrySerializer(serializers.ModelSerializer[JournalEntry]):
    """Something that was done with faces. faces: how many it changed."""

    class Meta:
        model = JournalEntry
        fields = ["id", "kind", "faces", "created_at", "undone_at", "undoes"]
        read_only_fields = fields


class UndoneSerializer(serializers.Serializer[Any]):
    """faces: how many are as they were. left: changed again since, and left as they are now."""

    faces = serializers.IntegerField()
    left = serializers.IntegerField()
    entry = serializers.IntegerField(source="entry.pk")
