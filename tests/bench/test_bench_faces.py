"""The benchmark of faces runs and says what it promises; its figures are nobody's test."""

import json

import numpy as np
import pytest

from faces.bench.grouping import RULES, measure_recall, run_rule
from faces.bench.sampling import measure_sample, nearest_of
from faces.bench.synthetic import Library, make_library
from faces.evaluate.metrics import measure_grouping
from faces.neighbours import neighbours
from tests.demo.running import run_manage


def test_a_synthetic_library_is_the_same_for_the_same_seed_and_spreads_as_faces_do(
    tmp_path,
) -> None:
    library = make_library(2000)
    np.testing.assert_allclose(np.linalg.norm(library.vectors, axis=1), 1, atol=1e-5)
    people, photos = np.unique(library.people, return_counts=True)
    alone = np.isin(library.people, people[photos == 1])
    assert alone.mean() == pytest.approx(0.3, abs=0.05)
    strangers = library.vectors[alone]
    cosines = strangers @ strangers.T
    assert np.std(cosines[np.triu_indices(len(cosines), 1)]) == pytest.approx(0.067, abs=0.01)
    pairs = set(zip(library.people.tolist(), library.photos.tolist(), strict=True))
    assert len(pairs) == 2000
    library.save(tmp_path)
    for name in Library.__slots__:
        again = make_library(2000)
        np.testing.assert_array_equal(getattr(again, name), np.load(tmp_path / f"{name}.npy"))
        np.testing.assert_array_equal(getattr(Library.load(tmp_path), name), getattr(again, name))


@pytest.mark.parametrize("rule", ["ours", "exact", "cells"])
def test_each_way_of_ours_groups_a_small_library(rule: str) -> None:
    found = run_rule(rule, make_library(300))
    assert found["bcubed_f"] > 0.9
    assert found["peak_bytes"] >= found["loaded_bytes"] > 0
    assert rule in RULES


def test_cells_find_the_pairs_of_a_small_library() -> None:
    assert measure_recall(make_library(300))["pair_recall"] > 0.95


def test_the_nearest_of_a_sample_are_those_of_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faces.bench.sampling._BLOCK", 64)
    vectors = make_library(300).vectors
    asked = np.asarray([3, 100, 299])
    found = nearest_of(vectors, asked, 20)
    expected = neighbours(vectors, 20, exact=True).similarities[asked]
    np.testing.assert_allclose(np.sort(found.similarities)[:, ::-1], expected, atol=1e-5)
    assert not any(row in others for row, others in zip(asked, found.rows, strict=True))


def test_a_sample_tells_what_missed_neighbours_cost() -> None:
    """Two people with two photos each; the second one's were not shown as neighbours."""
    vectors = np.zeros((4, 512), dtype=np.float32)
    vectors[[0, 1], 0] = vectors[[2, 3], 1] = 1
    people, photos = np.asarray([0, 0, 1, 1]), np.arange(4)
    library = Library(vectors, people, photos, np.ones(4, dtype=np.float32))
    near = neighbours(vectors, 1, exact=True)
    labels = np.asarray([0, 0, 1, 1])
    whole = measure_sample(library, near, labels, threshold=0.5)
    assert (whole["pair_recall"], whole["bcubed_f"], whole["bcubed_loss_estimated"]) == (1, 1, 0)
    near.rows[2:] = -1
    labels[3] = 2
    part = measure_sample(library, near, labels, threshold=0.5)
    assert part["pair_recall"] == part["recall"] == 0.5
    # All faces are asked, so it is the BCubed F of the whole.
    assert part["bcubed_f"] == round(measure_grouping(labels, people)["bcubed_f"], 5)
    assert part["bcubed_f_joined"] == 1
    assert part["bcubed_loss_estimated"] == pytest.approx(1 - part["bcubed_f"])


@pytest.mark.models
@pytest.mark.slow
def test_bench_faces_ends_with_one_json_line(tmp_path) -> None:
    plot = tmp_path / "scale.png"
    done = run_manage(
        "bench_faces", "--sizes", "200", "--kept", "200", "--added", "10", "--pictures", "1",
        "--rounds", "1", "--rules", "ours", "cells", "photoprism", "--plot", str(plot),
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["throughput_ratio"] > 0
    # The bare loop does the same work.
    assert figures["least_cosine"] > 0.98
    assert [run["rule"] for run in figures["grouping"]] == ["ours", "cells", "photoprism"]
    for run in figures["grouping"]:
        assert {"faces", "seconds", "cpu_seconds", "peak_bytes", "bcubed_f"} <= set(run)
    assert 0 < figures["recall_of_cells"][0]["pair_recall"] <= 1
    (placing,) = figures["placing"]
    assert (placing["kept"], placing["added"]) == (200, 10)
    assert {"load_seconds", "place_ms_a_face", "write_ms_a_face"} <= set(placing)
    assert figures["machine"]["cores"] >= 1
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_figures_are_kept_beside_older_ones_and_drawn_without_measuring(tmp_path) -> None:
    kept, plot = tmp_path / "kept.json", tmp_path / "scale.png"
    for sizes, there in ((["50"], [50]), (["60"], [50, 60]), ([], [50, 60])):
        done = run_manage(
            "bench_faces", "--sizes", *sizes, "--kept", "--pictures", "0", "--rules", "ours",
            "--keep", str(kept), "--plot", str(plot),
            data=tmp_path / "data", keystore=tmp_path / "keystore",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert [run["faces"] for run in json.loads(kept.read_text())] == there
        assert plot.stat().st_size > 0
        plot.unlink()


@pytest.mark.slow
def test_a_rule_that_takes_too_long_has_lost_and_is_not_tried_again(tmp_path) -> None:
    done = run_manage(
        "bench_faces", "--sizes", "50", "60", "--kept", "--pictures", "0", "--rules", "ours",
        "--timeout", "0.01",
        data=tmp_path / "data", keystore=tmp_path / "keystore",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    runs = json.loads(done.stdout.splitlines()[-1])["grouping"]
    assert [(run["faces"], "seconds" in run) for run in runs] == [(50, False)]
    assert "not done after" in runs[0]["gave_up"]
