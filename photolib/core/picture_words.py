"""The words that notes hold about a picture: alt texts, long descriptions, titles, captions.

Read here, written by describe.sidecars. An alt text says what there is to see; a caption or a title says
what somebody wanted to say about it, and is never taken for an alt text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from photolib.core.xmp import Packet

ALT = "Iptc4xmpCore:AltTextAccessibility"
LONG = "Iptc4xmpCore:ExtDescrAccessibility"
# photolib's own, each by language as the texts are: human or machine; the models; the day they looked;
# and what the texts were when they were written, to tell whether somebody changed them since.
SOURCE = "photolib:TextSource"
MODEL = "photolib:TextModel"
MADE_ON = "photolib:TextMadeOn"
ALT_DIGEST = "photolib:AltTextSHA256"
LONG_DIGEST = "photolib:ExtDescrSHA256"
OURS = frozenset({ALT, LONG, SOURCE, MODEL, MADE_ON, ALT_DIGEST, LONG_DIGEST})
MACHINE, HUMAN = "machine", "human"

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture's notes say to somebody who cannot see it, in one language.

    language: small letters, as BCP 47 has it; "" where the notes do not say. alt, extended: one may be
    empty, not both. What photolib itself wrote there for a machine, and nobody changed, is left out.
    """

    language: str
    alt: str
    extended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """titles, captions: by language, as in Words. writer: who wrote them, where the notes name one."""

    texts: tuple[Words, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    writer: str = ""


def digest(text: str) -> str:
    """By which a text is known again, however its spaces were changed on the way: 64 hex digits."""
    return sha256(" ".join(text.split()).encode()).hexdigest()


def words_of(packet: Packet) -> PictureWords:
    """All that one packet says in words."""
    alts, longs = _human(packet, ALT, ALT_DIGEST), _human(packet, LONG, LONG_DIGEST)
    languages = list(dict.fromkeys([*alts, *longs]))
    texts = tuple(Words(said, alts.get(said, ""), longs.get(said, "")) for said in languages)
    return PictureWords(
        texts=texts,
        titles=_plain(packet.text("dc:title")),
        captions=_plain(packet.text("dc:description")),
        writer=_line(packet.values.get("photoshop:CaptionWriter", "")),
    )


def first_of(found: Sequence[PictureWords]) -> PictureWords:
    """Several sources as one: of each text the first that has it, language by language."""
    texts: dict[str, Words] = {}
    for words in (one for source in found for one in source.texts):
        texts.setdefault(words.language, words)
    return PictureWords(
        texts=tuple(texts.values()),
        titles=_merged(source.titles for source in found),
        captions=_merged(source.captions for source in found),
        writer=next((source.writer for source in found if source.writer), ""),
    )


def _merged(several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for texts in several:
        # What is there in some language needs no second telling without one.
        fresh = {said: text for said, text in texts.items() if said or not merged}
        merged = fresh | merged
    return merged


def _human(packet: Packet, name: str, digests: str) -> dict[str, str]:
    """The property's texts by language, without those of a machine."""
    sources, made = packet.text(SOURCE), packet.text(digests)
    by_machine = {
        made[said] for said, source in sources.items() if source == MACHINE and said in made
    }
    texts = _plain(packet.text(name))
    return {said: text for said, text in texts.items() if digest(text) not in by_machine}


def _plain(texts: Mapping[str, str]) -> dict[str, str]:
    """Without the copy for everybody (x-default) of what stands there in a language as well."""
    named = {said: text[:_LONGEST] for said, text in texts.items() if said}
    everybody = texts.get("", "")[:_LONGEST]
    return named if not everybody or everybody in named.values() else {"": everybody} | named


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
