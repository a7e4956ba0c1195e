"""French words for the signs. After a name nothing agrees: "en position assise", "qui sourit"."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def posture(word: str, *also: str) -> Act:
    """A posture that agrees with "personne", which is feminine: "une personne assise"."""
    named = f"en position {word}"
    return Act(
        word, named, f"{word}s", f"est {word}", f"est {named}",
        f"est peut-être {word}", f"est peut-être {named}", also,
    )  # fmt: skip


SIGNS = SignWords(
    acts={
        "standing": Act(
            "debout", "debout", "debout", "est debout", "est debout",
            "est peut-être debout", "est peut-être debout",
        ),
        "sitting": posture("assise", "assis", "assises"),
        "lying": posture("allongée", "allongé", "couché", "couchée"),
        "smiling": Act(
            "qui sourit", "qui sourit", "qui sourient", "sourit", "sourit",
            "sourit peut-être", "sourit peut-être", ("sourire", "sourit"),
        ),
    },
    pictures={
        "screenshot": Phrase("une capture d'écran", ("capture d'écran", "copie d'écran",)),
        "document": Phrase("un document", ("document", "lettre", "formulaire", "papier")),
        "receipt": Phrase("un ticket de caisse", ("ticket de caisse", "reçu", "facture", "addition")),
        "drawing": Phrase("un dessin", ("dessin", "croquis", "illustration")),
    },
    light={
        "by_day": Phrase("de jour", ("jour", "journée",)),
        "at_night": Phrase("de nuit", ("nuit", "nocturne",)),
    },
    quality={
        "blurred": Phrase("une photo floue", ("floue", "flou",)),
        "dark": Phrase("une photo très sombre", ("sombre", "sous-exposée",)),
        "overexposed": Phrase("une photo trop claire", ("surexposée",)),
    },
    colours={
        "red": Phrase("rouge"),
        "orange": Phrase("orange"),
        "yellow": Phrase("jaune"),
        "green": Phrase("vert", ("verte",)),
        "turquoise": Phrase("turquoise"),
        "blue": Phrase("bleu", ("bleue",)),
        "purple": Phrase("violet", ("violette",)),
        "pink": Phrase("rose"),
        "brown": Phrase("marron", ("brun", "brune")),
        "black": Phrase("noir", ("noire",)),
        "grey": Phrase("gris", ("grise",)),
        "white": Phrase("blanc", ("blanche",)),
    },
    unread="du texte qui n'a pas pu être lu",
    text=("texte", "écrit"),
)  # fmt: skip
