"""The scorecard judges as it says it does."""

import json
from pathlib import Path

import pytest

from photolib.bench.scorecard.card import Figures, as_table, score
from photolib.bench.scorecard.evidence import Seen, as_json, from_json
from photolib.bench.scorecard.judging import judge
from photolib.bench.scorecard.reading import score_reading
from photolib.bench.scorecard.shares import share_of, share_over_photos
from photolib.bench.scorecard.truth import Marked, read_truth, unknown_labels
from photolib.core.errors import PhotolibError
from tests.bench.seen import marked, raw, seen


def score_all(*pairs: tuple[Marked, Seen]) -> Figures:
    return score([photo for photo, _said in pairs], {photo.file: said for photo, said in pairs})


def test_a_second_cup_is_a_claim_of_its_own_and_wrong_where_one_is_marked() -> None:
    figures = score_all((marked("cup", "table"), seen("cup", "cup")))
    assert figures["asserted_precision"] == 0.5
    assert figures["asserted_recall"] == 0.5
    assert figures["concepts"]["cup"]["asserted_wrong"] == 1


def test_hedged_claims_are_judged_apart_and_after_the_asserted_ones() -> None:
    figures = score_all((marked("dog"), seen("dog", hedged=["dog", "cat"])))
    assert (figures["asserted_precision"], figures["hedged_precision"]) == (1.0, 0.0)
    figures = score_all((marked("dog", "cat"), seen("dog", hedged=["cat"])))
    assert (figures["asserted_recall"], figures["recall_with_hedges"]) == (0.5, 1.0)


def test_what_is_not_said_has_no_precision_instead_of_a_good_one() -> None:
    figures = score_all((marked("dog"), seen()))
    assert figures["asserted_precision"] is None
    assert figures["asserted_precision_interval"] is None
    assert (figures["asserted_recall"], figures["covered"]) == (0.0, 0.0)


def test_broader_name_is_right_if_anything_below_it_is_marked_and_names_no_kind() -> None:
    figures = score_all((marked("dog"), seen("animal")))
    assert (figures["asserted_precision"], figures["asserted_recall"]) == (1.0, 0.0)
    assert score_all((marked("cup"), seen("animal")))["asserted_precision"] == 0.0


def test_narrower_name_is_judged_as_what_coco_has_above_it() -> None:
    figures = score_all((marked("bird"), seen("goose")))
    assert (figures["asserted_precision"], figures["asserted_recall"]) == (1.0, 1.0)
    assert score_all((marked("dog"), seen("goose")))["asserted_precision"] == 0.0


def test_what_coco_does_not_mark_is_counted_but_not_judged() -> None:
    figures = score_all((marked("dog"), seen("dog", "beach", "smiling")))
    assert (figures["asserted"], figures["unjudged"]) == (1, 2)
    assert figures["asserted_precision"] == 1.0


def test_photo_that_nobody_marked_counts_for_coverage_only() -> None:
    figures = score_all(
        (marked("dog"), seen("dog")),
        (marked(name="two.jpg"), seen()),
    )
    assert (figures["photos"], figures["marked"]) == (2, 1)
    assert figures["covered"] == 0.5
    assert figures["asserted_recall"] == 1.0


@pytest.mark.parametrize(
    ("there", "said", "maybe", "error"),
    [
        (("person",), ("person",), (), 0),
        (("person", "person"), ("person",), (), -1),
        ((), ("person",), (), 1),
        # "At least one" where two are marked: still one too few, for two could be counted.
        (("person", "person"), ("person",), ("person",), -1),
        # A hedge alone counts nobody.
        (("person",), (), ("person",), -1),
    ],
)
def test_people_are_counted_as_they_are_asserted(
    there: tuple[str, ...], said: tuple[str, ...], maybe: tuple[str, ...], error: int
) -> None:
    verdict = judge(seen(*said, hedged=maybe), marked("table", *there))
    assert verdict.people.error == error


@pytest.mark.parametrize(
    ("boxes", "said", "maybe", "error"),
    [
        (2, 3, 0, 0),
        (2, 2, 0, 0),
        (3, 2, 1, 0),  # "at least two" of many
        (3, 2, 0, -1),
        (0, 0, 1, -1),
        (0, 1, 0, 0),
    ],
)
def test_crowd_asks_for_those_who_are_marked_or_for_an_at_least(
    boxes: int, said: int, maybe: int, error: int
) -> None:
    photo = marked(*["person"] * boxes, crowds=["person"])
    verdict = judge(seen(*["person"] * said, hedged=["person"] * maybe), photo)
    assert verdict.people.error == error
    assert all(claim.right for claim in verdict.claims)


def test_photos_with_and_without_people_are_told_apart() -> None:
    figures = score_all(
        (marked("person", "person"), seen("person")),
        (marked("dog", name="two.jpg"), seen("dog")),
    )
    assert figures["people_exact"] == 0.5
    assert figures["people_exact_with_people"] == 0.0
    assert figures["people_within_one_with_people"] == 1.0
    assert figures["people_exact_without_people"] == 1.0
    assert figures["people_mean_error"] == 0.5


def test_banned_words_are_found_in_every_language_but_not_in_what_is_quoted() -> None:
    alts = {"en": "A happy dog.", "fr": "Un chien, texte : « jeune femme ».", "nl": "Een hond."}
    figures = score_all((marked("dog"), seen("dog", alts=alts)))
    assert figures["banned_words"] == 1
    assert figures["banned_words_found"] == ["en: happy"]
    assert figures["alt_longest"] == len(alts["fr"])


def test_text_is_compared_where_the_truth_has_any() -> None:
    photo = marked("book")
    said = seen("book", facts=[raw("text", 0.9, kind="text", text="Happy Brthday")])
    assert score_all((photo, said))["text_cer"] is None
    with_text = Marked(
        file=photo.file,
        things=photo.things,
        crowds=photo.crowds,
        marked=True,
        text="Happy Birthday",
    )
    assert score_all((with_text, said))["text_cer"] == pytest.approx(1 / 14, abs=1e-4)


def test_folder_without_a_picture_and_its_lines_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("0,0,1,0,1,1,0,1,TOTAL")
    with pytest.raises(PhotolibError, match="CSV"):
        score_reading(tmp_path)


def test_interval_of_a_perfect_share_still_says_how_few_photos_there_were() -> None:
    low, high = share_over_photos([(3, 3)] * 20).interval or (0, 0)
    assert 0.8 < low < 0.9
    assert high == pytest.approx(1)
    assert share_of([True] * 20).interval == pytest.approx((low, high))


def test_interval_is_drawn_over_photos_so_one_bad_photo_widens_it() -> None:
    spread = share_over_photos([(9, 10)] * 10).interval or (0, 0)
    together = share_over_photos([(10, 10)] * 9 + [(0, 10)]).interval or (0, 0)
    assert together[1] - together[0] > spread[1] - spread[0]


def test_evidence_comes_back_from_json_as_it_was() -> None:
    said = seen("dog", hedged=["cat"], facts=[raw("dog", 0.8)])
    assert from_json(json.loads(json.dumps(as_json(said)))) == said


def write_truth(folder: Path, *entries: object) -> Path:
    file = folder / "truth.json"
    file.write_text(json.dumps(entries))
    return file


def thing(label: str, *, crowd: int = 0) -> dict[str, object]:
    return {"label": label, "bbox": [0, 0, 1, 1], "iscrowd": crowd}


def test_files_are_found_by_their_path_or_its_last_part(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").touch()
    (tmp_path / "2.jpg").touch()
    truth = write_truth(
        tmp_path,
        {"file": "photos/1.jpg", "objects": [thing("cell phone"), thing("person", crowd=1)]},
        {"file": "photos/2.jpg", "objects": None},
    )
    one, two = read_truth(truth, tmp_path)
    assert one.file == tmp_path / "photos" / "1.jpg"
    assert dict(one.things) == {"phone": 1}
    assert one.crowds == {"person"}
    assert two.file == tmp_path / "2.jpg"
    assert not two.marked


def test_missing_photo_is_named(tmp_path: Path) -> None:
    truth = write_truth(tmp_path, {"file": "photos/gone.jpg", "objects": None})
    with pytest.raises(PhotolibError, match=r"photos/gone\.jpg"):
        read_truth(truth, tmp_path)


@pytest.mark.parametrize("text", ["no JSON", '{"file": 1}', '[{"objects": []}]', "[1]"])
def test_truth_of_another_form_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    truth = tmp_path / "truth.json"
    truth.write_text(text)
    with pytest.raises(PhotolibError, match=r"truth\.json"):
        read_truth(truth, tmp_path)


def test_label_without_a_word_here_is_named_and_counts_as_never_said(tmp_path: Path) -> None:
    photo = marked("dog", "zeppelin")
    assert unknown_labels([photo]) == ["zeppelin"]
    figures = score_all((photo, seen("dog")))
    assert figures["unknown_labels"] == ["zeppelin"]
    assert figures["asserted_recall"] == 0.5


def test_table_has_a_line_for_each_concept_and_each_figure() -> None:
    table = "\n".join(as_table(score_all((marked("dog", "cat"), seen("dog")))))
    assert "dog" in table
    assert "asserted_recall: 0.5" in table
