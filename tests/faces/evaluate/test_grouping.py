"""`manage.py evaluate grouping`, on coloured people and on Labeled Faces in the Wild."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from faces.evaluate.pictures import choose_engine
from faces.packs import BUNDLED
from tests.faces.evaluate.conftest import evaluate
from tests.faces.fake_engine import FakeEngine

Portrait = Callable[..., Path]


def test_people_who_are_grouped_right_cost_one_answer_each(family: Path) -> None:
    found = evaluate("grouping", family)
    assert (found["faces"], found["people"], found["groups"]) == (10, 3, 2)
    assert found["pairwise_precision"] == found["bcubed_precision"] == 1
    # Anna, Ben, Carla, and the picture of Anna without a face, which is named by hand.
    assert found["answers"] == 4
    assert found["without_face"] == ["Anna/Anna_0005.png"]


def test_a_picture_without_a_face_is_counted_as_not_found(family: Path) -> None:
    found = evaluate("grouping", family)
    # Anna's 10 pairs less the 4 with the picture without a face, and all 6 of Ben's.
    assert found["pairwise_recall"] == pytest.approx(12 / 16)
    assert found["bcubed_recall"] == pytest.approx((4 * 4 / 5 + 1 / 5 + 4 + 1) / 10)
    low, high = found["intervals_95"]["bcubed_recall"]
    assert low <= found["bcubed_recall"] <= high


def test_the_central_face_counts_where_there_are_several(
    portrait: Portrait, tmp_path: Path
) -> None:
    # Three blocks from the left: the third is nearest to the middle of 640 pixels.
    portrait("Anna", 1, "green", "blue", "red", light=150)
    portrait("Anna", 2, "blue", "green", "red", light=170)
    found = evaluate("grouping", tmp_path / "people")
    assert (found["groups"], found["pairwise_recall"]) == (1, 1)


def test_junk_is_passed_over_with_a_note(family: Path) -> None:
    (family / "README.txt").write_text("who is who")
    (family / "Anna" / "notes.txt").write_text("not a picture")
    (family / "Anna" / "cut.png").write_bytes((family / "Anna" / "Anna_0001.png").read_bytes()[:99])
    (family / "Ben" / "more").mkdir()
    (family / "Ben" / ".DS_Store").write_bytes(b"\0")
    found = evaluate("grouping", family)
    assert found["faces"] == 10
    assert [note.split(":")[0] for note in found["notes"]] == [
        "README.txt",
        "Ben/more",
        "Anna/cut.png",
        "Anna/notes.txt",
    ]


def test_a_pack_that_is_not_there_is_refused_with_those_that_are(family: Path) -> None:
    with pytest.raises(CommandError, match=r"no pack “none”.*bundled"):
        evaluate("grouping", family, "--pack", "none")


def test_without_a_database_the_bundled_pack_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr("faces.evaluate.pictures.current_engine", no_table)
    assert choose_engine().pack == BUNDLED


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_a_folder_without_people_is_refused_with_a_sentence(folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="folder for each person"):
        evaluate("grouping", tmp_path / folder)


def test_folders_without_a_picture_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "people" / "Anna").mkdir(parents=True)
    with pytest.raises(CommandError, match="no picture"):
        evaluate("grouping", tmp_path / "people")


def test_the_library_s_own_photos_are_refused(settings, family: Path) -> None:
    settings.PHOTOLIB_DATA = family.parent
    with pytest.raises(CommandError, match="only as their people allow"):
        evaluate("grouping", family)


def test_errata_put_wrong_names_right(portrait: Portrait, family: Path, tmp_path: Path) -> None:
    portrait("Benjamin", 1, "blue", light=240)
    portrait("Ben", 9, "red", light=230)
    portrait("Carla", 2, "yellow", light=150)
    portrait("Dora", 1, "pink", light=150)
    errata = tmp_path / "errata.json"
    errata.write_text(
        json.dumps(
            {
                "source": "ours",
                "same_person_names": [["Ben", "Benjamin"]],
                "image_is_really": {"Ben_0009": "Anna (a remark)"},
                "two_people_in_one_name": {
                    "Carla": "0002 differs from 0001",
                    "Dora": "0001 is Carla",
                },
            }
        )
    )
    assert evaluate("grouping", family)["pairwise_precision"] < 1
    found = evaluate("grouping", family, "--errata", str(errata))
    assert found["pairwise_precision"] == 1
    assert found["people"] == 4  # Anna, Ben, Carla (with Dora's picture), and the other Carla
    assert found["groups"] == 2


@pytest.mark.parametrize(
    "text", ["no json", "[1]", '{"image_is_really": ["Anna"]}', '{"same_person_names": [1]}']
)
def test_errata_that_cannot_be_read_are_refused(text: str, family: Path, tmp_path: Path) -> None:
    (tmp_path / "errata.json").write_text(text)
    with pytest.raises(CommandError, match=r"errata\.json"):
        evaluate("grouping", family, "--errata", str(tmp_path / "errata.json"))


def test_the_figures_can_be_read_and_end_with_one_line_of_json(family: Path) -> None:
    out = StringIO()
    call_command("evaluate", "grouping", "--images", str(family), stdout=out, stderr=StringIO())
    *lines, last = out.getvalue().splitlines()
    assert "answers: 4" in lines
    assert any(line.startswith("intervals_95 bcubed_f: [") for line in lines)
    found = json.loads(last)
    assert found["answers"] == 4
    assert set(found) >= {"machine", "versions"}


def test_a_second_run_with_a_cache_embeds_nothing(
    family: Path, tmp_path: Path, fake: FakeEngine
) -> None:
    cache = tmp_path / "cache.npz"
    first = evaluate("grouping", family, "--cache", str(cache))
    embedded = fake.embedded
    second = evaluate("grouping", family, "--cache", str(cache))
    assert fake.embedded == embedded == 9
    assert first["bcubed_f"] == second["bcubed_f"]
    assert second["without_face"] == ["Anna/Anna_0005.png"]


def test_without_a_cache_no_file_is_written(family: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    evaluate("grouping", family)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_is_no_cache_is_refused_and_left_alone(family: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Anna")
    with pytest.raises(CommandError, match="not a cache"):
        evaluate("grouping", family, "--cache", str(other))
    assert other.read_text() == "Dear Anna"


@pytest.mark.models
@pytest.mark.shared
@pytest.mark.slow
def test_people_of_lfw_are_grouped(shared_data: Path) -> None:
    """With the errors that its makers publish put right."""
    faces = shared_data / "faces"
    arguments = ["--pack", "bundled", "--errata", str(faces / "errata.json")]
    found = evaluate("grouping", faces / "lfw_fold1", *arguments)
    assert (found["faces"], found["people"]) == (1369, 603)
    assert found["bcubed_precision"] > 0.995
    assert found["bcubed_recall"] > 0.99
    assert found["answers"] < 640
