"""Claims about the picture as such: its kind, the words in it, the light, and how it came out."""

from collections.abc import Callable
from itertools import groupby

from photolib.describe.boxes import Box
from photolib.describe.grammar import Grammar
from photolib.describe.models import FactKind
from photolib.describe.sorts import sort_of
from photolib.describe.sureness import is_said, is_worth_a_hedge
from photolib.describe.telling import light_of
from photolib.describe.texts import quality_told, read_texts, readable_names
from photolib.describe.view import Claim, PhotoView, SeenText, SeenThing


def claim_of(fact: SeenThing, text: str, grammar: Grammar) -> Claim:
    """A claim that rests on one fact: its sentence, how sure it is, which model saw it."""
    said = is_said(fact)
    certainty = grammar.certainty(fact.certainty, said=said)
    return Claim(
        grammar.sentence(text),
        fact.certainty,
        fact.model,
        certainty,
        fact.fact,
        label="" if fact.kind == FactKind.OWN else fact.label,
        hedged=not said,
    )


def sort_claims(view: PhotoView, grammar: Grammar) -> list[Claim]:
    sort = sort_of(view)
    if sort is None:
        return []
    return [_sign(sort, grammar.signs.pictures[sort.label].said, grammar)]


def text_claims(view: PhotoView, grammar: Grammar) -> list[Claim]:
    """All that could be read, in reading order: lines of one language that follow each other are one.

    Read line by line, a sign of three lines would be announced three times, and a receipt thirty.
    """
    alike = groupby(read_texts(view), key=lambda text: (text.language, is_said(text.at)))
    return [_text(list(lines), grammar) for _key, lines in alike]


def readable_claims(view: PhotoView, grammar: Grammar) -> list[Claim]:
    """That names can be read, all in one claim; with one name, the fact a person can reject."""
    names = readable_names(view)
    if not names:
        return []
    least = min((one.at for one in names), key=lambda fact: fact.certainty)
    text = grammar.sentence(grammar.readable([one.text for one in names]))
    fact = least.fact if len(names) == 1 else None
    certainty = grammar.certainty(least.certainty, said=True)
    return [Claim(text, least.certainty, least.model, certainty, fact)]


def unread_claims(
    view: PhotoView, grammar: Grammar, side_of: Callable[[Box | None], str]
) -> list[Claim]:
    """One claim for all the writing that could not be read; where, if it is in one place."""
    unread = [one.at for one in view.texts if not one.text and is_worth_a_hedge(one.at)]
    if not unread:
        return []
    side = side_of(unread[0].box) if len(unread) == 1 else ""
    phrase = f"{grammar.signs.unread}, {grammar.sides[side]}" if side else grammar.signs.unread
    fact = unread[0].fact if len(unread) == 1 else None
    label = unread[0].label
    return [Claim(grammar.sentence(phrase), None, unread[0].model, "", fact, label=label)]


def light_claims(view: PhotoView, grammar: Grammar) -> list[Claim]:
    light = light_of(view)
    return [_sign(light, grammar.signs.light[light.label].said, grammar)] if light else []


def quality_claims(view: PhotoView, grammar: Grammar) -> list[Claim]:
    """How the photo came out, where one would notice."""
    return [
        _sign(one, grammar.signs.quality[one.label].said, grammar)
        for one in sorted(quality_told(view), key=lambda one: one.label)
        if is_worth_a_hedge(one)
    ]


def colours_of(view: PhotoView, grammar: Grammar) -> Claim | None:
    """The main colours, from the largest; only for who asks, so no part of the claims."""
    seen = [one for one in view.signs_of(FactKind.COLOUR) if one.label in grammar.signs.colours]
    if not seen:
        return None
    ordered = sorted(seen, key=lambda one: (-one.confidence, one.label))
    names = list(dict.fromkeys(grammar.signs.colours[one.label].said for one in ordered))
    phrase = grammar.labelled("colours", grammar.listed(names))
    return Claim(grammar.sentence(phrase), None, ", ".join(sorted({one.model for one in seen})))


def _sign(sign: SeenThing, phrase: str, grammar: Grammar) -> Claim:
    return claim_of(sign, phrase if is_said(sign) else grammar.perhaps(phrase), grammar)


def _text(pieces: list[SeenText], grammar: Grammar) -> Claim:
    """Words of one language, said as sure as the least sure of them."""
    least = min((piece.at for piece in pieces), key=lambda fact: (is_said(fact), fact.certainty))
    read = " ".join(piece.text for piece in pieces)
    text = grammar.sentence(grammar.reads(read, sure=is_said(least)))
    certainty = grammar.certainty(least.certainty, said=is_said(least))
    fact = least.fact if len(pieces) == 1 else None
    language = pieces[0].language
    return Claim(
        text,
        least.certainty,
        least.model,
        certainty,
        fact,
        label=least.label,
        hedged=not is_said(least),
        read=read,
        language=language,
    )
