"""The format of everything that photolib draws from originals."""

from io import BytesIO

from PIL import Image

# WebP ends here, in pixels a side; a panorama that is longer is made to fit.
LONGEST = 16383
# Measured on a 12-megapixel photo (docs/performance.md): method 2 takes half the time of Pillow's
# own 4, for files that are 4 % larger.
QUALITY = 80
METHOD = 2


def encode_webp(image: Image.Image) -> bytes:
    """The picture as a WebP file with nothing in it but pixels: no place, no camera, no names."""
    # What Pillow would otherwise copy over from the file the picture came from.
    bare = {"exif": b"", "xmp": b"", "icc_profile": b""}
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=METHOD, **bare)
    return out.getvalue()
