"""The pages behind an invitation's link: no account, no cookie wall, nothing ticked beforehand."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from photolib.consent.decisions import answers
from photolib.consent.models import Invitation
from photolib.consent.services import find_invitation, is_open
from photolib.consent.views.asking import (
    Asking,
    lines_of,
    show_confirmation,
    show_question,
    take_back_answer,
)
from photolib.consent.wording import notice

ROUTES = {
    "overview": "consent:invitation",
    "question": "consent:invitation_question",
    "confirm": "consent:invitation_confirm",
    "take_back": "consent:invitation_take_back",
    "receipt": "consent:invitation_receipt",
}
Rest = ParamSpec("Rest")


def invited(
    view: Callable[Concatenate[HttpRequest, Asking, Rest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Opens a page to who has the link, and gives it what is asked; 404 with a sentence otherwise."""

    @wraps(view)
    def look_up(
        request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None:
            response = render(request, "consent/invitation_ended.html", status=404)
        else:
            response = view(request, _asking(invitation, token), *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(look_up))


def _asking(invitation: Invitation, token: str) -> Asking:
    return Asking(
        person=invitation.person,
        library=invitation.library,
        by=invitation,
        routes=ROUTES,
        args=(token,),
        may_say_yes=is_open(invitation) and invitation.person.user_id is None,
    )


@invited
def overview(request: HttpRequest, asking: Asking) -> HttpResponse:
    """What this is about, the four questions, and the answers so far."""
    known = answers([asking.person], [asking.library])
    context = {
        "asking": asking,
        "notice": notice(get_language() or "en"),
        "lines": lines_of(asking, known),
    }
    return render(request, "consent/invitation.html", context)


@invited
def question(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """One question."""
    return show_question(request, asking, purpose)


@invited
def confirm(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """The second page of a yes."""
    return show_confirmation(request, asking, purpose)


@require_POST
@invited
def take_back(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """Take a yes back."""
    return take_back_answer(request, asking, purpose)
