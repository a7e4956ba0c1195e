"""The product's settings, on folders of the tests' own: a person's data and keys are never touched."""

import os
import tempfile
from pathlib import Path

_room = Path(tempfile.mkdtemp(prefix="photolib-tests-"))
os.environ.setdefault("PHOTOLIB_DATA", str(_room / "data"))
os.environ.setdefault("PHOTOLIB_KEYSTORE", str(_room / "keystore"))

from photolib.settings import *  # noqa: E402, F403  the environment comes first

# Each test client begins with the middleware: without this it would list every static file (30 ms).
WHITENOISE_AUTOREFRESH = True
