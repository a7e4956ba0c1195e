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
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


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


def send_part(request: HttpRequest, path: Path, how: Sending) -> HttpResponseBase:
    """As send_file, or with status 206 the one part of the file that the request's Range asks for.

    Players ask so, and some play nothing else. Several parts, or a range that makes no sense, get the
    whole file; one that begins behind its end gets 416. Raises FileNotFoundError.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()) or settings.ACCEL_PREFIX:
        response = send_file(request, path, how)
    else:
        response = _part(path, how, asked[1], asked[2])
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _part(path: Path, how: Sending, first: str, last: str) -> HttpResponse:
    """first, last: as the header has them; without a first, the last so many bytes."""
    size = path.stat().st_size
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    headers = {"Cache-Control": f"private, max-age={how.max_age}", "ETag": quote_etag(how.etag)}
    headers["X-Content-Type-Options"] = "nosniff"
    if start > end:
        headers["Content-Range"] = f"bytes */{size}"
        return HttpResponse(status=416, content_type=how.mime, headers=headers)
    with path.open("rb") as file:
        file.seek(start)
        content = file.read(end - start + 1)
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return HttpResponse(content, status=206, content_type=how.mime, headers=headers)


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
