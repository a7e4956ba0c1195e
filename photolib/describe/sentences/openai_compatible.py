"""A sentence model behind the protocol that most local servers speak (POST /v1/chat/completions)."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from photolib.describe.sentences.address import ServerAddress
from photolib.describe.sentences.sending import not_understood, post_json

MOST_TOKENS = 400


@dataclass(frozen=True, slots=True)
class OpenAiCompatible:
    """key: sent as a bearer token where there is one. sending: called before each picture that is sent."""

    address: ServerAddress
    model: str
    # Never shown: whoever prints this object prints no key.
    key: str = field(default="", repr=False)
    sending: Callable[[], None] = lambda: None

    def describe(self, picture: bytes, *, language: str, instruction: str) -> str:
        """As SentenceModel has it."""
        data = f"data:image/jpeg;base64,{b64encode(picture).decode()}"
        content = [
            {"type": "text", "text": instruction},
            {"type": "image_url", "image_url": {"url": data}},
        ]
        question = {
            "model": self.model,
            "messages": [{"role": "user", "content": content}],
            "max_tokens": MOST_TOKENS,
            "temperature": 0,
        }
        answer = post_json(
            self.address,
            # People write the address with /v1 as often as without.
            "/chat/completions" if self.address.path.endswith("/v1") else "/v1/chat/completions",
            question,
            headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            sending=self.sending,
        )
        text = _content(answer)
        if text is None:
            raise not_understood(self.address)
        return text


def _content(answer: dict[str, Any]) -> str | None:
    try:
        text = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return text if isinstance(text, str) else None
