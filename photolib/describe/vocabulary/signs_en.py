"""English words for the signs."""

from photolib.describe.vocabulary.sign_words import Act, Phrase, SignWords


def act(doing: str, *also: str) -> Act:
    says, maybe = f"is {doing}", f"may be {doing}"
    return Act(doing, doing, doing, says, says, maybe, maybe, also)


SIGNS = SignWords(
    acts={
        "standing": act("standing", "stand"),
        "sitting": act("sitting", "sit", "seated"),
        "lying": act("lying down", "lying", "lie"),
        "smiling": act("smiling", "smile"),
    },
    pictures={
        "screenshot": Phrase(
            "a screenshot",
            (
                "screenshot",
                "screen capture",
            ),
        ),
        "document": Phrase("a document", ("document", "letter", "form", "paper")),
        "receipt": Phrase("a receipt", ("receipt", "till receipt", "bill", "sales slip")),
        "drawing": Phrase("a drawing", ("drawing", "sketch", "illustration")),
    },
    light={
        "by_day": Phrase("by day", ("daytime", "daylight")),
        "at_night": Phrase(
            "at night",
            (
                "night",
                "dark",
            ),
        ),
    },
    quality={
        "blurred": Phrase("a blurred photo", ("blurred", "blurry", "out of focus")),
        "dark": Phrase(
            "a very dark photo",
            (
                "dark",
                "underexposed",
            ),
        ),
        "overexposed": Phrase("a photo that is too bright", ("overexposed",)),
    },
    colours={
        "red": Phrase("red"),
        "orange": Phrase("orange"),
        "yellow": Phrase("yellow"),
        "green": Phrase("green"),
        "turquoise": Phrase("turquoise"),
        "blue": Phrase("blue"),
        "purple": Phrase("purple", ("violet",)),
        "pink": Phrase("pink"),
        "brown": Phrase("brown"),
        "black": Phrase("black"),
        "grey": Phrase("grey", ("gray",)),
        "white": Phrase("white"),
    },
    unread="text that could not be read",
    text=("text", "writing"),
)
