"""The scorecard: all figures of descriptions over marked photos, and a table by concept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from photolib.bench.scorecard.evidence import Seen
from photolib.bench.scorecard.judging import People, Verdict, judge
from photolib.bench.scorecard.shares import Share, share_of, share_over_photos
from photolib.bench.scorecard.truth import Marked, unknown_labels
from photolib.bench.scorecard.wording import banned_words, lengths
from photolib.describe.scorecard.text import error_rate
from photolib.describe.vocabulary import PERSON

Figures = dict[str, Any]


def score(photos: Sequence[Marked], seen: Mapping[Path, Seen]) -> Figures:
    """Every figure of docs/performance.md's scorecard, by name; shares with their `…_interval`."""
    verdicts = [judge(seen[photo.file], photo) for photo in photos if photo.marked]
    all_seen = [seen[photo.file] for photo in photos]
    banned = banned_words(all_seen)
    return {
        "scorecard": "descriptions",
        "photos": len(photos),
        "marked": len(verdicts),
        **_claims(verdicts),
        **share_of([one.covered for one in all_seen]).as_figures("covered"),
        **_people([verdict.people for verdict in verdicts]),
        "banned_words": len(banned),
        "banned_words_found": sorted(set(banned)),
        **lengths(all_seen),
        "text_cer": _text(photos, seen),
        "unknown_labels": unknown_labels(list(photos)),
        "concepts": _by_concept(verdicts),
    }


def _claims(verdicts: Sequence[Verdict]) -> Figures:
    asserted = [claim for verdict in verdicts for claim in verdict.of(hedged=False)]
    hedged = [claim for verdict in verdicts for claim in verdict.of(hedged=True)]
    things = [[one for one in verdict.claims if one.label != PERSON] for verdict in verdicts]
    return {
        **_precision(verdicts, hedged=False).as_figures("asserted_precision"),
        **_recall(verdicts, with_hedges=False).as_figures("asserted_recall"),
        **_precision(verdicts, hedged=True).as_figures("hedged_precision"),
        **_recall(verdicts, with_hedges=True).as_figures("recall_with_hedges"),
        **share_over_photos(
            [
                (sum(one.right and not one.hedged for one in claims),
                 sum(not one.hedged for one in claims))
                for claims in things
            ]
        ).as_figures("asserted_precision_of_things"),
        "asserted": len(asserted),
        "hedged": len(hedged),
        "unjudged": sum(verdict.unjudged for verdict in verdicts),
        "kinds": sum(len(verdict.kinds) for verdict in verdicts),
    }  # fmt: skip


def _precision(verdicts: Sequence[Verdict], *, hedged: bool) -> Share:
    claims = [verdict.of(hedged=hedged) for verdict in verdicts]
    return share_over_photos([(sum(one.right for one in some), len(some)) for some in claims])


def _recall(verdicts: Sequence[Verdict], *, with_hedges: bool) -> Share:
    """Of the kinds of things marked in a photo, each once, how many are named."""
    return share_over_photos(
        [
            (len(verdict.said_kinds(with_hedges=with_hedges)), len(verdict.kinds))
            for verdict in verdicts
        ]
    )


def _people(counts: Sequence[People]) -> Figures:
    figures: Figures = {}
    groups = {
        "": list(counts),
        "_with_people": [one for one in counts if one.any_there],
        "_without_people": [one for one in counts if not one.any_there],
    }
    for suffix, some in groups.items():
        errors = [one.error for one in some]
        figures |= share_of([error == 0 for error in errors]).as_figures(f"people_exact{suffix}")
        figures |= share_of([abs(error) <= 1 for error in errors]).as_figures(
            f"people_within_one{suffix}"
        )
        figures[f"people_mean_error{suffix}"] = _mean([abs(error) for error in errors])
        figures[f"photos{suffix or '_counted'}"] = len(some)
    figures["people_mean_too_many"] = _mean([one.error for one in counts])
    return figures


def _mean(values: Sequence[int]) -> float | None:
    return round(mean(values), 3) if values else None


def _text(photos: Sequence[Marked], seen: Mapping[Path, Seen]) -> float | None:
    """The mean character error rate, where the truth says what is written; spaces made alike."""
    rates = [
        error_rate(_spaced(seen[photo.file].text), _spaced(photo.text))
        for photo in photos
        if photo.text is not None
    ]
    return round(mean(rates), 4) if rates else None


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _by_concept(verdicts: Sequence[Verdict]) -> dict[str, dict[str, int]]:
    """By label: claims right and wrong, asserted and hedged; photos it is in, and of these said."""
    there = Counter(label for verdict in verdicts for label in verdict.kinds)
    said = Counter(label for verdict in verdicts for label in verdict.said_kinds(with_hedges=False))
    counted = Counter(
        (claim.label, claim.hedged, claim.right) for verdict in verdicts for claim in verdict.claims
    )
    labels = {label for label, _hedged, _right in counted} | there.keys()
    return {
        label: {
            "asserted_right": counted[label, False, True],
            "asserted_wrong": counted[label, False, False],
            "hedged_right": counted[label, True, True],
            "hedged_wrong": counted[label, True, False],
            "photos": there[label],
            "said": said[label],
        }
        for label in sorted(labels, key=lambda one: (-there[one], one))
    }


def as_table(figures: Figures) -> Iterator[str]:
    """The scorecard for people: a line a concept, where there are any, then a line a figure."""
    if concepts := figures.get("concepts"):
        yield from _table_of(concepts)
    for name, value in figures.items():
        if name != "concepts" and not name.endswith("_interval"):
            yield f"{name}: {value}{_interval(figures.get(f'{name}_interval'))}"


def _table_of(concepts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"{'concept':<18}{'asserted':>16}{'hedged':>16}{'in photos':>11}{'said':>6}"
    yield f"{'':<18}{'right  wrong':>16}{'right  wrong':>16}"
    for label, one in concepts.items():
        asserted = f"{one['asserted_right']:>7}{one['asserted_wrong']:>7}"
        hedged = f"{one['hedged_right']:>7}{one['hedged_wrong']:>7}"
        yield f"{label:<18}{asserted:>16}{hedged:>16}{one['photos']:>11}{one['said']:>6}"
    yield ""


def _interval(ends: Sequence[float] | None) -> str:
    return "" if ends is None else f" ({ends[0]:.3f} to {ends[1]:.3f})"
