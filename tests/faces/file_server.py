"""A server on this machine's own loopback that publishes one file, and misbehaves as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Behaviour:
    """What the server does. asked: the Range of each request, or "" for all of the file."""

    files: dict[str, bytes]
    cut_after: int | None = None  # ends the connection after so many bytes
    ignores_range: bool = False
    wrong_range: bool = False  # answers 206 from another byte
    status: int | None = None
    send_to: str = ""  # a redirect
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[tuple[str, Behaviour]]:
    """The address of the folder, and what to change about the server."""
    behaviour = Behaviour(files)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, behaviour)

        def log_message(self, *_args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", behaviour
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, how: Behaviour) -> None:
    span = handler.headers.get("Range", "")
    how.asked.append(span)
    if how.send_to or how.status:
        handler.send_response(302 if how.send_to else how.status or 500)
        handler.send_header("Location", how.send_to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    content = how.files[handler.path.lstrip("/")]
    begin = int(span.removeprefix("bytes=").rstrip("-")) if span and not how.ignores_range else 0
    if begin > len(content):
        handler.send_error(416)
        return
    if begin and how.wrong_range:
        begin -= 1
    handler.send_response(206 if begin else 200)
    if begin:
        handler.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
    handler.send_header("Content-Length", str(len(content) - begin))
    handler.end_headers()
    end = len(content) if how.cut_after is None else begin + how.cut_after
    handler.wfile.write(content[begin:end])
    handler.close_connection = True
