"""Who decides about the sentence model: an admin names the server or the folder, each owner says yes for
their photos.

Both are off as installed. A yes is for one server and one model: where the admin names another, every
yes ends, and is asked again.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.accounts.queries import is_admin
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.core.steps import step_wanted
from photolib.describe.models import Draft, DraftState
from photolib.describe.sentences.address import AddressRefused, parse_address, places_of
from photolib.describe.sentences.florence.captioner import Florence, examine
from photolib.describe.sentences.models import (
    SentenceChoice,
    SentenceServer,
    SentenceWish,
    SentPicture,
    ServerKind,
)
from photolib.describe.sentences.ollama import Ollama
from photolib.describe.sentences.openai_compatible import OpenAiCompatible
from photolib.describe.sentences.protocol import SentenceModel
from photolib.library.models import Library, Photo

STEP = "write_sentence"
# After a failure that is the server's, nobody tries for so long.
QUIET_SECONDS = 60
LONGEST_NAME = 100


class NoServer(PhotolibError):
    """There is no server to say yes to."""


def the_server() -> SentenceServer | None:
    """The server that an admin named, if any did."""
    return SentenceServer.objects.first()


def choice_of(library: Library) -> SentenceChoice | None:
    """The owner's yes, with its server, if there is one."""
    return SentenceChoice.objects.select_related("server").filter(library=library).first()


def sent_count(library: Library) -> int:
    """How many times a picture of this library was sent, of the photos that are still here."""
    return SentPicture.objects.filter(photo__library=library).count()


def name_server(*, kind: str, address: str, model: str, by: User) -> SentenceServer:
    """Name the server, or the folder, for this machine, in place of any other. Every yes given before ends.

    model: its name; of a folder it may be empty, and is the folder's name then.
    Raises NotAllowed for anybody but an admin, AddressRefused for an address that is not near, FolderRefused
    for a folder that cannot be used.
    """
    _check_admin(by)
    name = " ".join(model.split())
    row = (
        _folder(address, name)
        if kind == ServerKind.FLORENCE
        else SentenceServer(kind=ServerKind(kind), address=_near(address), model=name)
    )
    with transaction.atomic():
        _forget_server()
        row.save()
    return row


def forget_server(*, by: User) -> None:
    """Have no sentence model any more. Offered drafts go; accepted words are their writers'.

    Raises NotAllowed for anybody but an admin.
    """
    _check_admin(by)
    with transaction.atomic():
        _forget_server()


def want_sentences(*, library: Library, by: User, server: int) -> SentenceServer:
    """Say yes, as the owner, to the server with this key, which the page has shown, and return it.

    Workers then ask it about every photo. Raises NotAllowed for anybody but the owner, NoServer where
    the server is another one by now.
    """
    _check_owner(library, by)
    with transaction.atomic():
        row = _shown(server)
        SentenceChoice.objects.update_or_create(library=library, defaults={"server": row})
        step_wanted.send(sender=SentenceChoice, step=STEP, library=library)
    return row


def wish_for_draft(*, photo: Photo, by: User, server: int) -> None:
    """Want a draft for this one photo, whatever is wanted for the others: a way to try the model.

    A worker asks, also where an earlier draft was rejected. Raises NotAllowed for anybody but the
    photo's owner, NoServer where the server is another one by now.
    """
    _check_owner(photo.library, by)
    with transaction.atomic():
        row = _shown(server)
        rejected = Draft.objects.filter(photo=photo, model=row.model, state=DraftState.REJECTED)
        rejected.delete()
        SentenceWish.objects.update_or_create(photo=photo, defaults={"server": row})
        step_wanted.send(sender=SentenceWish, step=STEP, library=photo.library, photo=photo)


def server_for(photo: Photo) -> SentenceServer | None:
    """The server that this photo may be sent to now: its owner said yes, for all photos or this one."""
    choice = choice_of(photo.library)
    if choice is not None:
        return choice.server
    wish = SentenceWish.objects.select_related("server").filter(photo=photo).first()
    return wish.server if wish else None


def is_wished(photo: Photo) -> bool:
    """Whether a draft for this photo is being waited for."""
    return SentenceWish.objects.filter(photo=photo).exists()


def stop_sentences(*, library: Library, by: User) -> None:
    """Take the yes back: nothing more is sent, and drafts that nobody accepted are gone.

    Raises NotAllowed for anybody but the owner.
    """
    _check_owner(library, by)
    with transaction.atomic():
        SentenceChoice.objects.filter(library=library).delete()
        SentenceWish.objects.filter(photo__library=library).delete()
        Draft.objects.filter(photo__library=library, state=DraftState.OFFERED).delete()


def model_at(server: SentenceServer, photo: Photo) -> SentenceModel:
    """What to ask about this photo; it writes down each picture that it sends. Raises AddressRefused."""
    if server.is_here:
        return Florence(server.address, server.files)
    address = parse_address(server.address)

    def sending() -> None:
        SentPicture.objects.create(photo=photo, address=server.address, model=server.model)

    if server.kind == ServerKind.OLLAMA:
        return Ollama(address, server.model, sending)
    return OpenAiCompatible(address, server.model, settings.SENTENCE_KEY, sending)


def is_quiet(server: SentenceServer) -> bool:
    """Whether it could not be used just now, so that nobody need try."""
    return server.quiet_until is not None and server.quiet_until > timezone.now()


def note_trouble(server: SentenceServer, trouble: str) -> None:
    """Leave the server alone for a while; the page says why."""
    until = timezone.now() + timedelta(seconds=QUIET_SECONDS)
    SentenceServer.objects.filter(pk=server.pk).update(quiet_until=until, trouble=trouble)


def note_success(server: SentenceServer) -> None:
    if server.trouble:
        SentenceServer.objects.filter(pk=server.pk).update(quiet_until=None, trouble="")


def _near(address: str) -> str:
    """The address in its usual form, once it was found to be near. Raises AddressRefused."""
    where = parse_address(address)
    try:
        places_of(where)
    except OSError as error:
        said = _("No machine named %(host)s is known here: write its number, such as 192.168.1.5.")
        raise AddressRefused(said % {"host": where.host}) from error
    return str(where)


def _folder(address: str, model: str) -> SentenceServer:
    """The row of a folder, with the fingerprint of its files. Slow; raises FolderRefused."""
    folder, files = examine(address)
    return SentenceServer(
        kind=ServerKind.FLORENCE,
        address=str(folder),
        model=model or folder.name[:LONGEST_NAME],
        files=files,
    )


def _forget_server() -> None:
    """Every choice and wish goes with it, and what it offered to anybody."""
    Draft.objects.filter(state=DraftState.OFFERED).delete()
    SentenceServer.objects.all().delete()


def _shown(server: int) -> SentenceServer:
    """The server with this key, which a page has shown. Raises NoServer."""
    row = SentenceServer.objects.filter(pk=server).first()
    if row is None:
        raise NoServer(_("The server has been changed meanwhile: read again what is sent where."))
    return row


def _check_admin(by: User) -> None:
    if not is_admin(by):
        raise NotAllowed(_("Only an admin names the server of the sentence model."))


def _check_owner(library: Library, by: User) -> None:
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides about them."))
