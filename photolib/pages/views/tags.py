"""The family's own tags: on a photo, in a list, and the questions that they ask about other photos."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from photolib.describe.queries import texts_for
from photolib.library.queries import get_own_photo, get_visible_photo
from photolib.own.errors import TagRefused
from photolib.own.models import PhotoTag, Said, Tag
from photolib.own.queries import (
    get_own_tag,
    own_rows,
    photos_tagged,
    questions_for,
    tags_of,
)
from photolib.own.services import add_tag, answer, delete_tag, set_learning, take_back
from photolib.pages.forms import TagForm
from photolib.pages.views.common import go_back, photo_list, reading_language, viewer_of

# Questions on a page: what one goes through at a stretch.
SITTING = 12
_ANSWERS = {"yes": True, "no": False}


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_visible_photo(viewer, pk)
    form = TagForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write a word for the tag."))
        return redirect("pages:photo", pk=pk)
    try:
        row = add_tag(photo=shown, name=form.cleaned_data["name"], by=viewer)
    except TagRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("pages:photo", pk=pk)
    if row.said == Said.YES:
        said = _("Tagged: %(tag)s.") % {"tag": row.tag}
        mine = shown.library.owner_id == viewer.pk
        messages.success(request, said, extra_tags=_undo([row]) if mine else "")
    else:
        messages.success(request, _("Proposed to the owner: %(tag)s.") % {"tag": row.tag})
    return redirect("pages:photo", pk=pk)


@require_POST
def say(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Yes or no to one tag on one photo, as `answer` says."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    rows = [one for one in own_rows(viewer, [row]) if one.photo_id == shown.pk]
    said = request.POST.get("answer", "")
    if rows and said in _ANSWERS:
        answer(rows=rows, yes=_ANSWERS[said], by=viewer)
        told = _("Tagged: %(tag)s.") if _ANSWERS[said] else _("Not %(tag)s: it is not asked again.")
        messages.success(request, told % {"tag": rows[0].tag}, extra_tags=_undo(rows))
    return redirect("pages:photo", pk=pk)


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    return render(request, "own/tags.html", {"tags": tags_of(viewer)})


@require_safe
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos that bear it, and what was learnt from them."""
    viewer = viewer_of(request)
    shown = get_own_tag(viewer, pk)
    context = {"tag": shown, "list": photo_list(request, photos_tagged(viewer, shown))}
    return render(request, "own/tag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """A sitting of questions. Those left without an answer stay open."""
    viewer = viewer_of(request)
    if request.method == "POST":
        return _answer_all(request)
    waiting = questions_for(viewer)
    asked = list(waiting[:SITTING])
    texts = texts_for([row.photo for row in asked], viewer, reading_language(viewer))
    context = {
        "asked": [(row, texts[row.photo_id]) for row in asked],
        "waiting": waiting.count(),
    }
    return render(request, "own/questions.html", context)


def _answer_all(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    said = {
        int(key): _ANSWERS[value]
        for name, value in request.POST.items()
        if (key := name.removeprefix("row-")) != name and key.isdecimal() and value in _ANSWERS
    }
    rows = [row for row in own_rows(viewer, list(said)) if row.said == Said.ASKED]
    for yes in (True, False):
        answer(rows=[row for row in rows if said[row.pk] == yes], yes=yes, by=viewer)
    if rows:
        told = ngettext("%(count)s answer is kept.", "%(count)s answers are kept.", len(rows))
        messages.success(request, told % {"count": len(rows)}, extra_tags=_undo(rows))
    else:
        messages.warning(request, _("Nothing was answered: choose yes or no."))
    return redirect("pages:tag_questions")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the answers that `rows` names."""
    viewer = viewer_of(request)
    keys = [int(key) for key in request.GET.get("rows", "").split(",") if key.isdecimal()]
    rows = own_rows(viewer, keys[:SITTING])
    take_back(rows=rows, by=viewer)
    if rows:
        messages.success(request, _("Undone."))
    return go_back(request, "pages:tags")


@require_POST
def learning(request: HttpRequest) -> HttpResponse:
    """Forget what was learnt from every tag, or let all learn again."""
    viewer = viewer_of(request)
    return _set_learning(request, list(tags_of(viewer)), reverse("pages:tags"))


@require_POST
def learning_of(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_own_tag(viewer_of(request), pk)
    return _set_learning(request, [shown], reverse("pages:tag", args=[pk]))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_tag(viewer, pk)
    delete_tag(tag=shown, by=viewer)
    said = _("The tag %(tag)s is deleted, with what was learnt from it.")
    messages.success(request, said % {"tag": shown})
    return redirect("pages:tags")


def _set_learning(request: HttpRequest, tags: Sequence[Tag], back: str) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    set_learning(tags=tags, on=on, by=viewer_of(request))
    said = _("It learns from your answers.") if on else _("What was learnt is forgotten.")
    messages.success(request, said)
    return redirect(back)


def _undo(rows: Sequence[PhotoTag]) -> str:
    return f"{reverse('pages:tags_undo')}?rows={','.join(str(row.pk) for row in rows)}"
