"""The step that asks the sentence model about one photo, where its owner said yes.

A draft is in the language that the owner reads, or, by a model that knows no other, in English: it is marked
as English wherever it is shown, and the owner decides.
"""

from functools import partial

from django.db import transaction

from photolib.core.pixels import Pixels
from photolib.core.steps import Write
from photolib.describe.models import Draft, DraftState, HumanText
from photolib.describe.sentences.address import AddressRefused
from photolib.describe.sentences.asking import instruction_in, known_language, picture_to_send
from photolib.describe.sentences.checking import Checked, check
from photolib.describe.sentences.choosing import (
    is_quiet,
    is_wished,
    model_at,
    note_success,
    note_trouble,
    server_for,
)
from photolib.describe.sentences.florence import captioner
from photolib.describe.sentences.known import known_of
from photolib.describe.sentences.models import SentenceServer, SentenceWish
from photolib.describe.sentences.protocol import SentenceServerAway
from photolib.library.models import Photo


def write_sentence(photo: Photo, pixels: Pixels) -> Write | None:
    """Ask for a draft. Nothing is sent of a photo that has words already, of a
    person or decided on.

    Raises SentenceServerAway (the step waits and uses up no attempt) or SentenceFailed.
    """
    server = server_for(photo)
    if server is None or photo.trashed_at is not None:
        return None
    language = language_of(server, photo)
    if not _is_wanted(photo, language, server.model):
        return partial(_end_wish, photo) if is_wished(photo) else None
    checked = ask(server, photo, pixels, language)
    return partial(keep, photo, language, server, checked)


def language_for(photo: Photo) -> str:
    """The language that the photo's owner reads descriptions in."""
    owner = photo.library.owner
    return known_language(owner.described_in(owner.language))


def language_of(server: SentenceServer, photo: Photo) -> str:
    """The language of the drafts that this photo gets from this server."""
    return captioner.LANGUAGE if server.is_here else language_for(photo)


def ask(server: SentenceServer, photo: Photo, pixels: Pixels, language: str) -> Checked | None:
    """The model's answer, checked; None where nothing of it may be offered.

    Raises SentenceServerAway, SentenceFailed. Slow: outside any transaction.
    """
    if is_quiet(server):
        # Nine thousand photos need not each wait for a machine that is switched off.
        raise SentenceServerAway(server.trouble)
    picture = picture_to_send(pixels.image)
    try:
        model = model_at(server, photo)
        answer = model.describe(picture, language=language, instruction=instruction_in(language))
    except (SentenceServerAway, AddressRefused) as error:
        note_trouble(server, str(error))
        raise SentenceServerAway(str(error)) from error
    note_success(server)
    return check(answer, language, known_of(photo))


def keep(photo: Photo, language: str, server: SentenceServer, checked: Checked | None) -> None:
    """Offer the draft in place of an earlier one. Not if the owner's yes has ended meanwhile."""
    with transaction.atomic():
        if server_for(photo) != server:
            return
        _end_wish(photo)
        if not _is_wanted(photo, language, server.model):
            return
        mine = Draft.objects.filter(photo=photo, language=language, model=server.model)
        mine.delete()
        if checked is not None:
            Draft.objects.create(
                photo=photo,
                language=language,
                model=server.model,
                alt=checked.alt,
                extended=checked.extended,
                unconfirmed=list(checked.unconfirmed),
            )


def _end_wish(photo: Photo) -> None:
    SentenceWish.objects.filter(photo=photo).delete()


def _is_wanted(photo: Photo, language: str, model: str) -> bool:
    """Not where a person has written words, in that language or the owner's, or has decided on this model's
    draft."""
    languages = {language, language_for(photo)}
    if HumanText.objects.filter(photo=photo, language__in=languages).exists():
        return False
    drafts = Draft.objects.filter(photo=photo, language=language, model=model)
    return not drafts.exclude(state=DraftState.OFFERED).exists()
