"""Sending one question to the sentence server: the only file of describe that opens a connection.

The name is looked up once, every address behind it is checked, and the connection goes to the very
address that was checked. No redirect is followed, no proxy is used, no answer is read without an end.
"""

import json
import socket
import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Timer
from typing import Any

from django.utils.translation import gettext as _

from photolib.describe.sentences.address import (
    AddressRefused,
    Place,
    ServerAddress,
    check_near,
    places_of,
)
from photolib.describe.sentences.protocol import SentenceFailed, SentenceServerAway

CONNECT_SECONDS = 5.0
# From the first byte sent to the last one read. A model on a processor takes its time.
ANSWER_SECONDS = 120.0
LARGEST_ANSWER = 256 * 1024
_CHUNK = 16 * 1024
# The server's, or its owner's, to mend; another picture would fare no better.
_KEY_WRONG = {401, 403}
_BUSY = {429, 502, 503, 504}


def post_json(
    address: ServerAddress,
    path: str,
    question: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    sending: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """The answer to a question, both JSON objects.

    sending: called once the connection stands, before anything is sent.
    Raises SentenceServerAway (not reached, refused, busy, wrongly set up) or SentenceFailed (no answer in
    time, or none that can be used). What the server says in an error is not repeated: it may hold the key.
    """
    connected = _connect(address)
    out_of_time = Event()
    timer = Timer(ANSWER_SECONDS, _hang_up, (connected, out_of_time))
    timer.daemon = True
    timer.start()
    try:
        sending()
        body = _ask(connected, address, address.path + path, json.dumps(question), headers or {})
    except (OSError, HTTPException) as error:
        raise _broken(address, timed_out=out_of_time.is_set()) from error
    finally:
        timer.cancel()
        connected.close()
    if out_of_time.is_set():
        raise _broken(address, timed_out=True)
    return _parsed(body, address)


def _connect(address: ServerAddress) -> socket.socket:
    """A connection to a checked address. Raises SentenceServerAway."""
    try:
        return _open(address, places_of(address))
    except AddressRefused as error:
        raise SentenceServerAway(str(error)) from error
    except OSError as error:
        said = _(
            "The sentence model at %(address)s cannot be reached: start it. Tried again later."
        )
        raise SentenceServerAway(said % {"address": address}) from error


def _open(address: ServerAddress, places: list[Place]) -> socket.socket:
    """Connect to the first of the places that answers. Raises OSError, AddressRefused."""
    last: OSError = OSError("no address")
    for place in places:
        plain = socket.socket(place.family, socket.SOCK_STREAM)
        plain.settimeout(CONNECT_SECONDS)
        where = (place.ip, place.port)
        try:
            plain.connect(where)
            check_near(plain.getpeername()[0], host=address.host)
            plain.settimeout(ANSWER_SECONDS)
            if address.scheme == "http":
                return plain
            return ssl.create_default_context().wrap_socket(plain, server_hostname=address.host)
        except AddressRefused:
            plain.close()
            raise
        except OSError as error:
            plain.close()
            last = error
    raise last


def _hang_up(connected: socket.socket, out_of_time: Event) -> None:
    """End a connection that takes too long, also one that sends a byte now and then."""
    out_of_time.set()
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        connected.close()


def _ask(
    connected: socket.socket,
    address: ServerAddress,
    path: str,
    question: str,
    headers: Mapping[str, str],
) -> bytes:
    connection = HTTPConnection(address.host, address.port)
    connection.sock = connected
    # Else a broken connection would be opened again, to an address that nobody checked.
    connection.auto_open = 0
    sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    connection.request("POST", path, body=question.encode(), headers=sent)
    with connection.getresponse() as response:
        _check_status(response.status, address)
        return _read(response, address)


def _check_status(status: int, address: ServerAddress) -> None:
    if status == 200:
        return
    where = {"address": address, "status": status}
    if 300 <= status < 400:
        said = _("%(address)s points somewhere else, and is not followed: write the final address.")
        raise SentenceServerAway(said % where)
    if status in _KEY_WRONG:
        said = _(
            "%(address)s asks for a key, or does not take the one it is given: see PHOTOLIB_SENTENCE_KEY."
        )
        raise SentenceServerAway(said % where)
    if status == 404:
        said = _(
            "%(address)s does not know this model, or speaks another protocol: install the model there, "
            "or choose the other kind of server."
        )
        raise SentenceServerAway(said % where)
    if status in _BUSY:
        raise SentenceServerAway(_("%(address)s is busy. Tried again later.") % where)
    said = _(
        "%(address)s answered with the error %(status)s. Look at its own log; can its model see pictures?"
    )
    raise SentenceFailed(said % where)


def _read(response: HTTPResponse, address: ServerAddress) -> bytes:
    body = bytearray()
    while piece := response.read1(_CHUNK):
        body += piece
        if len(body) > LARGEST_ANSWER:
            said = _("%(address)s sent more than any sentence can hold: nothing of it was kept.")
            raise SentenceFailed(said % {"address": address})
    return bytes(body)


def _parsed(body: bytes, address: ServerAddress) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise not_understood(address) from error
    if not isinstance(answer, dict):
        raise not_understood(address)
    return answer


def not_understood(address: ServerAddress) -> SentenceFailed:
    """The answer is not of the form that the protocol has."""
    said = _(
        "The answer of %(address)s is not understood: is it the kind of server that was chosen?"
    )
    return SentenceFailed(said % {"address": address})


def _broken(address: ServerAddress, *, timed_out: bool) -> SentenceFailed:
    if timed_out:
        said = _("%(address)s gave no whole answer in %(seconds)s seconds: a smaller model may.")
        return SentenceFailed(said % {"address": address, "seconds": round(ANSWER_SECONDS)})
    said = _("The connection to %(address)s broke off before the answer was whole.")
    return SentenceFailed(said % {"address": address})
