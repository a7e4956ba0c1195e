"""The QR code of an invitation can be read back."""

import cv2  # noqa: TID251  only here to read the picture back
import numpy as np

from photolib.consent.qr import draw


def test_the_code_says_the_link() -> None:
    link = "https://photos.home.example/i/" + "x" * 43 + "/"
    code = draw(link)
    picture = np.full((code.size, code.size), 255, np.uint8)
    for module in code.path.removeprefix("M").split("M"):
        x, y = module.removesuffix("h1v1h-1z").split()
        picture[int(y), int(x)] = 0
    large = np.kron(picture, np.ones((8, 8), np.uint8))
    text, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(large)
    assert text == link
