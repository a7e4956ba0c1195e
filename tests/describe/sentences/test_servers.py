"""Both protocols against a real server on loopback, with every fault that a server can have."""

import base64
import io
import socket
import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from photolib.describe.sentences import sending
from photolib.describe.sentences.address import parse_address
from photolib.describe.sentences.asking import instruction_in, picture_to_send
from photolib.describe.sentences.ollama import Ollama
from photolib.describe.sentences.openai_compatible import OpenAiCompatible
from photolib.describe.sentences.protocol import SentenceFailed, SentenceModel, SentenceServerAway
from tests.describe.sentences.model_server import SAYS, Behaviour, speaking

PICTURE = picture_to_send(Image.new("RGB", (40, 30), (10, 90, 200)))


@pytest.fixture
def server() -> Iterator[tuple[str, Behaviour]]:
    with speaking() as running:
        yield running


def ask(model: SentenceModel) -> str:
    return model.describe(PICTURE, language="en", instruction="Describe it.")


def ollama(address: str) -> Ollama:
    return Ollama(parse_address(address), "llava")


def test_ollama_is_sent_the_picture_and_the_instruction_and_nothing_else(server) -> None:
    address, behaviour = server
    assert ask(ollama(address)) == SAYS
    [(path, _headers, question)] = behaviour.asked
    assert path == "/api/generate"
    assert question.keys() == {"model", "prompt", "images", "stream", "options"}
    assert (question["model"], question["prompt"]) == ("llava", "Describe it.")
    assert [base64.b64decode(image) for image in question["images"]] == [PICTURE]


@pytest.mark.parametrize("prefix", ["", "/v1", "/proxy"])
def test_a_server_like_openais_is_sent_the_picture_as_a_data_address(server, prefix: str) -> None:
    address, behaviour = server
    model = OpenAiCompatible(parse_address(address + prefix), "qwen-vl", "secret-key")
    assert ask(model) == SAYS
    [(path, headers, question)] = behaviour.asked
    assert path == f"{prefix.removesuffix('/v1')}/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret-key"
    content = question["messages"][0]["content"]
    assert content[0] == {"type": "text", "text": "Describe it."}
    data = content[1]["image_url"]["url"].removeprefix("data:image/jpeg;base64,")
    assert base64.b64decode(data) == PICTURE
    assert "secret-key" not in repr(model)


def test_without_a_key_none_is_sent(server) -> None:
    address, behaviour = server
    ask(OpenAiCompatible(parse_address(address), "qwen-vl"))
    assert "Authorization" not in behaviour.asked[0][1]


def test_the_picture_is_small_and_carries_no_metadata() -> None:
    large = Image.new("RGB", (3000, 2000), (200, 30, 30))
    large.info |= {
        "comment": b"Anna in Lyon",
        "exif": b"Exif\0\0GPS",
        "xmp": b"<x/>",
        "dpi": (72, 72),
    }
    sent = picture_to_send(large)
    assert b"Anna" not in sent
    with Image.open(io.BytesIO(sent)) as image:
        assert (image.format, image.size) == ("JPEG", (1024, 683))
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "nl"])
def test_the_instruction_asks_for_the_language_and_against_guesses(language: str) -> None:
    said = instruction_in(language)
    assert "age, gender, origin, religion, health, looks or mood" in said
    assert "only" in said
    assert len({instruction_in("en"), said}) == (1 if language == "en" else 2)


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (401, SentenceServerAway, "PHOTOLIB_SENTENCE_KEY"),
        (403, SentenceServerAway, "PHOTOLIB_SENTENCE_KEY"),
        (404, SentenceServerAway, "install the model"),
        (429, SentenceServerAway, "busy"),
        (503, SentenceServerAway, "busy"),
        (500, SentenceFailed, "error 500"),
        (400, SentenceFailed, "error 400"),
    ],
)
def test_a_status_says_whether_waiting_helps_and_what_mends_it(server, status, error, said) -> None:
    address, behaviour = server
    behaviour.status, behaviour.raw = status, b'{"error": "your key secret-key is wrong"}'
    with pytest.raises(error, match=said) as caught:
        ask(ollama(address))
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server, status: int) -> None:
    address, behaviour = server
    with speaking() as (elsewhere, other):
        behaviour.status, behaviour.location = status, f"{elsewhere}/api/generate"
        with pytest.raises(SentenceServerAway, match="not followed"):
            ask(ollama(address))
        assert other.asked == []


@pytest.mark.parametrize(
    "raw", [b"<html>", b"[1, 2]", b'"text"', b'{"response": 5}', b"{}", b"\xff\xfe", b"[" * 100_000]
)
def test_an_answer_of_another_form_is_not_understood(server, raw: bytes) -> None:
    address, behaviour = server
    behaviour.raw = raw
    with pytest.raises(SentenceFailed, match="not understood"):
        ask(ollama(address))


@pytest.mark.parametrize(
    "raw", [b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}', b'{"choices": 1}']
)
def test_the_same_of_a_server_like_openais(server, raw: bytes) -> None:
    address, behaviour = server
    behaviour.raw = raw
    with pytest.raises(SentenceFailed, match="not understood"):
        ask(OpenAiCompatible(parse_address(address), "m"))


def test_a_huge_answer_is_not_read_to_its_end(server) -> None:
    address, behaviour = server
    behaviour.says = "dog " * sending.LARGEST_ANSWER
    with pytest.raises(SentenceFailed, match="more than any sentence"):
        ask(ollama(address))


@pytest.mark.parametrize("drip", [0.05, 30.0])
def test_an_answer_that_takes_too_long_is_given_up(
    server, drip: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a byte comes now and then, so that no single wait is long."""
    address, behaviour = server
    behaviour.drip = drip
    monkeypatch.setattr(sending, "ANSWER_SECONDS", 0.4)
    with pytest.raises(SentenceFailed, match="no whole answer"):
        ask(ollama(address))


def test_a_server_that_is_not_there_is_waited_for() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SentenceServerAway, match="cannot be reached"):
        ask(ollama(f"http://127.0.0.1:{port}"))


def test_a_name_that_nobody_knows_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SentenceServerAway, match="cannot be reached"):
        ask(ollama("http://box.lan:11434"))


def test_nothing_is_sent_to_a_public_address() -> None:
    counted: list[int] = []
    model = Ollama(parse_address("http://192.0.2.1:80"), "llava", lambda: counted.append(1))
    with pytest.raises(SentenceServerAway, match="not on your own network"):
        ask(model)
    assert not counted


def test_a_name_is_looked_up_once_and_its_checked_number_is_connected_to(
    server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second look-up would lead elsewhere, and there is none."""
    address, behaviour = server
    port = parse_address(address).port
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: answers.pop())
    assert ask(ollama(f"http://rebinding.lan:{port}")) == SAYS
    assert answers == []
    assert behaviour.asked[0][1]["Host"] == f"rebinding.lan:{port}"


def test_no_proxy_of_the_environment_is_used(server, monkeypatch: pytest.MonkeyPatch) -> None:
    address, behaviour = server
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(ollama(address)) == SAYS
    assert len(behaviour.asked) == 1


def test_what_is_sent_is_told_before_it_is_sent(server) -> None:
    address, behaviour = server
    before: list[int] = []
    ask(Ollama(parse_address(address), "llava", lambda: before.append(len(behaviour.asked))))
    assert before == [0]


def test_a_connection_that_is_cut_off_is_said_to_be() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        port = listening.getsockname()[1]

        def hang_up() -> None:
            connected, _ = listening.accept()
            connected.recv(1000)
            connected.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(SentenceFailed, match="broke off"):
            ask(ollama(f"http://127.0.0.1:{port}"))
        thread.join()
