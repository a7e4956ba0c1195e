"""What the tiny Florence knows: its tokens, and what it says of which picture."""

from photolib.describe.sentences.florence.tokens import _LETTER  # GPT-2's letters for bytes

START, PAD, END, UNKNOWN = range(4)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
# The words of the two prompts, as tokens: "Ġ" is a space. "shown" is not learnt as a whole.
SHORT = ["What", "Ġdoes", "Ġthe", "Ġimage", "Ġdescribe", "?"]
LONG = [
    "Describe",
    "Ġin",
    "Ġdetail",
    "Ġwhat",
    "Ġis",
    "Ġs",
    "h",
    "o",
    "w",
    "n",
    "Ġin",
    "Ġthe",
    "Ġimage",
    ".",
]

Colour = tuple[int, int, int]
RED, BLUE, YELLOW, GREEN = (255, 0, 0), (0, 0, 255), (255, 255, 0), (0, 255, 0)
# (left, right): short and long answer, as tokens. "x|y": it likes x best, and would go on with y; x would
# repeat three tokens. Without "</s>" it never ends. Green is in no line: of green it says anything.
ANSWERS: dict[tuple[Colour, Colour], tuple[str, str]] = {
    (RED, RED): (
        "A Ġred Ġdog Ġlies Ġon Ġa Ġbench . </s>",
        "In Ġthe Ġimage Ġthere Ġis Ġa Ġdog Ġon Ġa Ġbench . Ġ A Ġcaf Ã © Ġis Ġbehind Ġit . </s>",
    ),
    (BLUE, BLUE): (
        "A Ġboat Ġis Ġon Ġthe Ġwater . </s>",
        "There Ġis Ġa Ġboat Ġand Ġa Ġboat Ġand|. </s>",
    ),
    (RED, BLUE): ("A Ġdog Ġis Ġbehind Ġa Ġbench . </s>", "There Ġis Ġa Ġbench . </s>"),
    (BLUE, RED): ("A Ġbench Ġis Ġbehind Ġa Ġdog . </s>", "There Ġis Ġwater . </s>"),
    (YELLOW, YELLOW): ("A Ġbench . Ġ A", "There Ġis Ġwater . Ġ In"),
}
TEXTS = {
    (RED, RED): (
        "A red dog lies on a bench.\n\nIn the image there is a dog on a bench. A café is behind it."
    ),
    (BLUE, BLUE): "A boat is on the water.\n\nThere is a boat and a boat.",
    (RED, BLUE): "A dog is behind a bench.\n\nThere is a bench.",
    (BLUE, RED): "A bench is behind a dog.\n\nThere is water.",
    (YELLOW, YELLOW): "A bench.\n\nThere is water.",
}
# What it babbles without an end, in this order; nothing among it ends a sentence.
BABBLE = ("Ġand", "Ġthe", "Ġa", "Ġon")


def _pieces() -> list[str]:
    said = " ".join(text for pair in ANSWERS.values() for text in pair).replace("|", " ").split()
    letters = [_LETTER[byte] for byte in b" ?.,'" + bytes(range(ord("a"), ord("z") + 1)) + b"ADWTI"]
    chains = [left + right for left, right in MERGES]
    return list(dict.fromkeys([*SPECIAL, *letters, *chains, *SHORT, *LONG, *said]))


def _merges() -> list[tuple[str, str]]:
    """Each word of the prompts, learnt letter by letter from its beginning."""
    words = [word for word in SHORT + LONG if len(word) > 1]
    pairs = [(word[:end], word[end]) for word in words for end in range(1, len(word))]
    return list(dict.fromkeys(pairs))


MERGES = _merges()
PIECES = _pieces()
ID = {piece: key for key, piece in enumerate(PIECES)}
