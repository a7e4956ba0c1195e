"""The real networks, the real files: a crest is marked once, and a worker asks about it in another photo."""

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.boxes import Box
from photolib.library.models import Photo
from photolib.library.renditions import encode_renditions, write_renditions
from photolib.library.storage import original_path
from photolib.own.marking import mark
from photolib.own.models import OwnRegion, Said
from photolib.own.seeking import seek_due
from photolib.own.steps import match_things
from photolib.own.trial.drawn import logo
from photolib.own.trial.pasted import paste
from tests.factories import photo_row
from tests.own.test_likeness import photo as real_photo

pytestmark = [pytest.mark.django_db, pytest.mark.models]


def taken_in(owner: User, picture: Image.Image, seed: int) -> Photo:
    row = photo_row(owner, seed=seed, width=picture.width, height=picture.height)
    write_renditions(row.pk, encode_renditions(picture))
    return row


def with_crest(number: int, crest: int = 23) -> tuple[Image.Image, Box]:
    chance = np.random.default_rng(number)
    return paste(real_photo(number), logo(crest), chance, small=0.3, large=0.4, hard=0.3)


def test_a_crest_is_asked_about_in_an_older_and_in_a_new_photo_and_nowhere_else(
    alice: User,
) -> None:
    older, place = with_crest(0)
    shown = taken_in(alice, older, 1)
    plain = taken_in(alice, real_photo(2), 2)
    marked, box = with_crest(1)
    mark(photo=taken_in(alice, marked, 3), name="the club crest", box=box, by=alice)

    assert seek_due(timezone.now()) == 3
    row = OwnRegion.objects.get(photo=shown)
    assert (row.said, row.by) == (Said.ASKED, None)
    assert row.box.overlap(place) > 0.2
    assert not OwnRegion.objects.filter(photo=plain).exists()
    example = OwnRegion.objects.get(said=Said.YES)
    assert len(bytes(example.look or b"")) == 272
    assert 0 < len(bytes(example.points or b"")) <= 20_000

    new, _place = with_crest(2)
    arrived = taken_in(alice, new, 4)
    path = original_path(arrived.original)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(path, "JPEG", quality=90)
    write = match_things.run(arrived, Pixels(path, name="a.jpg"))
    assert write is not None
    write()
    assert OwnRegion.objects.get(photo=arrived).said == Said.ASKED
