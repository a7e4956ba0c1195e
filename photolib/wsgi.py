"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from photolib.machine import forbid_core_dumps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photolib.settings")

forbid_core_dumps()
application = get_wsgi_application()
