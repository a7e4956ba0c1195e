"""Django's settings. Each one a person may change is an environment variable (docs/settings.md)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from photolib import env
from photolib.machine import default_worker_count
from photolib.secret import make_private_folder, read_or_make_secret

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where things lie -----------------------------------------------------------------------------
PHOTOLIB_DATA = env.declare(
    "PHOTOLIB_DATA", str(BASE_DIR / "data"), env.path,
    "The one folder that holds everything the program writes: database, originals, renditions.",
)  # fmt: skip
PHOTOLIB_KEYSTORE = env.declare(
    "PHOTOLIB_KEYSTORE", str(BASE_DIR / "keystore"), env.path,
    "The folder of the keys. Not inside PHOTOLIB_DATA, and never in the same backup.",
)  # fmt: skip
KEYSTORE_PASSPHRASE = env.declare(
    "PHOTOLIB_KEYSTORE_PASSPHRASE", "", env.text,
    "Wraps the keys in the keystore. Once it is set, recognition waits after a start without it.",
)  # fmt: skip
KEYSTORE_PASSPHRASE_FILE = env.declare(
    "PHOTOLIB_KEYSTORE_PASSPHRASE_FILE", "", env.text,
    "A file that holds the passphrase, instead of PHOTOLIB_KEYSTORE_PASSPHRASE.",
)  # fmt: skip
if PHOTOLIB_KEYSTORE == PHOTOLIB_DATA or PHOTOLIB_DATA in PHOTOLIB_KEYSTORE.parents:
    raise ImproperlyConfigured(
        f"PHOTOLIB_KEYSTORE={PHOTOLIB_KEYSTORE} lies inside PHOTOLIB_DATA={PHOTOLIB_DATA}: "
        "choose a folder beside it, so that a copy of the data never carries the keys."
    )

make_private_folder(PHOTOLIB_DATA, "PHOTOLIB_DATA")
make_private_folder(PHOTOLIB_DATA / "incoming", "PHOTOLIB_DATA")
make_private_folder(PHOTOLIB_KEYSTORE, "PHOTOLIB_KEYSTORE")

# --- How the site is reached ----------------------------------------------------------------------
DEBUG = env.declare(
    "PHOTOLIB_DEBUG", "no", env.boolean, "Show error details. Never on a real server."
)
PUBLIC_URL = env.declare(
    "PUBLIC_URL", "", env.url,
    "The address people type, such as https://photos.home.example; empty: this machine only.",
)  # fmt: skip
LISTEN = env.declare(
    "PHOTOLIB_LISTEN",
    "127.0.0.1:8000",
    env.text,
    "Address and port that `manage.py serve` listens on.",
)
EXTRA_HOSTS = env.declare(
    "PHOTOLIB_HOSTS", "", env.words, "Further host names the site answers to, with commas between."
)
BEHIND_PROXY = env.declare(
    "PHOTOLIB_BEHIND_PROXY", "no", env.boolean,
    "A reverse proxy in front sets X-Forwarded-Proto and removes the sender's own.",
)  # fmt: skip
ACCEL_PREFIX = env.declare(
    "PHOTOLIB_ACCEL_PREFIX", "", env.text,
    "Internal nginx location that serves PHOTOLIB_DATA, such as /protected/; empty: photolib streams.",
)  # fmt: skip

_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *EXTRA_HOSTS]
if _public.hostname:
    ALLOWED_HOSTS.append(_public.hostname)
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if PUBLIC_URL else []
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECRET_KEY = read_or_make_secret(PHOTOLIB_KEYSTORE)

# --- Apps -----------------------------------------------------------------------------------------
WITH_FACES = env.declare(
    "PHOTOLIB_FACES", "yes", env.boolean,
    "Whether the app that handles faces is installed at all (each library's switch is its owner's).",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_q",
    "photolib.core",
    "photolib.accounts",
    "photolib.library",
    "photolib.people",
    "photolib.consent",
    "photolib.intake",
    "photolib.describe",
    "photolib.search",
    "photolib.own",
    "photolib.pages",
    "photolib.rights",
    "photolib.demo",
    "photolib.safekeeping",
    "photolib.bench",
    *(["faces"] if WITH_FACES else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "photolib.accounts.middleware.FirstRunMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "photolib.accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "photolib.pages.middleware.ErrorPageMiddleware",
    "photolib.pages.middleware.MicrophoneMiddleware",
]
ROOT_URLCONF = "photolib.urls"
WSGI_APPLICATION = "photolib.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "photolib.pages.context.site",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database -------------------------------------------------------------------------------------
DATABASE_URL = env.declare(
    "PHOTOLIB_DATABASE", "sqlite", env.text,
    "`sqlite` (a file in PHOTOLIB_DATA), or postgresql://user:password@host:port/name.",
)  # fmt: skip


def _database(address: str) -> dict[str, Any]:
    if address == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PHOTOLIB_DATA / "db.sqlite3",
            "OPTIONS": {
                # A writer says so when it begins: no deadlock between two readers who both want to write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # The search reads here and there in a large file: mapped, a page costs no call and no copy.
                # It is a share of the addresses, not of the memory; SQLite maps 2 GB at most.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=2147418112;"
                ),
            },
            # In a file also in tests: concurrency is tested on what runs.
            "TEST": {"NAME": PHOTOLIB_DATA / "test.sqlite3"},
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "PHOTOLIB_DATABASE must be `sqlite` or postgresql://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Pages ask short questions (docs/performance.md): to compile one, or to start processes for it,
            # takes longer than any of them; and what is looked up lies in memory or on an SSD, where
            # a look by an index costs no four times as much as reading on.
            "options": "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1",
        },
    }


DATABASES = {"default": _database(DATABASE_URL)}

# --- Signing in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "pages:timeline"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Languages and time ---------------------------------------------------------------------------
LANGUAGE_CODE = env.declare(
    "PHOTOLIB_LANGUAGE",
    "en",
    env.one_of("en", "fr"),
    "Language for visitors who chose none: en or fr.",
)
LANGUAGES = [("en", "English"), ("fr", "Français")]
# What photos are described in (describe.languages): more than the pages have been translated to.
DESCRIPTION_LANGUAGES = [
    *LANGUAGES,
    ("de", "Deutsch"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
]
LOCALE_PATHS = [BASE_DIR / "photolib" / "locale"]
USE_I18N = True
# How English writes dates here: 6 July 2024, as the descriptions do.
FORMAT_MODULE_PATH = "photolib.locale_formats"
USE_TZ = True
TIME_ZONE = env.declare(
    "PHOTOLIB_TIME_ZONE", "UTC", env.time_zone, "The household's time zone, such as Europe/Paris."
)

# --- Static files and what a page may load --------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# WhiteNoise serves straight from the source folders: no collectstatic step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- One photo's way ------------------------------------------------------------------------------
# Like MIDDLEWARE: dotted names of photolib.core.steps.Step values, run in this order.
PHOTO_STEPS = [
    "photolib.library.steps.read_metadata",
    "photolib.describe.steps.read_notes",
    "photolib.library.steps.make_renditions",
    *(["faces.steps.find_faces"] if WITH_FACES else []),
    "photolib.describe.steps.find_objects",
    "photolib.describe.steps.find_scene",
    "photolib.describe.steps.find_postures",
    "photolib.describe.steps.find_smiles",
    "photolib.describe.steps.read_text",
    "photolib.describe.steps.check_sensitivity",
    "photolib.describe.steps.measure_quality",
    "photolib.own.steps.match_own",
    "photolib.own.steps.match_things",
    "photolib.own.steps.find_names",
    "photolib.describe.steps.write_sentence",
    "photolib.search.steps.index_photo",
]
WORKERS = env.declare(
    "PHOTOLIB_WORKERS", str(default_worker_count()), env.whole(1, 64),
    "Worker processes, one thread each. Unset: as many as cores, and one for each 1.5 GB of memory.",
)  # fmt: skip
MAX_UPLOAD_BYTES = (
    1024
    * 1024
    * env.declare(
        "PHOTOLIB_MAX_UPLOAD_MB",
        "300",
        env.whole(1, 4096),
        "Largest file that is taken in, in megabytes.",
    )
)
MAX_PIXELS = 1_000_000 * env.declare(
    "PHOTOLIB_MAX_MEGAPIXELS", "80", env.whole(1, 1000),
    "Largest picture that is decoded, in megapixels: a small file can hold a picture that fills memory.",
)  # fmt: skip
MIN_FREE_BYTES = 1024 * 1024 * env.declare(
    "PHOTOLIB_MIN_FREE_MB", "200", env.whole(0, 1_000_000),
    "Space that must stay free on the disk: below it nothing new is taken in.",
)  # fmt: skip
TRASH_DAYS = env.declare(
    "PHOTOLIB_TRASH_DAYS",
    "30",
    env.whole(1, 3650),
    "Days a photo stays in the trash before it is gone.",
)
MEANING_SEARCH = env.declare(
    "PHOTOLIB_MEANING_SEARCH", "no", env.boolean,
    "Search by meaning where words find little: 52 MB in each process. Then run `manage.py index_meanings`.",
)  # fmt: skip
STEP_SECONDS = env.declare(
    "PHOTOLIB_STEP_SECONDS", "300", env.whole(5, 3600),
    "Time one step on one photo may take before its worker is stopped.",
)  # fmt: skip
SENTENCE_KEY = env.declare(
    "PHOTOLIB_SENTENCE_KEY", "", env.text,
    "Key for the household's own sentence model, where its server asks for one (docs/sentence-model.md).",
)  # fmt: skip
FILE_UPLOAD_TEMP_DIR = PHOTOLIB_DATA / "incoming"
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

Q_CLUSTER = {
    "name": "photolib",
    "orm": "default",
    # One message, one ring: what is due stands in StepRun (docs/adr/0003).
    "workers": WORKERS,
    "timeout": STEP_SECONDS * 4,
    "retry": STEP_SECONDS * 4 + 60,
    "ack_failures": True,
    "max_attempts": 1,
    "save_limit": -1,
    "poll": 0.5,
    "catch_up": False,
}

# --- The API --------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "photolib.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "photolib.accounts.authentication.HasScope",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "photolib.pages.api.base.answer_error",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "photolib",
    "DESCRIPTION": "The same services as the pages. Sign in with a token from your settings page.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django-q": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
