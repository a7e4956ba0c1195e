"""Reading XMP: texts by language, and packets that want to hurt their reader."""

import time

import pytest

from photolib.core.picture_words import ALT, LONG, Words, digest, first_of, words_of
from photolib.core.xmp import MAX_BYTES, MAX_DEPTH, Packet, is_sound, read_packet
from photolib.core.xmp_writing import alternatives, packet_of

HEAD = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:CaptionWriter="J. Doe">"""
TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def packet(body: str) -> Packet:
    return read_packet(f"{HEAD}{body}{TAIL}")


def lang_alt(name: str, **texts: str) -> str:
    items = "".join(
        f'<rdf:li xml:lang="{said.replace("_", "-")}">{text}</rdf:li>'
        for said, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def test_each_language_of_a_text_is_read() -> None:
    found = packet(lang_alt(ALT, x_default="A dog", en="A dog", fr_CA="Un chien"))
    assert found.texts[ALT] == {"": "A dog", "en": "A dog", "fr-ca": "Un chien"}
    assert found.values[ALT] == "A dog"


def test_a_text_without_any_language_is_one_for_everybody() -> None:
    assert packet(f"<{ALT}>A dog</{ALT}>").text(ALT) == {"": "A dog"}
    assert packet("").text(ALT) == {}


def test_words_are_told_apart_from_titles_and_captions() -> None:
    found = words_of(
        packet(
            lang_alt(ALT, x_default="A dog", en="A dog")
            + lang_alt(LONG, en="A dog on a quay.")
            + lang_alt("dc:title", x_default="Summer")
            + lang_alt("dc:description", x_default="Our best day")
        )
    )
    assert found.texts == (Words("en", "A dog", "A dog on a quay."),)
    assert (found.titles, found.captions) == ({"": "Summer"}, {"": "Our best day"})
    assert found.writer == "J. Doe"


def test_of_several_sources_the_first_has_the_say_in_each_language() -> None:
    sidecar = words_of(packet(lang_alt(ALT, en="New")))
    inside = words_of(packet(lang_alt(ALT, en="Old", de="Alt") + lang_alt("dc:title", en="Sea")))
    found = first_of([sidecar, inside])
    assert [(words.language, words.alt) for words in found.texts] == [("en", "New"), ("de", "Alt")]
    assert found.titles == {"en": "Sea"}


def machine_made(alt: str) -> bytes:
    marks = {"photolib:TextSource": "machine", "photolib:AltTextSHA256": digest("A machine's dog")}
    texts = [alternatives(ALT, {"": alt, "en": alt})]
    return packet_of([*texts, *(alternatives(name, {"en": said}) for name, said in marks.items())])


def test_what_we_wrote_for_a_machine_is_not_taken_for_a_persons_words() -> None:
    assert words_of(read_packet(machine_made("A machine's  dog"))).texts == ()


def test_what_a_person_changed_since_is_theirs() -> None:
    (words,) = words_of(read_packet(machine_made("Our dog Rex"))).texts
    assert words.alt == "Our dog Rex"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "hostile",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{HEAD}{lang_alt(ALT, en="&l9;")}{TAIL}',
        f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{HEAD}{lang_alt(ALT, en="&f;")}{TAIL}',
        f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{HEAD}{lang_alt(ALT, en="A dog")}{TAIL}',
        HEAD + lang_alt(ALT, en="A dog") + "<rdf:Bag>" * 300_000 + "</rdf:Bag>" * 300_000,
    ],
    ids=["entities", "a file", "the network", "no bottom"],
)
def test_a_hostile_packet_says_nothing_and_takes_no_time(hostile: str) -> None:
    began = time.monotonic()
    assert read_packet(hostile) == Packet()
    assert not is_sound(hostile.encode()[:MAX_BYTES])
    assert time.monotonic() - began < 2


def test_what_is_just_deep_enough_is_read() -> None:
    nested = "<rdf:Bag>" * (MAX_DEPTH - 5) + "</rdf:Bag>" * (MAX_DEPTH - 5)
    assert packet(lang_alt(ALT, en="A dog") + nested).text(ALT) == {"en": "A dog"}


def test_a_cut_packet_says_what_came_before_the_cut() -> None:
    cut = f"{HEAD}{lang_alt(ALT, en='A dog')}<dc:title><rdf:Al"
    assert read_packet(cut).text(ALT) == {"en": "A dog"}
    assert not is_sound(cut.encode())


def test_no_packet_has_more_languages_than_a_file_needs() -> None:
    many = "".join(f'<rdf:li xml:lang="a{n}">x</rdf:li>' for n in range(5000))
    assert len(packet(f"<{ALT}><rdf:Alt>{many}</rdf:Alt></{ALT}>").texts[ALT]) == 50
