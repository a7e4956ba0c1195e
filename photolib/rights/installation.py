"""What this installation is and keeps, in numbers: what the documents for authorities are filled from.

No photo, no name of anybody who has no account, nothing biometric.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum

from photolib.accounts.models import Household, Role, User
from photolib.consent.decisions import newest_decisions
from photolib.consent.models import Purpose
from photolib.consent.public_links import LINK_DAYS, open_links
from photolib.consent.services import INVITATION_DAYS
from photolib.consent.standing import standing_of
from photolib.core.knowledge import counts_of_library
from photolib.core.model_files import ModelInUse, models_in_use
from photolib.library.models import Library, Original, Photo
from photolib.people.models import Person
from photolib.rights.models import Freeze, RightsRequest


@dataclass(frozen=True, slots=True)
class LibraryState:
    """One library: whose, in which state, and how much is in it."""

    owner: str
    state: str
    state_label: str
    photos: int
    shared: int
    links: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Answers:
    """How people answered one question, over all libraries: their newest answers."""

    purpose: str
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class People:
    """Whose data it is."""

    accounts: dict[str, int]
    named: int
    with_account: int
    minors: int
    frozen: int
    requests_open: int
    requests_late: int


@dataclass(frozen=True, slots=True)
class Technique:
    """Where it runs and how it is protected, as it is set now."""

    database: str
    listen: str
    public_url: str
    https: bool
    behind_proxy: bool
    debug: bool
    faces_installed: bool
    workers: int
    keystore: str
    data: str


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which things go by themselves."""

    trash: int
    invitations: int
    links: int
    refused_files: int
    questions: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Installation:
    household: str
    country: str
    admins: tuple[str, ...]
    people: People
    libraries: tuple[LibraryState, ...]
    answers: tuple[Answers, ...]
    technique: Technique
    retention: Retention
    models: tuple[ModelInUse, ...]
    photos: int
    gigabytes: float
    located: int

    @property
    def biometric(self) -> bool:
        """Whether any library goes beyond counting faces, or keeps a vector."""
        kept = ("templates", "vectors_of_unknown_faces")
        return any(
            entry.state != "off" or any(entry.counts.get(name) for name in kept)
            for entry in self.libraries
        )

    @property
    def grouping(self) -> bool:
        """Whether any library groups the faces of people nobody asked."""
        return any(entry.state == "household" for entry in self.libraries)

    def total(self, name: str) -> int:
        """One of the libraries' numbers, summed."""
        return sum(entry.counts.get(name, 0) for entry in self.libraries)

    @property
    def templates(self) -> int:
        return self.total("templates")

    @property
    def people_with_templates(self) -> int:
        return self.total("people_with_templates")

    @property
    def unknown_faces(self) -> int:
        return self.total("vectors_of_unknown_faces")


def describe_installation(today: date) -> Installation:
    """Read it all from the settings and the database, as they are now."""
    household = Household.objects.first()
    photos = Photo.objects.all()
    size = Original.objects.aggregate(total=Sum("byte_size"))["total"] or 0
    return Installation(
        household=_cell(household.name) if household else "",
        country=household.country if household else "",
        admins=tuple(
            _cell(user.display_name)
            for user in User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")
        ),
        people=_people(today),
        libraries=tuple(_library(library) for library in _libraries()),
        answers=_answers(),
        technique=_technique(),
        retention=_retention(),
        models=tuple(models_in_use()),
        photos=photos.count(),
        gigabytes=round(size / 1e9, 1),
        located=photos.filter(latitude__isnull=False).count(),
    )


def _people(today: date) -> People:
    roles = User.objects.filter(is_active=True).values_list("role").annotate(n=Count("pk"))
    named = list(Person.objects.select_related("user__guardian", "guardian", "household"))
    waiting = RightsRequest.objects.filter(answered_at__isnull=True)
    return People(
        accounts=dict(sorted(roles)),
        named=len(named),
        with_account=sum(person.user_id is not None for person in named),
        minors=sum(standing_of(person, today=today).minor for person in named),
        frozen=Freeze.objects.in_force().values("person").distinct().count(),
        requests_open=waiting.count(),
        requests_late=waiting.filter(due_on__lt=today).count(),
    )


def _libraries() -> list[Library]:
    return list(Library.objects.select_related("owner").order_by("pk"))


def _library(library: Library) -> LibraryState:
    photos = Photo.objects.filter(library=library)
    return LibraryState(
        owner=_cell(library.owner.display_name),
        state=library.recognition,
        state_label=str(library.get_recognition_display()),
        photos=photos.count(),
        shared=photos.filter(shared_with_household=True).count(),
        links=open_links(library),
        counts=counts_of_library(library),
    )


def _answers() -> tuple[Answers, ...]:
    counted = Counter(newest_decisions().values_list("purpose", "granted"))
    return tuple(
        Answers(str(purpose.label), counted[purpose.value, True], counted[purpose.value, False])
        for purpose in Purpose
    )


def _technique() -> Technique:
    public: str = settings.PUBLIC_URL
    return Technique(
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(
            connection.vendor, connection.vendor
        ),
        listen=settings.LISTEN,
        public_url=public,
        https=public.startswith("https://"),
        behind_proxy=settings.BEHIND_PROXY,
        debug=settings.DEBUG,
        faces_installed=apps.is_installed("faces"),
        workers=settings.WORKERS,
        keystore=str(settings.PHOTOLIB_KEYSTORE),
        data=str(settings.PHOTOLIB_DATA),
    )


def _retention() -> Retention:
    return Retention(
        trash=settings.TRASH_DAYS,
        invitations=INVITATION_DAYS,
        links=LINK_DAYS,
        refused_files=7,
        questions=30,
        sessions=settings.SESSION_COOKIE_AGE // 86400,
    )


def _cell(text: str) -> str:
    """Text that breaks no table of Markdown."""
    return " ".join(text.split()).replace("|", "\\|")
