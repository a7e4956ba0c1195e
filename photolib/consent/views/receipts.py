"""The receipts of what was erased: after taking a yes back, and later."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from photolib.accounts.requests import SignedInRequest
from photolib.consent.receipts import (
    get_invited_receipt,
    get_visible_receipt,
    receipts_visible_to,
    tell,
)
from photolib.consent.services import find_invitation

SHOWN = 100


def receipts(request: SignedInRequest) -> HttpResponse:
    """All receipts this viewer may read, the newest first."""
    rows = receipts_visible_to(request.user)[:SHOWN]
    return render(request, "consent/receipts.html", {"receipts": [tell(row) for row in rows]})


def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """One receipt."""
    told = tell(get_visible_receipt(request.user, pk))
    return render(request, "consent/receipt.html", {"told": told})


@login_not_required
@never_cache
def invited_receipt(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One receipt, behind an invitation's link."""
    told = tell(get_invited_receipt(token, pk))
    back = reverse("consent:invitation", args=[token]) if find_invitation(token) else ""
    context = {"told": told, "back": back, "by_link": True}
    response = render(request, "consent/receipt.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
