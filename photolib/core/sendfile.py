"""Files as answers: only after a view has checked who asks."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_LONGEST_STEM = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a file is sent.

    etag: names the content, and changes with it. max_age: seconds the browser that asked may keep
    it without asking again; nobody else may. download_name: set for a download, None to show it.
    """

    mime: str
    etag: str
    max_age: int
    download_name: str | None = None


def send_file(request: HttpRequest, path: Path, how: Sending) -> HttpResponseBase:
    """The file at `path`, or "not modified", or the word to the proxy in front to send it.

    With settings.ACCEL_PREFIX the proxy sends it (X-Accel-Redirect, path relative to
    PHOTOLIB_DATA), else it is streamed from here. Raises FileNotFoundError, but not if the proxy
    is to find the file, nor if the browser has it already.
    """
    etag = quote_etag(how.etag)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _whole_file(path, how)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={how.max_age}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _whole_file(path: Path, how: Sending) -> HttpResponseBase:
    is_download, name = how.download_name is not None, how.download_name or path.name
    if not settings.ACCEL_PREFIX:
        return FileResponse(
            path.open("rb"), content_type=how.mime, as_attachment=is_download, filename=name
        )
    relative = path.relative_to(settings.PHOTOLIB_DATA).as_posix()
    headers = {"X-Accel-Redirect": settings.ACCEL_PREFIX.rstrip("/") + "/" + quote(relative)}
    disposition = content_disposition_header(is_download, name)
    if disposition:
        headers["Content-Disposition"] = disposition
    return HttpResponse(content_type=how.mime, headers=headers)


def safe_name(name: str, *, suffix: str) -> str:
    """A name that every system can save, with the suffix the content has: never a path, never "".

    "../a/IMG 1.JPEG" with the suffix jpg gives "IMG 1.jpg".
    """
    last = re.split(r"[/\\]", name)[-1]
    stem = _UNSAFE.sub("", last.rsplit(".", 1)[0] if "." in last else last).strip(". ")
    return f"{stem[:_LONGEST_STEM].strip('. ') or 'photo'}.{suffix}"
