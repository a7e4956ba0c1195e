"""The web server's way in."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from photolib.machine import forbid_core_dumps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photolib.settings")

forbid_core_dumps()
application = get_wsgi_application()

# Not before: it needs the settings. Else the first who searches would wait for it.
import_module("photolib.search.calendar").load()
