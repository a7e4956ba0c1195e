"""What somebody without an account can ask for, by the link of their invitation.

The link can be passed on, so numbers are shown here and no photo.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from photolib.consent.models import Invitation
from photolib.consent.public_links import PUBLIC_HEADERS
from photolib.consent.services import find_invitation
from photolib.core.knowledge import kept_of_person
from photolib.rights.errors import RequestRefused
from photolib.rights.forms import RequestForm
from photolib.rights.models import RightsRequest
from photolib.rights.queries import freezes_of, known_appearances
from photolib.rights.services import ask as send
from photolib.rights.services import freeze, lift


@login_not_required
@never_cache
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """In how many photos one is, what is kept, and a form to ask or object."""
    invitation = find_invitation(token)
    if invitation is None:
        return _public(render(request, "consent/invitation_ended.html", status=404))
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, stopped = send(invitation=invitation, **form.cleaned_data)
        except RequestRefused as error:
            form.add_error(None, str(error))
        else:
            _thank(request, made, stopped=stopped is not None)
            return _public(redirect("rights:ask", token))
    return _public(render(request, "rights/ask.html", _context(invitation, token, form)))


def _thank(request: HttpRequest, made: RightsRequest, *, stopped: bool) -> None:
    values = {"name": made.library.owner, "date": date_format(made.due_on, "DATE_FORMAT")}
    messages.success(request, _("It has arrived. %(name)s answers by %(date)s.") % values)
    if stopped:
        messages.success(
            request, _("You are not recognised in these photos any more, until you say so here.")
        )


def _context(invitation: Invitation, token: str, form: RequestForm) -> dict[str, object]:
    person, library = invitation.person, invitation.library
    here = known_appearances(person).filter(photo__library=library)
    templates = kept_of_person(person).get("templates", [])
    asked = RightsRequest.objects.filter(person=person, library=library)
    return {
        "invitation": invitation,
        "token": token,
        "form": form,
        "photos": here.order_by().values("photo").distinct().count(),
        "vectors": sum(row["library_id"] == library.pk for row in templates),
        "freezes": freezes_of(person).filter(library=library),
        "requests": asked.order_by("-pk")[:20],
    }


@login_not_required
@never_cache
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop recognising oneself in the library of the invitation, in one press."""
    invitation = find_invitation(token)
    if invitation is None:
        return _public(render(request, "consent/invitation_ended.html", status=404))
    if not freezes_of(invitation.person).filter(library=invitation.library).exists():
        freeze(person=invitation.person, library=invitation.library, by=invitation)
    messages.success(request, _("You are not recognised in these photos any more."))
    return _public(redirect("rights:ask", token))


@login_not_required
@never_cache
@require_POST
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Let one's yes count again."""
    invitation = find_invitation(token)
    if invitation is None:
        return _public(render(request, "consent/invitation_ended.html", status=404))
    for row in freezes_of(invitation.person).filter(library=invitation.library):
        lift(freeze=row, by=invitation)
    messages.success(request, _("What you said yes to counts again."))
    return _public(redirect("rights:ask", token))


def _public(response: HttpResponse) -> HttpResponse:
    for name, value in PUBLIC_HEADERS.items():
        response.headers[name] = value
    return response
