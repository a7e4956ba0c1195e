"""Settings fail loudly at start, and each one is documented."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from photolib import env

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


def test_every_setting_is_documented_with_its_purpose() -> None:
    documented = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| (.+) \|$", DOCS.read_text(), re.M))
    assert documented == {
        setting.name: setting.purpose.replace("|", "or") for setting in env.DECLARED.values()
    }


@pytest.mark.parametrize(
    ("parse", "wrong", "right"),
    [
        (env.boolean, "maybe", ("off", False)),
        (env.whole(1, 5), "6", ("5", 5)),
        (env.whole(1, 5), "many", ("1", 1)),
        (env.one_of("en", "fr"), "de", ("fr", "fr")),
        (env.url, "photos.example", ("https://photos.example/", "https://photos.example")),
        (env.time_zone, "Paris", ("Europe/Paris", "Europe/Paris")),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, parse, wrong: str, right: tuple[str, object]
) -> None:
    monkeypatch.setattr(env, "DECLARED", {})
    monkeypatch.setenv("PHOTOLIB_TRIAL", wrong)
    with pytest.raises(ImproperlyConfigured, match=f"PHOTOLIB_TRIAL='{wrong}'"):
        env.declare("PHOTOLIB_TRIAL", "", parse, "a trial")
    monkeypatch.setenv("PHOTOLIB_TRIAL", right[0])
    assert env.declare("PHOTOLIB_TRIAL", "", parse, "a trial") == right[1]


def test_an_unset_or_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DECLARED", {})
    monkeypatch.setenv("PHOTOLIB_TRIAL", "")
    assert env.declare("PHOTOLIB_TRIAL", "a, b", env.words, "a trial") == ["a", "b"]
