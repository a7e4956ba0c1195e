"""One person's answers to the viewer's own library, and how that person is asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from photolib.accounts.queries import is_admin
from photolib.accounts.requests import SignedInRequest, absolute
from photolib.consent.codes import make_code
from photolib.consent.decisions import NOT_ASKED, answers
from photolib.consent.errors import ConsentRefused
from photolib.consent.forms import AccountForm, PaperForm
from photolib.consent.models import Purpose
from photolib.consent.qr import draw
from photolib.consent.queries import get_own_invitation, invitations_by
from photolib.consent.receipts import restored_in, why_locked
from photolib.consent.retention import yes_ends_on
from photolib.consent.services import (
    INVITATION_DAYS,
    invite,
    record_paper,
    revoke_invitation,
)
from photolib.consent.standing import standing_of
from photolib.consent.wording import text_for
from photolib.library.services import library_of
from photolib.people.errors import PersonRefused
from photolib.people.queries import get_person
from photolib.people.services import link_account, take_guardianship


def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """What somebody answered about the viewer's photos, and how they can answer."""
    someone = get_person(request.user, pk)
    library = library_of(request.user)
    known = answers([someone], [library])
    standing = standing_of(someone)
    context = {
        "person": someone,
        "standing": standing,
        "answers": [
            (purpose.label, known.get((someone.pk, library.pk, purpose), NOT_ASKED))
            for purpose in Purpose
        ],
        "yes_ends_on": yes_ends_on(person=someone, library=library),
        "locked": why_locked(),
        "restored": [told for told in restored_in(library) if told.receipt.person_id == someone.pk],
        "invitations": invitations_by(request.user, someone),
        "may_invite": someone.user_id is None and not standing.minor,
        "paper_form": PaperForm() if someone.user_id is None and not standing.minor else None,
        "library": library,
        "may_be_guardian": someone.user_id is None and standing.minor and not standing.guardian,
        "account_form": AccountForm(request.user) if is_admin(request.user) else None,
    }
    return render(request, "consent/person.html", context)


@never_cache
@require_POST
def invitation_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a link. It is shown in the answer itself, for its token is stored nowhere."""
    someone = get_person(request.user, pk)
    try:
        invitation, token = invite(
            person=someone, library=library_of(request.user), by=request.user
        )
    except ConsentRefused as error:
        messages.error(request, str(error))
        return redirect("consent:person", pk)
    link = absolute(request, reverse("consent:invitation", args=[token]))
    context = {
        "person": someone,
        "invitation": invitation,
        "code": make_code(invitation=invitation, by=request.user),
        "link": link,
        "qr": draw(link),
        "days": INVITATION_DAYS,
    }
    return render(request, "consent/invited.html", context)


@never_cache
@require_POST
def invitation_code(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make another code for one of one's links: the one before it ends."""
    invitation = get_own_invitation(request.user, pk)
    code = make_code(invitation=invitation, by=request.user)
    context = {"person": invitation.person, "invitation": invitation, "code": code}
    return render(request, "consent/code.html", context)


@require_POST
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what somebody without an account signed."""
    someone = get_person(request.user, pk)
    form = PaperForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))
        messages.error(request, str(first[0]))
        return redirect("consent:person", pk)
    said = form.cleaned_data
    try:
        record_paper(
            person=someone,
            library=library_of(request.user),
            purpose=said["purpose"],
            granted=said["answer"] == "yes",
            by=request.user,
            signed_by=said["signed_by"],
            signed_on=said["signed_on"],
            text=text_for(said["purpose"], get_language() or "en"),
        )
    except ConsentRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer on paper is written down. Keep the paper."))
    return redirect("consent:person", pk)


@require_POST
def invitation_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one of one's links."""
    invitation = get_own_invitation(request.user, pk)
    revoke_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The link is revoked. What was answered stays answered."))
    return redirect("consent:person", invitation.person_id)


@require_POST
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whose account this person's own one is."""
    someone = get_person(request.user, pk)
    form = AccountForm(request.user, request.POST)
    if form.is_valid():
        try:
            link_account(person=someone, user=form.cleaned_data["user"], by=request.user)
        except PersonRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("From now on, {name} answers signed in.").format(name=someone)
            )
    else:
        messages.error(request, _("Choose one of the accounts of the household."))
    return redirect("consent:person", pk)


@require_POST
def guardian(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the viewer is the guardian of a child without an account."""
    someone = get_person(request.user, pk)
    try:
        take_guardianship(person=someone, by=request.user)
    except PersonRefused as error:
        messages.error(request, str(error))
        return redirect("consent:person", pk)
    messages.success(request, _("You answer for {name} now.").format(name=someone))
    return redirect("consent:mine")
