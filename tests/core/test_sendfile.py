"""Files as answers."""

from pathlib import Path

import pytest
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from photolib.core.sendfile import Sending, safe_name, send_file

SHOWN = Sending(mime="image/webp", etag="abc", max_age=60)
DOWNLOAD = Sending(mime="image/jpeg", etag="abc", max_age=0, download_name="Été à Nîmes.jpg")


@pytest.fixture
def file(settings: Settings) -> Path:
    path: Path = settings.PHOTOLIB_DATA / "a folder" / "é.webp"
    path.parent.mkdir()
    path.write_bytes(b"content")
    return path


def close_file(answer: HttpResponseBase) -> None:
    """Close the file alone: closing the answer would close the test's database connection with it."""
    assert isinstance(answer, FileResponse)
    assert answer.file_to_stream is not None
    answer.file_to_stream.close()


def test_a_file_is_streamed_with_its_headers(rf: RequestFactory, file: Path) -> None:
    answer = send_file(rf.get("/"), file, SHOWN)
    assert isinstance(answer, FileResponse)
    assert b"".join(answer.streaming_content) == b"content"  # type: ignore[arg-type]  # not async
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Length"] == "7"
    assert answer["ETag"] == '"abc"'
    assert answer["Cache-Control"] == "private, max-age=60"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    close_file(answer)


def test_what_the_browser_has_is_not_sent_again(rf: RequestFactory, file: Path) -> None:
    answer = send_file(rf.get("/", headers={"If-None-Match": '"abc"'}), file, SHOWN)
    assert answer.status_code == 304
    assert answer["ETag"] == '"abc"'


def test_a_download_has_a_name_of_any_letters(rf: RequestFactory, file: Path) -> None:
    answer = send_file(rf.get("/"), file, DOWNLOAD)
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%89t%C3%A9%20%C3%A0%20N%C3%AEmes.jpg"
    )
    close_file(answer)


def test_behind_a_proxy_the_proxy_sends(rf: RequestFactory, file: Path, settings: Settings) -> None:
    settings.ACCEL_PREFIX = "/protected/"
    answer = send_file(rf.get("/"), file, SHOWN)
    assert answer["X-Accel-Redirect"] == "/protected/a%20folder/%C3%A9.webp"
    assert getattr(answer, "content", None) == b""
    assert answer["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\IMG 1.JPEG", "IMG 1.jpg"),
        (".htaccess.png", "htaccess.jpg"),
        ("a\r\nSet-Cookie: b.jpg", "aSet-Cookie b.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("", "photo.jpg"),
        ("...", "photo.jpg"),
        ("été.heic", "été.jpg"),
    ],
)
def test_download_names_are_safe(name: str, safe: str) -> None:
    assert safe_name(name, suffix="jpg") == safe


@given(st.text(max_size=300))
def test_no_name_is_a_path_or_hidden_or_endless(name: str) -> None:
    safe = safe_name(name, suffix="jpg")
    assert safe.endswith(".jpg")
    assert not safe.startswith((".", " "))
    assert not set(safe) & set('/\\:*?"<>|\r\n\0')
    assert 5 <= len(safe) <= 124
