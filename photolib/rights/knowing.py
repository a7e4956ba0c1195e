"""Everything the machine and people wrote about one photo, section by section, for one viewer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.knowledge import Known, known_of_photo
from photolib.describe.queries import texts_for
from photolib.library.models import Photo
from photolib.rights.knowing_facts import facts_known
from photolib.rights.knowing_people import faces_known, names_known
from photolib.rights.knowing_picture import audience_known, picture_known
from photolib.rights.knowing_tags import tags_known
from photolib.rights.knowing_things import things_known
from photolib.rights.knowing_words import words_known
from photolib.rights.knowing_work import finding_known, sent_known, steps_known


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what is known under it. none: the sentence that stands where nothing is."""

    id: str
    title: str
    rows: list[Known]
    none: str


def sections_of(photo: Photo, viewer: User, language: str) -> list[Section]:
    """What is known of the photo, as far as this viewer may know it.

    Steps of work, file names and coordinates are for the owner alone.
    """
    owner = photo.library.owner_id == viewer.pk
    everybody = _who_sees(photo)
    text = texts_for([photo], viewer, language)[photo.pk]
    sections = [
        Section(
            "picture", _("The picture itself"), list(picture_known(photo, owner, everybody)), ""
        ),
        Section("seen-by", _("Who may see it"), list(audience_known(photo, viewer)), ""),
        Section(
            "said", _("What is said of it"), list(words_known(photo, text, owner, everybody)), ""
        ),
        Section(
            "facts",
            _("What the machine saw"),
            list(facts_known(photo, owner, everybody, language)),
            _("The machine saw nothing it has a word for."),
        ),
        Section(
            "tags", _("Tags"), list(tags_known(photo, viewer, owner, everybody)), _("No tags.")
        ),
        Section(
            "things",
            _("Things of your own"),
            list(things_known(photo, viewer, owner, everybody)),
            _("None is marked."),
        ),
        Section("faces", _("Faces"), list(faces_known(photo, owner)), _("No face is marked.")),
        Section(
            "names",
            _("Who is in it"),
            list(names_known(photo, viewer, owner)),
            _("Nobody is named here, as far as you may know."),
        ),
        Section(
            "vectors",
            _("Measurements of faces"),
            known_of_photo(photo, viewer),
            _("Nothing is kept by which a face of this photo could be recognised."),
        ),
    ]
    if owner:
        sections += [
            Section("found-by", _("Words that find it"), list(finding_known(photo)), _("None.")),
            Section(
                "work", _("Work that was done on it"), list(steps_known(photo)), _("None yet.")
            ),
            Section(
                "sent",
                _("Copies sent to the sentence model"),
                list(sent_known(photo)),
                _("None was sent to one."),
            ),
        ]
    return sections


def _who_sees(photo: Photo) -> str:
    shared = photo.shared_with_household or photo.albums.filter(for_household=True).exists()
    return _("everybody in the household") if shared else _("its owner alone")
