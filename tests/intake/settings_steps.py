"""Settings of worker processes that tests start: the test's own database, and steps to order."""

import os

from photolib import settings as product
from photolib.settings import *  # noqa: F403  a settings module is the product's with few changes

PHOTO_STEPS = os.environ["TEST_PHOTO_STEPS"].split(",")
DATABASES = {"default": product.DATABASES["default"] | {"NAME": os.environ["TEST_DATABASE"]}}
STEP_SECONDS = int(os.environ.get("TEST_STEP_SECONDS", "300"))
MIN_FREE_BYTES = 0
