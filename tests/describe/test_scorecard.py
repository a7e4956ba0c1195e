"""The descriptions' promise, kept on real photos: what is asserted is right 97 times in a hundred."""

import json
from pathlib import Path

import pytest

from photolib.describe.thresholds import PERSON_SAID_FROM, THING_SAID_FROM
from tests.describe import scorecard

pytestmark = [pytest.mark.shared, pytest.mark.models, pytest.mark.slow]


@pytest.fixture(scope="module")
def evidence() -> scorecard.Evidence:
    shared = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not (shared / "photos").is_dir():
        pytest.skip("../shared/data/photos is not here")
    return scorecard.gather(shared)


def test_asserted_claims_keep_the_promised_precision(evidence: scorecard.Evidence) -> None:
    said, maybe = scorecard.asserted(evidence.claims), scorecard.hedged(evidence.claims)
    low, high = scorecard.wilson(said)
    figures = {
        "photos": evidence.photos,
        "described": evidence.described,
        "marked_photos": evidence.marked,
        "asserted": len(said),
        "asserted_precision": round(scorecard.precision(said), 3),
        "asserted_interval": [round(low, 3), round(high, 3)],
        "asserted_coverage": round(scorecard.coverage(evidence, said), 3),
        "hedged": len(maybe),
        "hedged_precision": round(scorecard.precision(maybe), 3),
        "coverage_with_hedges": round(scorecard.coverage(evidence, [*said, *maybe]), 3),
    }
    print(json.dumps(figures))  # noqa: T201 the figures of docs/models.md
    assert scorecard.precision(said) >= 0.97
    assert scorecard.coverage(evidence, said) >= 0.35
    assert evidence.described >= 0.9 * evidence.photos


def test_unsure_claims_are_worth_their_hedge(evidence: scorecard.Evidence) -> None:
    """More often right than wrong, or they should not be said at all."""
    assert scorecard.precision(scorecard.hedged(evidence.claims)) >= 0.8


def test_thresholds_are_those_of_the_cross_validation(evidence: scorecard.Evidence) -> None:
    things = [claim for claim in evidence.claims if claim.label != "person"]
    people = [claim for claim in evidence.claims if claim.label == "person"]
    threshold, held_out = scorecard.cross_validate(things, target=0.99)
    print(json.dumps({"things": [round(threshold, 3), round(held_out, 3)]}))  # noqa: T201 as above
    assert threshold <= THING_SAID_FROM + 0.01
    assert held_out >= 0.97
    threshold, held_out = scorecard.cross_validate(people, target=0.99)
    print(json.dumps({"people": [round(threshold, 3), round(held_out, 3)]}))  # noqa: T201 as above
    assert threshold <= PERSON_SAID_FROM
    assert held_out >= 0.97
