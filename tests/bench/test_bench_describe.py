"""The analysers' benchmark has a bare loop for each of them, and says what it promises."""

import json
from pathlib import Path

import pytest
from PIL import Image

from photolib.bench.describing.composing import measure_composing
from photolib.bench.describing.contest import Took, figures_of
from photolib.bench.describing.pairs import PAIRS, Sitting, analyser_steps
from photolib.bench.photos import write_photos
from photolib.core.pixels import Pixels
from photolib.describe.boxes import Box
from photolib.library.models import Photo
from tests.demo.test_demo import run_manage


def test_every_analyser_has_a_bare_loop() -> None:
    assert {step.name for step in analyser_steps()} <= set(PAIRS)


@pytest.mark.models
@pytest.mark.parametrize("name", sorted(PAIRS))
def test_every_bare_loop_runs_on_a_picture_with_two_people(name: str) -> None:
    picture = Image.effect_mandelbrot((300, 200), (-3, -2.5, 2, 2.5), 100).convert("RGB")
    pixels = Pixels(Path("none.png"), name="none.png", image=picture)
    boxes = (Box(0.1, 0.1, 0.3, 0.8), Box(0.9, 0.9, 0.2, 0.2))
    PAIRS[name]()(Sitting(Photo(), pixels, people=boxes, faces=boxes))


def test_ratio_is_of_all_analysers_together_and_the_median_of_the_rounds() -> None:
    ours = {"one": [Took(3, 4)] * 3, "two": [Took(1, 4), Took(1, 4), Took(5, 4)]}
    bare = {"one": [Took(2, 2)] * 3, "two": [Took(1, 2)] * 3}
    figures = figures_of(ours, bare, rounds=3, photos=2)
    assert figures["ratios"] == [0.75, 0.75, 0.375]
    assert figures["throughput_ratio"] == 0.75
    assert figures["throughput_ratio_by_clock"] == 0.5
    assert figures["analysers"]["one"] == {"ours_ms": 1500, "bare_ms": 1000}


def test_composing_is_measured_in_every_language(settings) -> None:
    figures = measure_composing(rounds=3)
    assert set(figures["compose_us"]) == {code for code, _ in settings.DESCRIPTION_LANGUAGES}
    assert figures["compose_us_worst"] == max(figures["compose_us"].values())
    assert min(figures["compose_us"].values()) > 0


@pytest.mark.models
@pytest.mark.slow
def test_bench_describe_ends_with_one_json_line(tmp_path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    write_photos(pictures, 2)
    done = run_manage(
        "bench_describe", "--rounds", "1", "--images", str(pictures),
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["throughput_ratio"] > 0
    assert figures["photos"] == 2
    assert all(one["ours_ms"] > 0 for one in figures["analysers"].values())
