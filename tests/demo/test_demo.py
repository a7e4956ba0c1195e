"""`manage.py demo` on a fresh photolib, with the real models, in a process of its own."""

import pytest

from tests.demo.running import Demo, run_manage

pytestmark = [pytest.mark.models, pytest.mark.slow]


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
