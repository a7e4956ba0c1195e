"""The benchmark runs and says what it promises; its figures are nobody's test."""

import json

import pytest

from photolib.bench.describing.pairs import analyser_steps
from photolib.bench.runners import prepare_pipeline
from photolib.describe.models import AnalyserOff
from tests.demo.running import run_manage


@pytest.mark.django_db
def test_only_what_the_bare_loop_does_is_measured_beside_it() -> None:
    prepare_pipeline([])
    off = set(AnalyserOff.objects.values_list("step", flat=True))
    assert off == {step.name for step in analyser_steps()} - {"find_objects"}
    assert "read_text" in off


@pytest.mark.models
@pytest.mark.slow
def test_bench_ends_with_one_json_line_of_ratios(tmp_path) -> None:
    done = run_manage(
        "bench", "--photos", "2", "--rounds", "1",
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["ratio"] > 0
    assert figures["pipeline_seconds_a_photo"][0] / figures["bare_seconds_a_photo"][0] == (
        pytest.approx(figures["ratio"], rel=0.05)
    )
    assert figures["machine"]["cores"] >= 1
    assert {"onnxruntime", "insightface", "python"} <= set(figures["versions"])
