"""What the owner is told of each analyser, beside its switch. Every analyser has a line; a test counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Told:
    """title: what it is called. looks_at: what it sees, and what it does not."""

    title: "_StrPromise"
    looks_at: "_StrPromise"


TOLD: dict[str, Told] = {
    "find_objects": Told(
        _("Things, animals and people"),
        _(
            "Finds cups, cars, dogs, and that somebody is there, each with its place in the photo. "
            "Who somebody is, it cannot know."
        ),
    ),
    "find_scene": Told(
        _("Place, light and kind of picture"),
        _(
            "Looks at the photo as a whole: a beach or a kitchen, indoors or outdoors, by day, "
            "and whether it is a screenshot, a document or a drawing."
        ),
    ),
    "find_postures": Told(
        _("Standing, sitting, lying"),
        _("Looks at how somebody's body is held. Nothing is concluded about the person."),
    ),
    "find_smiles": Told(
        _("Smiles"),
        _("Looks at the shape of a mouth only: never at what somebody feels."),
    ),
    "read_text": Told(
        _("Words in the picture"),
        _("Reads signs, receipts and screens aloud, and finds photos by them."),
    ),
    "check_sensitivity": Told(
        _("Nudity, asked about before sharing"),
        _("Only you are told, before you share a photo. It is never part of a description."),
    ),
    "measure_quality": Told(
        _("Blur, brightness and colours"),
        _("Measures whether a photo is blurred, very dark or overexposed, and its main colours."),
    ),
    "match_own": Told(
        _("Tags that learn"),
        _(
            "Learns from your own tags what such photos look like, and asks you about others. It "
            "looks at whole pictures, never at a face."
        ),
    ),
    "find_names": Told(
        _("Names that can be read"),
        _(
            "Knows well-known makers and shops, and your own names for things, in the words that were "
            "read. It looks at no picture."
        ),
    ),
    "match_things": Told(
        _("Things of your own"),
        _(
            "Looks for things that you marked and named, such as a crest or a boat, and asks you. It "
            "looks at no face."
        ),
    ),
    "write_sentence": Told(
        _("Whole sentences"),
        _("Lets a language model write a sentence, which you accept or reject."),
    ),
}
