"""A program of its own that draws one picture in full size, within limits of memory and time.

The web server starts it when a full size is first asked for: strangers' bytes are never decoded in
the server's own process. It is given the path and the limits as arguments, and answers with the
WebP file on standard output, or with a sentence on standard error and status 1.
"""

import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError, RefusedFile
from photolib.core.pixels import decode
from photolib.core.webp import LONGEST, encode_webp

SECONDS = 60
# The interpreter and its libraries, then a picture's pixels in several stages of their way.
_BASE_BYTES = 1 << 30
_BYTES_A_PIXEL = 24

# One at a time for each web process: a full size takes a core and some hundred megabytes.
_turn = BoundedSemaphore(1)


def draw_full_size(path: Path, *, name: str) -> bytes:
    """The picture at `path` as a WebP file, in full size or LONGEST pixels long, whichever is less.

    Runs in a process of its own. Raises PhotolibError if that fails or takes more than SECONDS.
    """
    command = [sys.executable, "-m", __spec__.name, str(path), str(settings.MAX_PIXELS)]
    with _turn:
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter, module and original
                command, capture_output=True, timeout=SECONDS, check=False, cwd=settings.BASE_DIR
            )
        except subprocess.TimeoutExpired as error:
            raise PhotolibError(_failed(name)) from error
    if done.returncode != 0:
        raise PhotolibError(_failed(name))
    return done.stdout


def _failed(name: str) -> str:
    return _("{name} could not be drawn in full size. Download the original instead.").format(
        name=name
    )


def main(path: str, max_pixels: int) -> int:
    """Draw; the limits hold for this process from here on."""
    memory = _BASE_BYTES + _BYTES_A_PIXEL * max_pixels
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # No database, no apps, no secrets: this process needs none of it.
    settings.configure(MAX_PIXELS=max_pixels, USE_I18N=False)
    try:
        image = decode(Path(path), Path(path).name, longest=LONGEST)
        sys.stdout.buffer.write(encode_webp(image))
    except (RefusedFile, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
