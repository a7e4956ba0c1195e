"""The audit finds what is planted, in every place it claims to search and every way of writing it."""

import base64
import io
import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from faces.audit.scanning import scan
from faces.audit.standing import standing
from faces.journal import JOURNAL_DAYS
from faces.models import JournalEntry, Pile, PiledFace, Template, UnknownFace
from faces.packs import BUNDLED
from faces.services import name_face
from photolib.accounts.models import User
from photolib.consent.models import Decision
from photolib.core.errors import PhotolibError
from photolib.intake import doorbell
from photolib.library.models import RecognitionState
from photolib.library.services import create_album
from photolib.people.models import Appearance, AppearanceSource, AppearanceState
from photolib.rights.services import freeze
from tests.faces.conftest import House
from tests.factories import picture
from tests.privacy.tampering import rules_off

pytestmark = pytest.mark.django_db
Vector = NDArray[np.float32]


def a_vector(seed: int = 5) -> Vector:
    values = np.random.default_rng(seed).standard_normal(BUNDLED.dimensions)
    return np.asarray(values / np.linalg.norm(values), dtype=np.float32)


WAYS: dict[str, Callable[[Vector], bytes]] = {
    "float32": lambda v: v.astype("<f4").tobytes(),
    "float16": lambda v: v.astype("<f2").tobytes(),
    "float64": lambda v: v.astype("<f8").tobytes(),
    "base64": lambda v: base64.b64encode(v.tobytes()),
    "base64 url": lambda v: base64.urlsafe_b64encode(b"x" + v.astype("<f2").tobytes()),
    "base64 in lines": lambda v: base64.encodebytes(v.tobytes()),
    "hex": lambda v: v.tobytes().hex().encode(),
    "half hex": lambda v: v.astype("<f2").tobytes().hex().upper().encode(),
    "json": lambda v: json.dumps([round(float(x), 5) for x in v]).encode(),
    "lines": lambda v: "\n".join(str(float(x)) for x in v).encode(),
}


def audit(*arguments: str) -> dict[str, Any]:
    """The report, and that the exit code tells the same."""
    out = io.StringIO()
    code = 0
    try:
        call_command("audit_biometrics", "--json", *arguments, stdout=out)
    except SystemExit as end:
        code = int(str(end.code))
    report: dict[str, Any] = json.loads(out.getvalue())
    assert code == (1 if report["findings"] else 0)
    assert report["findings"] == len(report["details"])
    return report


def found_in(report: dict[str, Any]) -> set[str]:
    return {finding["where"] for finding in report["details"]}


@pytest.fixture
def own_temporary_folder() -> Path:
    """The test's own, as tests/conftest.py set it."""
    return Path(tempfile.gettempdir())


# --- Ways of writing ------------------------------------------------------------------------------
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", [0, 1, 7])
def test_an_embedding_is_known_by_its_shape_in_every_way_of_writing(way: str, before: int) -> None:
    data = b"\xff" * before + WAYS[way](a_vector()) + b"\xff" * 50
    assert scan(data, dimensions=[512]), way


@pytest.mark.parametrize("way", ["float32", "float16", "float64", "base64", "hex"])
def test_a_part_of_the_canary_is_enough(way: str) -> None:
    whole = WAYS[way](a_vector())
    part = b"\xff\xff" + whole[: len(whole) // 2 + 100] + b"\xff"
    assert not scan(part, dimensions=[512])
    (trace,) = scan(part, dimensions=[512], canaries=[a_vector()])[:1]
    assert trace.what == "the canary"


def test_a_canary_in_bytes_of_eight_bits_is_found() -> None:
    small = np.round(a_vector() * 127).astype(np.int8).tobytes()
    assert [trace.encoding for trace in scan(small, dimensions=[512], canaries=[a_vector()])] == [
        "int8"
    ]


@pytest.mark.parametrize(
    "data",
    [
        bytes(100_000),
        np.random.default_rng(1).bytes(400_000),
        picture(size=(800, 600)),
        picture(size=(500, 300), format="TIFF"),
        picture(size=(500, 300), format="BMP"),
        np.ones(4000, dtype="<f4").tobytes(),
        np.eye(600, dtype="<f4").tobytes(),
        np.linspace(0, 1, 5000, dtype="<f4").tobytes(),
        b"the quick brown fox 1.5, 2.5, 17 " * 3000,
    ],
    ids=["zeros", "noise", "jpeg", "tiff", "bmp", "ones", "unit", "ramp", "text"],
)
def test_other_bytes_are_no_embedding(data: bytes) -> None:
    assert scan(data, dimensions=[512], canaries=[a_vector()]) == []


# --- Places ---------------------------------------------------------------------------------------
def test_a_clean_library_has_no_findings_and_says_where_it_looked(house: House) -> None:
    house.photo("red")
    report = audit()
    assert report["details"] == []
    kinds = {place.partition(":")[0] for place in report["searched"]}
    assert kinds >= {"database rows", "queue", "data folder", "keystore"}
    assert "temporary files" in kinds
    assert report["not_searched"]


@pytest.mark.parametrize("way", ["base64", "hex", "json"])
def test_planted_in_a_row(way: str, alice: User) -> None:
    create_album(owner=alice, title="x", description=WAYS[way](a_vector()).decode())
    assert found_in(audit()) == {"database rows: library_album"}


def test_planted_in_the_queue(db: None) -> None:
    doorbell.ring(1)
    queue = "django_q_ormq"
    with connection.cursor() as cursor:
        payload = WAYS["base64 url"](a_vector()).decode() + ":1abc:signature"
        cursor.execute(f"UPDATE {queue} SET payload = %s", [payload])  # noqa: S608  our own name
        assert cursor.rowcount == 1
    assert f"queue: {queue}" in found_in(audit())


def test_planted_in_the_data_folder(settings, db: None) -> None:
    (settings.PHOTOLIB_DATA / "renditions").mkdir()
    (settings.PHOTOLIB_DATA / "renditions" / "x.webp").write_bytes(b"RIFF" + a_vector().tobytes())
    assert any(place.startswith("data folder: ") for place in found_in(audit()))


def test_planted_in_the_keystore(settings, db: None) -> None:
    (settings.PHOTOLIB_KEYSTORE / "x").write_bytes(a_vector().tobytes())
    assert any(place.startswith("keystore: ") for place in found_in(audit()))


def test_planted_in_a_temporary_file(own_temporary_folder: Path, db: None) -> None:
    elsewhere = own_temporary_folder / "another program"
    elsewhere.mkdir()
    (elsewhere / "x").write_bytes(a_vector().tobytes())
    assert not found_in(audit()), "what other programs keep there is theirs"
    (own_temporary_folder / "tmpx").write_bytes(a_vector().tobytes())
    assert any(place.startswith("temporary files") for place in found_in(audit()))


def test_planted_far_into_a_large_file_across_two_pieces(tmp_path: Path, db: None) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(8 * 1024 * 1024 - 1000) + a_vector().tobytes() + bytes(5000))
    assert found_in(audit("--also", str(file))) == {f"also: {file}"}


def test_planted_in_a_cache(settings, tmp_path: Path, db: None) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    cache.set("x", a_vector().tobytes())
    assert any(place.startswith("cache default: ") for place in found_in(audit()))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = logging.FileHandler(tmp_path / "photolib.log")
    logging.getLogger("photolib").addHandler(handler)
    yield tmp_path / "photolib.log"
    logging.getLogger("photolib").removeHandler(handler)
    handler.close()


def test_planted_in_a_log(log: Path, db: None) -> None:
    logging.getLogger("photolib").warning("seen %s", [float(number) for number in a_vector()])
    assert found_in(audit()) == {f"log: {log}"}


def test_planted_in_a_backup(tmp_path: Path, db: None) -> None:
    folder = tmp_path / "backup"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
        copy.execute("CREATE TABLE t (b BLOB)")
        copy.execute("INSERT INTO t VALUES (?)", [a_vector().tobytes()])
        copy.commit()
    assert audit()["findings"] == 0
    assert found_in(audit("--also", str(folder))) == {f"also: {folder / 'db.sqlite3'}"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="its own files are the server's")
@pytest.mark.parametrize("folded", [True, False], ids=["file", "journal"])
def test_planted_and_deleted_in_the_databases_file(folded: bool) -> None:
    file = str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
        cursor.execute("CREATE TABLE planted (b BLOB)")
        try:
            cursor.execute("INSERT INTO planted VALUES (%s)", [a_vector().tobytes()])
            if folded:
                cursor.execute("DELETE FROM planted")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            places = found_in(audit())
        finally:
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.execute("DROP TABLE planted")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if folded:
        assert places == {f"database file: {file}"}
    else:
        assert f"database file: {file}-wal" in places


def test_the_canarys_own_file_is_no_finding(own_temporary_folder: Path, db: None) -> None:
    file = own_temporary_folder / "tmp-canary.npy"
    np.save(file, a_vector())
    assert audit("--canary", str(file))["findings"] == 0
    (own_temporary_folder / "tmp-elsewhere").write_bytes(a_vector().tobytes()[:900])
    report = audit("--canary", str(file))
    assert [finding["what"] for finding in report["details"]] == [
        "the canary in the clear, as float32"
    ]


@pytest.mark.parametrize(
    ("name", "content"), [("c.npy", b"nonsense"), ("c.txt", b"1 2 x"), ("c", b"1234")]
)
def test_a_canary_that_is_none_is_a_clear_error(
    own_temporary_folder: Path, name: str, content: bytes, db: None
) -> None:
    (own_temporary_folder / name).write_bytes(content)
    with pytest.raises((CommandError, PhotolibError), match="canary"):
        call_command("audit_biometrics", "--canary", str(own_temporary_folder / name))


# --- By what right --------------------------------------------------------------------------------
@pytest.fixture
def template(house: House, commits: Any) -> Template:
    """Anna said yes, and was named in one photo."""
    anna = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(anna, True)
    photo = house.photo("red")
    (region,) = house.look(photo)
    with commits():
        house.names(region, anna)
    house.look_at_due()
    return Template.objects.select_related("person__user", "library", "region").get()


def test_every_template_is_listed_with_what_allows_it(template: Template) -> None:
    report = audit()
    assert report["details"] == []
    (listed,) = report["templates"]
    decision = Decision.objects.get()
    assert (listed["template"], listed["decision"]) == (template.pk, decision.pk)
    assert listed["text_sha256"] == decision.text_sha256
    assert listed["key_there"]
    out = io.StringIO()
    call_command("audit_biometrics", stdout=out)
    assert f"allowed by decision {decision.pk}" in out.getvalue()


def test_a_template_that_rests_is_allowed_and_said_to_rest(template: Template) -> None:
    assert template.person.user is not None
    freeze(person=template.person, by=template.person.user)
    report = audit()
    assert report["details"] == []
    assert report["templates"][0]["resting"]


def test_a_template_of_somebody_without_a_yes_is_found(template: Template, house: House) -> None:
    ben = house.person("Ben")
    # The database itself refuses this: somebody took its rule away.
    with rules_off():
        Template.objects.update(person=ben)
    (finding,) = audit()["details"]
    assert finding["what"] == f"template {template.pk}: person {ben.pk} has no live yes"


def test_a_vector_that_is_not_sealed_is_found_twice(template: Template) -> None:
    Template.objects.update(sealed=a_vector().tobytes())
    whats = {finding["what"] for finding in audit()["details"]}
    assert f"template {template.pk}: what it holds is not sealed" in whats
    assert "an embedding in the clear, as float32" in whats


def test_an_unknown_face_after_its_time_or_outside_of_grouping_is_found(house: House) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo("red"))
    face = UnknownFace.objects.get()
    assert audit()["details"] == []
    UnknownFace.objects.update(expires_at=face.created_at - (face.expires_at - face.created_at))
    assert "its time is over" in audit()["details"][0]["what"]
    type(house.library).objects.update(recognition=RecognitionState.CONSENTED)
    assert "does not group faces" in audit()["details"][0]["what"]


def test_an_entry_of_the_journal_after_its_time_or_with_more_than_numbers_is_found(
    house: House,
) -> None:
    (region,) = house.look(house.photo("red"))
    name_face(region=region, by=house.owner, name="Granny")
    assert standing().findings == ()
    old = timezone.now() - timedelta(days=JOURNAL_DAYS + 3)
    JournalEntry.objects.update(created_at=old)
    JournalEntry.objects.update(undo={"faces": {"1": [{"names": ["Granny"]}, {"score": 0.5}]}})
    assert [finding.what.split(": ")[1] for finding in standing().findings] == [
        "its time is over",
        "it holds more than numbers of rows",
    ]


def test_faces_put_together_where_nothing_is_grouped_are_found(house: House) -> None:
    (region,) = house.look(house.photo("red"))
    PiledFace.objects.create(region=region, pile=Pile.objects.create(library=house.library))
    (finding,) = standing().findings
    assert "does not group faces" in finding.what


def test_a_name_by_machine_without_a_yes_is_found(house: House) -> None:
    photo = house.photo("red")
    (region,) = house.look(photo)
    Appearance.objects.create(
        person=house.person("Ben"),
        photo=photo,
        region=region,
        state=AppearanceState.AUTO,
        source=AppearanceSource.MACHINE,
    )
    assert "by machine" in audit()["details"][0]["what"]
