"""P18 (AI Act 5(1)(f), (g)): no race, religion, orientation, gender or moods in anything the machine says;
InsightFace's genderage model is never loaded; nothing is said of a smile, for nothing measures one."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from photolib.core import model_files
from photolib.describe import models_used
from photolib.describe.banned import BANNED, banned_in
from photolib.describe.languages import GRAMMARS
from photolib.describe.vocabulary import LABELS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "woman asian muslim gay happy angry pretty fat old"),
        ("fr", "homme noir juif lesbienne triste belle gros enfant"),
        ("de", "mann asiatin moslem schwul traurig hübsch dick kind"),
        ("es", "mujer negro judío lesbiana feliz guapa gordo niño"),
        ("it", "donna nero ebreo gay triste bella grasso bambino"),
        ("nl", "vrouw zwart jood homo blij mooi dik kind"),
    ],
)
def test_p18_the_lexicon_bans_what_the_law_names(language: str, words: str) -> None:
    for word in words.split():
        assert word in BANNED[language]
        assert banned_in(f"A dog. {word.capitalize()}, Lyon.", language) == {word}


def test_p18_every_language_has_its_banned_words() -> None:
    assert set(BANNED) == set(GRAMMARS)


@pytest.mark.parametrize("language", GRAMMARS)
def test_p18_no_label_and_no_noun_says_what_is_never_said(language: str) -> None:
    grammar = GRAMMARS[language]
    said = {str(value) for noun in grammar.nouns.values() for value in vars_of(noun)}
    assert len(said) > 700
    assert set().union(*(banned_in(text, language) for text in said)) == set()
    assert set().union(*(banned_in(label.replace("_", " "), "en") for label in LABELS)) == set()


def vars_of(noun: object) -> list[object]:
    """The values of a frozen dataclass, tuples opened."""
    values = [getattr(noun, name) for name in type(noun).__dataclass_fields__]  # type: ignore[attr-defined]  # nouns are dataclasses
    return [one for value in values for one in (value if isinstance(value, tuple) else (value,))]


def test_p18_nothing_says_or_measures_a_smile() -> None:
    """Until something measures landmarks for it, the word does not exist here."""
    for grammar in GRAMMARS.values():
        text = " ".join(str(noun) for noun in grammar.nouns.values()).lower()
        smile = r"smil|souri[tre]|lächel|sonri|sorri|glimlach"
        assert not re.search(smile, text.replace("souris", ""))


def test_p18_the_one_model_that_guesses_gender_and_age_is_named_nowhere() -> None:
    sources = [*(ROOT / "photolib").rglob("*.py"), *(ROOT / "faces").rglob("*.py")]
    naming = [
        str(file)
        for file in sources
        if re.search(r"genderage|FaceAnalysis\(|import FaceAnalysis", file.read_text())
    ]
    assert naming == []


def test_p18_the_models_that_are_used_are_a_closed_list() -> None:
    files = {
        value.file
        for module in (models_used, *face_modules())
        for value in vars(module).values()
        if isinstance(value, model_files.ModelFile)
    }
    names = {Path(file).name for file in files}
    assert names
    assert not any(re.search(r"gender|age\.onnx|emotion|attrib", name) for name in names)
    if apps.is_installed("faces"):
        assert {"scrfd_500m_bnkps.onnx", "w600k_mbf.onnx"} <= names


def face_modules() -> list[object]:
    if not apps.is_installed("faces"):
        return []
    return [importlib.import_module("faces.packs")]


_PROCESS = """
import gc
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "photolib.settings"
import django

django.setup()
import numpy as np
import skimage.data

from faces.engine import engine_for
from faces.packs import BUNDLED

engine = engine_for(BUNDLED)
picture = np.asarray(skimage.data.astronaut())
found = engine.detect(picture)
vectors = engine.embed(picture, found)

import onnxruntime

sessions = sorted(
    Path(one._model_path or "of bytes").name
    for one in gc.get_objects()
    if isinstance(one, onnxruntime.InferenceSession)
)
maps = Path("/proc/self/maps")
opened = maps.read_text() if maps.exists() else ""
kept = sorted(vars(found[0])) if hasattr(found[0], "__dict__") else sorted(found[0].__slots__)
print(vectors.shape, sessions, "genderage" in opened, kept)
"""


@pytest.mark.models
@pytest.mark.skipif(not apps.is_installed("faces"), reason="no face model is loaded without faces")
def test_p18_a_process_that_recognises_holds_two_models_and_no_genderage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROCESS],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={
            "PHOTOLIB_DATA": str(tmp_path / "p18"),
            "PHOTOLIB_KEYSTORE": str(tmp_path / "p18keys"),
            "PATH": "",
        },
    )
    boxes = ["height", "left", "top", "width"]
    fields = sorted([*boxes, "confidence", "landmarks", "on_picture", "quality"])
    models = ["scrfd_500m_bnkps.onnx", "w600k_mbf.onnx"]
    assert done.stdout.strip() == f"(1, 512) {models} False {fields}", done.stderr
