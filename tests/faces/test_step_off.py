"""Recognition off, as installed: boxes, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from photolib.people.models import Appearance, FaceRegion, RegionSource
from photolib.people.services import dismiss_region, draw_region
from tests.faces.conftest import House
from tests.faces.fake_engine import FakeEngine, picture_of

pytestmark = pytest.mark.django_db


def test_each_face_becomes_a_region_with_its_detector(house: House) -> None:
    regions = house.look(house.photo("red", "blue"))
    assert [region.source for region in regions] == [RegionSource.MACHINE] * 2
    assert regions[0].detector == "scrfd_500m_bnkps"
    assert regions[0].left < regions[1].left
    assert 0 < regions[0].quality <= 1


def test_nothing_is_embedded_and_nothing_biometric_is_stored(
    house: House, fake: FakeEngine
) -> None:
    house.look(house.photo("red", "blue"))
    assert fake.embedded == 0
    for model in (Template, UnknownFace, FaceGroup, GroupingSession, Appearance):
        assert not model._default_manager.exists()


def test_looking_twice_changes_nothing(house: House) -> None:
    photo = house.photo("red", "blue")
    first = [(region.pk, region.left) for region in house.look(photo)]
    assert [(region.pk, region.left) for region in house.look(photo)] == first


def test_what_a_person_said_is_no_face_stays_dismissed(house: House) -> None:
    photo = house.photo("red")
    (region,) = house.look(photo)
    dismiss_region(region=region, by=house.owner)
    (again,) = house.look(photo)
    assert (again.pk, again.dismissed) == (region.pk, True)


def test_a_face_drawn_by_hand_stays_where_the_machine_finds_none(house: House) -> None:
    photo = house.photo("red")
    drawn = draw_region(photo=photo, left=0.8, top=0.6, width=0.1, height=0.2, by=house.owner)
    assert drawn in house.look(photo)


def test_a_face_that_is_found_no_more_goes_unless_it_has_a_name(house: House) -> None:
    photo = house.photo("red", "blue")
    red, blue = house.look(photo)
    house.names(blue, house.person("Ben"))
    house.pictures[photo.pk] = picture_of()
    assert house.look(photo) == [blue]
    assert not FaceRegion.objects.filter(pk=red.pk).exists()


_PROCESS = """
import gc, os, sys
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "photolib.settings"
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)

from faces import insightface_engine
from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from faces.packs import RECOGNISER_FILE
from faces.steps import find_faces
from photolib.accounts.services import create_owner
from photolib.core import model_files
from photolib.core.errors import ModelMissing
from photolib.people.models import FaceRegion
from tests.faces.conftest import pixels_of
from tests.factories import photo_row
from PIL import Image
import skimage.data

real = model_files.find_model
def find_model(model):
    if model == RECOGNISER_FILE:
        raise ModelMissing("the recognition file was asked for")
    return real(model)
insightface_engine.find_model = find_model

owner = create_owner(
    username="alice", display_name="Alice", password="correct horse battery", household_name="T"
)
photo = photo_row(owner)
find_faces.run(photo, pixels_of(Image.fromarray(skimage.data.astronaut())))()

import onnxruntime
sessions = [
    Path(o._model_path or "of bytes").name
    for o in gc.get_objects()
    if isinstance(o, onnxruntime.InferenceSession)
]
stored = sum(m.objects.count() for m in (Template, UnknownFace, FaceGroup, GroupingSession))
maps = Path("/proc/self/maps")
print(FaceRegion.objects.count(), sessions,
      "w600k" in (maps.read_text() if maps.exists() else ""),
      "faiss" in sys.modules, stored)
"""


@pytest.mark.models
def test_in_a_fresh_process_the_recognition_file_is_never_opened(tmp_path: Path) -> None:
    """P13: the step passes with the recognition file absent; the process holds the detector alone,
    and not even FAISS."""
    done = subprocess.run(
        [sys.executable, "-c", _PROCESS],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=Path(__file__).resolve().parents[2],
        env={
            "PHOTOLIB_DATA": str(tmp_path / "p13"),
            "PHOTOLIB_KEYSTORE": str(tmp_path / "p13keys"),
            "PATH": "",
        },
    )
    assert done.stdout.strip() == "1 ['scrfd_500m_bnkps.onnx'] False False 0", done.stderr
