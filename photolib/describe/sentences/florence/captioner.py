"""The sentence model from a folder: a short sentence and a longer text about a picture, in English.

It never opens a connection, so nothing is sent. It is loaded once a worker and let go when it was not used
for a while.
"""

import re
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from photolib.describe.onnx_session import NetworkFailed, TimeLimit
from photolib.describe.sentences.florence.configs import Configs, read_configs, unusable
from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.folder import (
    Files,
    Fingerprint,
    check_fingerprint,
    find_files,
    folder_at,
    take_fingerprint,
)
from photolib.describe.sentences.florence.looking import pixels_of
from photolib.describe.sentences.florence.networks import Networks, open_networks
from photolib.describe.sentences.florence.tokens import Tokens
from photolib.describe.sentences.florence.writing import NoText, write
from photolib.describe.sentences.protocol import SentenceFailed, SentenceServerAway

# The model knows no other language.
LANGUAGE = "en"
# As of a server: from the picture to the last word. Loading does not count.
ANSWER_SECONDS = 120.0
# So long after a picture the model stays in memory.
HELD_SECONDS = 300.0

_END_OF_SENTENCE = re.compile(r"[.!?](?=\s|$)")


def examine(folder: str) -> tuple[Path, Fingerprint]:
    """The folder without links, and the SHA-256 of each of its files that is used.

    Whether its networks can be run is known when a worker opens them. Raises FolderRefused, in a sentence
    that names the file and what mends it.
    """
    files = find_files(folder_at(folder))
    _read(files)
    return files.folder, take_fingerprint(files)


@dataclass(frozen=True, slots=True)
class Florence:
    """folder, files: as `examine` found them when an admin named the folder."""

    folder: str
    files: Fingerprint

    def describe(self, picture: bytes, *, language: str, instruction: str) -> str:
        """As SentenceModel has it, always in English. The instruction is not used: the model knows two
        fixed tasks, and can be told nothing else."""
        try:
            captioner = _hold(self.folder, self.files)
        except FolderRefused as error:
            raise SentenceServerAway(str(error)) from error
        with TimeLimit(ANSWER_SECONDS) as limit:
            try:
                return captioner.describe(picture, limit)
            except (NetworkFailed, NoText, MemoryError) as error:
                raise self._failed(error, limit) from error

    def _failed(self, error: Exception, limit: TimeLimit) -> SentenceFailed:
        if limit.is_over:
            said = _(
                "The model in %(folder)s gave no whole answer in %(seconds)s seconds: a smaller one may."
            )
            return SentenceFailed(said % {"folder": self.folder, "seconds": round(ANSWER_SECONDS)})
        if isinstance(error, NoText):
            said = _(
                "The model in %(folder)s gave no text for this picture. If that happens with every picture, "
                "its files do not fit together: take others of the same model, in full precision."
            )
            return SentenceFailed(said % {"folder": self.folder})
        said = _(
            "The model in %(folder)s could not be run on this picture: its files do not fit together, or "
            "there is too little memory."
        )
        return SentenceFailed(said % {"folder": self.folder})


@dataclass(frozen=True, slots=True)
class _Captioner:
    networks: Networks
    tokens: Tokens
    configs: Configs

    def describe(self, picture: bytes, limit: TimeLimit) -> str:
        """The short text, an empty line, the long text. Raises NetworkFailed, NoText.

        Of a text that came to no end its whole sentences are taken.
        """
        seen = self.networks.see(pixels_of(picture, self.configs.look), limit)
        texts = []
        for prompt in (self.configs.short, self.configs.long):
            encoded = self.networks.encode(seen, self.tokens.encode(prompt), limit)
            ids, is_whole = write(self.networks, encoded, self.configs.rules, limit)
            text = self.tokens.decode(ids).strip()
            texts.append(text if is_whole else _whole_sentences(text))
        if not any(texts):
            raise NoText
        return "\n\n".join(text for text in texts if text)


_lock = threading.Lock()
_held: tuple[str, Fingerprint, _Captioner] | None = None
_timer: threading.Timer | None = None


def drop() -> None:
    """Let the model go, if this process holds one. Whoever uses it just now goes on to the end."""
    global _held
    with _lock:
        _held = None


def is_holding() -> bool:
    """Whether this process has a model in memory."""
    return _held is not None


def _hold(folder: str, taken: Fingerprint) -> _Captioner:
    """The model of this folder, loaded if it is not yet. Raises FolderRefused."""
    global _held
    with _lock:
        if _held is None or _held[:2] != (folder, taken):
            # First of all: two of them may be more than there is memory for.
            _held = None
            _held = (folder, taken, _load(folder, taken))
        captioner = _held[2]
        _start_timer()
    return captioner


def _load(folder: str, taken: Fingerprint) -> _Captioner:
    there = folder_at(folder)
    files = find_files(there)
    check_fingerprint(files, taken)
    tokens, configs = _read(files)
    return _Captioner(open_networks(files, configs.sizes), tokens, configs)


def _read(files: Files) -> tuple[Tokens, Configs]:
    configs = read_configs(files)
    tokens = Tokens(files.text("tokenizer.json"))
    numbers = {configs.rules.start, *configs.rules.ends, configs.rules.first or 0, tokens.highest}
    if max(numbers) >= configs.sizes.vocabulary:
        raise unusable("config.json", "vocab_size")
    return tokens, configs


def _start_timer() -> None:
    global _timer
    if _timer is not None:
        _timer.cancel()
    _timer = threading.Timer(HELD_SECONDS, drop)
    _timer.daemon = True
    _timer.start()


def _whole_sentences(text: str) -> str:
    """Of a text that was stopped, what stands before the end of its last sentence."""
    ends = [found.end() for found in _END_OF_SENTENCE.finditer(text)]
    return text[: ends[-1]] if ends else ""
