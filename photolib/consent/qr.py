"""A QR code as the parts of an inline SVG: no picture library, no markup made here."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True, slots=True)
class QrCode:
    """size: modules on a side, quiet zone included. path: the dark modules, as SVG path data."""

    size: int
    path: str


def draw(text: str) -> QrCode:
    """The QR code of a text, error correction M (15 %), with the quiet zone of four modules."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return QrCode(size=len(matrix), path=path)
