"""What is written without asking, and what is only asked: ages, look-alikes, old pictures, wrong names."""

from dataclasses import replace
from datetime import date
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from faces.matching import Gallery, Match, Probe, match_faces
from faces.packs import BUNDLED

Vector = NDArray[np.float32]
ANNA, BEN, CARL = 1, 2, 3
DAY = date(2024, 7, 6)
AXES = count()


def vector(**cosines: float) -> Vector:
    """A unit vector with these cosines to the axes named by single letters, and the rest elsewhere.

    Two vectors made with other letters have the dot product of the letters they share.
    """
    found = np.zeros(BUNDLED.dimensions, dtype=np.float32)
    for letter, cosine in cosines.items():
        found[ord(letter) - ord("a")] = cosine
    # What is left of length 1 lies on an axis of its own.
    rest = 1.0 - float(found @ found)
    found[100 + next(AXES) % 400] = np.sqrt(max(rest, 0.0))
    return found


def gallery(
    *rows: tuple[int, Vector],
    days: tuple[date | None, ...] = (),
    anna: date | None = None,
    born: dict[int, date] | None = None,
) -> Gallery:
    birthdays = dict(born or {}) | ({ANNA: anna} if anna else {})
    return Gallery(
        tuple(person for person, _vector in rows),
        np.stack([found for _person, found in rows]),
        days=days,
        birthdays=birthdays,
    )


def verdict(probe: Vector, known: Gallery, *, day: date | None = DAY, quality: float = 0.9) -> str:
    """What becomes of one face: the person's key with `sure` or `asked`, or nobody."""
    found = match_faces([Probe(0, quality, probe)], known, taken=set(), pack=BUNDLED, day=day)
    if not found:
        return "nobody"
    (match,) = found
    return f"{match.person} {'sure' if match.sure else 'asked'}"


def years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


# --- The thresholds, at their edges -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cosine", "said"),
    [(0.34, "nobody"), (0.36, "1 asked"), (0.44, "1 asked"), (0.46, "1 sure")],
)
def test_a_grown_up_is_asked_about_from_ask_on_and_named_from_auto_on(
    cosine: float, said: str
) -> None:
    assert verdict(vector(a=cosine), gallery((ANNA, vector(a=1.0)))) == said


@pytest.mark.parametrize(("templates", "said"), [(200, "1 asked"), (2000, "nobody")])
def test_among_more_templates_a_question_needs_more_likeness(templates: int, said: str) -> None:
    """The nearest of so many more strangers is nearer: 0.383 for 2,000, where 0.35 is for 200."""
    others = [(BEN, vector(b=1.0)) for _ in range(templates - 1)]
    assert verdict(vector(a=0.37), gallery((ANNA, vector(a=1.0)), *others)) == said
    assert verdict(vector(a=0.39), gallery((ANNA, vector(a=1.0)), *others)) == "1 asked"
    # The same where only the templates near the face are at hand.
    few = replace(gallery((ANNA, vector(a=1.0))), among=templates)
    assert verdict(vector(a=0.37), few) == said


def test_what_is_written_without_asking_is_asked_about_among_however_many() -> None:
    assert BUNDLED.ask == BUNDLED.ask_among(0) == BUNDLED.ask_among(200)
    assert BUNDLED.ask < BUNDLED.ask_among(2_000) < BUNDLED.ask_among(10**9) < BUNDLED.auto


def test_a_poor_face_is_never_sure() -> None:
    assert verdict(vector(a=0.9), gallery((ANNA, vector(a=1.0))), quality=0.29) == "1 asked"


# --- Children ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "cosine", "said"),
    [
        (years_before(DAY, 8), 0.59, "1 asked"),
        (years_before(DAY, 8), 0.61, "1 sure"),
        # On the thirteenth birthday one is a child no longer; the day before, one is.
        (date(2011, 7, 6), 0.50, "1 sure"),
        (date(2011, 7, 7), 0.50, "1 asked"),
        # Born on the day of the photo.
        (DAY, 0.59, "1 asked"),
        (DAY, 0.61, "1 sure"),
    ],
)
def test_a_child_has_to_be_more_alike(born: date, cosine: float, said: str) -> None:
    known = gallery((ANNA, vector(a=1.0)), days=(DAY,), anna=born)
    assert verdict(vector(a=cosine), known) == said


def test_a_pack_that_never_names_anybody_names_no_child_either() -> None:
    pack = replace(BUNDLED, auto=1.01)
    rows = ((ANNA, vector(a=1.0)), (BEN, vector(b=1.0)))
    for ages in ({ANNA: years_before(DAY, 8)}, {ANNA: date(1980, 1, 1), BEN: date(1980, 1, 1)}):
        known = gallery(*rows, born=ages)
        (match,) = match_faces(
            [Probe(0, 0.9, vector(a=0.9, b=0.3))], known, taken=set(), pack=pack, day=DAY
        )
        assert not match.sure


def test_who_is_a_child_is_asked_of_the_photos_day_not_of_today() -> None:
    born = date(1980, 1, 1)
    young = date(1988, 1, 1)
    known = gallery((ANNA, vector(a=1.0)), days=(young,), anna=born)
    assert verdict(vector(a=0.55), known, day=young) == "1 asked"
    known = gallery((ANNA, vector(a=1.0)), days=(DAY,), anna=born)
    assert verdict(vector(a=0.55), known, day=DAY) == "1 sure"


@pytest.mark.parametrize(("cosine", "said"), [(0.55, "1 asked"), (0.61, "1 sure")])
def test_in_a_photo_of_no_known_day_anybody_with_a_birthday_may_be_a_child(
    cosine: float, said: str
) -> None:
    known = gallery((ANNA, vector(a=1.0)), days=(DAY,), anna=date(1950, 1, 1))
    assert verdict(vector(a=cosine), known, day=None) == said
    # Of somebody without one nothing is known either way.
    assert verdict(vector(a=cosine), gallery((ANNA, vector(a=1.0))), day=None) == "1 sure"


def test_a_child_has_to_be_further_ahead_of_everybody() -> None:
    rows = ((ANNA, vector(a=1.0)), (BEN, vector(b=1.0)))
    face = vector(a=0.70, b=0.58)
    assert verdict(face, gallery(*rows)) == "1 sure"
    assert verdict(face, gallery(*rows, anna=years_before(DAY, 5))) == "1 asked"
    assert verdict(vector(a=0.70, b=0.54), gallery(*rows, anna=years_before(DAY, 5))) == "1 sure"


# --- People of one age ------------------------------------------------------------------------------


def test_against_a_runner_up_of_the_same_age_both_threshold_and_margin_are_stricter() -> None:
    rows = ((ANNA, vector(a=1.0)), (BEN, vector(b=1.0)))
    ages = {ANNA: date(1980, 1, 1), BEN: date(1984, 12, 1)}
    apart = {ANNA: date(1980, 1, 1), BEN: date(1985, 2, 1)}
    near_enough = vector(a=0.48, b=0.30)
    assert verdict(near_enough, gallery(*rows, born=apart)) == "1 sure"
    assert verdict(near_enough, gallery(*rows, born=ages)) == "1 asked"
    close = vector(a=0.60, b=0.48)
    assert verdict(close, gallery(*rows, born=apart)) == "1 sure"
    assert verdict(close, gallery(*rows, born=ages)) == "1 asked"
    assert verdict(vector(a=0.60, b=0.44), gallery(*rows, born=ages)) == "1 sure"


def test_somebody_of_the_same_age_whom_the_face_does_not_resemble_changes_nothing() -> None:
    rows = ((ANNA, vector(a=1.0)), (BEN, vector(b=1.0)))
    ages = {ANNA: date(1980, 1, 1), BEN: date(1980, 1, 1)}
    assert verdict(vector(a=0.46, b=0.20), gallery(*rows, born=ages)) == "1 sure"


# --- Look-alikes ------------------------------------------------------------------------------------


def test_two_people_whose_templates_resemble_each_other_need_a_larger_margin() -> None:
    """0.6 alike: 0.08 + 0.68 * (0.6 - 0.37) = 0.236 apart."""
    anna, ben = vector(a=1.0), vector(a=0.6, b=0.8)

    def face(ahead: float) -> Vector:
        # 0.7 like Anna, and `ahead` less like Ben.
        return vector(a=0.7, b=(0.7 - ahead - 0.42) / 0.8)

    known = gallery((ANNA, anna), (BEN, ben))
    assert verdict(face(0.22), known) == "1 asked"
    assert verdict(face(0.25), known) == "1 sure"
    stranger = gallery((ANNA, anna), (BEN, vector(b=1.0)))
    assert verdict(vector(a=0.7, b=0.6), stranger) == "1 sure"


def test_a_third_who_looks_alike_counts_even_if_another_is_the_runner_up() -> None:
    anna, ben = vector(a=1.0), vector(a=0.6, b=0.8)
    face = vector(a=0.7, b=0.075, c=0.55)
    assert verdict(face, gallery((ANNA, anna), (CARL, vector(c=1.0)))) == "1 sure"
    assert verdict(face, gallery((ANNA, anna), (BEN, ben), (CARL, vector(c=1.0)))) == "1 asked"


@pytest.mark.parametrize("likeness", [-1.0, 0.0, 0.37])
def test_up_to_what_strangers_reach_the_margin_is_the_plain_one(likeness: float) -> None:
    assert BUNDLED.margin_between(likeness) == pytest.approx(BUNDLED.margin)


# --- Old pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "years_later", "said"),
    [
        (1, 1, "1 sure"),
        (1, 2, "1 asked"),
        (9, 3, "1 sure"),
        (9, 5, "1 asked"),
        (30, 19, "1 sure"),
        (30, 21, "1 asked"),
    ],
)
def test_a_template_of_another_time_of_life_only_asks(
    age: int, years_later: int, said: str
) -> None:
    then = years_before(DAY, years_later)
    known = gallery((ANNA, vector(a=1.0)), days=(then,), anna=years_before(then, age))
    assert verdict(vector(a=0.9), known) == said


def test_it_is_the_same_backwards_in_time() -> None:
    """A photo of the small child, and a template of the grown one."""
    then = years_before(DAY, 8)
    known = gallery((ANNA, vector(a=1.0)), days=(DAY,), anna=years_before(then, 2))
    assert verdict(vector(a=0.9), known, day=then) == "1 asked"


def test_without_a_birthday_a_template_asks_after_twenty_years() -> None:
    known = gallery((ANNA, vector(a=1.0)), days=(years_before(DAY, 25),))
    assert verdict(vector(a=0.9), known) == "1 asked"
    known = gallery((ANNA, vector(a=1.0)), days=(years_before(DAY, 15),))
    assert verdict(vector(a=0.9), known) == "1 sure"


def test_a_template_of_no_known_day_counts_as_of_any() -> None:
    known = gallery((ANNA, vector(a=1.0)), days=(None,), anna=years_before(DAY, 8))
    assert verdict(vector(a=0.9), known) == "1 sure"


def test_one_template_of_the_right_time_is_enough() -> None:
    old = years_before(DAY, 6)
    rows = ((ANNA, vector(a=1.0)), (ANNA, vector(a=0.8, b=0.6)))
    known = gallery(*rows, days=(old, DAY), anna=years_before(DAY, 9))
    assert verdict(vector(a=0.8, b=0.6), known) == "1 sure"
    # Nearest is the old one; the newer alone is not near enough to be sure.
    assert verdict(vector(a=0.65, b=-0.2), known) == "1 asked"


# --- One wrong template -----------------------------------------------------------------------------


def test_a_template_that_resembles_no_other_of_its_person_only_asks() -> None:
    right = [(ANNA, vector(a=0.8, c=0.6)), (ANNA, vector(a=0.8, d=0.6))]
    wrong = (ANNA, vector(b=1.0))
    known = gallery(*right, wrong)
    assert verdict(vector(b=0.95), known) == "1 asked"
    assert verdict(vector(a=0.8), known) == "1 sure"


def test_two_templates_that_contradict_each_other_both_only_ask() -> None:
    known = gallery((ANNA, vector(a=1.0)), (ANNA, vector(b=1.0)))
    assert verdict(vector(a=0.95), known) == "1 asked"
    assert verdict(vector(b=0.95), known) == "1 asked"


# --- Properties -------------------------------------------------------------------------------------


def crowd(seed: int) -> tuple[list[Probe], Gallery]:
    """Some people with some templates, all near one another, and faces like them."""
    rng = np.random.default_rng(seed)
    middle = rng.standard_normal(BUNDLED.dimensions)
    centres = [middle + rng.standard_normal(BUNDLED.dimensions) for _ in range(6)]

    def near(centre: NDArray[np.float64]) -> Vector:
        found = centre + 0.9 * rng.standard_normal(BUNDLED.dimensions)
        return np.asarray(found / np.linalg.norm(found), dtype=np.float32)

    rows = [(person, near(centres[person])) for person in range(6) for _ in range(1 + person % 3)]
    born = {person: date(1950 + int(rng.integers(70)), 1, 1) for person in range(5)}
    days = tuple(date(1990 + int(rng.integers(34)), 6, 1) for _ in rows)
    known = Gallery(tuple(person for person, _ in rows), np.stack([v for _, v in rows]), days, born)
    probes = [Probe(at, float(rng.uniform(0.1, 1)), near(centres[at])) for at in range(6)]
    return probes, known


def matched(seed: int, **changed: object) -> list[Match]:
    probes, known = crowd(seed)
    pack = replace(BUNDLED, **changed) if changed else BUNDLED  # type: ignore[arg-type]  # its own fields
    return match_faces(probes, known, taken={5}, pack=pack, day=DAY)


@pytest.mark.parametrize("seed", range(25))
def test_a_face_has_one_person_and_a_person_one_face_and_who_is_taken_none(seed: int) -> None:
    found = matched(seed)
    assert len({match.face for match in found}) == len(found)
    assert len({match.person for match in found}) == len(found)
    assert 5 not in {match.person for match in found}


@pytest.mark.parametrize("seed", range(25))
def test_stricter_values_change_no_question_into_another_and_make_nothing_surer(seed: int) -> None:
    before = matched(seed, child_auto=0.45, peer_auto=0.45, strict_margin=0.0, alike_margin=0.0)
    after = matched(seed)
    assert [(m.face, m.person) for m in before] == [(m.face, m.person) for m in after]
    assert {m.face for m in after if m.sure} <= {m.face for m in before if m.sure}


@pytest.mark.parametrize("seed", range(25))
def test_the_order_of_the_gallery_changes_nothing(seed: int) -> None:
    probes, known = crowd(seed)
    order = np.random.default_rng(seed).permutation(len(known.people))
    shuffled = Gallery(
        tuple(known.people[at] for at in order),
        known.vectors[order],
        tuple(known.days[at] for at in order),
        known.birthdays,
    )
    one = match_faces(probes, known, taken=set(), pack=BUNDLED, day=DAY)
    two = match_faces(probes, shuffled, taken=set(), pack=BUNDLED, day=DAY)
    assert sorted(one, key=lambda m: m.face) == sorted(two, key=lambda m: m.face)


def test_the_crowds_are_worth_trying() -> None:
    """Some of their faces are sure, some asked: the properties above say something."""
    found = [match for seed in range(25) for match in matched(seed)]
    assert 10 < sum(match.sure for match in found) < len(found) - 10


def test_nobody_known_is_nobody_found() -> None:
    none = Gallery((), np.zeros((0, BUNDLED.dimensions), dtype=np.float32))
    assert verdict(vector(a=1.0), none) == "nobody"
