"""Small makers of test objects. What has a service is made by the service."""

import io
from datetime import UTC, datetime
from hashlib import sha256

from PIL import Image, ImageDraw

from photolib.accounts.models import User
from photolib.library.models import Original, Photo
from photolib.library.services import library_of


def picture(
    *, size: tuple[int, int] = (640, 480), seed: int = 0, format: str = "JPEG", **save: object
) -> bytes:
    """A small picture with some structure; another seed makes other bytes."""
    image = Image.new("RGB", size, ((seed * 53) % 256, (seed * 97) % 256, 120))
    draw = ImageDraw.Draw(image)
    draw.ellipse((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill=(250, 240, 10))
    draw.line((0, 0, *size), fill=(seed % 256, 10, 10), width=5)
    out = io.BytesIO()
    image.save(out, format, **save)
    return out.getvalue()


def photo_row(owner: User, *, seed: int = 0, **fields: object) -> Photo:
    """A Photo row without any file behind it, for tests of queries and pages."""
    digest = sha256(f"{owner.pk}/{seed}".encode()).hexdigest()
    original, _ = Original.objects.get_or_create(
        sha256=digest, defaults={"format": "jpeg", "byte_size": 1000}
    )
    taken = datetime(2024, 7, 6, 12, seed % 60, tzinfo=UTC)
    values: dict[str, object] = {
        "original_name": f"IMG_{seed:04}.jpg",
        "width": 640,
        "height": 480,
        "taken_at": taken,
        "taken_on": taken.date(),
    }
    return Photo.objects.create(library=library_of(owner), original=original, **(values | fields))
