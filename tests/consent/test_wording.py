"""The texts people answer: there in each language, and never changed once they were answered."""

import pytest
from django.conf import settings

from photolib.consent.models import Purpose
from photolib.consent.wording import CURRENT, FOLDER, NOTICE, notice, read_text, text_for

# A published text is frozen: what somebody answered must be found again as it was. To change a
# wording, add a file with the next number and name it in wording.CURRENT.
FROZEN = {
    "export-1.en": "f8d1836b9f93f3cf",
    "export-1.fr": "27188ac6bb530ab2",
    "find_me-1.en": "c0dcaddf79ddb5b5",
    "find_me-1.fr": "93e4a13fc1e3ca55",
    "name-1.en": "3d9c64d395baa899",
    "name-1.fr": "553b405b3b0d225d",
    "notice-1.en": "3c319d72a5bf1c7a",
    "notice-1.fr": "b464568c62109c6d",
    "recognise-1.en": "394e0da6a3c32ab1",
    "recognise-1.fr": "f0ef112993fc1d0a",
    "recognise-2.en": "58ffe876010b4fda",
    "recognise-2.fr": "c6e3ce33772ca12f",
}


def test_a_published_text_is_never_changed() -> None:
    found = {
        path.name.removesuffix(".txt"): read_text(*path.name.split(".")[:2]).sha256[:16]
        for path in FOLDER.glob("*.txt")
    }
    assert found == FROZEN


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("text_id", [NOTICE, *CURRENT.values()])
def test_every_text_is_there_in_every_language(text_id: str, language: str) -> None:
    text = read_text(text_id, language)
    assert text.language == language
    assert text.question
    assert text.explanation


def test_every_purpose_has_a_question() -> None:
    assert set(CURRENT) == set(Purpose)
    assert all(text_for(purpose, "en").question.endswith("?") for purpose in Purpose)


def test_a_dialect_is_read_as_its_language_and_an_unknown_one_in_english() -> None:
    assert text_for(Purpose.NAME, "fr-ca").language == "fr"
    assert text_for(Purpose.NAME, "de").language == "en"
    assert notice("../fr").language == "en"
