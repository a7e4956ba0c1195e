"""A face that the machine did not find, drawn by hand."""

from django.utils.translation import gettext as _

from faces.boxes import SAME_FACE, Box, overlap
from faces import services
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from photolib.library.models import Photo
from photolib.people.models import FaceRegion, Person


def add_face(
    *, photo: Photo, box: Box, by: User, person: Person | None = None, name: str = ""
) -> FaceRegion:
    """Draw a face's box, and say who it is where that is known already.

    box: in fractions (0..1) of the upright picture. Raises NotAllowed and PersonRefused as
    services.draw_face does, and PhotolibError where a face has a box already.
    """
    for known in FaceRegion.objects.filter(photo=photo):
        if overlap(box, (known.left, known.top, known.width, known.height)) >= SAME_FACE:
            raise PhotolibError(_what_is_there(known))
    left, top, width, height = box
    return services.draw_face(
        photo=photo, left=left, top=top, width=width, height=height, by=by, person=person, name=name
    )


def _what_is_there(known: FaceRegion) -> str:
    if known.dismissed:
        return _(
            "You said that this place is not a face. Take that back on the page of this photo's faces."
        )
    return _("There is a face at this place already. Name it on the page of this photo's faces.")
