"""The people the household knows, and the photos they are in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from photolib.core.errors import NotAllowed
from photolib.pages.forms import PersonEditForm, PersonForm
from photolib.pages.queries import person_cards, photos_with
from photolib.pages.views.common import photo_list, viewer_of
from photolib.people.emptied import without_emptied
from photolib.people.errors import PersonRefused
from photolib.people.queries import get_person, may_rename, people_of
from photolib.people.services import create_person, rename_person, set_birthday, set_hidden


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "cards": person_cards(viewer),
        "hidden": [
            person
            for person in without_emptied(people_of(viewer, with_hidden=True).filter(hidden=True))
            if may_rename(viewer, person)
        ],
    }
    return render(request, "pages/people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos in which this viewer may know that the person is."""
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    photos = photos_with(viewer, shown)
    context = {
        "person": shown,
        "list": photo_list(request, photos),
        "total": photos.count(),
        "may_edit": may_rename(viewer, shown),
    }
    return render(request, "pages/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if viewer.household is None:
        raise NotAllowed(_("People belong to a household, and your account is in none."))
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = create_person(household=viewer.household, by=viewer, **form.cleaned_data)
        except PersonRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("pages:person", pk=made.pk)
    return render(request, "pages/person_edit.html", {"form": form, "person": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_person(viewer, pk)
    if not may_rename(viewer, shown):
        raise NotAllowed(_("You cannot change how %(name)s is called.") % {"name": shown.name})
    initial = {"name": shown.name, "birthday": shown.birthday, "hidden": shown.hidden}
    form = PersonEditForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_birthday(person=shown, birthday=said["birthday"], by=viewer)
            rename_person(person=shown, name=said["name"], by=viewer)
            set_hidden(person=shown, hidden=said["hidden"], by=viewer)
        except PersonRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed."))
            return redirect("pages:person", pk=pk)
    return render(request, "pages/person_edit.html", {"form": form, "person": shown})
