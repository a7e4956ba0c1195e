"""Looking at the machine's words: one photo at a time, or a page of them, by keys alone."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from photolib.core.errors import NotAllowed, PhotolibError
from photolib.describe.errors import MeanwhileChanged, TextRefused
from photolib.describe.models import Draft
from photolib.describe.review_queue import (
    next_after,
    place_in,
    queue_of,
    waiting_for,
)
from photolib.describe.reviewing import (
    accept,
    accept_draft,
    reject,
    reject_draft,
    take_back,
    want_better,
    want_no_better,
)
from photolib.library.models import Photo
from photolib.library.queries import get_own_photo, get_visible_photo
from photolib.pages.views.common import go_back, reading_language, viewer_of

# Photos on a page of the list: as many as one still answers for with one button.
ON_A_PAGE = 10


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """One photo of the queue: the one that `photo` names, or the first."""
    viewer = viewer_of(request)
    queue = queue_of(viewer)
    wanted = request.GET.get("photo", "")
    shown = queue.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    shown = shown or queue.first()
    context: dict[str, object] = {"described_in": reading_language(viewer)}
    if shown is not None:
        following = next_after(queue, shown)
        context |= {
            "waiting": waiting_for([shown], viewer, reading_language(viewer))[0],
            "place": place_in(queue, shown),
            "count": queue.order_by().count(),
            "next": _address(following) if following else "",
        }
    return render(request, "describe/review.html", context)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Ten photos of the queue, each with its own answers, and one button for all of them."""
    viewer = viewer_of(request)
    page = Paginator(queue_of(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": waiting_for(page.object_list, viewer, reading_language(viewer)),
        "described_in": reading_language(viewer),
        "here": request.get_full_path(),
    }
    return render(request, "describe/review_list.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer` is accept or reject; with `draft`, it is about that draft. On to the next photo."""
    viewer = viewer_of(request)
    photo = get_own_photo(viewer, pk)
    onwards = _onwards(request, photo)
    try:
        said = _do(request, photo)
    except NotAllowed:
        raise
    except PhotolibError as error:
        messages.error(request, str(error))
        # It has changed meanwhile: the same photo once more, as it is now.
        return go_back(request, _address(photo))
    messages.success(request, said, extra_tags=reverse("pages:review_undo", args=[pk]))
    return go_back(request, onwards)


@require_POST
def accept_all(request: HttpRequest) -> HttpResponse:
    """Accept the photos of a page of the list: `photo` holds "key:digest" of each.

    One that has changed since the page was read is left in the queue.
    """
    viewer = viewer_of(request)
    done = 0
    for key, _colon, shown in (entry.partition(":") for entry in request.POST.getlist("photo")):
        if not key.isdecimal():
            raise Http404
        try:
            accept(photo=get_own_photo(viewer, int(key)), shown=shown, by=viewer)
        except MeanwhileChanged:
            continue
        done += 1
    left = len(request.POST.getlist("photo")) - done
    said = ngettext(
        "%(count)s description is kept as checked.",
        "%(count)s descriptions are kept as checked.",
        done,
    ) % {"count": done}
    if left:
        said += " " + ngettext(
            "%(count)s has changed meanwhile and still waits.",
            "%(count)s have changed meanwhile and still wait.",
            left,
        ) % {"count": left}
    messages.success(request, said)
    return redirect("pages:review_list")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last answer about a photo, and show that photo again."""
    viewer = viewer_of(request)
    photo = get_own_photo(viewer, pk)
    if take_back(photo=photo, by=viewer):
        messages.success(request, _("Taken back: this photo waits for your answer again."))
    else:
        messages.warning(request, _("There is nothing to take back any more."))
    return redirect(_address(photo))


@require_POST
def better(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for better words (`on` is yes), or not any more. Whoever may see the photo may ask."""
    viewer = viewer_of(request)
    photo = get_visible_photo(viewer, pk)
    if request.POST.get("on") == "no":
        want_no_better(photo=photo, by=viewer)
        messages.success(request, _("Nobody is asked for better words any more."))
    else:
        want_better(photo=photo, by=viewer)
        messages.success(
            request, _("Asked: this photo is first among those whose words are looked at.")
        )
    return go_back(request, reverse("pages:photo", args=[pk]))


def _do(request: HttpRequest, photo: Photo) -> str:
    """Do what the button says. Returns the sentence that tells of it."""
    viewer = viewer_of(request)
    yes = request.POST.get("answer") == "accept"
    if not yes and request.POST.get("answer") != "reject":
        raise TextRefused(_("Choose accept or reject."))
    if "draft" in request.POST:
        draft = _draft(photo, request.POST["draft"])
        if yes:
            accept_draft(draft=draft, by=viewer)
            return _("The draft is your description now.")
        reject_draft(draft=draft, by=viewer)
        return _("The draft is put away.")
    shown = request.POST.get("shown", "")
    if yes:
        accept(photo=photo, shown=shown, by=viewer)
        return _("Kept as checked.")
    reject(photo=photo, shown=shown, by=viewer)
    return _("Rejected: only date and place are told of this photo.")


def _draft(photo: Photo, key: str) -> Draft:
    draft = photo.drafts.filter(pk=int(key)).first() if key.isdecimal() else None
    if draft is None:
        raise Http404
    return draft


def _onwards(request: HttpRequest, photo: Photo) -> str:
    """The address of the photo of the queue that comes after this one."""
    queue = queue_of(viewer_of(request))
    here = queue.filter(pk=photo.pk).first()
    following = next_after(queue, here) if here else queue.first()
    return _address(following) if following else _start()


def _start() -> str:
    return reverse("pages:review") + "#question"


def _address(photo: Photo) -> str:
    """The page of one photo of the queue, with the focus on its heading."""
    return f"{reverse('pages:review')}?{urlencode({'photo': photo.pk})}#question"
