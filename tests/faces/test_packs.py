"""Packs as data: what is there is sound, and a wrong file says which field is wrong."""

from pathlib import Path

import pytest
from django.utils import translation

from faces.pack_words import WORDS
from faces.packs import BUNDLED, BY_NAME, PackDataWrong, read_pack
from faces.services.packs import remove_pack
from photolib.accounts.models import User
from photolib.core.errors import PhotolibError

DATA = Path(__file__).parents[2] / "faces" / "packs_data"


def test_the_bundled_pack_needs_no_download_and_comes_first() -> None:
    assert next(iter(BY_NAME)) == "bundled"
    assert not BUNDLED.downloads
    assert not BUNDLED.files
    assert BUNDLED.measured


def test_every_file_of_data_is_a_pack_of_its_own_name() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} == set(BY_NAME)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_pack_says_its_licence_and_where_its_thresholds_are_from(name: str) -> None:
    pack = BY_NAME[name]
    assert "use" in pack.licence
    assert {pack.label, pack.licence, pack.source} <= WORDS


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - {"bundled"}))
def test_a_pack_that_was_not_measured_never_names_anybody_without_asking(name: str) -> None:
    pack = BY_NAME[name]
    assert not pack.measured
    assert pack.auto > 1
    assert pack.ask > BUNDLED.ask


def test_only_detection_and_recognition_are_ever_taken_out_of_an_archive() -> None:
    for pack in BY_NAME.values():
        for download in pack.downloads:
            assert set(download.members) <= {file.file for file in pack.files}
            assert not any("gender" in member for member in download.members.values())


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("dimensions = 128", 'dimensions = "many"', r"wrong.toml: dimensions must be a int"),
        ("dimensions = 128", "", r"wrong.toml: dimensions must be a int, not None"),
        ('layout = "opencv"', 'layout = "dlib"', r"layout = 'dlib'"),
        ("auto = 1.01", "auto = 0.5", "nobody measured may not name people"),
        ("measured = false", "measured = true", "ask must be below auto"),
        ("ask = 0.463", "ask = 0.463\naks = 0.4", r"\[thresholds\]: unknown field aks"),
        ("ask = 0.463", "", r"\[thresholds\]: ask must be a float"),
        ('url = "https://', 'url = "http://', "url = 'http://"),
        ('file = "face_det', 'file = "../face_det', "is not of the form"),
        ('sha256 = "8f2383e4', 'sha256 = "8F2383e4', "sha256 = '8F2383e4"),
        ("[thresholds]", "[thresholds", "this is not TOML"),
    ],
)
def test_a_wrong_file_says_which_field_is_wrong(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    text = (DATA / "opencv.toml").read_text()
    assert old in text
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace(old, new))
    with pytest.raises(PackDataWrong, match=complaint):
        read_pack(wrong)


def test_a_file_that_no_download_brings_is_said(tmp_path: Path) -> None:
    text = (DATA / "opencv.toml").read_text()
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace('file = "face_det', 'file = "other_det', 1))
    with pytest.raises(PackDataWrong, match="no download brings other_detection"):
        read_pack(wrong)


def test_a_refusal_names_the_pack_in_the_readers_language(alice: User) -> None:
    with translation.override("fr"), pytest.raises(PhotolibError, match="petit et rapide"):
        remove_pack(pack=BUNDLED, by=alice)
