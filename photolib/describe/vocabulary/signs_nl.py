"""Dutch words for the signs."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def act(doing: str, verb: str, *also: str) -> Act:
    maybe = f"{verb} misschien"
    return Act(doing, doing, doing, verb, verb, maybe, maybe, also)


SIGNS = SignWords(
    acts={
        "standing": act("staand", "staat", "staan"),
        "sitting": act("zittend", "zit", "zitten"),
        "lying": act("liggend", "ligt", "liggen"),
        "smiling": act("glimlachend", "glimlacht", "glimlachen", "glimlach"),
    },
    pictures={
        "screenshot": Phrase(
            "een schermafbeelding", ("schermafbeelding", "screenshot", "schermafdruk")
        ),
        "document": Phrase("een document", ("document", "brief", "formulier", "papier")),
        "receipt": Phrase("een kassabon", ("kassabon", "bonnetje", "rekening", "kwitantie")),
        "drawing": Phrase("een tekening", ("tekening", "schets", "illustratie")),
    },
    light={
        "by_day": Phrase("overdag", ("daglicht",)),
        "at_night": Phrase("'s nachts", ("nacht", "donker")),
    },
    quality={
        "blurred": Phrase("een onscherpe foto", ("onscherp", "wazig", "bewogen")),
        "dark": Phrase("een erg donkere foto", ("donker", "onderbelicht")),
        "overexposed": Phrase("een te lichte foto", ("overbelicht",)),
    },
    colours={
        "red": Phrase("rood", ("rode",)),
        "orange": Phrase("oranje"),
        "yellow": Phrase("geel", ("gele",)),
        "green": Phrase("groen", ("groene",)),
        "turquoise": Phrase("turkoois", ("turquoise",)),
        "blue": Phrase("blauw", ("blauwe",)),
        "purple": Phrase("paars", ("paarse",)),
        "pink": Phrase("roze"),
        "brown": Phrase("bruin", ("bruine",)),
        "black": Phrase("zwart", ("zwarte",)),
        "grey": Phrase("grijs", ("grijze",)),
        "white": Phrase("wit", ("witte",)),
    },
    unread="tekst die niet gelezen kon worden",
    text=("tekst", "schrift"),
)
