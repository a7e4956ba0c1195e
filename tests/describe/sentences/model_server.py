"""A server on loopback that speaks Ollama's and OpenAI's protocol, and fails in whatever way it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SAYS = "A dog lies on a bench.\n\nThe dog is beside a ball. There is a tree in the background."


@dataclass
class Behaviour:
    """says: the answer's text. status, location: another answer than 200. raw: these bytes instead of
    JSON. drip: seconds between single bytes of the answer. asked: (path, headers, question) of each."""

    says: str = SAYS
    status: int = 200
    location: str = ""
    raw: bytes = b""
    drip: float = 0
    key: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """One for each server: `behaviour` is set on a class of its own."""

    behaviour: Behaviour

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        question = json.loads(self.rfile.read(length))
        self.behaviour.asked.append((self.path, dict(self.headers), question))
        try:
            self._send()
        except OSError:  # hung up on
            return

    def _send(self) -> None:
        told = self.behaviour
        if told.key and self.headers.get("Authorization") != f"Bearer {told.key}":
            self.send_response(401)
            self.end_headers()
            return
        answer = _answer(self.path, told.says)
        body = told.raw or json.dumps(answer).encode()
        self.send_response(told.status if answer else 404)
        if told.location:
            self.send_header("Location", told.location)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        if not told.drip:
            self.wfile.write(body)
            return
        for at in range(len(body)):
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()
            time.sleep(told.drip)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def speaking() -> Iterator[tuple[str, Behaviour]]:
    """The address of a running server, and what it does."""
    behaviour = Behaviour()
    handler = type("Handler", (_Handler,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", behaviour
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(path: str, says: str) -> dict[str, Any]:
    if path.endswith("/api/generate"):
        return {"model": "llava", "response": says, "done": True}
    if path.endswith("/v1/chat/completions"):
        return {"choices": [{"index": 0, "message": {"role": "assistant", "content": says}}]}
    return {}
