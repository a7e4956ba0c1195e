"""One photo: the picture, its words, who is in it, and what can be done with it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from photolib.consent.queries import sightings
from photolib.core.places import country_name
from photolib.describe.models import Draft, HumanText
from photolib.describe.queries import notes_of, offered_draft, text_of, texts_for
from photolib.describe.review_queue import review_of
from photolib.describe.sensitivity import question_about
from photolib.describe.sentences.choosing import is_wished, the_server
from photolib.describe.sentences.drafts import offered_drafts
from photolib.describe.services import clear_text, edit_text, reject_fact
from photolib.intake.queries import parked_for
from photolib.library.memos import memos_of
from photolib.library.models import Photo
from photolib.library.queries import (
    albums_visible_to,
    favourite_ids,
    get_own_photo,
    get_visible_album,
    get_visible_photo,
    photos_visible_to,
)
from photolib.library.services import (
    add_to_album,
    move_to_trash,
    set_favourite,
    set_shared,
    set_taken,
)
from photolib.own.mark_queries import marks_on
from photolib.own.queries import tags_of, tags_on, words_to_offer
from photolib.pages.forms import AddToAlbumForm, DateForm, TagForm, WhoForm, WordsForm
from photolib.pages.queries import albums_with, neighbours
from photolib.pages.views.asking import question_before_sharing
from photolib.pages.views.common import (
    chosen_language,
    go_back,
    go_on,
    language_of,
    reading_language,
    viewer_of,
)
from photolib.pages.views.things import where_of
from photolib.people.queries import people_of
from photolib.people.services import create_person, remove_appearance, say_who


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_visible_photo(viewer, pk)
    language, described_in = language_of(), reading_language(viewer)
    newer, older = neighbours(photos_visible_to(viewer), shown)
    mine = shown.library.owner_id == viewer.pk
    context = {
        "photo": shown,
        "text": texts_for([shown], viewer, described_in)[shown.pk],
        "described_in": described_in,
        "file_notes": notes_of([shown]).get(shown.pk, []),
        "drafts": offered_drafts(shown) if mine else [],
        "sentence_server": the_server() if mine else None,
        "draft_wished": mine and is_wished(shown),
        "review": review_of(shown),
        "memos": memos_of(shown),
        "people": sightings([shown], viewer)[shown.pk],
        "albums": albums_with(viewer, shown),
        "newer": newer,
        "older": older,
        "mine": mine,
        "favourite": bool(favourite_ids(viewer, [shown])),
        "place": _place(shown, language),
        "question": question_about(shown, viewer),
        "parked": parked_for(viewer).filter(photo=shown) if mine else [],
        "album_form": AddToAlbumForm(albums=_albums_to_add_to(request, shown)) if mine else None,
        "who_form": WhoForm(people=people_of(viewer)) if mine and viewer.household_id else None,
        "tags": tags_on(shown, viewer),
        "tag_form": TagForm(),
        "own_tags": tags_of(viewer) if mine else [],
        "offered_tags": words_to_offer(shown, described_in) if mine else [],
        "marks": [(row, where_of(row)) for row in marks_on(shown, viewer)],
        "date_form": DateForm(initial={"taken_on": shown.taken_on}) if mine else None,
        "here": request.get_full_path(),
    }
    response = render(request, "pages/photo.html", context)
    response.headers["Permissions-Policy"] = "microphone=(self)"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Writing a description in one language. It wins over the machine's from then on."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    language = chosen_language(request)
    human = shown.human_texts.filter(language=language).first()
    text = texts_for([shown], viewer, language)[shown.pk]
    draft = offered_draft(shown, request.GET.get("draft", ""))
    initial = _first_words(draft or human, text.alt)
    form = WordsForm(request.POST or None, initial=initial)
    if form.is_valid():
        edit_text(
            photo=shown,
            language=language,
            alt=form.cleaned_data["alt"],
            extended=form.cleaned_data["extended"],
            by=viewer,
            draft=draft,
        )
        messages.success(request, _("Your description is kept."))
        return go_on(request, reverse("pages:photo", args=[shown.pk]))
    context = {
        "photo": shown,
        "text": text,
        "form": form,
        "human": human,
        "language": language,
        "languages": settings.DESCRIPTION_LANGUAGES,
        "language_name": get_language_info(language)["name_translated"],
    }
    return render(request, "pages/words.html", context)


def _first_words(begun: Draft | HumanText | None, alt: str) -> dict[str, str]:
    """What the form begins with: words somebody or a model wrote, else the machine's short text."""
    return {"alt": begun.alt, "extended": begun.extended} if begun else {"alt": alt}


@require_POST
def clear_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own description away: the machine's is shown again."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    # What came with a file may be in a language that nobody can write here.
    wanted = request.POST.get("language") or request.GET.get("language", "")
    there = text_of(shown, wanted) is not None
    clear_text(photo=shown, language=wanted if there else chosen_language(request), by=viewer)
    messages.success(request, _("Your description is gone: the automatic one is shown."))
    return go_back(request, reverse("pages:photo", args=[shown.pk]))


@require_POST
def reject(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """Say that something the machine claims is wrong: it is not said again."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    row = shown.facts.filter(pk=fact).first()
    if row is not None:
        reject_fact(fact=row, by=viewer)
        messages.success(request, _("It will not be said of this photo again."))
    return go_back(request, reverse("pages:photo", args=[pk]))


@require_POST
def favourite(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_visible_photo(viewer, pk)
    on = request.POST.get("on") == "1"
    set_favourite(photo=shown, user=viewer, on=on)
    messages.success(
        request, _("This is a favourite now.") if on else _("No longer among your favourites.")
    )
    return go_back(request, reverse("pages:photo", args=[pk]))


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    shared = request.POST.get("shared") == "1"
    if shared and (question := question_before_sharing(request, [shown], back=_address(shown))):
        return question
    set_shared(photos=[shown], shared=shared, by=viewer)
    messages.success(
        request, _("Your household can see this photo.") if shared else _("Not shared any more.")
    )
    return go_back(request, reverse("pages:photo", args=[pk]))


@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, and on to the photo that came after it."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    newer, older = neighbours(photos_visible_to(viewer), shown)
    move_to_trash(photos=[shown], by=viewer)
    messages.success(request, _("The photo is in the trash. You can restore it from there."))
    following = older or newer
    return redirect("pages:photo", pk=following.pk) if following else redirect("pages:timeline")


@require_POST
def add_album(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    form = AddToAlbumForm(request.POST, albums=_albums_to_add_to(request, shown))
    if form.is_valid():
        album = get_visible_album(viewer, form.cleaned_data["album"].pk)
        if album.for_household and (
            question := question_before_sharing(request, [shown], back=_address(shown))
        ):
            return question
        add_to_album(photo=shown, album=album, by=viewer)
        messages.success(request, _("Added to the album %(title)s.") % {"title": album.title})
    else:
        messages.warning(request, _("Choose an album first."))
    return redirect("pages:photo", pk=pk)


@require_POST
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by hand who is in the photo, without pointing at a face."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    form = WhoForm(request.POST, people=people_of(viewer))
    if viewer.household is None or not form.is_valid():
        messages.warning(request, _("Choose a person, or write a name."))
        return redirect("pages:photo", pk=pk)
    person = form.cleaned_data["person"]
    if person is None:
        name = form.cleaned_data["name"]
        person = people_of(viewer).filter(name__iexact=name.strip()).first() or create_person(
            household=viewer.household, name=name, by=viewer
        )
    say_who(region=None, photo=shown, person=person, by=viewer)
    messages.success(request, _("%(name)s is in this photo.") % {"name": person.name})
    return redirect("pages:photo", pk=pk)


@require_POST
def remove_person(request: HttpRequest, pk: int, appearance: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    row = shown.appearances.filter(pk=appearance).first()
    if row is not None:
        remove_appearance(appearance=row, by=viewer)
        messages.success(request, _("The name is off this photo. The face stays."))
    return go_back(request, reverse("pages:photo", args=[pk]))


@require_POST
def date(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    form = DateForm(request.POST)
    if form.is_valid():
        set_taken(photo=shown, taken_on=form.cleaned_data["taken_on"], by=viewer)
        messages.success(request, _("The date is changed."))
    else:
        messages.warning(request, _("Write the day as year, month, day, such as 2024-07-06."))
    return redirect("pages:photo", pk=pk)


def _address(shown: Photo) -> str:
    return reverse("pages:photo", args=[shown.pk])


def _albums_to_add_to(request: HttpRequest, shown: Photo) -> object:
    return albums_visible_to(viewer_of(request)).exclude(entries__photo=shown)


def _place(shown: Photo, language: str) -> str:
    """Town, region and country as far as they are known, or empty."""
    country = country_name(shown.place_country, language) if shown.place_country else ""
    parts = [shown.place_town, shown.place_region, country]
    return ", ".join(dict.fromkeys(part for part in parts if part))
