"""The tiny captioner, for every test that wants to open one."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from photolib.describe.sentences.asking import picture_to_send
from photolib.describe.sentences.florence import captioner
from tests.describe.sentences.tiny_florence import write_folder
from tests.describe.sentences.tiny_words import Colour


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole folder with the merged decoder. Not to be changed."""
    return write_folder(tmp_path_factory.mktemp("models") / "tiny-florence")


@pytest.fixture
def broken(tiny: Path, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return Path(shutil.copytree(tiny, tmp_path / "tiny-florence"))


@pytest.fixture
def _nothing_held() -> Iterator[None]:
    captioner.drop()
    yield
    captioner.drop()


def two_halves(left: Colour, right: Colour, format: str = "JPEG") -> bytes:
    """A picture whose left and right half have one colour each, as it would be uploaded."""
    out = io.BytesIO()
    _image(left, right).save(out, format, quality=95)
    return out.getvalue()


def sent(left: Colour, right: Colour) -> bytes:
    """The same, as a sentence model is given it."""
    return picture_to_send(_image(left, right))


def _image(left: Colour, right: Colour) -> Image.Image:
    image = Image.new("RGB", (96, 64), left)
    image.paste(right, (48, 0, 96, 64))
    return image
