"""Words that no description by machine may hold (docs/accessibility.md, AI Act Art. 5).

Never said: race, religion, orientation, gender, age, moods, beauty, weight. A test looks for these in
every noun and every sentence that the composer can make. The words a person writes are their own.
"""

_WORDS = (
    # gender and age
    "man men woman women male female boy boys girl girls lady ladies gentleman guy guys baby babies "
    "child children kid kids teenager adult adults elderly old young "
    "homme hommes femme femmes masculin féminin garçon garçons fille filles dame dames monsieur "
    "madame bébé bébés enfant enfants adolescent adulte adultes vieux vieille âgé âgée jeune jeunes "
    # origin and race
    "white black asian african european arab latino hispanic indian race racial ethnic foreigner "
    "blanc blanche noir noire asiatique africain africaine européen européenne arabe ethnique "
    "étranger étrangère "
    # religion
    "christian muslim jewish jew hindu buddhist sikh religious veil hijab turban kippah cross "
    "chrétien chrétienne musulman musulmane juif juive hindou bouddhiste religieux religieuse voile "
    # orientation
    "gay lesbian homosexual heterosexual bisexual transgender queer "
    "lesbienne homosexuel homosexuelle hétérosexuel hétérosexuelle bisexuel bisexuelle transgenre "
    # moods
    "happy sad angry afraid surprised disgusted joyful unhappy bored tired nervous proud mood "
    "heureux heureuse triste fâché fâchée effrayé effrayée surpris surprise joyeux joyeuse ennuyé "
    "ennuyée fatigué fatiguée nerveux nerveuse fier fière humeur "
    # beauty, weight, bodies
    "beautiful pretty ugly handsome attractive cute fat thin slim obese skinny overweight disabled "
    "beau belle laid laide joli jolie séduisant séduisante gros grosse mince obèse maigre handicapé "
    "handicapée"
)

BANNED: frozenset[str] = frozenset(_WORDS.split())
