"""What the machine knows about one photo."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from photolib.accounts.requests import SignedInRequest
from photolib.describe.queries import texts_for
from photolib.library.queries import get_visible_photo
from photolib.rights.knowing import sections_of


@never_cache
@require_safe
def knows(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every fact, box, name and text, with who said it, who may see it, and what can be done."""
    photo = get_visible_photo(request.user, pk)
    language = (get_language() or "en").partition("-")[0]
    context = {
        "photo": photo,
        "text": texts_for([photo], request.user, language)[photo.pk],
        "sections": sections_of(photo, request.user, language),
        "here": request.get_full_path(),
    }
    return render(request, "rights/knows.html", context)
