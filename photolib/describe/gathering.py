"""The claims as they are read out: several of one kind in one place are one sentence."""

from collections.abc import Sequence
from dataclasses import replace

from photolib.describe.grammar import Grammar
from photolib.describe.view import Claim

# A label and a spot, by which claims sound alike.
Key = tuple[str, str]


def gathered(claims: Sequence[Claim], grammar: Grammar) -> tuple[Claim, ...]:
    """The same claims, where those with one label and one `spot` are told together, at the first one's
    place: "Six people, on the right" instead of six sentences that sound alike.

    A sentence is as sure as the least sure of them, and rests on no single fact.
    """
    alike: dict[Key, list[Claim]] = {}
    for claim in claims:
        if claim.spot is not None:
            alike.setdefault((claim.label, claim.spot), []).append(claim)
    told: list[Claim] = []
    for claim in claims:
        ones = [claim] if claim.spot is None else alike.pop((claim.label, claim.spot), [])
        if ones:
            told.append(ones[0] if len(ones) == 1 else _together(ones, grammar))
    return tuple(told)


def _together(ones: list[Claim], grammar: Grammar) -> Claim:
    least = min(ones, key=lambda one: (one.confidence is None, one.confidence or 0.0))
    sources = ", ".join(sorted({one.source for one in ones}))
    phrase = grammar.group(ones[0].label, len(ones)) + (ones[0].spot or "")
    return replace(least, text=grammar.sentence(phrase), source=sources, fact=None)
