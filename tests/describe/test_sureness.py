"""What is asserted, what is hedged."""

import pytest

from photolib.describe.sureness import is_said, is_worth_a_hedge
from tests.describe.views import posture


def test_standing_is_asserted_as_it_was_seen_often_enough() -> None:
    assert is_said(posture(0.1, "standing"))


@pytest.mark.parametrize("label", ["sitting", "lying"])
def test_other_postures_are_hedged_until_more_is_known(label: str) -> None:
    seen = posture(0.1, label)
    assert is_worth_a_hedge(seen)
    assert not is_said(seen)
