"""A voice memo as an answer, for views that have checked who asks."""

from django.http import Http404, HttpRequest, HttpResponseBase

from photolib.core.sendfile import Sending, send_part
from photolib.core.sounds import SOUNDS
from photolib.library.models import VoiceMemo
from photolib.library.storage import original_path


def send_memo(request: HttpRequest, memo: VoiceMemo) -> HttpResponseBase:
    """The sound, or the part of it that the request asks for. Raises Http404 where the file is gone."""
    how = Sending(mime=SOUNDS[memo.sound.format].mime, etag=memo.sound_id, max_age=0)
    try:
        return send_part(request, original_path(memo.sound), how)
    except FileNotFoundError as error:
        raise Http404 from error
