"""A sentence model behind Ollama's own protocol (docs: POST /api/generate)."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

from photolib.describe.sentences.address import ServerAddress
from photolib.describe.sentences.sending import not_understood, post_json

# A short text and some sentences; a model that does not stop is stopped.
MOST_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Ollama:
    """sending: called before each picture that is really sent."""

    address: ServerAddress
    model: str
    sending: Callable[[], None] = lambda: None

    def describe(self, picture: bytes, *, language: str, instruction: str) -> str:
        """As SentenceModel has it."""
        question = {
            "model": self.model,
            "prompt": instruction,
            "images": [b64encode(picture).decode()],
            "stream": False,
            # The likeliest words each time: the same picture gives the same draft.
            "options": {"temperature": 0, "num_predict": MOST_TOKENS},
        }
        answer = post_json(self.address, "/api/generate", question, sending=self.sending)
        text = answer.get("response")
        if not isinstance(text, str):
            raise not_understood(self.address)
        return text
