"""The sentence model: the page on which it is named and wanted, and the drafts it wrote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from photolib.accounts.queries import is_admin
from photolib.describe.reviewing import accept_draft, reject_draft
from photolib.describe.sentences.address import AddressRefused
from photolib.describe.sentences.choosing import (
    choice_of,
    forget_server,
    is_quiet,
    name_server,
    sent_count,
    stop_sentences,
    the_server,
    want_sentences,
    wish_for_draft,
)
from photolib.describe.sentences.drafts import get_offered_draft
from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.switching import photo_count
from photolib.library.queries import get_own_photo
from photolib.library.services import library_of
from photolib.pages.forms import SentenceServerForm
from photolib.pages.views.common import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def sentences(request: HttpRequest) -> HttpResponse:
    """What the sentence model is and what is sent where; admins name the server or folder here (POST)."""
    viewer = viewer_of(request)
    library = library_of(viewer)
    server = the_server()
    form = SentenceServerForm(request.POST or None, initial={"kind": "ollama"})
    if form.is_valid():
        try:
            name_server(by=viewer, **form.cleaned_data)
        except (AddressRefused, FolderRefused) as error:
            form.add_error("address", str(error))
        else:
            messages.success(
                request, _("The model is named. It is not used before an owner says yes.")
            )
            return redirect("pages:sentences")
    context = {
        "server": server,
        "trouble": server.trouble if server and is_quiet(server) else "",
        "choice": choice_of(library),
        "photos": photo_count(library),
        "sent": sent_count(library),
        "is_admin": is_admin(viewer),
        "form": form,
    }
    return render(request, "pages/sentences.html", context)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    forget_server(by=viewer_of(request))
    messages.success(request, _("There is no sentence model any more. Nothing is sent."))
    return redirect("pages:sentences")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """`server` is the key of the one that the page showed, or empty to take the yes back."""
    viewer = viewer_of(request)
    library = library_of(viewer)
    server = request.POST.get("server", "")
    if server.isdecimal():
        chosen = want_sentences(library=library, by=viewer, server=int(server))
        messages.success(
            request,
            _("A model on this machine writes about your photos, one by one. Nothing is sent.")
            if chosen.is_here
            else _("Your photos are sent to the sentence model, one by one."),
        )
    else:
        stop_sentences(library=library, by=viewer)
        messages.success(
            request, _("Nothing more is sent or written. Drafts that nobody accepted are gone.")
        )
    return redirect("pages:sentences")


@require_POST
def accept(request: HttpRequest, pk: int, draft: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    row = get_offered_draft(shown, draft)
    accept_draft(draft=row, by=viewer)
    messages.success(request, _("The draft is your description now."))
    return redirect("pages:photo", pk=pk)


@require_POST
def reject(request: HttpRequest, pk: int, draft: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    reject_draft(draft=get_offered_draft(shown, draft), by=viewer)
    messages.success(request, _("The draft is gone."))
    return redirect("pages:photo", pk=pk)


@require_POST
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a draft written for this one photo. `server` is the key of the one that the page showed."""
    viewer = viewer_of(request)
    shown = get_own_photo(viewer, pk)
    server = request.POST.get("server", "")
    wish_for_draft(photo=shown, by=viewer, server=int(server) if server.isdecimal() else 0)
    messages.success(request, _("The sentence model is being asked: look again in a minute."))
    return redirect("pages:photo", pk=pk)
