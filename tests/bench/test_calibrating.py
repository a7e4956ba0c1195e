"""Thresholds are chosen on photos, and tried on others."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from photolib.bench.scorecard.calibrating import NEVER, Scored, calibrate, choose, lowest, scored
from photolib.bench.scorecard.calibration_file import write_calibration
from photolib.bench.scorecard.evidence import Raw
from photolib.core.errors import PhotolibError
from tests.bench.seen import marked, raw, seen
from tests.demo.test_demo import run_manage


def claim(photo: int, score: float, right: bool) -> Scored:
    return Scored(photo, "dog", score, right, first=True)


# Forty photos: right from 0.6 on, and half the time between 0.4 and 0.6.
CLAIMS = [
    claim(photo, score, score >= 0.6 or photo % 2 == 0)
    for photo in range(40)
    for score in (0.42 + photo / 1000, 0.62 + photo / 1000, 0.8)
]


def test_lowest_score_is_the_last_that_keeps_the_target() -> None:
    claims = [claim(0, 0.9, True), claim(0, 0.8, True), claim(0, 0.7, False), claim(0, 0.6, True)]
    assert lowest(claims, 1.0) == 0.8
    assert lowest(claims, 0.75) == 0.6
    assert lowest([claim(0, 0.9, False)], 0.5) == NEVER


def test_a_wrong_claim_of_the_same_score_comes_before_the_right_one() -> None:
    assert lowest([claim(0, 0.9, True), claim(1, 0.9, False)], 0.6) == NEVER


def test_threshold_is_found_again_and_holds_where_it_was_not_chosen() -> None:
    choice = choose(CLAIMS, 40, target=1.0)
    assert 0.62 <= choice.threshold <= 0.64
    assert choice.precision.value == 1.0
    # Some choices did not see the surest of the wrong claims, and let it pass.
    assert 0.95 < (choice.held_out.value or 0) < 1


def test_threshold_is_the_same_every_time() -> None:
    assert choose(CLAIMS, 40, target=0.9) == choose(CLAIMS, 40, target=0.9)


def test_held_out_precision_tells_when_a_threshold_only_fits_its_own_photos() -> None:
    """One photo's luck: 0.5 is right wherever the photo with the wrong claim is not looked at."""
    claims = [claim(photo, 0.9, True) for photo in range(10)] + [claim(3, 0.5, False)]
    choice = choose(claims, 10, target=1.0)
    assert choice.threshold == 0.9
    claims += [claim(4, 0.5, True)]
    assert (choose(claims, 10, target=1.0).held_out.value or 0) < 1.0


def test_facts_are_judged_by_the_score_that_the_product_decides_by() -> None:
    measured = Raw("object", "dog", 0.4, 0.95, "a model", None, "")
    [one] = scored(0, seen(facts=[measured]), marked("dog"))
    assert (one.score, one.right) == (0.4, True)


def test_the_surer_of_two_facts_is_the_one_that_is_right() -> None:
    facts = [raw("cup", 0.5), raw("cup", 0.9), raw("beach", 0.9), raw("cup", 0.9, kind="scene")]
    claims = scored(0, seen(facts=facts), marked("cup"))
    assert [(one.score, one.right) for one in claims] == [(0.9, True), (0.5, False)]


def test_people_and_things_get_thresholds_of_their_own_with_their_evidence(tmp_path: Path) -> None:
    photos, said = [], {}
    for number in range(20):
        photo = marked("dog", "person", name=f"{number}.jpg")
        facts = [raw("dog", 0.7), raw("cat", 0.5), raw("person", 0.6), raw("person", 0.3)]
        photos.append(photo)
        said[photo.file] = seen(facts=facts)
    figures = calibrate(photos, said, said_target=0.95, hedged_target=0.8)
    assert figures["groups"]["thing"]["said_from"] == 0.7
    assert figures["groups"]["person"]["said_from"] == 0.6
    # What is below is never right: nothing is worth a hedge.
    assert figures["groups"]["thing"]["hedged_from"] == 0.7
    file = tmp_path / "calibration.toml"
    file.write_text('[colour]\nfrom = 0.2\nwhy = "a \\"test\\""\n[thing]\nolder = true\n')
    write_calibration(file, figures, on=date(2026, 11, 22))
    kept = tomllib.loads(file.read_text())
    assert kept["colour"] == {"from": 0.2, "why": 'a "test"'}
    assert kept["thing"]["older"] is True
    assert kept["thing"]["said_from"] == 0.7
    assert kept["thing"]["chosen_on"] == date(2026, 11, 22)
    assert kept["thing"]["said"]["claims"] == 20
    assert kept["thing"]["said"]["precision_interval"][1] == 1.0


def test_file_that_is_no_toml_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text("= no table")
    with pytest.raises(PhotolibError, match=r"calibration\.toml"):
        write_calibration(file, {"groups": {}, "photos": 0}, on=date(2026, 11, 22))
    assert file.read_text() == "= no table"


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.shared
def test_command_chooses_thresholds_that_hold_on_photos_it_has_not_seen(
    tmp_path: Path, shared_data: Path
) -> None:
    photos, file = shared_data / "photos", tmp_path / "calibration.toml"
    done = run_manage(
        "calibrate", "descriptions", "--images", str(photos),
        "--truth", str(photos / "truth.json"), "--json", "--write", str(file),
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    groups = json.loads(done.stdout)["groups"]
    for name in ("person", "thing"):
        assert groups[name]["said"]["held_out_precision"] >= 0.97
        assert groups[name]["hedged_from"] <= groups[name]["said_from"]
    assert tomllib.loads(file.read_text())["thing"]["said_from"] == groups["thing"]["said_from"]
