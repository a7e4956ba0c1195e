"""Voice memos of a photo: keeping, playing, removing."""

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from photolib.core.errors import RefusedFile
from photolib.library.memos import get_memo, keep_memo, remove_memo
from photolib.library.queries import get_visible_photo
from photolib.pages.sounds import send_memo
from photolib.pages.views.common import viewer_of


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the recording `sound`. Whoever may see the photo may say something to it."""
    viewer = viewer_of(request)
    photo = get_visible_photo(viewer, pk)
    file = request.FILES.get("sound")
    if not isinstance(file, TemporaryUploadedFile):
        messages.warning(request, _("Record something, or choose a file first."))
        return redirect("pages:photo", pk=pk)
    try:
        keep_memo(photo=photo, file=file, title=request.POST.get("title", ""), by=viewer)
        messages.success(request, _("Your voice memo is kept."))
    except RefusedFile as refused:
        messages.error(request, str(refused))
    return redirect("pages:photo", pk=pk)


@require_safe
def play(request: HttpRequest, pk: int, memo: int) -> HttpResponseBase:
    """The sound, or the part of it that the player asks for."""
    row = get_memo(get_visible_photo(viewer_of(request), pk), memo)
    return send_memo(request, row)


@require_POST
def remove(request: HttpRequest, pk: int, memo: int) -> HttpResponse:
    viewer = viewer_of(request)
    remove_memo(memo=get_memo(get_visible_photo(viewer, pk), memo), by=viewer)
    messages.success(request, _("The voice memo is removed."))
    return redirect("pages:photo", pk=pk)
