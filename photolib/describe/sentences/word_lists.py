"""The words by which sentences of models are checked, in the six languages. All folded (core.words.fold)."""

# Beside describe.banned: what models say of people that tells gender, kinship, age or mood; and
# whoever says "I" talks of itself, not of the picture.
_TOLD_TOO = {
    "en": "he she him her his hers himself herself i my me we our sorry assistant "
    "son sons daughter daughters brother sister couple bride groom boyfriend girlfriend grandmother "
    "grandfather aged middle-aged youngster senior youth enjoying enjoys joy joyfully happily excited "
    "relaxed loving love fun serious smug calm lonely lovely gorgeous",
    "fr": "je moi nous notre desole fils soeur frere couple mariee petit-ami grand-mere grand-pere cousin "
    "cousine joie joyeusement detendu detendue amour serieux serieuse charmant charmante magnifique",
    "de": "ich mein mir mich wir unser leider sohn tochter bruder schwester paar brautpaar braut "
    "brautigam grossmutter grossvater senior seniorin freude freudig entspannt liebevoll liebe ernst "
    "gemutlich wunderschon",
    "es": "yo mi nosotros siento hijo hija hermano hermana pareja novia novio alegria alegremente relajado "
    "relajada amor serio seria encantador precioso preciosa",
    "it": "io mio noi dispiace figlio figlia fratello sorella coppia sposa sposo fidanzato fidanzata gioia "
    "allegramente rilassato rilassata amore serio seria incantevole splendido splendida",
    "nl": "ik mijn wij helaas zoon dochter broer zus koppel stel bruid bruidegom plezier vreugde "
    "ontspannen liefde serieus prachtig prachtige",
}

# What a sentence may begin with besides a number, or a thing that the vocabulary knows: anything else
# with a capital might be somebody's name.
_OPENERS = {
    "en": "a an the some several many few there this these that those in on at behind beside next near "
    "under above below between around along across over through with without to from inside outside "
    "both all each one another other others it its they their what while as and but also further "
    "nearby perhaps possibly maybe only more most everything everybody nobody no by against beyond",
    "fr": "un une des le la les l d il elle ils elles on y ce cet cette ces dans sur sous au aux a devant "
    "derriere pres autour entre avec sans plusieurs quelques tous toutes chaque autre autres leur leurs "
    "en du de par contre et mais aussi plus peut certaines certains aucun aucune",
    "de": "ein eine einer eines einem einen der die das den dem des es sie er in im an am auf unter uber "
    "vor hinter neben zwischen bei beim mit ohne um rund links rechts mehrere einige viele alle beide "
    "jede jeder jedes andere dahinter davor daneben darunter daruber dort hier dazu auch vielleicht "
    "keine kein man von vom zu zur zum durch gegen aus ausserdem weiter",
    "es": "un una unos unas el la los las hay es son en sobre bajo al a ante detras delante junto cerca "
    "alrededor entre con sin varios varias algunos algunas muchos muchas todos todas cada otro otra "
    "otros otras se su sus del de por contra y pero tambien quiza quizas esta este estos estas ningun "
    "ninguna",
    "it": "un una uno il lo la i gli le l c ci e sono in su sul sulla sullo sui sotto davanti dietro "
    "accanto vicino intorno tra fra con senza diversi diverse alcuni alcune molti molte tutti tutte "
    "ogni altro altra altri altre si al alla allo ai alle nel nella nello nei sullo da dal dalla di "
    "del della per contro ma anche forse questo questa nessun nessuna",
    "nl": "een de het er in op aan onder boven voor achter naast tussen bij met zonder om rondom links "
    "rechts meerdere enkele veel alle beide elke elk andere ander daarachter daarvoor daarnaast daar "
    "hier ook misschien geen ze zij hun van naar door tegen uit verder deze dit die dat",
}

# Before a number: it may be so.
PERHAPS = {
    "en": "perhaps", "fr": "peut-être", "de": "vielleicht", "es": "quizás", "it": "forse", "nl": "misschien",
}  # fmt: skip

# Beyond the grammars' number words (zero to ten).
_MORE_NUMBERS = {
    "en": {"eleven": 11, "twelve": 12, "dozen": 12},
    "fr": {"aucune": 0, "onze": 11, "douze": 12},
    "de": {"kein": 0, "keinen": 0, "keiner": 0, "elf": 11, "zwolf": 12},
    "es": {"ningun": 0, "ninguno": 0, "once": 11, "doce": 12},
    "it": {"nessun": 0, "nessuno": 0, "undici": 11, "dodici": 12},
    "nl": {"elf": 11, "twaalf": 12},
}

# More than one, nobody knows how many.
_SEVERAL = {
    "en": "several some few many group crowd pair both",
    "fr": "plusieurs quelques groupe foule",
    "de": "mehrere einige viele gruppe menge beide",
    "es": "varios varias algunos algunas muchos muchas grupo ambos ambas",
    "it": "alcuni alcune diversi diverse molti molte parecchi parecchie gruppo",
    "nl": "meerdere enkele verschillende veel groep beide",
}

# After these, in German, a word with a capital is a thing: nobody says "ein Anna".
_GERMAN_ARTICLES = (
    "ein eine einer eines einem einen der die das den dem des kein keine keinen im am beim zum zur vom "
    "dieser diese dieses diesem mehrere einige viele beide zwei drei vier funf sechs sieben acht neun "
    "zehn"
)


def _sets(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in table.items()}


TOLD_TOO = _sets(_TOLD_TOO)
OPENERS = _sets(_OPENERS)
SEVERAL = _sets(_SEVERAL)
MORE_NUMBERS = _MORE_NUMBERS
GERMAN_ARTICLES = frozenset(_GERMAN_ARTICLES.split())
