"""One person's faces: questions, looking again, hiding without erasing, two entries of one person."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faces import services
from faces.forms import MergePeopleForm
from faces.queries import counts_of, newest_entry_by
from faces.touch import of_merging_people
from faces.views.common import do, say_done, viewer_of
from photolib.consent.decisions import decide
from photolib.consent.models import Purpose
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.library.services import library_of
from photolib.people.queries import get_person, may_delete, may_rename


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What one's own library knows of this person's faces, and what can be done about them."""
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    answer = decide(shown, Purpose.RECOGNISE, library_of(viewer))
    context = {
        "person": shown,
        "counts": counts_of(viewer, shown),
        "allowed": answer.allowed,
        "why_not": "" if answer.allowed else answer.reason.label,
        "may_change": may_rename(viewer, shown),
        "may_merge": may_delete(viewer, shown),
    }
    return render(request, "faces/person.html", context)


@require_POST
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have every face without a name compared with this person again."""
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    library = library_of(viewer)
    deed = partial(services.regroup_person, person=shown, library=library, by=viewer)
    said = _("%(name)s is being looked for again. The jobs page shows how far that is.")
    do(request, deed, said % {"name": shown})
    return redirect("faces:person", pk=pk)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a person out of lists and descriptions, or show them again (`hidden` is 1 or 0)."""
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    hidden = request.POST.get("hidden") == "1"
    deed = partial(services.hide_person, person=shown, by=viewer, hidden=hidden)
    said = _("%(name)s is hidden. Nothing was erased.") if hidden else _("%(name)s is shown again.")
    do(request, deed, said % {"name": shown})
    return redirect("faces:person", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other entry of the same person, look at both, and confirm."""
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    form = MergePeopleForm(viewer, shown, request.POST or None)
    context = {"person": shown, "form": form}
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        if request.POST.get("confirmed") == "yes":
            if _merge(request, form, pk):
                return redirect("pages:person", pk=into.pk)
        else:
            touch = of_merging_people(person=shown, into=into, by=viewer)
            if not touch.refused:
                both = [(row, counts_of(viewer, row)) for row in (shown, into)]
                context |= {"into": into, "both": both, "touch": touch}
                return render(request, "faces/merge_people_confirm.html", context)
            form.add_error("into", touch.refused)
    return render(request, "faces/merge_people.html", context, status=400 if form.errors else 200)


def _merge(request: HttpRequest, form: MergePeopleForm, pk: int) -> bool:
    viewer = viewer_of(request)
    into = form.cleaned_data["into"]
    before = newest_entry_by(viewer)
    person = get_person(viewer, pk)
    try:
        seen = of_merging_people(person=person, into=into, by=viewer).faces
        services.merge_people(people=[person], into=into, by=viewer)
    except NotAllowed:
        raise
    except PhotolibError as error:
        form.add_error("into", str(error))
        return False
    said = ngettext(
        "The two are one now: %(count)s name that you see moved to %(name)s.",
        "The two are one now: %(count)s names that you see moved to %(name)s.",
        seen,
    )
    say_done(request, said % {"count": seen, "name": into}, since=before)
    return True
