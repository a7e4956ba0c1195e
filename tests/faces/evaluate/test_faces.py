"""`manage.py evaluate faces`: pair files, folds, and rates of false alarms."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError

from faces.evaluate.every_pair import EveryPair, best_without, known_among, pair_everybody
from faces.evaluate.pairs import read_pairs
from faces.evaluate.pictures import Pictures
from faces.evaluate.verification import NO_FACE, Scores, best_threshold, known_at, verify
from faces.packs import BUNDLED
from photolib.core.errors import PhotolibError
from tests.faces.evaluate.conftest import evaluate

Portrait = Callable[..., Path]


def pair_file(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "pairs.txt"
    file.write_text("\n".join(lines) + "\n")
    return file


def scores(same: list[float], strangers: list[float], folds: int = 1) -> Scores:
    """Pairs of one person each, then of two; all people different, dealt out to the folds."""
    count = len(same) + len(strangers)
    cosine = np.asarray(same + strangers)
    return Scores(
        cosine=cosine,
        same=np.arange(count) < len(same),
        found=cosine > NO_FACE,
        fold=np.arange(count) % folds,
        one=np.arange(count),
        other=np.where(np.arange(count) < len(same), np.arange(count), np.arange(count) + count),
    )


def test_pairs_with_folds_are_read_as_lfw_writes_them(tmp_path: Path) -> None:
    file = pair_file(
        tmp_path, "2\t1", "Anna\t1\t2", "Anna\t1\tBen\t3", "Ben\t1\t2", "Ben\t12\tAnna\t2"
    )
    found = read_pairs(file)
    assert found.folds == "file"
    assert [pair.fold for pair in found.pairs] == [0, 0, 1, 1]
    assert [pair.same for pair in found.pairs] == [True, False, True, False]
    assert (found.pairs[3].one, found.pairs[3].other) == ("Ben/Ben_0012", "Anna/Anna_0002")


@pytest.mark.parametrize("header", [["1\t20"], ["20"], []])
def test_without_folds_ten_are_cut_with_as_many_of_each_kind(
    header: list[str], tmp_path: Path
) -> None:
    lines = ["Anna 1 2"] * 20 + ["Anna 1 Ben 1"] * 20
    found = read_pairs(pair_file(tmp_path, *header, *lines))
    assert found.folds == "cut"
    for fold in range(10):
        kinds = [pair.same for pair in found.pairs if pair.fold == fold]
        assert sorted(kinds) == [False, False, True, True]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["2\t1", "Anna 1 2", "Anna 1 Ben 1"], "its first line says 4"),
        (["Anna 1 2", "Anna one Ben 1"], "line 2"),
        (["Anna 1 2"], "pairs of two"),
        ([], "pairs of two"),
    ],
)
def test_pair_files_that_are_wrong_are_refused_with_the_place(
    lines: list[str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(PhotolibError, match=said):
        read_pairs(pair_file(tmp_path, *lines))


def test_the_threshold_is_chosen_on_the_other_folds() -> None:
    # In fold 0 strangers reach 0.5, in fold 1 only 0.1: each is judged by the other's gap.
    found = verify(scores([0.9, 0.3, 0.9, 0.3], [0.5, 0.1, 0.5, 0.1], folds=2))
    assert list(found.thresholds) == pytest.approx([0.2, 0.7])
    assert found.accuracy == pytest.approx(0.5)
    assert found.right.tolist() == [True, False, True, False, False, True, False, True]


def test_the_best_threshold_lies_in_the_middle_of_its_gap() -> None:
    assert best_threshold(np.asarray([0.8, 0.6, 0.2]), np.asarray([True, True, False])) == 0.4


def test_equal_cosines_are_never_parted() -> None:
    cosine, same = np.asarray([0.5, 0.5, 0.5, 0.1]), np.asarray([True, False, False, True])
    accepted = cosine >= best_threshold(cosine, same)
    assert len(set(accepted[:3].tolist())) == 1


def test_of_thresholds_as_good_but_for_one_pair_the_widest_gap_is_taken() -> None:
    cosine = np.asarray([0.8, 0.7, 0.3, 0.25, 0.2])
    same = np.asarray([True, True, False, True, False])
    # Between 0.25 and 0.2 none is wrong but the one at 0.3; between 0.7 and 0.3 none but that at 0.25.
    assert best_threshold(cosine, same) == pytest.approx(0.5)


def test_known_at_a_rate_of_false_alarms_worked_by_hand() -> None:
    strangers = [0.40] + [0.30] * 9 + [0.0] * 990
    found = known_at(scores([0.5, 0.35, 0.31, 0.30], strangers), 0.001)
    # One of a thousand may be accepted, the ten at 0.3 and above may not.
    assert (found.share, found.cosine) == (0.75, 0.31)
    assert known_at(scores([0.5, 0.35, 0.31, 0.30], strangers), 0.0001).share == 0.25
    assert found.interval.low <= 0.75 <= found.interval.high


def test_a_pair_without_a_face_is_never_known_and_never_right() -> None:
    pairs = scores([0.9, 0.9, NO_FACE], [0.1, 0.1, NO_FACE], folds=2)
    assert verify(pairs).right.tolist() == [True, True, False, True, True, False]
    assert known_at(pairs, 0.5).share == pytest.approx(2 / 3)


def test_every_pair_is_counted_as_the_definition_says() -> None:
    """Against all pairs written out, with pictures enough that only the likest are kept."""
    random = np.random.default_rng(3)
    person = np.repeat(np.arange(400), 4)
    vectors = random.standard_normal((1600, 32)) + 1.5 * random.standard_normal((400, 32))[person]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = np.arange(1600) != 7
    shown = Pictures(
        files=tuple(map(str, range(1600))),
        people=tuple(f"{number:03}" for number in person),
        found=found,
        quality=found.astype(np.float32),
        vectors=(vectors * found[:, None]).astype(np.float32),
        pack=BUNDLED,
    )
    cosines = shown.vectors @ shown.vectors.T
    a, b = np.triu_indices(1600, k=1)
    same = person[a] == person[b]
    strangers = np.sort(cosines[a, b][~same])[::-1]
    pairs = pair_everybody(shown)
    assert pairs.strangers(np.ones(400)) == len(strangers)
    for rate in (0.001, 0.0001):
        limit = strangers[int(rate * len(strangers))]
        expected = np.mean(np.where(found[a] & found[b], cosines[a, b], -1)[same] > limit)
        known = known_among(pairs, rate)
        assert known.share == pytest.approx(expected)
        assert known.interval.low <= known.share <= known.interval.high
    assert known_among(pairs, 0.0001).share < known_among(pairs, 0.001).share < 1


def test_the_best_cosine_without_some_people_is_that_of_the_others() -> None:
    # Persons 0 and 1 have two alike pictures each; 2 and 3 have less alike ones, and strangers between.
    pairs = EveryPair(
        sizes=np.full(4, 2.0),
        same=np.asarray([0.9, 0.8, 0.5, 0.4], dtype=np.float32),
        same_person=np.asarray([0, 1, 2, 3]),
        cosines=np.asarray([0.6, 0.45, 0.3], dtype=np.float32),
        one=np.asarray([0, 2, 0]),
        other=np.asarray([1, 3, 3]),
    )
    # Without 0 the one alarm at 0.45 (of 12 pairs) costs less than person 3's own pair.
    assert best_without(pairs, np.asarray([0])) == pytest.approx(0.4)
    assert best_without(pairs, np.asarray([2, 3])) == pytest.approx(0.8)
    assert best_without(pairs, np.asarray([0, 1, 2, 3])) is None


def test_the_command_tells_coloured_people_apart(family: Path, tmp_path: Path) -> None:
    lines = [f"{name} {one} {one + 1}" for name in ("Anna", "Ben") for one in range(1, 4)]
    lines += [f"Anna {one} Ben {one}" for one in range(1, 5)] + ["Anna 1 Carla 1", "Ben 1 Carla 1"]
    found = evaluate("faces", family, "--pairs", str(pair_file(tmp_path, *lines)))
    assert (found["accuracy"], found["folds"], found["pairs"]) == (1, "cut", 12)
    assert found["tar_at_far_0.001"]["tar"] == 1
    assert found["accuracy_interval_95"] == [1, 1]
    assert found["pairs_without_face"] == 0
    # Nine pictures, of four, four and one.
    assert found["every_pair"]["pairs_of_one"] == 12
    assert found["every_pair"]["pairs_of_strangers"] == 24
    assert found["every_pair"]["tar_at_far_0.001"]["tar"] == 1


def test_pictures_without_a_face_and_broken_ones_count_as_wrong(
    family: Path, tmp_path: Path
) -> None:
    (family / "Ben" / "Ben_0004.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    lines = ["Anna 1 2", "Anna 1 5", "Ben 1 4", "Ben 1 2"]
    lines += ["Anna 1 Ben 1", "Anna 5 Ben 1", "Ben 4 Anna 1", "Anna 2 Ben 2"]
    found = evaluate("faces", family, "--pairs", str(pair_file(tmp_path, *lines)))
    assert found["pairs_without_face"] == 4
    assert len(found["wrong_pairs"]) == 4
    assert found["without_face"] == ["Anna/Anna_0005.png"]
    assert found["notes"][0].startswith("Ben/Ben_0004.png: passed over")
    assert found["tar_at_far_0.001"]["tar"] == 0.5


def test_a_picture_that_is_not_there_is_named(family: Path, tmp_path: Path) -> None:
    pairs = pair_file(tmp_path, "Anna 1 2", "Anna 1 Zoe 1")
    with pytest.raises(CommandError, match="Zoe/Zoe_0001"):
        evaluate("faces", family, "--pairs", str(pairs))
    with pytest.raises(CommandError, match="cannot be read"):
        evaluate("faces", family, "--pairs", str(tmp_path / "none.txt"))
