"""What scores are worth: the file of numbers, and the probability they make."""

from pathlib import Path

import pytest

from photolib.describe.calibration import (
    CALIBRATION,
    Calibration,
    calibration_of,
    read_calibration,
)
from photolib.describe.object_detector import KEPT_FROM
from photolib.describe.thresholds import hedged_from, said_from

FILE = """
[person]
said_from = 0.3
hedged_from = {hedged}
offset = 1.0
slope = {slope}
[person.said]
precision = 0.99
[thing]
said_from = 0.4
hedged_from = 0.3
offset = 1.0
slope = 2.0
"""


def written(folder: Path, *, hedged: float = 0.2, slope: float = 2.0) -> Path:
    file = folder / "calibration.toml"
    file.write_text(FILE.format(hedged=hedged, slope=slope))
    return file


def test_probability_follows_the_line_through_the_odds() -> None:
    one = Calibration(said_from=0.5, hedged_from=0.3, offset=0.0, slope=1.0)
    assert one.probability(0.3) == pytest.approx(0.3)
    surer = Calibration(said_from=0.5, hedged_from=0.3, offset=1.0, slope=1.0)
    assert surer.probability(0.5) == pytest.approx(0.731, abs=0.001)


def test_probability_grows_with_the_score_and_stays_between_none_and_certain() -> None:
    for group in CALIBRATION.values():
        found = [group.probability(score / 20) for score in range(21)]
        assert found == sorted(found)
        assert 0 < found[0] < 0.1
        assert 0.9 < found[-1] < 1


def test_what_is_asserted_is_no_less_likely_than_what_is_hedged_and_both_are_likelier_than_not() -> (
    None
):
    for label in ("person", "cup"):
        sure = calibration_of(label).probability(said_from(label))
        unsure = calibration_of(label).probability(hedged_from(label))
        assert 0.5 < unsure <= sure


def test_nothing_that_could_be_said_is_thrown_away_by_the_detector() -> None:
    assert min(hedged_from("person"), hedged_from("cup")) >= KEPT_FROM


def test_people_and_things_have_numbers_of_their_own(tmp_path: Path) -> None:
    groups = read_calibration(written(tmp_path))
    assert (groups["person"].said_from, groups["thing"].said_from) == (0.3, 0.4)


def test_a_file_that_hedges_what_it_is_sure_of_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="person"):
        read_calibration(written(tmp_path, hedged=0.35))
    with pytest.raises(ValueError, match="person"):
        read_calibration(written(tmp_path, slope=-1.0))
