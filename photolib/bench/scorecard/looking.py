"""Photos sent through a photolib that is made for it, by the way every photo goes, and what it then says.

Nothing of the library in use is read or written: commands of our own run on folders that are removed
afterwards. In there, `receive_files`, `work` and `read_all` are the three parts.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.accounts.services import create_owner
from photolib.bench.processes import environment_of, run_manage, start_manage
from photolib.bench.scorecard.evidence import Claimed, Raw, Seen, as_json, from_json
from photolib.core.errors import PhotolibError
from photolib.describe.models import Fact, FactKind
from photolib.describe.queries import Description, texts_for
from photolib.describe.vocabulary.signs import Colour, Quality
from photolib.intake.hands import Hand
from photolib.intake.models import Incoming, IncomingState, StepRun, StepState
from photolib.intake.services import receive
from photolib.intake.worker import work
from photolib.library.models import Photo
from photolib.library.services import library_of

Tell = Callable[[str], None]

# They tell how the picture is, not what it shows: alone they leave a photo undescribed.
_NOT_SHOWN = frozenset({*Quality, *Colour})
_AT_ONCE = 50
# It takes seconds to start one and load its models.
_WORTH_A_PROCESS = 10


def look_at(files: Sequence[Path], *, processes: int, tell: Tell) -> dict[Path, Seen]:
    """Take the files in, do every step of settings.PHOTO_STEPS, and read the descriptions.

    Raises PhotolibError where a file is refused or a step fails: figures that leave photos out would
    say something else.
    """
    with TemporaryDirectory(prefix="photolib-scorecard-") as name:
        room = Path(name)
        listed, found = room / "files.json", room / "seen.json"
        listed.write_text(json.dumps([str(file.resolve()) for file in files]))
        environment = environment_of(room)
        try:
            run_manage(["scorecard", "part", "receive", "--file", str(listed)], environment)
            processes = min(processes, max(1, len(files) // _WORTH_A_PROCESS))
            tell(f"Looking at {len(files)} photos with {processes} processes")
            _work_together(processes, environment)
            run_manage(["scorecard", "part", "read", "--file", str(found)], environment)
        except CalledProcessError as error:
            raise PhotolibError(_("The photos could not be looked at (see above).")) from error
        by_sum = {one["sha256"]: from_json(one) for one in json.loads(found.read_text())}
    return {file: by_sum[sha256(file.read_bytes()).hexdigest()] for file in files}


def _work_together(processes: int, environment: dict[str, str]) -> None:
    workers = [
        start_manage(["scorecard", "part", "work"], environment) for _number in range(processes)
    ]
    for worker in workers:
        worker.communicate()
    for worker in workers:
        if worker.returncode:
            raise CalledProcessError(worker.returncode, worker.args)


def receive_files(listed: Path) -> None:
    """Part one: an empty database, an owner whose library is as new ones are, the files received."""
    call_command("migrate", verbosity=0, interactive=False)
    owner = create_owner(
        username="scorecard",
        display_name="Scorecard",
        password=secrets.token_urlsafe(),
        household_name="Scorecard",
    )
    for name in json.loads(listed.read_text()):
        file = Path(name)
        with file.open("rb") as opened:
            receive(file=opened, name=file.name, library=library_of(owner), received_by=owner)


def do_the_work() -> None:
    """Part two, as often as there are processes: one worker until nothing is left to do."""
    work(Hand(), drain=True, with_chores=False)


def read_all(out: Path) -> None:
    """Part three: what was seen and what is said, as its owner reads it, in every language."""
    _check_that_all_is_done()
    owner = User.objects.get(username="scorecard")
    keys = list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    seen = [
        as_json(one)
        for start in range(0, len(keys), _AT_ONCE)
        for one in _read(keys[start : start + _AT_ONCE], owner)
    ]
    out.write_text(json.dumps(seen))


def _check_that_all_is_done() -> None:
    refused = Incoming.objects.exclude(
        state__in=[IncomingState.ACCEPTED, IncomingState.DUPLICATE]
    ).first()
    if refused is not None:
        raise PhotolibError(
            _("{name} was not taken in: {error}").format(name=refused.name, error=refused.error)
        )
    failed = StepRun.objects.exclude(state=StepState.DONE).select_related("photo").first()
    if failed is not None:
        raise PhotolibError(
            _("{step} did not work on {name}: {error}").format(
                step=failed.step, name=failed.photo.original_name, error=failed.error
            )
        )


def _read(keys: list[int], owner: User) -> Iterator[Seen]:
    photos = list(Photo.objects.filter(pk__in=keys).select_related("library", "original"))
    languages = [code for code, _name in settings.DESCRIPTION_LANGUAGES]
    texts = {language: texts_for(photos, owner, language) for language in languages}
    for photo in photos:
        described = {language: texts[language][photo.pk] for language in languages}
        claims = _claims(described[languages[0]])
        yield Seen(
            sha256=photo.original_id,
            covered=any(claim.label not in _NOT_SHOWN for claim in claims),
            claims=claims,
            facts=_facts(photo),
            alts={language: one.alt for language, one in described.items()},
            extended={
                language: "\n".join(claim.text for claim in one.extended)
                for language, one in described.items()
            },
        )


def _claims(description: Description) -> tuple[Claimed, ...]:
    return tuple(
        Claimed(claim.label, claim.hedged, claim.confidence)
        for claim in description.facts
        if claim.label
    )


def _facts(photo: Photo) -> tuple[Raw, ...]:
    """What is about nobody's private matters: the kind `sensitivity` stays where it is."""
    rows = (
        Fact.objects.filter(photo=photo)
        .exclude(kind=FactKind.SENSITIVITY)
        .order_by("kind", "place", "-confidence", "pk")
    )
    return tuple(
        Raw(
            kind=row.kind,
            label=row.label,
            confidence=row.confidence,
            probability=row.probability,
            model=row.model,
            box=_corners(row),
            text=row.text,
        )
        for row in rows
    )


def _corners(row: Fact) -> tuple[float, float, float, float] | None:
    left, top, width, height = row.left, row.top, row.width, row.height
    if left is None or top is None or width is None or height is None:
        return None
    return left, top, width, height
