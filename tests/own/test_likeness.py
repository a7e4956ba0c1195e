"""Windows, points and the two together: made-up maps for the rules, real networks for what they are for."""

import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from photolib.describe.boxes import Box
from photolib.describe.efficientnet import PLACE_FEATURES, PLACES_SIDE, network
from photolib.own import likeness
from photolib.own.asking import piece_of
from photolib.own.everyday import EVERYDAY
from photolib.own.likeness import MOST_PIECES, Known, Sight, sights_of
from photolib.own.numbers import points_from_bytes, points_to_bytes
from photolib.own.points import Points, agreeing, points_of
from photolib.own.trial.choosing import worth_of
from photolib.own.trial.drawn import logo
from photolib.own.trial.looking import Bar, Looked, known_from
from photolib.own.trial.pasted import paste
from photolib.own.windows import look_in, windows_of

HERE = Box(3 / 18, 6 / 18, 3 / 18, 3 / 18)


def places_with(kind: int, box: Box = HERE, seed: int = 1) -> np.ndarray:
    scatter = np.random.default_rng(seed).normal(size=(PLACES_SIDE, PLACES_SIDE, PLACE_FEATURES))
    places = EVERYDAY + 0.5 * scatter
    left, top, wide, high = (round(18 * one) for one in (box.left, box.top, box.width, box.height))
    places[top : top + high, left : left + wide, kind] += 10
    return places.astype(np.float32)


def known_of(kind: int, denied: int | None = None) -> Known:
    look = look_in(places_with(kind, seed=2), HERE)[None]
    nothing = np.zeros((0, PLACE_FEATURES), np.float32)
    return Known(
        look, [None], nothing if denied is None else look_in(places_with(denied), HERE)[None]
    )


def no_piece(_box: Box) -> Image.Image:
    raise AssertionError("nothing is cut out where no points are known")


def photo(number: int) -> Image.Image:
    """One of four real photos that come with a package."""
    name = ("coffee.png", "chelsea.png", "rocket.jpg", "astronaut.png")[number % 4]
    with Image.open(Path(skimage.__file__).parent / "data" / name) as picture:
        return picture.convert("RGB").resize((800, 600))


def background(seed: int) -> Image.Image:
    """A photo-like picture without anything of the trial's: blotches of many sizes."""
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(
            Image.fromarray(chance.integers(0, 256, (cells, cells, 3), dtype=np.uint8)).resize(
                (800, 600), Image.Resampling.BICUBIC
            ),
            dtype=float,
        )
        for cells in (3, 9, 40)
    ]
    return Image.fromarray(np.clip(sum(layers) / 3, 0, 255).astype(np.uint8))


def test_a_window_is_the_mean_of_what_is_seen_in_it() -> None:
    places = places_with(4)
    looks, boxes = windows_of(places)
    assert len(looks) == len(boxes)
    assert np.linalg.norm(looks, axis=1) == pytest.approx(1, abs=1e-3)
    at = next(n for n, box in enumerate(boxes) if box.overlap(HERE) > 0.999)
    assert looks[at] @ look_in(places, HERE) == pytest.approx(1, abs=1e-3)


def test_a_box_smaller_than_a_place_is_that_place() -> None:
    places = places_with(4)
    small = Box(3.4 / 18, 6.4 / 18, 0.2 / 18, 0.2 / 18)
    place = Box(3 / 18, 6 / 18, 1 / 18, 1 / 18)
    assert look_in(places, small) @ look_in(places, place) == pytest.approx(1, abs=1e-4)


def test_the_thing_is_seen_where_it_is_and_nothing_else_is() -> None:
    mine, other = known_of(4), known_of(9)
    sights = sights_of([mine, other], places_with(4), [], no_piece)
    assert sights[0] is not None
    assert sights[0].is_worth_asking
    assert sights[0].box.part_inside(HERE) > 0.9
    assert sights[1] is None or not sights[1].is_worth_asking


def test_no_window_touches_a_face() -> None:
    (sight,) = sights_of([known_of(4)], places_with(4), [HERE], no_piece)
    assert sight is None or sight.box.shared_area(HERE) < 0.1 * HERE.area
    (nowhere,) = sights_of([known_of(4)], places_with(4), [Box(0, 0, 1, 1)], no_piece)
    assert nowhere is None


def test_what_is_nearer_to_a_no_is_not_the_thing() -> None:
    (sight,) = sights_of([known_of(4, denied=4)], places_with(4), [], no_piece)
    assert sight is None or not sight.is_worth_asking


@pytest.mark.parametrize(
    ("seen", "asked"),
    [((0.9, 0), True), ((0.5, 9), True), ((0.5, 3), False), ((0.2, 40), False)],
)
def test_a_question_needs_much_likeness_or_some_with_points(
    seen: tuple[float, int], asked: bool
) -> None:
    assert Sight(HERE, *seen).is_worth_asking == asked


def test_so_many_pieces_are_looked_into_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[Box] = []

    def piece(box: Box) -> Image.Image:
        cut.append(box)
        return Image.new("RGB", (50, 50))

    monkeypatch.setattr(likeness, "LIKE_WITH_POINTS_FROM", -1.0)
    empty = Points(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
    things = [Known(known_of(kind).looks, [empty], known_of(kind).denied) for kind in range(20)]
    sights_of(things, places_with(4), [], piece)
    assert len(cut) == MOST_PIECES


def test_points_are_known_again_when_turned_and_made_smaller() -> None:
    drawn = logo(7)
    turned = drawn.rotate(20, expand=True).resize((180, 150))
    assert agreeing(points_of(drawn), points_of(turned)) >= 8
    others = [agreeing(points_of(drawn), points_of(logo(number))) for number in (11, 12, 13)]
    assert max(others) < 6


def test_the_same_points_agree_alike_each_time() -> None:
    one, two = points_of(logo(7)), points_of(logo(7).rotate(10))
    assert agreeing(one, two) == agreeing(one, two)


def test_a_piece_without_anything_has_no_points_and_agrees_with_nothing() -> None:
    plain = points_of(Image.new("RGB", (90, 40), (200, 200, 200)))
    assert plain.places.shape == (0, 2)
    assert agreeing(plain, points_of(logo(7))) == 0


def test_a_mirrored_thing_does_not_agree() -> None:
    drawn = background(3)
    assert agreeing(points_of(drawn), points_of(drawn.rotate(5))) >= 8
    mirrored = drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert agreeing(points_of(drawn), points_of(mirrored)) < 6


def test_stored_points_are_the_same_points_in_132_bytes_each() -> None:
    points = points_of(logo(7))
    stored = points_to_bytes(points)
    assert len(stored) == 132 * len(points.places) <= 132 * 150
    back = points_from_bytes(stored)
    assert np.array_equal(back.numbers, points.numbers)
    assert np.abs(back.places - points.places).max() < 0.1


def test_what_the_trial_counts() -> None:
    rows = [
        Looked(0, 0, False, True, True, 0.9, 0),
        Looked(0, 1, False, True, False, 0.9, 0),
        Looked(0, 2, False, False, False, 0.9, 0),
        Looked(0, 3, False, False, False, 0.1, 0),
    ]
    worth = worth_of(rows, Bar(0.8, 0.4, 6))
    assert (worth.recall, worth.false_per_100) == (0.5, 50.0)
    assert worth.precision == pytest.approx(1 / 3)


@pytest.mark.models
def test_real_networks_find_a_drawn_crest_in_other_pictures_from_one_example() -> None:
    chance = np.random.default_rng(3)
    crests = [logo(number) for number in (21, 22, 23, 26, 27, 29)]
    right = false = 0
    known = []
    for number, crest in enumerate(crests):
        seen, box = paste(photo(number), crest, chance, small=0.3, large=0.4, hard=0.3)
        known.append(known_from(seen, [box]))
    for number, crest in enumerate(crests):
        seen, box = paste(photo(number + 1), crest, chance, small=0.3, large=0.4, hard=0.3)
        places = network.places(np.asarray(seen))
        for at, sight in enumerate(sights_of(known, places, [], partial(piece_of, seen))):
            if sight is None or not sight.is_worth_asking:
                continue
            right += at == number and sight.box.overlap(box) > 0.2
            false += at != number
    assert right >= 4
    assert false <= 1


@pytest.mark.models
def test_ten_things_cost_less_than_one_pass_of_the_network() -> None:
    chance = np.random.default_rng(3)
    known = []
    for number in range(10):
        seen, box = paste(photo(number), logo(30 + number), chance, small=0.3, large=0.4)
        known.append(known_from(seen, [box]))
    passes, looks = [], []
    for number in range(7):
        seen = photo(number)
        began = time.process_time()
        places = network.places(np.asarray(seen))
        between = time.process_time()
        sights_of(known, places, [], partial(piece_of, seen))
        passes.append(between - began)
        looks.append(time.process_time() - between)
    assert sorted(looks)[3] < 1.5 * sorted(passes)[3]
