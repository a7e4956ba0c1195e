"""Everything the machine and people wrote about one photo, section by section, for one viewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.queries import sightings
from photolib.core.knowledge import Deed, Known, known_of_photo
from photolib.core.places import country_name
from photolib.core.words import words_of
from photolib.describe.fact_words import fact_in_words
from photolib.describe.models import (
    UNKNOWN_LANGUAGE,
    Fact,
    FactKind,
    FileNote,
    HumanText,
    SentPicture,
    TextSource,
)
from photolib.describe.queries import Description, texts_for
from photolib.describe.review_queue import review_of
from photolib.intake.models import StepRun, StepState
from photolib.library.memos import memos_of
from photolib.library.models import Photo
from photolib.library.queries import albums_visible_to, sidecar_of
from photolib.own.models import PhotoLook, PhotoTag, Said
from photolib.own.queries import tags_on
from photolib.people.models import (
    Appearance,
    AppearanceState,
    FaceRegion,
    NotThisPerson,
    RegionSource,
)
from photolib.rights.knowing_things import things_known
from photolib.search.models import PhotoMeaning


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
        Section("picture", _("The picture itself"), list(_picture(photo, owner, everybody)), ""),
        Section("seen-by", _("Who may see it"), list(_audience(photo, viewer)), ""),
        Section("said", _("What is said of it"), list(_words(photo, text, owner, everybody)), ""),
        Section(
            "facts",
            _("What the machine saw"),
            list(_facts(photo, owner, everybody, language)),
            _("The machine saw nothing it has a word for."),
        ),
        Section("tags", _("Tags"), list(_tags(photo, viewer, owner, everybody)), _("No tags.")),
        Section(
            "things",
            _("Things of your own"),
            list(things_known(photo, viewer, owner, everybody)),
            _("None is marked."),
        ),
        Section("faces", _("Faces"), list(_faces(photo, owner)), _("No face is marked.")),
        Section(
            "names",
            _("Who is in it"),
            list(_names(photo, viewer, owner)),
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
            Section("found-by", _("Words that find it"), list(_found_by(photo)), _("None.")),
            Section("work", _("Work that was done on it"), list(_steps(photo)), _("None yet.")),
            Section(
                "sent",
                _("Copies sent to the sentence model"),
                list(_sent(photo)),
                _("None was sent to one."),
            ),
        ]
    return sections


def _who_sees(photo: Photo) -> str:
    shared = photo.shared_with_household or photo.albums.filter(for_household=True).exists()
    return _("everybody in the household") if shared else _("its owner alone")


def _picture(photo: Photo, owner: bool, everybody: str) -> Iterator[Known]:
    make = partial(Known, made_on=photo.received_at)
    yield make(
        what=_("Taken on %(day)s.") % {"day": photo.taken_on.isoformat()},
        source=str(photo.get_taken_source_display()),
        seen_by=everybody,
        deeds=_owners(owner, Deed(_("Correct the date"), _to_photo(photo, "facts"))),
    )
    yield make(
        what=_("%(width)s × %(height)s pixels, %(bytes)s bytes.")
        % {"width": photo.width, "height": photo.height, "bytes": photo.original.byte_size},
        source=_("the file"),
        seen_by=everybody,
    )
    place = [photo.place_town, photo.place_region, _country(photo)]
    if any(place):
        yield make(
            what=_("Place: %(place)s.") % {"place": ", ".join(part for part in place if part)},
            source=_("looked up on this machine from the coordinates"),
            seen_by=everybody,
        )
    camera = " ".join(part for part in (photo.camera_make, photo.camera_model, photo.lens) if part)
    if camera:
        yield make(
            what=_("Camera: %(camera)s.") % {"camera": camera},
            source=_("the file"),
            seen_by=everybody,
        )
    if owner:
        yield from _private_metadata(photo)


def _private_metadata(photo: Photo) -> Iterator[Known]:
    make = partial(Known, made_on=photo.received_at, source=_("the file"))
    yield make(
        what=_("The file's name: %(name)s.") % {"name": photo.original_name},
        seen_by=_("its owner alone"),
    )
    if photo.latitude is not None and photo.longitude is not None:
        yield make(
            what=_("Coordinates: %(lat).5f, %(lon).5f.")
            % {"lat": photo.latitude, "lon": photo.longitude},
            seen_by=_("its owner, and whoever is given the original"),
        )
    beside = sidecar_of(photo)
    if beside is not None:
        yield make(
            what=_("The sidecar file that came with it (XMP, %(bytes)s bytes).")
            % {"bytes": len(beside)},
            seen_by=_("its owner alone"),
        )


def _country(photo: Photo) -> str:
    return country_name(photo.place_country, "en") if photo.place_country else ""


def _audience(photo: Photo, viewer: User) -> Iterator[Known]:
    yield Known(
        what=_("%(name)s, whose photo it is.") % {"name": photo.library.owner},
        deeds=_owners(
            photo.library.owner_id == viewer.pk, Deed(_("Share it, or stop"), _to_photo(photo))
        ),
    )
    if photo.shared_with_household:
        yield Known(what=_("Everybody in the household, with whom it is shared."))
    for album in albums_visible_to(viewer).filter(entries__photo=photo, for_household=True):
        yield Known(
            what=_("Everybody in the household, by the album %(title)s.") % {"title": album},
            deeds=(Deed(_("Open the album %(title)s") % {"title": album},
                        reverse("pages:album", args=[album.pk])),),
        )  # fmt: skip


def _words(photo: Photo, text: Description, owner: bool, everybody: str) -> Iterator[Known]:
    if text.source not in {"human", "file"}:
        yield Known(
            what=_("Said now: “%(alt)s”") % {"alt": text.alt},
            source=_("composed by machine when it is read; not stored"),
            model=text.model,
            seen_by=_("each viewer, with the names they may know"),
            deeds=_owners(
                owner, Deed(_("Write your own words"), reverse("pages:words", args=[photo.pk]))
            ),
        )
    for row in HumanText.objects.filter(photo=photo).select_related("by"):
        language = _language(row.language)
        can_be_written = row.language in dict(settings.DESCRIPTION_LANGUAGES)
        words = reverse("pages:words", args=[photo.pk]) + f"?language={row.language}"
        clear = reverse("pages:clear_words", args=[photo.pk]) + f"?language={row.language}"
        yield Known(
            what=_("In %(language)s: “%(alt)s”") % {"language": language, "alt": row.alt},
            source=_writer(row),
            made_on=row.updated_at,
            seen_by=everybody,
            deeds=_owners(
                owner,
                *(
                    [Deed(_("Change the words in %(language)s") % {"language": language}, words)]
                    if can_be_written
                    else []
                ),
                Deed(_("Remove the words in %(language)s") % {"language": language}, clear, True),
            ),
        )

    yield from _decisions(photo, owner, everybody)
    for note in FileNote.objects.filter(photo=photo):
        yield Known(
            what=_("%(kind)s in %(language)s: “%(text)s”")
            % {
                "kind": str(note.get_kind_display()),
                "language": _language(note.language),
                "text": note.text,
            },
            source=_("the file"),
            made_on=photo.received_at,
            seen_by=everybody,
        )


def _decisions(photo: Photo, owner: bool, everybody: str) -> Iterator[Known]:
    """What was decided about the machine's words, and drafts that wait. The owner decides on these."""
    review = review_of(photo)
    if review is not None and review.at is not None:
        yield Known(
            what=_("Decided about the machine's words: %(state)s.")
            % {"state": review.get_state_display()},
            source=str(review.by or _("a person")),
            made_on=review.at,
            seen_by=everybody,
            deeds=_owners(
                owner and bool(review.before),
                Deed(
                    _("Take the decision back"),
                    reverse("pages:review_undo", args=[photo.pk]),
                    post=True,
                ),
            ),
        )
    if review is not None and review.wanted_at is not None:
        yield Known(
            what=_("Better words are asked for."),
            source=str(review.wanted_by or _("a person")),
            made_on=review.wanted_at,
            seen_by=everybody,
        )
    for memo in memos_of(photo):
        yield Known(
            what=_("A voice memo: %(title)s") % {"title": memo.title or _("without a title")},
            source=str(memo.by or _("a person")),
            made_on=memo.made_at,
            seen_by=everybody,
            deeds=_owners(
                owner,
                Deed(
                    _("Remove the voice memo"),
                    reverse("pages:memo_remove", args=[photo.pk, memo.pk]),
                    post=True,
                ),
            ),
        )
    for draft in photo.drafts.all() if owner else ():
        yield Known(
            what=_("A draft in %(language)s, %(state)s: “%(alt)s”")
            % {
                "language": _language(draft.language),
                "state": draft.get_state_display(),
                "alt": draft.alt,
            },
            source=_("the machine"),
            model=draft.model,
            made_on=draft.made_at,
            seen_by=_("its owner alone"),
        )


def _writer(row: HumanText) -> str:
    if row.source != TextSource.FILE:
        return str(row.by or _("a person"))
    if row.written_by:
        return _("the file, which names %(writer)s") % {"writer": row.written_by}
    return _("the file")


def _language(code: str) -> str:
    """A language's name in the page's language; of those that Django has no name for, the code."""
    if code == UNKNOWN_LANGUAGE:
        return _("an unknown language")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _facts(photo: Photo, owner: bool, everybody: str, language: str) -> Iterator[Known]:
    # What a person marked stands among the things of their own.
    for row in Fact.objects.filter(photo=photo).exclude(own_region__isnull=False):
        private = row.kind == FactKind.SENSITIVITY
        if (row.rejected or private) and not owner:
            continue
        label = _label(row, language)
        yield Known(
            what=_("%(label)s – said to be wrong, and not said any more") % {"label": label}
            if row.rejected
            else label,
            source=_("the machine"),
            model=f"{row.model} {row.version}",
            made_on=row.created_at,
            confidence=row.confidence if row.probability is None else row.probability,
            seen_by=_("nobody") if row.rejected else _("its owner alone") if private else everybody,
            deeds=_owners(
                owner and not row.rejected,
                Deed(
                    _("This is wrong: %(label)s") % {"label": label},
                    reverse("pages:reject_fact", args=[photo.pk, row.pk]),
                    post=True,
                ),
            ),
        )


def _label(row: Fact, language: str) -> str:
    """The fact in words of the descriptions, such as "a dog" or "smiling"; what was read, in quotes."""
    return fact_in_words(row.kind, row.label, row.text, language)


def _tags(photo: Photo, viewer: User, owner: bool, everybody: str) -> Iterator[Known]:
    rows = [(row, "yes" if row.said == Said.YES else "asked") for row in tags_on(photo, viewer)]
    if owner:
        denied = PhotoTag.objects.filter(photo=photo, said=Said.NO).select_related("tag", "by")
        rows += [(row, "no") for row in denied]
    sentences = {
        "yes": _("Tagged: %(tag)s."),
        "asked": _("Question: does the tag %(tag)s fit?"),
        "no": _("The tag %(tag)s does not fit: kept, so that it is not asked again."),
    }
    for row, said in rows:
        yield Known(
            what=sentences[said] % {"tag": row.tag.name},
            source=str(row.by or _("the machine")),
            made_on=row.changed_at,
            confidence=row.score if said == "asked" else None,
            seen_by=everybody if said == "yes" else _("its owner alone"),
            deeds=_owners(owner, Deed(_("Change it"), _to_photo(photo, "tags-here"))),
        )
    if owner:
        for look in PhotoLook.objects.filter(photo=photo).defer("features"):
            yield Known(
                what=_("What the whole picture looks like, as 1,280 numbers. They know no face."),
                source=_("the machine"),
                model=f"{look.model} {look.version}",
                made_on=look.made_at,
                seen_by=_("used to ask about tags, never listed"),
                deeds=(Deed(_("Switch it off"), reverse("pages:analysers")),),
            )


def _faces(photo: Photo, owner: bool) -> Iterator[Known]:
    regions = FaceRegion.objects.filter(photo=photo).order_by("left", "pk")
    for number, region in enumerate(regions if owner else regions.filter(dismissed=False), start=1):
        middle = region.left + region.width / 2
        where = _("left") if middle < 1 / 3 else _("centre") if middle <= 2 / 3 else _("right")
        values = {"number": number, "where": where}
        yield Known(
            what=_("Box %(number)s, %(where)s: not a face, said a person.") % values
            if region.dismissed
            else _face_text(region) % values,
            source=str(region.get_source_display()),
            model=region.detector,
            made_on=region.created_at,
            confidence=region.confidence if region.source == RegionSource.MACHINE else None,
            seen_by=_("whoever may see the photo"),
            region=region.pk,
            deeds=_face_deeds(photo, region, number) if owner else (),
        )


def _face_text(region: FaceRegion) -> str:
    if region.is_picture:
        return _(
            "Face %(number)s, %(where)s, perhaps on a poster or screen. A box identifies nobody."
        )
    return _("Face %(number)s, %(where)s. A box identifies nobody.")


def _face_deeds(photo: Photo, region: FaceRegion, number: int) -> tuple[Deed, ...]:
    """Where faces can be named and dismissed, if the app that does it is installed."""
    panel = _address("faces:photo", photo.pk)
    if not panel:
        return ()
    values = {"number": number}
    name = Deed(_("Name or correct face %(number)s") % values, f"{panel}#face-{region.pk}")
    if region.dismissed:
        return (name,)
    wrong = reverse("faces:not_a_face", args=[region.pk])
    return (name, Deed(_("Face %(number)s is not a face") % values, wrong, post=True))


def _names(photo: Photo, viewer: User, owner: bool) -> Iterator[Known]:
    seen = {one.appearance_id for one in sightings([photo], viewer)[photo.pk]}
    rows = Appearance.objects.filter(photo=photo).select_related("person", "by")
    for row in rows if owner else rows.filter(pk__in=seen):
        yield _name(row, shown=row.pk in seen, owner=owner)
    if owner:
        for refusal in NotThisPerson.objects.filter(region__photo=photo).select_related(
            "person", "by"
        ):
            yield _refusal(refusal)


def _name(row: Appearance, *, shown: bool, owner: bool) -> Known:
    name = row.person.name
    asked = row.state == AppearanceState.ASKED
    machine = row.by is None and row.state != AppearanceState.CONFIRMED
    if asked:
        what = _("Question: is it %(name)s?") % {"name": name}
    elif machine:
        what = _("Probably %(name)s.") % {"name": name}
    else:
        what = _("%(name)s.") % {"name": name}
    if not (shown or asked):
        what += " " + _("Not shown now: recognising is stopped, or the person is hidden.")
    return Known(
        what=what,
        source=str(row.by or row.get_source_display()),
        made_on=row.created_at,
        ends_on=row.expires_at,
        seen_by=_("its owner alone")
        if asked
        else _("its owner, and others where %(name)s allows it") % {"name": name},
        region=row.region_id,
        deeds=_owners(
            owner,
            Deed(
                _("Take the name %(name)s off") % {"name": name},
                reverse("pages:photo_person_remove", args=[row.photo_id, row.pk]),
                post=True,
            ),
        ),
    )


def _refusal(row: NotThisPerson) -> Known:
    undo = _address("faces:may_be", row.region_id, row.person_id)
    may_be = Deed(_("It may be %(name)s after all") % {"name": row.person.name}, undo, post=True)
    return Known(
        what=_("A face here is not %(name)s: kept, without any measurement.")
        % {"name": row.person.name},
        source=str(row.by or _("a person")),
        made_on=row.created_at,
        seen_by=_("its owner alone"),
        region=row.region_id,
        deeds=(may_be,) if undo else (),
    )


def _found_by(photo: Photo) -> Iterator[Known]:
    by_source: dict[str, list[str]] = {}
    for word, source in words_of(photo):
        by_source.setdefault(source, []).append(word)
    for source, words in sorted(by_source.items()):
        yield Known(
            what=", ".join(words), source=source, seen_by=_("used by the search, never listed")
        )
    for row in PhotoMeaning.objects.filter(photo=photo):
        yield Known(
            what=_("The meaning of its words as numbers, without anybody's name"),
            source=row.model,
            seen_by=_("used by the search, never listed"),
        )


def _steps(photo: Photo) -> Iterator[Known]:
    for row in StepRun.objects.filter(photo=photo).order_by("pk"):
        state = StepState(row.state).label
        yield Known(
            what=_("%(step)s: %(state)s") % {"step": row.step, "state": state},
            source=pgettext("of a step of work", "version %(version)s") % {"version": row.version},
            made_on=row.finished_at,
            seen_by=_("its owner alone"),
        )


def _sent(photo: Photo) -> Iterator[Known]:
    for sent in SentPicture.objects.filter(photo=photo):
        yield Known(
            what=_("The picture, made small and without its metadata, was sent to %(address)s.")
            % {"address": sent.address},
            source=_("the sentence model, which its owner wanted"),
            model=sent.model,
            made_on=sent.sent_at,
            seen_by=_("its owner alone"),
        )


def _owners(owner: bool, *deeds: Deed) -> tuple[Deed, ...]:
    return deeds if owner else ()


def _address(name: str, *args: int) -> str:
    """The address of a page of an app that may not be installed; empty then."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _to_photo(photo: Photo, part: str = "") -> str:
    address = reverse("pages:photo", args=[photo.pk])
    return f"{address}#{part}" if part else address
