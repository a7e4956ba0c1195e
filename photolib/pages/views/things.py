"""Things of one's own: their list, one of them with its photos and questions, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from photolib.core.box_moves import fit_box, place_of
from photolib.describe.queries import Description, texts_for
from photolib.library.queries import get_own_photo
from photolib.own.errors import MarkRefused
from photolib.own.mark_queries import (
    get_own_thing,
    own_marks,
    photos_with,
    questions_about,
    things_of,
)
from photolib.own.marking import answer_marks, delete_thing, rename_thing, take_back_marks
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.pages.box_forms import places
from photolib.pages.forms import ThingForm
from photolib.pages.views.common import go_back, photo_list, reading_language, viewer_of

# Questions on a page: what one goes through at a stretch.
SITTING = 12
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. where: the region in words; text: the description of its photo."""

    row: OwnRegion
    where: str
    text: Description


def where_of(row: OwnRegion) -> str:
    """In which of the nine parts of the picture it is, in words."""
    box = fit_box(100 * row.left, 100 * row.top, 100 * row.width, 100 * row.height)
    return places()[place_of(box)]


@require_safe
def things(request: HttpRequest) -> HttpResponse:
    return render(request, "own/things.html", {"things": things_of(viewer_of(request))})


@require_safe
def thing(request: HttpRequest, pk: int) -> HttpResponse:
    """Its photos, and what is asked about others."""
    viewer = viewer_of(request)
    shown = get_own_thing(viewer, pk)
    rows = list(questions_about(viewer, shown)[:SITTING])
    texts = texts_for([row.photo for row in rows], viewer, reading_language(viewer))
    context = {
        "thing": shown,
        "asked": [Asked(row, where_of(row), texts[row.photo_id]) for row in rows],
        "form": ThingForm(initial={"name": shown.name}),
        "list": photo_list(request, photos_with(viewer, shown)),
    }
    return render(request, "own/thing.html", context)


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """A sitting of answers. Those left without one stay open."""
    viewer = viewer_of(request)
    shown = get_own_thing(viewer, pk)
    said = {
        int(key): _ANSWERS[value]
        for name, value in request.POST.items()
        if (key := name.removeprefix("row-")) != name and key.isdecimal() and value in _ANSWERS
    }
    rows = [
        row
        for row in own_marks(viewer, list(said))
        if row.said == Said.ASKED and row.thing_id == shown.pk
    ]
    try:
        for yes in (True, False):
            answer_marks(rows=[row for row in rows if said[row.pk] == yes], yes=yes, by=viewer)
    except MarkRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("pages:thing", pk=pk)
    if rows:
        told = ngettext("%(count)s answer is kept.", "%(count)s answers are kept.", len(rows))
        messages.success(request, told % {"count": len(rows)}, extra_tags=undo_of(rows))
    else:
        messages.warning(request, _("Nothing was answered: choose yes or no."))
    return redirect("pages:thing", pk=pk)


@require_POST
def say(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Yes or no to one mark on one photo; `off` takes a drawn one away."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    rows = [one for one in own_marks(viewer, [row]) if one.photo_id == shown.pk]
    said = request.POST.get("answer", "")
    if rows and said == "off" and rows[0].score is None:
        take_back_marks(rows=rows, by=viewer)
        messages.success(request, _("%(thing)s is off this photo.") % {"thing": rows[0].thing})
    elif rows and said in {*_ANSWERS, "off"}:
        yes = _ANSWERS.get(said, False)
        try:
            answer_marks(rows=rows, yes=yes, by=viewer)
        except MarkRefused as refusal:
            messages.warning(request, str(refusal))
            return redirect("pages:photo", pk=pk)
        told = _("Said: %(thing)s.") if yes else _("Not %(thing)s: it is not asked again.")
        messages.success(request, told % {"thing": rows[0].thing}, extra_tags=undo_of(rows))
    return redirect("pages:photo", pk=pk)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the answers that `rows` names."""
    viewer = viewer_of(request)
    keys = [int(key) for key in request.GET.get("rows", "").split(",") if key.isdecimal()]
    rows = own_marks(viewer, keys[:SITTING])
    take_back_marks(rows=rows, by=viewer)
    if rows:
        messages.success(request, _("Undone."))
    return go_back(request, reverse("pages:things"))


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_thing(viewer, pk)
    form = ThingForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write a name for it."))
        return redirect("pages:thing", pk=pk)
    try:
        rename_thing(thing=shown, name=form.cleaned_data["name"], by=viewer)
    except MarkRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is called %(thing)s now.") % {"thing": shown})
    return redirect("pages:thing", pk=pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown: OwnThing = get_own_thing(viewer, pk)
    delete_thing(thing=shown, by=viewer)
    said = _("%(thing)s is deleted, with what was learnt from it.")
    messages.success(request, said % {"thing": shown})
    return redirect("pages:things")


def undo_of(rows: Sequence[OwnRegion]) -> str:
    """The address that takes these back."""
    return f"{reverse('pages:things_undo')}?rows={','.join(str(row.pk) for row in rows)}"
