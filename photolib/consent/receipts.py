"""Receipts of erasures as pages tell them, and who may read which."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from photolib.accounts.models import User
from photolib.consent.erasure_models import ErasureReceipt, ReceiptKind
from photolib.consent.errors import KeystoreLocked
from photolib.consent.keystore import identity, masters
from photolib.consent.models import Purpose
from photolib.consent.queries import people_decided_by
from photolib.consent.services import invitation_of
from photolib.consent.vaults import words_of
from photolib.library.models import Library
from photolib.people.models import Person

# Within this time every worker has dropped what it held in memory.
EVERYWHERE = timedelta(seconds=60)
# An invitation's link opens a receipt for so long.
BY_LINK = timedelta(days=30)

UNREACHED = {
    "copies": gettext_lazy(
        "Copies that somebody downloaded, printed or was sent: this server does not know of them."
    ),
    "originals": gettext_lazy(
        "Photos that came with the name inside the file: originals are never altered."
    ),
    "backups": gettext_lazy(
        "Backups hold what was erased in a sealed form. The key is destroyed, so nobody can open it; "
        "and when a backup is put back, it is erased again before anybody sees it. Only an old copy "
        "of the keystore together with an old backup could bring it back."
    ),
    "stopped": gettext_lazy(
        "A program that somebody stopped in the middle keeps what it had in memory until it runs "
        "again or ends; it writes nothing of it."
    ),
    "postgres": gettext_lazy(
        "PostgreSQL keeps deleted rows in its files until it vacuums: sealed, and the key is destroyed."
    ),
    "keystore": gettext_lazy(
        "The keystore was not there: the key is destroyed as soon as it is, and nothing can be "
        "recognised with it until then."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A receipt in words. everywhere_by: when the last worker has dropped what it held in memory."""

    receipt: ErasureReceipt
    headline: str
    purpose: str
    erased: list[str]
    unreached: list[str]
    everywhere_by: datetime


def tell(receipt: ErasureReceipt) -> Told:
    """The receipt in the reader's language."""
    return Told(
        receipt=receipt,
        headline=str(ReceiptKind(receipt.kind).label),
        purpose=str(Purpose(receipt.purpose).label) if receipt.purpose else "",
        erased=_erased(receipt),
        unreached=[str(UNREACHED[code]) for code in receipt.unreached if code in UNREACHED],
        everywhere_by=receipt.made_at + EVERYWHERE,
    )


def _erased(receipt: ErasureReceipt) -> list[str]:
    if receipt.purpose != Purpose.RECOGNISE:
        return [
            _(
                "Nothing was stored for this: it is looked up each time, and is not found from now on."
            )
        ]
    lines = [
        ngettext("%(what)s: %(count)s, erased", "%(what)s: %(count)s, erased", entry["count"])
        % {"what": words_of(entry["code"]), "count": entry["count"]}
        for entry in receipt.items
    ]
    return [
        *lines,
        _("Descriptions and search: they are made when they are read, and have lost the machine's "
          "names already. Names that people wrote by hand stay with the owner of the photos."),
    ]  # fmt: skip


def receipts_visible_to(viewer: User) -> QuerySet[ErasureReceipt]:
    """Of the viewer's own library, and of the people the viewer decides for."""
    own = Q(library__owner=viewer)
    theirs = Q(person__in=people_decided_by(viewer))
    return ErasureReceipt.objects.filter(own | theirs).select_related(
        "person", "library__owner", "asked_by"
    )


def get_visible_receipt(viewer: User, pk: int) -> ErasureReceipt:
    """Raises Http404 for somebody else's."""
    receipt = receipts_visible_to(viewer).filter(pk=pk).first()
    if receipt is None:
        raise Http404
    return receipt


def get_invited_receipt(token: str, pk: int) -> ErasureReceipt:
    """A receipt of the person and library of this link, for 30 days, also if the link ended meanwhile.

    Raises Http404 for any other.
    """
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    receipt = (
        ErasureReceipt.objects.filter(
            pk=pk,
            person=invitation.person_id,
            library=invitation.library_id,
            made_at__gt=timezone.now() - BY_LINK,
        )
        .select_related("person", "library__owner")
        .first()
    )
    if receipt is None:
        raise Http404
    return receipt


def receipt_since(
    moment: datetime, *, person: Person, library: Library, purpose: str
) -> ErasureReceipt | None:
    """The receipt of what was just taken back, if anything had been allowed."""
    return ErasureReceipt.objects.filter(
        person=person, library=library, purpose=purpose, made_at__gte=moment
    ).first()


def restored_in(library: Library) -> list[Told]:
    """What was erased again in this library after an older copy was put back, the newest first."""
    rows = ErasureReceipt.objects.filter(library=library, kind=ReceiptKind.RESTORED)
    return [tell(row) for row in rows.select_related("person", "library__owner")[:20]]


def last_rollback() -> ErasureReceipt | None:
    """When an older copy of the database was last put back, if that was noticed."""
    return ErasureReceipt.objects.filter(kind=ReceiptKind.ROLLED_BACK).first()


def why_locked() -> str:
    """Why nothing can be recognised now, in a sentence with the mend; "" where keys can be used."""
    try:
        masters.newest(identity.usable_root())
    except KeystoreLocked as error:
        return str(error)
    return ""
