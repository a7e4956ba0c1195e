"""The review page: one question a page, then the groups that wait for a name."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faces import services
from faces.forms import WhoForm
from faces.queries import (
    card_of,
    covers_of,
    get_question,
    groups_for,
    questions_for,
    same_day,
    waiting_by_person,
)
from faces.touch import of_regrouping
from faces.views.common import do, to_next_question, viewer_of
from photolib.library.services import library_of
from photolib.people.models import Appearance

# Groups on a page.
GROUPS = 48


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The next question, if there is one, and the groups. `skip` names a question to leave for later."""
    viewer = viewer_of(request)
    waiting = list(questions_for(viewer))
    skipped = request.GET.get("skip", "")
    page = Paginator(groups_for(viewer), GROUPS).get_page(request.GET.get("page"))
    asked = _after(waiting, skipped)
    library = library_of(viewer)
    groups = covers_of(page.object_list)
    context = {
        "waiting": len(waiting),
        "question": asked,
        "card": card_of(asked.region, viewer) if asked and asked.region else None,
        "same_day": same_day(asked) if asked else 0,
        "form": WhoForm(viewer),
        "together": waiting_by_person(viewer),
        "groups": groups,
        "regrouping": of_regrouping(library=library) if groups else None,
        "page": page,
        "hidden_groups": covers_of(groups_for(viewer, hidden=True)),
        "library": library,
    }
    return render(request, "faces/review.html", context)


def _after(waiting: list[Appearance], skipped: str) -> Appearance | None:
    """The question after the skipped one; round again at the end."""
    keys = [str(question.pk) for question in waiting]
    if not waiting:
        return None
    return waiting[(keys.index(skipped) + 1) % len(waiting)] if skipped in keys else waiting[0]


@require_POST
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer: yes, no, other (with a name) or not-a-face."""
    viewer = viewer_of(request)
    asked = get_question(viewer, pk)
    answer = request.POST.get("answer", "")
    if answer in {"yes", "no"}:
        deed = partial(services.answer_suggestion, appearance=asked, yes=answer == "yes", by=viewer)
        said = _("Yes, it is %(name)s.") if answer == "yes" else _("No, it is not %(name)s.")
        do(request, deed, said % {"name": asked.person})
    elif answer == "not-a-face" and asked.region:
        deed = partial(services.not_a_face, region=asked.region, by=viewer)
        do(request, deed, _("It is not a face."))
    elif answer == "other":
        _somebody_else(request, asked)
    else:
        messages.error(request, _("Choose one of the answers."))
    return to_next_question()


def _somebody_else(request: HttpRequest, asked: Appearance) -> None:
    viewer = viewer_of(request)
    form = WhoForm(viewer, request.POST)
    if not form.is_valid() or asked.region is None:
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return
    person, new = form.cleaned_data["person"], form.cleaned_data["name"]
    deed = partial(services.name_face, region=asked.region, by=viewer, person=person, name=new)
    do(request, deed, _("The face is now %(name)s.") % {"name": person or new})
