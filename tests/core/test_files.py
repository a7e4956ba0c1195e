"""Whole files or none, and model files that are what they should be."""

import hashlib
import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from PIL import Image
from pytest_django.fixtures import Settings

from photolib.core import model_files
from photolib.core.errors import ModelMissing
from photolib.core.files import move_into_place, write_atomically
from photolib.core.model_files import ModelFile, find_model
from photolib.core.steps import Step, photo_steps


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_atomically(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "file"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert [entry.read_bytes() for entry in folder.iterdir()] == [b"old"]


def test_a_draft_is_moved_into_place(tmp_path: Path) -> None:
    draft, path = tmp_path / "draft", tmp_path / "folder" / "file"
    draft.write_bytes(b"content")
    move_into_place(draft, path)
    assert path.read_bytes() == b"content"
    assert not draft.exists()


PILLOW_FILE = "PIL/Image.py"


def _model(**changed: str) -> ModelFile:
    content = Path(Image.__file__).read_bytes()
    values = {
        "package": "pillow",
        "file": PILLOW_FILE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": "MIT-CMU",
    }
    return ModelFile(**(values | changed))


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    model_files.find_model.cache_clear()


def test_a_model_file_is_found_by_its_package_and_sum() -> None:
    assert find_model(_model()).name == "Image.py"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"package": "no-such-package"}, "not installed"),
        ({"file": "PIL/no_such_file.onnx"}, "is missing"),
        ({"sha256": "0" * 64}, "is not the file"),
    ],
)
def test_a_wrong_model_file_is_refused_with_the_mend(changed: dict[str, str], said: str) -> None:
    with pytest.raises(ModelMissing, match=f"{said}.*pip install"):
        find_model(_model(**changed))


def test_the_steps_are_those_of_the_settings_in_order(settings: Settings) -> None:
    settings.PHOTO_STEPS = [
        "photolib.library.steps.make_renditions",
        "photolib.library.steps.read_metadata",
    ]
    photo_steps.cache_clear()
    assert [step.name for step in photo_steps()] == ["make_renditions", "read_metadata"]
    assert all(isinstance(step, Step) for step in photo_steps())
    photo_steps.cache_clear()


def test_a_step_that_is_none_is_named(settings: Settings) -> None:
    settings.PHOTO_STEPS = ["photolib.core.files.write_atomically"]
    photo_steps.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="write_atomically, which is no Step"):
        photo_steps()
    photo_steps.cache_clear()
