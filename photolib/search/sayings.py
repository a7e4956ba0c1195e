"""How people speak of days, numbers and exceptions in the six languages of descriptions, folded.

All languages are understood at once, because families mix them. A word that would be taken for another
language's is left out ("van" is a vehicle, "or" is gold), or holds for those who read that language only.
"""

from photolib.search.question import Season


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# They tell nothing apart. Months, units and the like are looked for before these.
STOP_WORDS = _words(
    """
    a about all am an and any are at be by every find for from get has have in is it its me my of on our
    some show that the their there these this to was we were where which with au aux avec ce ces cette
    chez d dans de des du elle en est et il ils l la le les mes mon ma nos notre par pour pres que qui
    sont sur toutes tous un une auf aus bei beim das dem den der die ein eine einem einen einer fur im
    ist mein meine mit unser unsere und vom von zeige zu zum zur al con cuando del donde e el es fue las
    lo los mi mis nuestra nuestro para por se su una y ai alla alle che col da dal dalla degli dei della
    delle di ed gli i mia mio nel nella per sul sulla tra uno aan bij dat een er het hun met mijn naar
    ons onze te tot uit voor bild bilder bildern foto fotos foti fotografia fotografie fotografias image
    images immagine immagini imagen imagenes photo photos picture pictures pics aufnahme aufnahmen
    afbeelding afbeeldingen
    """
)
WITHOUT = frozenset(
    (
        "without",
        "except",
        "not",
        "sans",
        "sauf",
        "ohne",
        "sin",
        "salvo",
        "senza",
        "zonder",
        "behalve",
    )
)
# Between two clauses. The short ones only for those who read that language.
EITHER = frozenset({"ou", "oder"})
EITHER_OF = {"en": {"or"}, "es": {"o", "u"}, "it": {"o", "od"}, "nl": {"of"}}
# One person, and nobody else.
ALONE = frozenset(
    (
        "alone",
        "only",
        "seul",
        "seule",
        "seulement",
        "allein",
        "alleine",
        "nur",
        "solo",
        "sola",
        "alleen",
    )
)
NOBODY = frozenset(("nobody", "niemand", "nadie", "nessuno"))
PEOPLE = _words(
    """
    person persons people personne personnes gens leute menschen personen gente persona personas persone
    persoon mensen
    """
)
NONE = frozenset(("no", "zero", "aucune", "keine", "kein", "ninguna", "nessuna", "geen"))

NUMBERS = {
    word: number
    for number, words in {
        1: "one une un eine ein einer una uno een",
        2: "two deux zwei dos due twee",
        3: "three trois drei tres tre drie",
        4: "four quatre vier cuatro quattro",
        5: "five cinq funf cinco cinque vijf",
        6: "six sechs seis sei zes",
        7: "seven sept sieben siete sette zeven",
        8: "eight huit acht ocho otto",
        9: "nine neuf neun nueve nove negen",
        10: "ten dix zehn diez dieci tien",
    }.items()
    for word in words.split()
}

SEASONS = {
    word: season
    for season, words in {
        Season.SPRING: "spring printemps fruhling fruhjahr primavera lente voorjaar",
        Season.SUMMER: "summer ete sommer verano estate zomer",
        Season.AUTUMN: "autumn fall automne herbst otono autunno herfst najaar",
        Season.WINTER: "winter hiver invierno inverno",
    }.items()
    for word in words.split()
}

UNITS = {
    word: unit
    for unit, words in {
        "day": "day days jour jours tag tage tagen dia dias giorno giorni dag dagen",
        "week": "week weeks semaine semaines woche wochen semana semanas settimana settimane weken",
        "month": "month months mois monat monate monaten mes meses mese mesi maand maanden",
        "year": "year years an ans annee annees jahr jahre jahren ano anos anno anni jaar jaren",
    }.items()
    for word in words.split()
}

# Days counted from today.
DAYS = {
    ("today",): 0, ("aujourd", "hui"): 0, ("heute",): 0, ("hoy",): 0, ("oggi",): 0, ("vandaag",): 0,
    ("yesterday",): -1, ("hier",): -1, ("gestern",): -1, ("ayer",): -1, ("ieri",): -1,
    ("gisteren",): -1,
    ("the", "day", "before", "yesterday"): -2, ("avant", "hier"): -2, ("vorgestern",): -2,
    ("anteayer",): -2, ("eergisteren",): -2,
}  # fmt: skip

THIS = _words(
    """
    this ce cet cette diese diesen dieser dieses diesem este esta questo questa quest dit deze
    """
)
LAST = _words(
    """
    last past previous letzte letzten letzter letztes letztem vorige vorigen voriges ultimo ultima
    ultimos ultimas ultimi ultime vorig afgelopen laatste
    """
)
# After its noun: "l'été dernier".
LAST_AFTER = _words(
    """
    dernier derniere derniers dernieres passe passee passes passees pasado pasada pasados pasadas scorso
    scorsa scorsi scorse passato passata
    """
)
AGO_BEFORE = (("il", "y", "a"), ("vor",), ("hace",))
AGO_AFTER = frozenset({"ago", "fa", "geleden"})

BEFORE = (
    ("before",), ("avant",), ("vor",), ("antes", "de"), ("antes", "del"), ("prima", "di"),
    ("prima", "del"), ("voor",),
)  # fmt: skip
AFTER = (
    ("after",), ("apres",), ("nach",), ("despues", "de"), ("despues", "del"), ("dopo",), ("na",),
)  # fmt: skip
SINCE = (
    ("since",), ("from",), ("depuis",), ("a", "partir", "de"), ("seit",), ("ab",), ("desde",), ("da",),
    ("dal",), ("sinds",), ("vanaf",),
)  # fmt: skip
UNTIL = (
    ("until",), ("till",), ("up", "to"), ("jusqu", "a"), ("jusqu", "en"), ("jusqu", "au"), ("bis",),
    ("hasta",), ("fino", "a"), ("fino", "al"), ("tot",),
)  # fmt: skip
BETWEEN = (("between",), ("entre",), ("zwischen",), ("tra",), ("fra",), ("tussen",))
FROM = (("from",), ("de",), ("von",), ("desde",), ("dal",), ("da",), ("van",))
# Between the two ends of "between … and …" or "from … to …".
AND_TO = _words("and to et a au und bis y hasta al e en tot ed")
# Inside a date: "6 de julio de 2019", "summer of 2019".
FILLERS = _words("of the de del d di du den dem le la el il l het in en im i")

# What a field may be called: place:Lyon, lieu:Lyon.
FIELDS = {
    name: field
    for field, names in {
        "person": "person personne persona persoon who qui with avec",
        "place": "place in lieu ort lugar luogo plaats",
        "album": "album",
        "text": "text texte texto testo tekst",
        "year": "year annee jahr ano anno jaar",
    }.items()
    for name in names.split()
}
