"""How far recognition may go in the viewer's own library."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faces.forms import RecognitionForm
from faces.queries import Holdings, holdings_of
from faces.services import switch_recognition
from faces.views.common import viewer_of
from photolib.accounts.models import User
from photolib.consent.decisions import decide
from photolib.consent.models import Purpose
from photolib.consent.receipts import last_rollback, restored_in, why_locked
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.queries import people_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A person and what they answered about being recognised in this library."""

    person: Person
    allowed: bool
    answer: str


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The three states. A change is shown with all it does, and made after a second yes."""
    viewer = viewer_of(request)
    library = library_of(viewer)
    holdings = holdings_of(library)
    form = RecognitionForm(
        request.POST or None,
        initial={"state": library.recognition, "keep_days": holdings.keep_days or 30},
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("confirmed") != "yes":
            return _ask(request, library, holdings, form)
        if _switch(request, library, form):
            return redirect("faces:settings")
    context = {
        "form": form,
        "library": library,
        "state": RecognitionState(library.recognition).label,
        "holdings": holdings,
        "people": _standings(viewer, library),
        "locked": why_locked(),
        "rollback": last_rollback(),
        "restored": restored_in(library),
    }
    return render(request, "faces/settings.html", context, status=400 if form.errors else 200)


def _ask(
    request: HttpRequest, library: Library, holdings: Holdings, form: RecognitionForm
) -> HttpResponse:
    new = form.cleaned_data["state"]
    context = {
        "library": library,
        "old": RecognitionState(library.recognition).label,
        "new": RecognitionState(new).label,
        "state": new,
        "holdings": holdings,
        "leaves_grouping": library.recognition == RecognitionState.HOUSEHOLD != new,
        "form": form,
    }
    return render(request, "faces/settings_confirm.html", context)


def _switch(request: HttpRequest, library: Library, form: RecognitionForm) -> bool:
    state = form.cleaned_data["state"]
    try:
        switch_recognition(
            library=library,
            state=state,
            by=viewer_of(request),
            declared=form.cleaned_data["declared"],
            keep_days=form.cleaned_data["keep_days"],
        )
    except NotAllowed:
        raise
    except PhotolibError as error:
        form.add_error(None, str(error))
        return False
    said = _("Face recognition in your library: %(state)s.")
    messages.success(request, said % {"state": RecognitionState(state).label})
    return True


def _standings(viewer: User, library: Library) -> list[Standing]:
    answers = []
    for person in people_of(viewer):
        answer = decide(person, Purpose.RECOGNISE, library)
        answers.append(
            Standing(person=person, allowed=answer.allowed, answer=str(answer.reason.label))
        )
    return answers
