"""Screenshots, documents, receipts and drawings: the rules, and the real thing on pictures made here."""

import io
from pathlib import Path

import numpy as np
import pytest
import skimage
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageDraw
from playwright.sync_api import sync_playwright

from photolib.describe.efficientnet import network
from photolib.describe.scene_thresholds import PICTURE_HEDGED_FROM, PICTURE_SAID_FROM
from photolib.describe.whole.file_facts import FileFacts, file_facts
from photolib.describe.whole.picture_sort import Surface, sort_of, surface_of

WEB, MENU = 916, 922
PHOTO_FILE = FileFacts(
    lossless=False, camera=False, named_screen=False, screen_size=False, tall=0.75
)
PAPER = Surface(flat=0.75, ground=0.9, bright=0.93, colours=30)
SCENE = Surface(flat=0.2, ground=0.1, bright=0.05, colours=200)
SAMPLES = Path(skimage.__file__).parent / "data"


def classes(**shares: float) -> NDArray[np.float32]:
    probabilities = np.zeros(1000, np.float32)
    probabilities[WEB], probabilities[MENU] = shares.get("web", 0), shares.get("menu", 0)
    return probabilities


def file(**fields: object) -> FileFacts:
    values = {name: getattr(PHOTO_FILE, name) for name in PHOTO_FILE.__slots__}
    return FileFacts(**(values | fields))


def sort(probabilities: NDArray[np.float32], surface: Surface, facts: FileFacts) -> str:
    """The label where it is asserted, with a question mark where it is hedged, "" for a photo."""
    found = sort_of(probabilities, surface, facts)
    if not found:
        return ""
    return found[0].label + ("" if found[0].confidence >= PICTURE_SAID_FROM else "?")


def test_a_screen_by_its_name_or_notes_is_a_screenshot_whatever_it_shows() -> None:
    assert sort(classes(), SCENE, file(named_screen=True)) == "screenshot"


def test_what_a_camera_took_is_never_a_screenshot_or_a_drawing() -> None:
    flat = Surface(flat=0.95, ground=0.9, bright=0.1, colours=9)
    by_camera = file(camera=True, lossless=True, screen_size=True, named_screen=True)
    assert sort(classes(web=0.9), flat, by_camera) == ""


def test_an_even_png_of_a_screens_size_is_a_screenshot_and_a_lively_one_is_not() -> None:
    screen = file(lossless=True, screen_size=True)
    even = Surface(flat=0.9, ground=0.5, bright=0.5, colours=40)
    assert sort(classes(), even, screen) == "screenshot"
    assert sort(classes(), SCENE, screen) == ""


def test_a_roll_of_print_is_a_receipt_and_a_sheet_a_document() -> None:
    printed = classes(menu=0.5, web=0.2)
    assert sort(printed, PAPER, file(tall=2.2)) == "receipt"
    assert sort(printed, PAPER, file(tall=1.41)) == "document"


def test_a_tall_page_that_reads_as_a_web_site_is_no_receipt() -> None:
    assert sort(classes(web=0.5, menu=0.1), PAPER, file(tall=2.2)) == "document"


def test_a_sheet_that_does_not_fill_the_picture_leaves_it_a_photo() -> None:
    on_a_table = Surface(flat=0.5, ground=0.35, bright=0.4, colours=150)
    assert sort(classes(menu=0.3), on_a_table, file(tall=1.4)) == ""


def test_a_drawing_is_told_with_a_hedge_only_and_an_even_sheet_not_at_all() -> None:
    even = Surface(flat=0.97, ground=0.6, bright=0.6, colours=8)
    assert sort(classes(), even, PHOTO_FILE) == "drawing?"
    assert sort(classes(), Surface(flat=1.0, ground=1.0, bright=0, colours=1), PHOTO_FILE) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot_20240706-142530.png",
        "Screen Shot 2024-07-06 at 14.25.30.png",
        "Capture d’écran 2024-07-06.png",
        "Bildschirmfoto vom 2024-07-06.png",
        "Captura de pantalla 2024.png",
        "Schermafbeelding 2024.png",
    ],
)
def test_names_of_screenshots_are_known_in_many_languages(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    Image.new("RGB", (30, 40)).save(path)
    facts = file_facts(path, name=name, camera="", width=30, height=40)
    assert facts.named_screen
    assert facts.lossless
    assert not file_facts(path, name="IMG_1.png", camera="", width=30, height=40).named_screen


def test_the_note_a_phone_writes_into_a_screenshot_is_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"ASCII\0\0\0Screenshot"
    path = tmp_path / "x.jpg"
    Image.new("RGB", (1170, 2532)).save(path, exif=exif)
    facts = file_facts(path, name="IMG_1.jpg", camera="", width=1170, height=2532)
    assert (facts.named_screen, facts.screen_size, facts.lossless) == (True, True, False)


def judge(image: Image.Image, facts: FileFacts) -> str:
    pixels = np.asarray(image.convert("RGB"))
    return sort(network.classify(pixels), surface_of(pixels), facts)


@pytest.mark.models
def test_photos_stay_photos() -> None:
    for name in ("astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"):
        image = Image.open(SAMPLES / name)
        assert judge(image, file(lossless=True, tall=image.height / image.width)) == ""


@pytest.mark.models
def test_a_drawn_house_may_be_a_drawing() -> None:
    image = Image.new("RGB", (1200, 900), "#bfe3ff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 700, 1200, 900), fill="#3aa655")
    draw.rectangle((200, 400, 550, 720), fill="#c0392b")
    draw.ellipse((900, 60, 1080, 240), fill="#ffd500")
    assert judge(image, PHOTO_FILE) == "drawing?"


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.e2e
def test_a_page_in_a_real_browser_is_a_screenshot_on_a_phone_and_a_desk() -> None:
    page_text = "<h1>Settings</h1>" + "<p style='border-bottom:1px solid'>An option: on</p>" * 12
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for width, height, scale in ((390, 844, 3), (1366, 768, 1)):
            page = browser.new_page(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page.set_content(page_text)
            shot = Image.open(io.BytesIO(page.screenshot()))
            shot.load()
            sized = file(lossless=True, screen_size=True, tall=height / width)
            assert judge(shot, sized) == "screenshot"
        browser.close()


@pytest.mark.models
@pytest.mark.shared
@pytest.mark.slow
def test_real_receipts_are_paper_and_real_photos_never_are(shared_data: Path) -> None:
    receipts = sorted((shared_data / "text" / "receipts").glob("*.jpg"))
    told = [_told(path) for path in receipts]
    assert sum(one in {"receipt", "document"} for one in told) >= 0.9 * len(receipts)
    assert not {one for one in told if one and not one.startswith(("receipt", "document"))}
    photos = sorted((shared_data / "photos").glob("*.jpg"))[::3]
    assert {_told(path) for path in photos} == {""}


def _told(path: Path) -> str:
    image = Image.open(path)
    width, height = image.size
    return judge(image, file_facts(path, name=path.name, camera="", width=width, height=height))


def test_the_hedge_is_below_what_is_asserted() -> None:
    assert PICTURE_HEDGED_FROM < PICTURE_SAID_FROM
