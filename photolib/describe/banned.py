"""Words that no description by machine may hold (docs/accessibility.md, AI Act Art. 5), by language.

Never said: race, religion, orientation, gender, age, moods, beauty, weight, health; nothing that
insults; and no "image of", which a screen reader has said already. A test looks for these in every noun
and every sentence that the composer can make. The words a person writes are their own, and so are those
that are read in a picture. That a mouth smiles can be seen, and is no mood; "laughing" and the adjectives
of smiling ("souriante") would tell one. Black and white are colours of a picture, never of anybody: they
stand in the line of colours alone, which no description holds.
"""

import re

_WORD = re.compile(r"[\w'’-]+")

# In this order: gender and age, origin, religion, orientation, moods, looks and health, insults.
_WORDS = {
    "en": (
        "man men woman women male female boy boys girl girls lady ladies gentleman guy guys baby babies "
        "child children kid kids teenager adult adults elderly old young toddler infant granny "
        "mother father husband wife nurse policeman fireman "
        "white black asian african european arab latino latina hispanic indian race racial ethnic "
        "foreigner foreign immigrant refugee gypsy native tribal "
        "christian muslim jewish jew hindu buddhist sikh religious veil hijab burqa turban kippah cross "
        "nun priest monk imam rabbi "
        "gay lesbian homosexual heterosexual bisexual transgender queer "
        "happy sad angry afraid surprised disgusted joyful unhappy bored tired nervous proud mood "
        "laughing crying cheerful sleepy drunk worried "
        "beautiful pretty ugly handsome attractive cute sexy naked nude fat thin slim obese skinny "
        "overweight disabled blind deaf sick ill pregnant wheelchair crutch bald wrinkled "
        "ape monkey gorilla chimpanzee thief criminal idiot freak slut whore"
    ),
    "fr": (
        "homme hommes femme femmes masculin féminin garçon garçons fille filles dame dames monsieur "
        "madame bébé bébés enfant enfants adolescent adulte adultes vieux vieille vieillard âgé âgée "
        "jeune jeunes mère père mari épouse gamin gamine infirmière policier "
        "blanc blanche noir noire asiatique africain africaine européen européenne arabe ethnique "
        "étranger étrangère indien indienne immigré réfugié gitan tzigane indigène "
        "chrétien chrétienne musulman musulmane juif juive hindou bouddhiste religieux religieuse voile "
        "turban croix prêtre moine imam rabbin nonne "
        "gay lesbienne homosexuel homosexuelle hétérosexuel hétérosexuelle bisexuel bisexuelle "
        "transgenre "
        "heureux heureuse triste fâché fâchée effrayé effrayée surpris surprise joyeux joyeuse ennuyé "
        "ennuyée fatigué fatiguée nerveux nerveuse fier fière humeur content contente souriant "
        "souriante ivre "
        "beau belle laid laide joli jolie mignon mignonne séduisant séduisante sexy nu nue gros grosse "
        "mince obèse maigre handicapé handicapée aveugle sourd sourde malade enceinte chauve ridé "
        "fauteuil-roulant béquille "
        "singe guenon gorille voleur criminel idiot salope putain"
    ),
    "de": (
        "mann männer frau frauen männlich weiblich junge jungen mädchen dame damen herr herren baby "
        "babys kind kinder teenager jugendlicher erwachsener erwachsene alt alte alter jung junger "
        "greis oma opa mutter vater ehemann ehefrau krankenschwester polizist "
        "weiß weiße weißer schwarz schwarze schwarzer asiatisch asiatin asiate afrikaner afrikanerin "
        "europäer europäerin araber araberin inder ethnisch ausländer ausländerin rasse zigeuner "
        "migrant flüchtling eingeborene "
        "christ christin christlich moslem muslim muslimin muslimisch jude jüdin jüdisch hindu "
        "buddhist religiös schleier kopftuch turban kippa kreuz nonne priester mönch imam rabbiner "
        "schwul lesbisch lesbe homosexuell heterosexuell bisexuell transgender queer "
        "glücklich traurig wütend ängstlich überrascht fröhlich unglücklich gelangweilt müde nervös "
        "stolz laune stimmung lachend weinend betrunken böse "
        "schön schöne schöner hübsch hässlich attraktiv süß sexy nackt dick dicke dicker dünn schlank "
        "fett mager übergewichtig behindert blind taub krank schwanger rollstuhl krücke glatze kahl "
        "affe affen gorilla schimpanse dieb verbrecher idiot schlampe hure"
    ),
    "es": (
        "hombre hombres mujer mujeres masculino femenino niño niños niña niñas chico chicos chica "
        "chicas señor señora señorita bebé bebés adolescente adulto adulta anciano anciana viejo vieja "
        "joven jóvenes madre padre esposo esposa abuelo abuela enfermera policía "
        "blanco blanca negro negra asiático asiática africano africana europeo europea árabe latino "
        "latina hispano indio india étnico extranjero extranjera raza gitano gitana inmigrante "
        "refugiado indígena "
        "cristiano cristiana musulmán musulmana judío judía hindú budista religioso religiosa velo "
        "turbante cruz monja sacerdote monje imán rabino "
        "gay lesbiana homosexual heterosexual bisexual transgénero "
        "feliz triste enfadado enfadada asustado asustada sorprendido sorprendida alegre aburrido "
        "aburrida cansado cansada nervioso nerviosa orgulloso orgullosa humor contento contenta "
        "sonriente borracho "
        "guapo guapa feo fea hermoso hermosa bonito bonita bello bella atractivo atractiva sexy desnudo "
        "desnuda gordo gorda delgado delgada flaco flaca obeso obesa discapacitado ciego ciega sordo "
        "sorda enfermo enferma embarazada muleta calvo arrugado "
        "mono mona monos simio gorila chimpancé ladrón criminal idiota puta zorra"
    ),
    "it": (
        "uomo uomini donna donne maschio femmina maschile femminile ragazzo ragazzi ragazza ragazze "
        "signore signora signorina bambino bambini bambina bambine neonato bebè adolescente adulto "
        "adulta anziano anziana vecchio vecchia giovane giovani madre padre marito moglie nonno nonna "
        "infermiera poliziotto "
        "bianco bianca nero nera asiatico asiatica africano africana europeo europea arabo araba latino "
        "indiano indiana etnico straniero straniera razza zingaro zingara immigrato profugo indigeno "
        "cristiano cristiana musulmano musulmana ebreo ebrea indù buddista religioso religiosa velo "
        "turbante croce suora prete monaco imam rabbino "
        "gay lesbica omosessuale eterosessuale bisessuale transgender "
        "felice triste arrabbiato arrabbiata spaventato spaventata sorpreso sorpresa allegro allegra "
        "annoiato annoiata stanco stanca nervoso nervosa orgoglioso orgogliosa umore contento contenta "
        "sorridente ubriaco "
        "bello bella brutto brutta carino carina attraente sexy nudo nuda grasso grassa grosso grossa "
        "magro magra snello snella obeso obesa disabile cieco cieca sordo sorda malato malata incinta "
        "stampella calvo rugoso "
        "scimmia gorilla scimpanzé ladro criminale idiota puttana troia"
    ),
    "nl": (
        "man mannen vrouw vrouwen mannelijk vrouwelijk jongen jongens meisje meisjes dame dames heer "
        "heren baby baby's kind kinderen kleuter peuter tiener puber volwassene volwassenen bejaarde "
        "oud oude jong jonge moeder vader echtgenoot echtgenote oma opa verpleegster politieman "
        "wit witte blank blanke zwart zwarte aziatisch aziaat afrikaan afrikaans europeaan arabier "
        "arabisch indiaan indiër etnisch buitenlander ras zigeuner allochtoon vluchteling inlander "
        "christen christelijk moslim moslima joods jood hindoe boeddhist religieus sluier hoofddoek "
        "tulband keppel kruis non priester monnik imam rabbijn "
        "homo lesbisch lesbienne homoseksueel heteroseksueel biseksueel transgender queer "
        "gelukkig blij verdrietig boos bang verrast vrolijk ongelukkig verveeld moe nerveus trots "
        "humeur stemming lachend huilend dronken "
        "mooi mooie lelijk lelijke knap knappe aantrekkelijk schattig sexy naakt naakte dik dikke dun "
        "dunne slank vet mager zwaarlijvig gehandicapt doof ziek zwanger rolstoel kruk kaal "
        "aap apen gorilla chimpansee dief crimineel idioot slet hoer neger"
    ),
}

# Said already by the page, or by the screen reader.
_PHRASES = {
    "en": ("image of", "picture of", "photo of", "graphic of"),
    "fr": ("image de", "image d'", "photo de", "photo d'"),
    "de": ("bild von", "foto von", "aufnahme von"),
    "es": ("imagen de", "foto de una", "foto de un", "fotografía de"),
    "it": ("immagine di", "foto di", "fotografia di"),
    "nl": ("afbeelding van", "foto van", "plaatje van"),
}

BANNED: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _WORDS.items()
}


def banned_in(text: str, language: str) -> set[str]:
    """The banned words and phrases of one language that the text holds, in small letters."""
    small = text.lower()
    words = {word.strip("'’-") for word in _WORD.findall(small)}
    # "d'homme", "un'amica": what follows the elided article is a word of its own.
    words |= {part for word in words for part in re.split(r"['’]", word)}
    return (words & BANNED[language]) | {one for one in _PHRASES[language] if one in small}
