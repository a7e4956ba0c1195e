"""What a language's table says of the signs: postures, smiles, kinds of picture, light, quality, colours."""

from dataclasses import dataclass

from photolib.describe.vocabulary.signs import Text


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is seen doing, told without a gender.

    alone: after "a person" (in French it agrees with "personne", whoever that is). named: after a
    name, where nothing may agree. many: of several, after their number. says, says_of_name: the verb
    of a sentence about a person, about somebody named. maybe, maybe_of_name: the same in doubt.
    also: what people search by, beside these words.
    """

    alone: str
    named: str
    many: str
    says: str
    says_of_name: str
    maybe: str
    maybe_of_name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is said, and what people search by, without its article."""

    said: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignWords:
    """The signs in one language. unread: that there is writing which could not be read."""

    acts: dict[str, Act]
    pictures: dict[str, Phrase]
    light: dict[str, Phrase]
    quality: dict[str, Phrase]
    colours: dict[str, Phrase]
    unread: str
    # Of words in the picture: how people search for photos that hold any.
    text: tuple[str, ...]

    def named(self, label: str) -> str:
        """A sign by itself: `smiling`, `a receipt`; empty for a label that is no sign."""
        if label in self.acts:
            return self.acts[label].alone
        phrase = self._phrases.get(label)
        return phrase.said if phrase else ""

    def searched(self, label: str) -> tuple[str, ...]:
        """The words by which people search for a sign; none for a label that is no sign."""
        if label == Text.READ:
            return self.text
        if label in self.acts:
            act = self.acts[label]
            return _words(act.alone, act.many) + act.also
        phrase = self._phrases.get(label)
        return _words(phrase.said) + phrase.also if phrase else ()

    @property
    def _phrases(self) -> dict[str, Phrase]:
        return self.pictures | self.light | self.quality | self.colours


def _words(*phrases: str) -> tuple[str, ...]:
    """The phrases of one word; longer ones begin with words that nobody searches by."""
    return tuple(dict.fromkeys(phrase for phrase in phrases if " " not in phrase))
