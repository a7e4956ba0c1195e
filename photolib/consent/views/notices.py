"""The printable notice: the same words as on the pages, to hand out, to hang up or to sign."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from photolib.accounts.requests import SignedInRequest
from photolib.consent.models import Purpose
from photolib.consent.views.asking import Asking
from photolib.consent.views.invited import invited
from photolib.consent.wording import ConsentText, notice, text_for
from photolib.library.models import Library
from photolib.library.services import library_of


@dataclass(frozen=True, slots=True)
class Page:
    """What the notice is filled with."""

    library: Library
    notice: ConsentText
    questions: list[ConsentText]


def _page(library: Library) -> Page:
    language = get_language() or "en"
    return Page(
        library=library,
        notice=notice(language),
        questions=[text_for(purpose, language) for purpose in Purpose],
    )


@require_safe
def notice_of_mine(request: SignedInRequest) -> HttpResponse:
    """The notice about the viewer's own library."""
    context = {"page": _page(library_of(request.user)), "today": timezone.localdate()}
    return render(request, "consent/notice.html", context)


@require_safe
@invited
def notice_for_invited(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The notice about the library that the invitation is for."""
    context = {"page": _page(asking.library), "today": timezone.localdate(), "asking": asking}
    return render(request, "consent/notice.html", context)
