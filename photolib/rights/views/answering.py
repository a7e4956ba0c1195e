"""What people without an account asked the owner of these photos, and the answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from photolib.accounts.requests import SignedInRequest
from photolib.rights.forms import AnswerRequestForm
from photolib.rights.queries import get_request_to, requests_to
from photolib.rights.services import answer_request


@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    """Those that wait, what is due first; then what was answered."""
    rows = list(requests_to(request.user))
    today = timezone.localdate()
    context = {
        "waiting": [(row, row.is_late(today)) for row in rows if row.answered_at is None],
        "answered": sorted(
            (row for row in rows if row.answered_at is not None), key=lambda row: -row.pk
        ),
    }
    return render(request, "rights/requests.html", context)


def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was answered."""
    asked = get_request_to(request.user, pk)
    form = AnswerRequestForm(request.POST or None, initial={"answer": asked.answer})
    if request.method == "POST" and form.is_valid():
        answer_request(request=asked, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(
            request,
            _("The answer is kept. %(name)s can read it by the link.") % {"name": asked.person},
        )
        return redirect("rights:requests")
    context = {"asked": asked, "form": form, "late": asked.is_late()}
    return render(request, "rights/answer.html", context)
