"""The scorecard as people run it: real photos, the real models, the product's own way."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.demo.test_demo import run_manage

pytestmark = [pytest.mark.models, pytest.mark.slow, pytest.mark.shared]


def scorecard(images: Path, truth: Path, room: Path) -> dict[str, Any]:
    done = run_manage(
        "scorecard", "descriptions", "--images", str(images), "--truth", str(truth), "--json",
        data=room / "data", keystore=room / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    photos = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
    if not photos.is_dir():
        pytest.skip("../shared/data/photos is not here")
    return scorecard(photos, photos / "truth.json", tmp_path_factory.mktemp("scorecard"))


def test_asserted_claims_keep_the_promised_precision(figures: dict[str, Any]) -> None:
    assert figures["asserted_precision"] >= 0.97
    assert figures["asserted_recall"] >= 0.55
    assert figures["asserted"] >= 100


def test_unsure_claims_are_worth_their_hedge(figures: dict[str, Any]) -> None:
    """More often right than wrong, or they should not be said at all."""
    assert figures["hedged_precision"] >= 0.8


def test_nearly_every_photo_is_told_by_what_it_shows(figures: dict[str, Any]) -> None:
    assert figures["photos"] == 75
    assert figures["covered"] >= 0.9


def test_people_are_counted_right_and_hardly_ever_more_than_one_off(
    figures: dict[str, Any],
) -> None:
    assert figures["people_exact"] >= 0.8
    assert figures["people_within_one"] >= 0.9
    assert figures["people_exact_without_people"] >= 0.95


def test_short_descriptions_are_short(figures: dict[str, Any]) -> None:
    assert figures["alt_longest"] <= 250
    assert figures["alt_mean_letters"] <= 125


def test_nothing_is_written_into_the_library_in_use(tmp_path: Path, shared_data: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    shutil.copy(next(iter(sorted((shared_data / "photos").glob("*.jpg")))), images / "one.jpg")
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps([{"file": "somewhere/one.jpg", "objects": None}]))
    assert scorecard(images, truth, tmp_path)["photos"] == 1
    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert left == []


def test_words_of_receipts_are_read(tmp_path: Path, shared_data: Path) -> None:
    for suffix in ("jpg", "csv"):
        shutil.copy(shared_data / "text" / "receipts" / f"003.{suffix}", tmp_path)
    done = run_manage(
        "scorecard", "text", "--images", str(tmp_path),
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["pictures"] == 1
    assert 0 < figures["text_cer"] < 0.5
    assert "words_read: " in done.stdout


def test_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff" + b"no picture" * 100)
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps([{"file": "broken.jpg", "objects": None}]))
    done = run_manage(
        "scorecard", "descriptions", "--images", str(tmp_path), "--truth", str(truth),
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 1
    assert "broken.jpg" in done.stderr
