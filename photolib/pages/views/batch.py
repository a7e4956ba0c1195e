"""One deed for several photos that were ticked in a list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from photolib.library.queries import get_visible_album, photos_visible_to
from photolib.pages.services import Deed, do_to_photos
from photolib.pages.views.asking import question_before_sharing
from photolib.pages.views.common import back_of, go_back, viewer_of


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Share, star, put into an album or throw away what was ticked."""
    viewer = viewer_of(request)
    keys = [int(key) for key in request.POST.getlist("photo") if key.isdecimal()]
    photos = list(photos_visible_to(viewer).filter(pk__in=keys[:1000]))
    deed = request.POST.get("deed", "")
    if not photos:
        messages.warning(request, _("No photo is ticked: tick at least one, then choose again."))
    elif deed not in set(Deed):
        messages.warning(request, _("Choose what is to be done with the photos."))
    elif deed == Deed.ALBUM and not request.POST.get("album", "").isdecimal():
        messages.warning(request, _("Choose an album first."))
    else:
        album = (
            get_visible_album(viewer, int(request.POST["album"])) if deed == Deed.ALBUM else None
        )
        if deed == Deed.SHARE or (album is not None and album.for_household):
            back = back_of(request, reverse("pages:timeline"))
            if question := question_before_sharing(request, photos, back=back):
                return question
        done = do_to_photos(photos=photos, deed=Deed(deed), album=album, by=viewer)
        messages.success(request, _done(Deed(deed), done))
        if left := len(photos) - done:
            messages.warning(
                request,
                ngettext(
                    "%(count)s photo belongs to somebody else and was left as it is.",
                    "%(count)s photos belong to somebody else and were left as they are.",
                    left,
                )
                % {"count": left},
            )
    return go_back(request, "pages:timeline")


def _done(deed: Deed, count: int) -> str:
    sentences = {
        Deed.SHARE: ngettext(
            "%(count)s photo is shared with the household.",
            "%(count)s photos are shared with the household.",
            count,
        ),
        Deed.UNSHARE: ngettext(
            "%(count)s photo is yours alone now.", "%(count)s photos are yours alone now.", count
        ),
        Deed.STAR: ngettext(
            "%(count)s photo is a favourite.", "%(count)s photos are favourites.", count
        ),
        Deed.ALBUM: ngettext(
            "%(count)s photo is in the album.", "%(count)s photos are in the album.", count
        ),
        Deed.TRASH: ngettext(
            "%(count)s photo is in the trash.", "%(count)s photos are in the trash.", count
        ),
    }
    return sentences[deed] % {"count": count}
