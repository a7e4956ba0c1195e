"""From files to pixels: what is opened looks right, what is refused says why."""

import io
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from pytest_django.fixtures import Settings

from photolib.core.errors import RefusedFile, StepError
from photolib.core.pixels import STANDING_SIDE, Pixels, decode, fit, inspect_image
from tests.factories import picture

RED, WHITE = (220, 30, 20), (255, 255, 255)


def saved(folder: Path, image: Image.Image, format: str, **options: object) -> Path:
    path = folder / f"picture.{format.lower()}"
    image.save(path, format, **options)
    return path


def plain(mode: str = "RGB", colour: object = RED, size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]  # colours differ by mode


def at(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def centre(image: Image.Image) -> tuple[int, ...]:
    return at(image, image.width // 2, image.height // 2)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "HEIF", "AVIF"])
def test_every_format_is_opened_with_its_size_and_colour(tmp_path: Path, format: str) -> None:
    path = saved(tmp_path, plain(), format)
    facts = inspect_image(path, "a")
    assert (facts.width, facts.height, facts.orientation) == (60, 40, 1)
    found = centre(decode(path, "a", longest=None))
    assert np.abs(np.subtract(found, RED)).max() < 12


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (plain("RGBA", (*RED, 0)), WHITE),
        (plain("RGBA", (0, 0, 0, 128)), (127, 127, 127)),
        (plain("LA", (0, 0)), WHITE),
        (plain("L", 99), (99, 99, 99)),
        (plain("1", 1), WHITE),
        (plain().quantize(4), RED),
        (plain("I;16", 0x8000), (128, 128, 128)),
    ],
    ids=["clear", "half", "grey and clear", "grey", "bit", "palette", "16 bits"],
)
def test_every_kind_of_png_becomes_rgb(
    tmp_path: Path, image: Image.Image, expected: tuple[int, int, int]
) -> None:
    found = decode(saved(tmp_path, image, "PNG"), "a", longest=None)
    assert found.mode == "RGB"
    assert np.abs(np.subtract(centre(found), expected)).max() <= 6


def test_more_than_16_bits_of_grey_keep_their_order(tmp_path: Path) -> None:
    image = plain("I", 0x4000)
    image.paste(0xC000, (0, 0, 30, 40))
    found = decode(saved(tmp_path, image, "TIFF"), "a", longest=None)
    assert at(found, 5, 5) == (191, 191, 191)
    assert at(found, 50, 5) == (63, 63, 63)


@pytest.mark.parametrize("mode", ["CMYK", "F", "I;16", "LAB", "YCbCr"])
def test_every_kind_of_tiff_becomes_rgb(tmp_path: Path, mode: str) -> None:
    image = plain(mode, 0.5) if mode == "F" else plain(mode, 0) if mode == "I;16" else None
    image = image or (Image.new("LAB", (60, 40)) if mode == "LAB" else plain().convert(mode))
    assert decode(saved(tmp_path, image, "TIFF"), "a", longest=None).mode == "RGB"


def test_the_first_picture_of_an_animation_is_taken(tmp_path: Path) -> None:
    frames = [plain("RGB", (0, 0, 250))]
    path = saved(tmp_path, plain(), "GIF", save_all=True, append_images=frames)
    assert centre(decode(path, "a", longest=None))[0] > 200


def test_colours_of_another_space_become_srgb(tmp_path: Path) -> None:
    # A profile in which red and blue have changed places tells at once whether it was followed.
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    renamed = swapped.replace("sRGB".encode("utf-16-be"), "BGRs".encode("utf-16-be"))
    path = saved(tmp_path, plain("RGB", (255, 0, 0)), "PNG", icc_profile=renamed)
    assert np.abs(np.subtract(centre(decode(path, "a", longest=None)), (0, 0, 255))).max() <= 3


def test_a_profile_for_another_kind_of_picture_does_no_harm(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = saved(tmp_path, plain("L", 128), "PNG", icc_profile=srgb)
    assert centre(decode(path, "a", longest=None)) == (128, 128, 128)


def test_a_damaged_colour_profile_does_no_harm(tmp_path: Path) -> None:
    path = saved(tmp_path, plain(), "PNG", icc_profile=b"no profile at all")
    assert centre(decode(path, "a", longest=None)) == RED


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_orientations_stand_upright(tmp_path: Path, format: str, orientation: int) -> None:
    """A red corner, stored as a camera that was held so would, comes out top left."""
    upright = plain("RGB", (250, 250, 250), (80, 48))
    upright.paste(RED, (0, 0, 32, 16))
    lies = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(lies[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(tmp_path, stored, format, exif=exif)
    facts = inspect_image(path, "a")
    assert (facts.width, facts.height, facts.orientation) == (80, 48, orientation)
    image = decode(path, "a", longest=None)
    assert image.size == (80, 48)
    assert np.abs(np.subtract(at(image, 10, 6), RED)).max() < 40
    assert min(at(image, 70, 40)) > 200


def test_pixels_are_decoded_once_and_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(size=(4000, 3000)))
    pixels = Pixels(path, name="a")
    assert pixels.image.size == (STANDING_SIDE, 1200)
    path.unlink()
    assert pixels.image is pixels.image
    assert pixels.array.shape == (1200, STANDING_SIDE, 3)
    assert pixels.array is pixels.array
    with pytest.raises(ValueError, match="read-only"):
        pixels.array[0, 0, 0] = 1


def test_full_size_is_the_pictures_own_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(size=(2000, 1000)))
    assert Pixels(path, name="a").decode_full().size == (2000, 1000)
    assert Pixels(path, name="a").decode_full(longest=500).size == (500, 250)


def test_nothing_is_made_larger() -> None:
    assert fit((60, 40), 1600) == (60, 40)
    assert fit((60, 40), None) == (60, 40)
    assert fit((100_000, 3), 1600) == (1600, 1)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_cut_file_is_refused(tmp_path: Path, format: str, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    whole = io.BytesIO()
    Image.fromarray(noise).save(whole, format)
    path = tmp_path / "cut"
    path.write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * share)])
    with pytest.raises(RefusedFile, match="copy it again") as refusal:
        inspect_image(path, "cut.jpg")
    assert refusal.value.code in {"truncated", "unreadable"}


def test_a_cut_jpeg_is_called_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(picture(size=(800, 600))[:-2000])
    with pytest.raises(RefusedFile, match=r"cut\.jpg: The file is cut off") as refusal:
        inspect_image(path, "cut.jpg")
    assert refusal.value.code == "truncated"


def test_too_many_pixels_are_refused_before_decoding(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAX_PIXELS = 1_000_000
    path = tmp_path / "bomb.png"
    path.write_bytes(picture(size=(1200, 1000), format="PNG"))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _self: pytest.fail("decoded"))
    with pytest.raises(RefusedFile, match="1 megapixels") as refusal:
        inspect_image(path, "bomb.png")
    assert refusal.value.code == "too_many_pixels"


def test_a_bomb_of_gigapixels_is_refused_at_once(tmp_path: Path) -> None:
    head = bytearray(picture(size=(8, 8), format="PNG"))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    path = tmp_path / "bomb.png"
    path.write_bytes(head)
    began = time.perf_counter()
    with pytest.raises(RefusedFile):
        inspect_image(path, "bomb.png")
    assert time.perf_counter() - began < 1


def test_a_picture_at_the_limit_is_taken_without_a_warning(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MAX_PIXELS = 640 * 480
    path = tmp_path / "a.jpg"
    path.write_bytes(picture())
    assert inspect_image(path, "a.jpg").width == 640


def test_a_raw_file_that_looks_like_a_tiff_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, plain(), "TIFF", tiffinfo={50706: b"\x01\x04\0\0"})
    with pytest.raises(RefusedFile, match="RAW") as refusal:
        inspect_image(path, "IMG_1.dng")
    assert refusal.value.code == "unsupported"


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.jpg"
    path.write_bytes(picture())
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RefusedFile, match="permissions") as refusal:
        inspect_image(path, "a.jpg")
    assert refusal.value.code == "unreadable"


def test_a_failing_disk_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OSError, match="Input/output"):
        inspect_image(tmp_path / "a.jpg", "a.jpg")


def test_a_step_that_meets_a_damaged_file_is_not_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture()[:500])
    with pytest.raises(StepError) as error:
        _ = Pixels(path, name="a.jpg").image
    assert error.value.permanent


def test_a_step_whose_file_is_missing_may_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(StepError, match="backup") as error:
        _ = Pixels(tmp_path / "gone.jpg", name="gone.jpg").array
    assert not error.value.permanent


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["hostile", "formats"])
def test_every_hostile_or_odd_file_is_opened_or_refused(shared_data: Path, folder: str) -> None:
    files = [path for path in (shared_data / folder).rglob("*") if path.is_file()]
    assert len(files) > 70
    for path in files:
        began = time.perf_counter()
        try:
            facts = inspect_image(path, path.name)
            image = decode(path, path.name, longest=STANDING_SIDE)
        except RefusedFile as refusal:
            assert refusal.reason.endswith(".")  # noqa: PT017  either way is right
        else:
            assert facts.width * facts.height <= 80_000_000
            assert image.size == fit((facts.width, facts.height), STANDING_SIDE)
        assert time.perf_counter() - began < 10, path.name


@pytest.mark.shared
def test_the_same_picture_in_eight_orientations_looks_the_same(shared_data: Path) -> None:
    folder = shared_data / "formats" / "orientation"
    shown = [
        np.asarray(decode(folder / f"Portrait_{n}.jpg", "a", longest=64), dtype=float)
        for n in range(1, 9)
    ]
    assert all(np.abs(image - shown[0]).mean() < 6 for image in shown)


@pytest.mark.shared
def test_valid_files_of_pngsuite_are_opened(shared_data: Path) -> None:
    files = sorted((shared_data / "hostile" / "pngsuite").glob("[!x]*.png"))
    assert len(files) > 150
    for path in files:
        assert inspect_image(path, path.name).format == "png"
