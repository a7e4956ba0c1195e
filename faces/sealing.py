"""Vectors ↔ sealed bytes. What a vector belongs to is part of what it is sealed with: a row that is
copied to another person, library, model or decision cannot be opened there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from faces.models import GroupingSession, Template, UnknownFace
from photolib.consent import keys

_STORED = np.dtype("<f4")  # the same bytes on every machine


def template_aad(*, person: int, library: int, decision: int, region: int, pack: str) -> bytes:
    return f"template/{person}/{library}/{decision}/{region}/{pack}".encode()


def unknown_aad(*, session: int, region: int, pack: str) -> bytes:
    return f"unknown/{session}/{region}/{pack}".encode()


def seal_vector(key_id: str, vector: NDArray[np.float32], *, aad: bytes) -> bytes:
    """Seal one embedding (d,). Raises KeyGone or KeystoreLocked."""
    return keys.seal(key_id, vector.astype(_STORED).tobytes(), aad=aad)


def open_vector(key_id: str, sealed: bytes | memoryview, *, aad: bytes) -> NDArray[np.float32]:
    """Open one embedding (d,). Raises KeyGone or KeystoreLocked."""
    plain = keys.open_sealed(key_id, bytes(sealed), aad=aad)
    return np.frombuffer(plain, dtype=_STORED).astype(np.float32)


def open_template(template: Template) -> NDArray[np.float32]:
    """The embedding (d,) of a template. Raises KeyGone or KeystoreLocked."""
    aad = template_aad(
        person=template.person_id,
        library=template.library_id,
        decision=template.decision_id,
        region=template.region_id,
        pack=template.pack,
    )
    return open_vector(template.key_id, template.sealed, aad=aad)


def open_unknown(unknown: UnknownFace, session: GroupingSession) -> NDArray[np.float32]:
    """The embedding (d,) of a face without a name. Raises KeyGone or KeystoreLocked."""
    aad = unknown_aad(session=session.pk, region=unknown.region_id, pack=unknown.pack)
    return open_vector(session.key_id, unknown.sealed, aad=aad)


def open_coming(unknown: UnknownFace, session: GroupingSession) -> NDArray[np.float32]:
    """The same face's embedding (d,) by the pack that is moved to. Raises KeyGone or KeystoreLocked."""
    aad = unknown_aad(session=session.pk, region=unknown.region_id, pack=unknown.coming_pack)
    return open_vector(session.key_id, unknown.coming_sealed, aad=aad)


def reseal_unknown(unknown: UnknownFace, session: GroupingSession, new_key: str) -> None:
    """Seal what the row holds under another key; the caller saves RESEALED. Raises as the above."""
    aad = unknown_aad(session=session.pk, region=unknown.region_id, pack=unknown.pack)
    unknown.sealed = seal_vector(new_key, open_unknown(unknown, session), aad=aad)
    if unknown.coming_pack:
        aad = unknown_aad(session=session.pk, region=unknown.region_id, pack=unknown.coming_pack)
        unknown.coming_sealed = seal_vector(new_key, open_coming(unknown, session), aad=aad)


RESEALED = ["sealed", "coming_sealed"]


def open_rows(
    rows: Sequence[tuple[int, bytes | memoryview]], session: GroupingSession, *, pack: str
) -> list[NDArray[np.float32]]:
    """The embeddings (d,) of faces without a name, given as (region, sealed), with the key read once.

    Raises KeyGone or KeystoreLocked.
    """
    messages = [
        (sealed, unknown_aad(session=session.pk, region=region, pack=pack))
        for region, sealed in rows
    ]
    return [
        np.frombuffer(plain, dtype=_STORED).astype(np.float32)
        for plain in keys.open_many(session.key_id, messages)
    ]
