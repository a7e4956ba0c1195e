"""Every text of the pages stands in every language, whole, with its placeholders and its signs."""

import re
import shutil
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from photolib.accounts.models import User

ROOT = Path(__file__).resolve().parents[1]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|\{\w*\}")
# French sets a space that does not break before these signs and inside its quotation marks.
WRONG_SPACE = re.compile(r"(?<![\u202f\s\d])[;!?](?=\s|$)| [;:!?»]|«(?!\u00a0)|(?<!\u00a0)»")


def _script() -> ModuleType:
    """scripts/messages, which has no suffix to import it by."""
    loader = SourceFileLoader("photolib_messages", str(ROOT / "scripts" / "messages"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return _script()


@pytest.fixture(scope="module")
def french(script: ModuleType) -> Catalog:
    catalog: Catalog = script.read(script.catalog_path("fr"), "fr")
    return catalog


def _messages(catalog: Catalog) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Each message with its English forms and its translations."""
    for message in catalog:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            yield message, tuple(map(str, forms)), tuple(str(form or "") for form in said)


def test_every_text_has_a_french_one(french: Catalog):
    missing = [forms[0] for _, forms, said in _messages(french) if not all(said)]
    assert missing == []


def test_no_french_text_is_a_guess(french: Catalog):
    assert [forms[0] for message, forms, _ in _messages(french) if message.fuzzy] == []


def test_no_placeholder_is_lost_or_invented(french: Catalog):
    wrong = []
    for _, forms, said in _messages(french):
        known = set(PLACEHOLDER.findall(forms[-1]))
        # "one minute" needs no number, so the singular may leave one out.
        if set(PLACEHOLDER.findall(said[-1])) != known or any(
            not set(PLACEHOLDER.findall(form)) <= known for form in said
        ):
            wrong.append(forms[0])
    assert wrong == []


def test_french_texts_keep_to_french_spaces_and_apostrophes(french: Catalog):
    wrong = [
        form
        for _, _, said in _messages(french)
        for form in said
        if "'" in form or WRONG_SPACE.search(form)
    ]
    assert wrong == []


def test_no_translation_breaks_out_of_an_attribute(french: Catalog):
    """Templates write texts into attributes as they are."""
    unsafe = [
        form for _, _, said in _messages(french) for form in said if '"' in form or "<" in form
    ]
    assert unsafe == []


def test_compiled_texts_are_those_of_the_source(
    script: ModuleType, french: Catalog, tmp_path: Path
):
    with (tmp_path / "django.mo").open("wb") as file:
        write_mo(file, french)
    with (tmp_path / "django.mo").open("rb") as file:
        fresh = GNUTranslations(file)
    with script.catalog_path("fr").with_suffix(".mo").open("rb") as file:
        kept = GNUTranslations(file)
    assert _texts(kept) == _texts(fresh), "run: .venv/bin/python scripts/messages compile"


def _texts(translations: GNUTranslations) -> dict[object, str]:
    """What is compiled, without the head of the file."""
    catalog: dict[object, str] = vars(translations)["_catalog"]
    return {key: text for key, text in catalog.items() if key != ""}


def test_none_and_one_are_singular_in_french():
    with translation.override("fr"):
        said = [
            translation.ngettext("%(count)s photo", "%(count)s photos", count)
            for count in (0, 1, 2)
        ]
    assert said == ["%(count)s photo", "%(count)s photo", "%(count)s photos"]


@pytest.mark.slow
def test_no_text_was_added_without_a_translation(script: ModuleType, french: Catalog):
    if not all(shutil.which(tool) for tool in ("xgettext", "msgmerge", "msguniq", "msgattrib")):
        pytest.skip("GNU gettext is not installed, so texts cannot be collected")
    known = {(message.id, message.context) for message, _, _ in _messages(french)}
    now = {(message.id, message.context) for message, _, _ in _messages(script.extracted("fr"))}
    assert now - known == set(), "run: .venv/bin/python scripts/messages extract, and translate"
    assert known - now == set(), "run: .venv/bin/python scripts/messages extract"


class _Words(HTMLParser):
    """What a reader of a page would see or hear, outside of code."""

    SPOKEN = frozenset({"alt", "aria-label", "placeholder", "title", "content"})
    SILENT = frozenset({"code", "pre", "script", "style", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self._inside.append(tag)
        if tag != "meta":
            self.said += [value or "" for name, value in attrs if name in self.SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.said.append(data)


TRANSLATED = re.compile(
    r"{% (comment|blocktranslate)\b.*?{% end\1 %}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL
)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.stem
)
def test_template_says_nothing_that_cannot_be_translated(path: Path):
    words = _Words()
    words.feed(TRANSLATED.sub(" ", path.read_text(encoding="utf-8")))
    said = {word for text in words.said for word in re.findall(r"[^\W\d_]{2,}", text)}
    # The product's name is the same everywhere.
    assert said - {"photolib"} == set()


PAGES = (
    "pages:timeline", "pages:upload", "pages:albums", "pages:album_new", "pages:people",
    "pages:person_new", "pages:favourites", "pages:search", "pages:jobs", "pages:trash",
    "pages:settings", "pages:analysers", "pages:sentences", "pages:tags", "pages:tag_questions",
    "pages:review", "pages:review_list",
    "pages:reach", "pages:import_folder", "pages:remove_account",
    "accounts:settings", "accounts:household", "accounts:tokens", "consent:mine",
    "consent:receipts", "consent:notice", "rights:overview", "rights:requests",
    *(("faces:review", "faces:settings", "faces:journal") if apps.is_installed("faces") else ()),
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page_for_a_french_reader_is_french_throughout(
    name: str, alice: User, alice_client: Client, french: Catalog
):
    alice.language = "fr"
    alice.save()
    page = alice_client.get(reverse(name)).content.decode()
    assert '<html lang="fr">' in page
    # Short ones may be the same word in both languages, or part of another.
    english = [
        forms[0]
        for _, forms, said in _messages(french)
        if len(forms[0]) > 12 and forms[0] != said[0] and forms[0] in page
    ]
    assert english == []
