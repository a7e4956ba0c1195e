"""What every sentence model keeps to, whatever is behind it: a fake, both kinds of server, a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from photolib.core.errors import StepError, StepMustWait
from photolib.describe.sentences.address import parse_address
from photolib.describe.sentences.checking import Known, check
from photolib.describe.sentences.counting import Seen
from photolib.describe.sentences.florence import captioner
from photolib.describe.sentences.florence.captioner import Florence, examine
from photolib.describe.sentences.ollama import Ollama
from photolib.describe.sentences.openai_compatible import OpenAiCompatible
from photolib.describe.sentences.protocol import SentenceFailed, SentenceModel, SentenceServerAway
from tests.describe.sentences.conftest import sent
from tests.describe.sentences.model_server import Behaviour, speaking
from tests.describe.sentences.tiny_florence import rewrite, write_folder
from tests.describe.sentences.tiny_networks import Form
from tests.describe.sentences.tiny_words import RED

pytestmark = pytest.mark.usefixtures("_nothing_held")


class Case:
    """A model, and how to make it go wrong."""

    model: SentenceModel

    def take_away(self) -> None:
        """From now on it cannot be used."""

    def spoil(self) -> None:
        """From now on it is there, and gives no sentence."""


@dataclass
class Fake:
    """What tests of everything above use in place of a model."""

    error: Exception | None = None

    def describe(self, picture: bytes, *, language: str, instruction: str) -> str:
        if self.error:
            raise self.error
        return "A dog lies on a bench."


class FakeCase(Case):
    def __init__(self) -> None:
        self.model = self._fake = Fake()

    def take_away(self) -> None:
        self._fake.error = SentenceServerAway("It is away: start it.")

    def spoil(self) -> None:
        self._fake.error = SentenceFailed("It gave nothing for this picture.")


class ServerCase(Case):
    def __init__(self, model: SentenceModel, behaviour: Behaviour) -> None:
        self.model = model
        self._behaviour = behaviour

    def take_away(self) -> None:
        self._behaviour.status = 503

    def spoil(self) -> None:
        self._behaviour.raw = b"<html>"


class FolderCase(Case):
    def __init__(self, folder: Path, spoilt: Path) -> None:
        self._folder, self._spoilt = folder, spoilt
        self.model = self._named(folder)

    def take_away(self) -> None:
        rewrite(self._folder / "config.json", d_model=5)
        # What is in memory may be used on: a file is compared before each loading.
        captioner.drop()

    def spoil(self) -> None:
        self.model = self._named(self._spoilt)

    @staticmethod
    def _named(folder: Path) -> Florence:
        return Florence(str(folder), examine(str(folder))[1])


@contextmanager
def _server(kind: type[Ollama] | type[OpenAiCompatible]) -> Iterator[Case]:
    with speaking() as (address, behaviour):
        yield ServerCase(kind(parse_address(address), "llava"), behaviour)


@pytest.fixture(params=["fake", "ollama", "openai", "florence", "florence without cache"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    kind = str(request.param)
    if kind == "fake":
        yield FakeCase()
    elif kind == "ollama":
        with _server(Ollama) as made:
            yield made
    elif kind == "openai":
        with _server(OpenAiCompatible) as made:
            yield made
    else:
        form = Form(merged="without" not in kind)
        folder = write_folder(tmp_path / "good", form)
        yield FolderCase(folder, write_folder(tmp_path / "nan", Form(merged=form.merged, nan=True)))


def ask(model: SentenceModel) -> str:
    return model.describe(sent(RED, RED), language="en", instruction="Describe it.")


def test_it_gives_text_and_the_same_for_the_same_picture(case: Case) -> None:
    said = ask(case.model)
    assert isinstance(said, str)
    assert said == ask(case.model)


def test_what_it_says_goes_through_the_checks(case: Case) -> None:
    said = ask(case.model)
    checked = check(said, "en", Known(Seen()))
    assert checked is not None
    assert checked.alt in said
    assert check(said, "en", Known(Seen(), names=frozenset({"a", "the"}))) is None


def test_where_it_cannot_be_used_the_step_waits_and_says_what_mends_it(case: Case) -> None:
    case.take_away()
    with pytest.raises(SentenceServerAway) as caught:
        ask(case.model)
    assert isinstance(caught.value, StepMustWait)
    assert str(caught.value).endswith(".")


def test_where_it_gives_no_sentence_another_attempt_may_help(case: Case) -> None:
    case.spoil()
    with pytest.raises(SentenceFailed) as caught:
        ask(case.model)
    assert isinstance(caught.value, StepError)
    assert not caught.value.permanent
    assert str(caught.value).endswith((".", "?"))
