"""Folders of coloured people, as a caller of `manage.py evaluate` has them."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.faces.fake_engine import FakeEngine, picture_of


@pytest.fixture(autouse=True)
def fake(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """The fake engine instead of the real one, but where a test is marked `models`."""
    made = FakeEngine()
    if request.node.get_closest_marker("models") is None:
        monkeypatch.setattr("faces.evaluate.pictures.current_engine", lambda: made)
    return made


@pytest.fixture
def portrait(tmp_path: Path) -> Callable[..., Path]:
    """Put a picture of somebody into the folder of a name: portrait("Anna", 1, "red", light=150)."""

    def put(folder: str, number: int, *people: str, light: int = 200) -> Path:
        file = tmp_path / "people" / folder / f"{folder}_{number:04}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        picture_of(*people, light=light).save(file)
        return file

    return put


@pytest.fixture
def family(portrait: Callable[..., Path], tmp_path: Path) -> Path:
    """Anna and Ben four times, Carla once, and a picture of Anna without a face."""
    for folder, colour in (("Anna", "red"), ("Ben", "blue")):
        for number in range(1, 5):
            portrait(folder, number, colour, light=120 + 20 * number)
    portrait("Carla", 1, "green")
    portrait("Anna", 5)
    return tmp_path / "people"


def evaluate(kind: str, images: Path, *arguments: str) -> dict[str, Any]:
    """What the command prints as JSON."""
    out = StringIO()
    call_command(
        "evaluate",
        kind,
        "--images",
        str(images),
        "--json",
        *arguments,
        stdout=out,
        stderr=StringIO(),
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    return found
