"""What a sentence model is, and what can go wrong with one."""

from typing import Protocol

from photolib.core.errors import StepError, StepMustWait


class SentenceModel(Protocol):
    """Something that looks at a picture and writes about it."""

    def describe(self, picture: bytes, *, language: str, instruction: str) -> str:
        """What the model says, as it says it: unchecked.

        picture: JPEG, at most 1024 pixels a side, without any metadata. language: two letters, which
        the instruction asks for too; a model that can be told nothing ignores both. Raises
        SentenceServerAway or SentenceFailed.
        """
        ...


class SentenceServerAway(StepMustWait):
    """The server, or the folder, cannot be used now, through no fault of the photo; the text says what mends
    it."""


class SentenceFailed(StepError):
    """The server was there and gave no sentence for this picture. Trying again may help."""
