"""Photos to measure with: 12 megapixels, six faces each, no two alike."""

from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

from photolib.demo.pictures import package_picture

SIZE = (4032, 2791)


def write_photos(folder: Path, count: int) -> list[Path]:
    """Write `count` JPEG files of SIZE into `folder`: a group picture, each time in another light."""
    folder.mkdir(parents=True, exist_ok=True)
    group = package_picture("insightface", "insightface/data/images/t1.jpg")
    files = []
    for number in range(count):
        image = ImageOps.mirror(group) if number % 2 else group
        image = ImageEnhance.Brightness(image).enhance(0.8 + 0.4 * number / max(1, count - 1))
        large = image.resize(SIZE, Image.Resampling.LANCZOS)
        # Grain, as a sensor has it: an enlarged picture alone would decode too quickly.
        grain = Image.effect_noise(SIZE, 22).convert("RGB")
        file = folder / f"bench_{number:03}.jpg"
        Image.blend(large, grain, 0.06).save(file, "JPEG", quality=92)
        files.append(file)
    return files
