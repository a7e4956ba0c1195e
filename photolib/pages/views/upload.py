"""Getting photos in: by a form, by dragging (static/js/upload.js uses the same address), from a folder."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from photolib.accounts.models import Role, User
from photolib.core.errors import NotAllowed, RefusedFile
from photolib.intake.services import receive
from photolib.library.services import library_of
from photolib.pages.forms import FolderForm
from photolib.pages.services import CannotImport, start_folder_import
from photolib.pages.views.common import viewer_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; reason is empty where it was received."""

    name: str
    reason: str

    @property
    def received(self) -> bool:
        return not self.reason


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Receive files. With `Accept: application/json` it answers {"results": [{name, received, reason}]}."""
    viewer = viewer_of(request)
    results: list[Result] = []
    if request.method == "POST":
        results = [_receive(file, viewer) for file in request.FILES.getlist("files")]
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"results": [_as_json(result) for result in results]})
        received = sum(result.received for result in results)
        if not results:
            messages.warning(request, _("No file was chosen: choose at least one photo."))
        if results and received == len(results):
            messages.success(request, _received(received))
            return redirect("pages:jobs")
    context = {
        "refused": [result for result in results if not result.received],
        "received": _received(sum(result.received for result in results)) if results else "",
        "max_megabytes": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
        "may_import": viewer.role == Role.ADMIN,
    }
    return render(request, "pages/upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_folder(request: HttpRequest) -> HttpResponse:
    """Admins only: take in a folder that lies on the server."""
    viewer = viewer_of(request)
    if viewer.role != Role.ADMIN:
        raise NotAllowed(_("Only an admin can take in a folder of the server."))
    form = FolderForm(request.POST or None)
    if form.is_valid():
        try:
            start_folder_import(folder=form.cleaned_data["folder"], by=viewer)
        except CannotImport as error:
            form.add_error("folder", str(error))
        else:
            messages.success(request, _("The folder is being read. Here you see how far it is."))
            return redirect("pages:jobs")
    return render(request, "pages/import_folder.html", {"form": form})


def _receive(file: "UploadedFile[Any]", viewer: User) -> Result:
    """One refused file must not stop the others."""
    name = file.name or _("a file without a name")
    if file.file is None:
        return Result(name, _("The file did not arrive."))
    try:
        receive(
            file=cast("BinaryIO", file.file),
            name=name,
            library=library_of(viewer),
            received_by=viewer,
        )
    except RefusedFile as refused:
        return Result(refused.name, refused.reason)
    return Result(name, "")


def _as_json(result: Result) -> dict[str, object]:
    return {"name": result.name, "received": result.received, "reason": result.reason}


def _received(count: int) -> str:
    return ngettext("%(count)s photo received.", "%(count)s photos received.", count) % {
        "count": count
    }
