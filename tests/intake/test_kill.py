"""Ten times kill -9 during an import of 200 photos: nothing is lost, and nothing comes out different.

On PostgreSQL the same with 60: there it is about leases and locks, which ten kills try as well.
"""

import os
import random
import signal
import subprocess
import time
from hashlib import file_digest
from pathlib import Path

import pytest
from django.db import connection
from PIL import ExifTags, Image, ImageEnhance
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.demo.pictures import package_picture
from photolib.intake.models import Incoming, StepRun, StepState
from photolib.intake.services import retry_parked
from photolib.library.models import Original, Photo
from photolib.library.renditions import SIZES, rendition_path
from photolib.library.storage import original_path
from tests.intake.conftest import Processes, until

pytestmark = [pytest.mark.slow, pytest.mark.models, pytest.mark.django_db(transaction=True)]

PHOTOS = 200 if connection.vendor == "sqlite" else 60
KILLS = 10
WORKERS = 2
# One step of every kind: rows, files, faces, facts and words. What else looks at photos
# (photolib.describe.steps) writes by the same code as measure_quality, and would make this test an hour.
STEPS = (
    "photolib.library.steps.read_metadata",
    "photolib.library.steps.make_renditions",
    "faces.steps.find_faces",
    "photolib.describe.steps.measure_quality",
    "photolib.search.steps.index_photo",
)
# Everything that must be the same, by the SHA-256 of each photo's original.
Facts = dict[str, dict[str, object]]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Photos with six faces and a laid table, no two alike, each with a date and a camera."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    group = package_picture("insightface", "insightface/data/images/t1.jpg").resize((600, 415))
    for number in range(PHOTOS):
        exif = Image.Exif()
        exif[ExifTags.Base.Model] = f"Camera {number % 7}"
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = (
            f"2021:{number % 12 + 1:02}:{number % 28 + 1:02} 10:{number % 60:02}:{number // 60:02}"
        )
        lit = ImageEnhance.Brightness(group).enhance(0.7 + 0.6 * number / PHOTOS)
        lit.save(folder / f"IMG_{number:04}.jpg", quality=88, exif=exif)
    return folder


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def facts_of_all() -> Facts:
    """Rows and files of every photo; fails on any file that belongs to none."""
    facts: Facts = {}
    belonging: set[Path] = set()
    ours = {"id", "library_id", "received_at", "trashed_at"}
    for photo in Photo.objects.select_related("original"):
        files = [original_path(photo.original), *(rendition_path(photo, size) for size in SIZES)]
        belonging.update(files)
        rows = {
            key: value for key, value in vars(photo).items() if key not in ours and key[0] != "_"
        }
        steps = StepRun.objects.filter(photo=photo).values_list("step", "version", "state", "error")
        boxes = ("left", "top", "width", "height", "confidence")
        facts[photo.original_id] = {
            **rows,
            "steps": sorted(steps),
            "files": [hash_of(path) for path in files],
            "faces": sorted(photo.regions.values_list(*boxes, "quality", "detector")),
            "things": sorted(photo.facts.values_list("label", *boxes, "model", "version")),
            "words": sorted(photo.words.values_list("word", "source")),
        }
        assert hash_of(files[0]) == photo.original_id
    assert stored_files() == belonging
    return facts


def stored_files() -> set[Path]:
    data = original_path(Original(sha256="00" * 32, format="jpeg")).parents[3]
    folders = [data / name for name in ("incoming", "originals", "renditions")]
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def start_over(settings: Settings, folder: Path) -> Processes:
    """An empty library in a folder of its own."""
    Photo.objects.all().delete()
    Original.objects.all().delete()
    Incoming.objects.all().delete()
    folder.mkdir()
    settings.PHOTOLIB_DATA = folder
    return Processes(folder, settings.PHOTOLIB_KEYSTORE)


def start(processes: Processes, *arguments: str) -> subprocess.Popen[str]:
    return processes.start(*arguments, steps=",".join(STEPS))


def drain(processes: Processes) -> None:
    worker = start(processes, "work", "--drain")
    output, _ = worker.communicate(timeout=600)
    assert worker.returncode == 0, output


def steps_done() -> int:
    return StepRun.objects.filter(state=StepState.DONE).count()


def wait_for_steps(count: int) -> None:
    until(lambda: steps_done() >= count, seconds=240)


def kill_workers_at_random(processes: Processes, chance: random.Random) -> None:
    """Kill one of two workers, again and again, spread over the whole import."""
    workers = [start(processes, "work") for _ in range(WORKERS)]
    goal = PHOTOS * len(STEPS)
    for kill in range(1, KILLS + 1):
        wait_for_steps(goal * kill // (KILLS + 2))
        time.sleep(chance.uniform(0, 0.25))
        place = chance.randrange(WORKERS)
        os.kill(workers[place].pid, signal.SIGKILL)
        workers[place].wait()
        workers[place] = start(processes, "work")
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait()


def test_ten_kills_lose_nothing(
    pictures: Path, alice: User, settings: Settings, tmp_path: Path
) -> None:
    calm = start_over(settings, tmp_path / "calm")
    start(calm, "import", str(pictures), "--owner", "alice").wait()
    drain(calm)
    expected = facts_of_all()
    assert len(expected) == PHOTOS
    # Else the comparison below would say little.
    assert all(facts["faces"] and facts["things"] and facts["words"] for facts in expected.values())
    calm.end()

    stormy = start_over(settings, tmp_path / "stormy")
    importing = start(stormy, "import", str(pictures), "--owner", "alice")
    kill_workers_at_random(stormy, random.Random(20250101))  # noqa: S311  to be repeatable
    importing.wait()
    drain(stormy)

    # At most what was in work is set aside: one photo for each kill.
    assert StepRun.objects.filter(state=StepState.PARKED).count() <= KILLS
    retry_parked(by=alice)
    drain(stormy)
    assert facts_of_all() == expected
    assert not StepRun.objects.exclude(state=StepState.DONE).exists()
    assert set(Incoming.objects.values_list("state", flat=True)) == {"accepted"}
    # The kills did hit work: else this test would have shown nothing.
    struck = StepRun.objects.filter(attempts__gt=1).count()
    assert struck + Incoming.objects.filter(attempts__gt=1).count() >= 3
    stormy.end()
