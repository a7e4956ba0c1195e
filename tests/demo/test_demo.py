"""`manage.py demo` on a fresh photolib, with the real models, in a process of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = [pytest.mark.models, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]


class Demo(NamedTuple):
    """The folders of a demo and the JSON object it ended with."""

    data: Path
    keystore: Path
    result: dict[str, Any]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as connection:
            return connection.execute(sql).fetchall()


def run_manage(*arguments: str, data: Path, keystore: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "photolib.settings",
        "PHOTOLIB_DATA": str(data),
        "PHOTOLIB_KEYSTORE": str(keystore),
        "PHOTOLIB_DATABASE": "sqlite",
    }
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    room = tmp_path_factory.mktemp("demo")
    data, keystore = room / "data", room / "keystore"
    done = run_manage("demo", "--json", data=data, keystore=keystore)
    assert done.returncode == 0, done.stderr
    return Demo(data, keystore, json.loads(done.stdout.splitlines()[-1]))


def test_nine_tenths_of_the_photos_are_described_by_what_is_seen(demo: Demo) -> None:
    result = demo.result
    assert result["photos"] >= 30
    assert result["described"] + result["fallback_only"] == result["photos"]
    assert result["described"] >= 0.9 * result["photos"]
    assert result["without_alt"] == 0


def test_the_people_who_may_be_named_are(demo: Demo) -> None:
    assert demo.result["groups"] >= 5
    assert demo.result["people_named"] == 5


def test_who_refused_is_named_by_hand_and_has_no_template(demo: Demo) -> None:
    with_template = demo.ask(
        "SELECT DISTINCT p.name FROM faces_template t JOIN people_person p ON p.id = t.person_id"
    )
    assert {name for (name,) in with_template} == {"Maya", "Jonas", "Nils", "Ilse"}
    by_hand = demo.ask(
        "SELECT DISTINCT a.source FROM people_appearance a JOIN people_person p"
        " ON p.id = a.person_id WHERE p.name = 'Petra'"
    )
    assert by_hand == [("human",)]


def test_every_template_stands_on_a_yes(demo: Demo) -> None:
    assert demo.ask("SELECT count(*) FROM faces_template") != [(0,)]
    without = demo.ask(
        "SELECT t.id FROM faces_template t JOIN consent_decision d ON d.id = t.decision_id"
        " WHERE NOT d.granted OR d.purpose <> 'recognise' OR d.person_id <> t.person_id"
    )
    assert without == []


def test_new_photos_of_named_people_are_matched(demo: Demo) -> None:
    matched = demo.ask("SELECT count(*) FROM people_appearance WHERE source = 'machine'")
    assert matched[0][0] >= 3


def test_the_strangers_photos_hold_no_vector(demo: Demo) -> None:
    assert demo.ask(
        "SELECT DISTINCT l.recognition FROM library_library l"
        " JOIN accounts_user u ON u.id = l.owner_id WHERE u.username = 'viktor'"
    ) == [("off",)]
    vectors = demo.ask(
        "SELECT count(*) FROM faces_template t JOIN library_library l ON l.id = t.library_id"
        " JOIN accounts_user u ON u.id = l.owner_id WHERE u.username = 'viktor'"
    )
    assert vectors == [(0,)]


def test_a_second_demo_does_not_mix_with_the_first(demo: Demo) -> None:
    again = run_manage("demo", "--json", data=demo.data, keystore=demo.keystore)
    assert again.returncode == 1
    assert "has accounts already" in again.stderr
    assert again.stdout == ""
