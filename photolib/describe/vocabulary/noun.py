"""What a language's table says of one concept."""

from dataclasses import dataclass
from enum import StrEnum


class Gender(StrEnum):
    MASCULINE = "m"
    FEMININE = "f"
    NEUTER = "n"
    COMMON = "c"  # Dutch "de", where masculine and feminine are one


@dataclass(frozen=True, slots=True)
class Noun:
    """The words for one concept in one language.

    one: with its indefinite article ("a dog", "some broccoli"), as the subject of a sentence.
    many: after a number ("dogs"); empty for what is not counted.
    word: one without its article, as people search for it.
    also: further words that people search by.
    gender: None where the language has none.
    as_object: one after a verb, where that differs ("einen Hund").
    where: of a place, the photo being there ("on a beach"); empty of everything else.
    """

    one: str
    many: str
    word: str
    also: tuple[str, ...] = ()
    gender: Gender | None = None
    as_object: str = ""
    where: str = ""
