"""German words for the signs. The participles do not change behind a comma: "Anna, sitzend"."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def act(doing: str, verb: str, *also: str) -> Act:
    maybe = f"{verb} vielleicht"
    return Act(doing, doing, doing, verb, verb, maybe, maybe, also)


SIGNS = SignWords(
    acts={
        "standing": act("stehend", "steht", "stehen"),
        "sitting": act("sitzend", "sitzt", "sitzen"),
        "lying": act("liegend", "liegt", "liegen"),
        "smiling": act("lächelnd", "lächelt", "lächeln"),
    },
    pictures={
        "screenshot": Phrase(
            "ein Bildschirmfoto",
            (
                "Bildschirmfoto",
                "Screenshot",
            ),
        ),
        "document": Phrase("ein Schriftstück", ("Schriftstück", "Dokument", "Brief", "Formular")),
        "receipt": Phrase(
            "ein Kassenbon", ("Kassenbon", "Quittung", "Rechnung", "Beleg", "Kassenzettel")
        ),
        "drawing": Phrase("eine Zeichnung", ("Zeichnung", "Skizze", "Illustration")),
    },
    light={
        "by_day": Phrase("bei Tag", ("Tag", "tagsüber", "Tageslicht")),
        "at_night": Phrase(
            "bei Nacht",
            (
                "Nacht",
                "nachts",
            ),
        ),
    },
    quality={
        "blurred": Phrase("ein unscharfes Foto", ("unscharf", "verschwommen", "verwackelt")),
        "dark": Phrase("ein sehr dunkles Foto", ("dunkel", "unterbelichtet")),
        "overexposed": Phrase("ein zu helles Foto", ("überbelichtet",)),
    },
    colours={
        "red": Phrase("Rot"),
        "orange": Phrase("Orange"),
        "yellow": Phrase("Gelb"),
        "green": Phrase("Grün"),
        "turquoise": Phrase("Türkis"),
        "blue": Phrase("Blau"),
        "purple": Phrase("Violett", ("Lila",)),
        "pink": Phrase("Rosa"),
        "brown": Phrase("Braun"),
        "black": Phrase("Schwarz"),
        "grey": Phrase("Grau"),
        "white": Phrase("Weiß"),
    },
    unread="Text, der nicht gelesen werden konnte",
    text=("Text", "Schrift"),
)
