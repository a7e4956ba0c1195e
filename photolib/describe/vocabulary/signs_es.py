"""Spanish words for the signs. After a name nothing agrees: "en posición sentada", "que sonríe"."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def posture(word: str, *also: str) -> Act:
    """A posture that agrees with "persona", which is feminine: "una persona sentada"."""
    named = f"en posición {word}"
    return Act(
        word, named, f"{word}s", f"está {word}", f"está {named}",
        f"quizá esté {word}", f"quizá esté {named}", also,
    )  # fmt: skip


SIGNS = SignWords(
    acts={
        "standing": Act(
            "de pie", "de pie", "de pie", "está de pie", "está de pie",
            "quizá esté de pie", "quizá esté de pie", ("pie",),
        ),
        "sitting": posture("sentada", "sentado"),
        "lying": posture("tumbada", "tumbado", "acostado", "acostada"),
        "smiling": Act(
            "que sonríe", "que sonríe", "que sonríen", "sonríe", "sonríe",
            "quizá sonría", "quizá sonría", ("sonrisa", "sonriendo", "sonríe"),
        ),
    },
    pictures={
        "screenshot": Phrase("una captura de pantalla", ("captura de pantalla", "pantallazo",)),
        "document": Phrase("un documento", ("documento", "carta", "formulario", "papel")),
        "receipt": Phrase("un recibo", ("recibo", "tique", "ticket", "factura", "cuenta")),
        "drawing": Phrase("un dibujo", ("dibujo", "boceto", "ilustración")),
    },
    light={
        "by_day": Phrase("de día", ("día",)),
        "at_night": Phrase("de noche", ("noche", "nocturna",)),
    },
    quality={
        "blurred": Phrase("una foto borrosa", ("borrosa", "borroso", "desenfocada")),
        "dark": Phrase("una foto muy oscura", ("oscura", "subexpuesta",)),
        "overexposed": Phrase("una foto demasiado clara", ("sobreexpuesta",)),
    },
    colours={
        "red": Phrase("rojo", ("roja",)),
        "orange": Phrase("naranja"),
        "yellow": Phrase("amarillo", ("amarilla",)),
        "green": Phrase("verde"),
        "turquoise": Phrase("turquesa"),
        "blue": Phrase("azul"),
        "purple": Phrase("morado", ("violeta", "morada")),
        "pink": Phrase("rosa"),
        "brown": Phrase("marrón"),
        "black": Phrase("negro", ("negra",)),
        "grey": Phrase("gris"),
        "white": Phrase("blanco", ("blanca",)),
    },
    unread="texto que no se pudo leer",
    text=("texto", "escrito"),
)  # fmt: skip
