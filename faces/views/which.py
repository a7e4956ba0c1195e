"""Which of these faces are Anna: the questions about one person, a page of them at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faces.forms import WhichForm
from faces.queries import alts_of, newest_entry_by, questions_about
from faces.services import Answered, AnswerKind, answer_questions
from faces.views.common import numbers, say_done, to_next_question, viewer_of
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.queries import get_person

# As many faces as one looks at with care.
SHOWN = 24


@require_http_methods(["GET", "HEAD", "POST"])
def which(request: HttpRequest, pk: int) -> HttpResponse:
    """The faces that may be this person, ticked. A POST answers the questions that were on the page."""
    viewer = viewer_of(request)
    person = get_person(viewer, pk)
    open_ = questions_about(viewer, person)
    if request.method == "POST":
        asked = list(open_.filter(pk__in=numbers(request.POST.getlist("asked")))[:SHOWN])
        form = WhichForm(viewer, asked, request.POST)
        if form.is_valid():
            before = newest_entry_by(viewer)
            done = answer_questions(answers=form.answers(), library=library_of(viewer), by=viewer)
            _tell(request, person, done, since=before)
            more = (
                questions_about(viewer, person).exclude(pk__in=[row.pk for row in asked]).exists()
            )
            return redirect("faces:which", pk=pk) if more else to_next_question()
    else:
        asked = list(open_[:SHOWN])
        form = WhichForm(viewer, asked)
    context = {
        "person": person,
        "faces": form.faces(alts_of(asked)),
        "waiting": open_.count(),
        "form": form,
    }
    return render(request, "faces/which.html", context, status=400 if form.errors else 200)


def _tell(request: HttpRequest, person: Person, answered: Answered, *, since: int) -> None:
    """One message of all that was said, and a warning for each face that could not be named."""
    counts = answered.counts
    name = {"name": person.name}
    parts = [
        (
            AnswerKind.YES,
            ngettext(
                "%(count)s face is now %(name)s.",
                "%(count)s faces are now %(name)s.",
                counts[AnswerKind.YES],
            ),
        ),
        (
            AnswerKind.NO,
            ngettext(
                "%(count)s face is not %(name)s.",
                "%(count)s faces are not %(name)s.",
                counts[AnswerKind.NO],
            ),
        ),
        (
            AnswerKind.OTHER,
            ngettext(
                "%(count)s face is somebody else.",
                "%(count)s faces are somebody else.",
                counts[AnswerKind.OTHER],
            ),
        ),
        (
            AnswerKind.NO_FACE,
            ngettext(
                "%(count)s is not a face.", "%(count)s are not faces.", counts[AnswerKind.NO_FACE]
            ),
        ),
        (
            AnswerKind.LATER,
            ngettext(
                "%(count)s question stays open.",
                "%(count)s questions stay open.",
                counts[AnswerKind.LATER],
            ),
        ),
    ]
    said = [text % (name | {"count": counts[kind]}) for kind, text in parts if counts[kind]]
    say_done(request, " ".join(said) or _("Nothing was changed."), since=since)
    for sentence in answered.refused:
        messages.warning(request, sentence)
