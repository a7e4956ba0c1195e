"""Italian words for the signs. After a name nothing agrees: "in posizione seduta", "che sorride"."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def posture(word: str, many: str, *also: str) -> Act:
    """A posture that agrees with "persona", which is feminine: "una persona seduta"."""
    named = f"in posizione {word}"
    return Act(
        word, named, many, f"è {word}", f"è {named}",
        f"forse è {word}", f"forse è {named}", also,
    )  # fmt: skip


SIGNS = SignWords(
    acts={
        "standing": Act(
            "in piedi", "in piedi", "in piedi", "è in piedi", "è in piedi",
            "forse è in piedi", "forse è in piedi", ("piedi",),
        ),
        "sitting": posture("seduta", "sedute", "seduto", "seduti"),
        "lying": posture("sdraiata", "sdraiate", "sdraiato", "sdraiati", "disteso", "distesa"),
        "smiling": Act(
            "che sorride", "che sorride", "che sorridono", "sorride", "sorride",
            "forse sorride", "forse sorride", ("sorriso", "sorridere", "sorride"),
        ),
    },
    pictures={
        "screenshot": Phrase("una schermata", ("schermata", "screenshot",)),
        "document": Phrase("un documento", ("documento", "lettera", "modulo", "carta")),
        "receipt": Phrase("uno scontrino", ("scontrino", "ricevuta", "fattura", "conto")),
        "drawing": Phrase("un disegno", ("disegno", "schizzo", "illustrazione")),
    },
    light={
        "by_day": Phrase("di giorno", ("giorno",)),
        "at_night": Phrase("di notte", ("notte", "notturna",)),
    },
    quality={
        "blurred": Phrase("una foto sfocata", ("sfocata", "sfocato", "mossa")),
        "dark": Phrase("una foto molto scura", ("scura", "sottoesposta",)),
        "overexposed": Phrase("una foto troppo chiara", ("sovraesposta",)),
    },
    colours={
        "red": Phrase("rosso", ("rossa",)),
        "orange": Phrase("arancione"),
        "yellow": Phrase("giallo", ("gialla",)),
        "green": Phrase("verde"),
        "turquoise": Phrase("turchese"),
        "blue": Phrase("blu", ("azzurro", "azzurra")),
        "purple": Phrase("viola"),
        "pink": Phrase("rosa"),
        "brown": Phrase("marrone"),
        "black": Phrase("nero", ("nera",)),
        "grey": Phrase("grigio", ("grigia",)),
        "white": Phrase("bianco", ("bianca",)),
    },
    unread="testo che non si è potuto leggere",
    text=("testo", "scritta"),
)  # fmt: skip
