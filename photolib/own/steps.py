"""The steps that look at a photo for what is the family's own: their tags, and the things they marked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from photolib.core.pixels import Pixels
from photolib.core.steps import Write
from photolib.describe.analyser import Analyser, as_step
from photolib.describe.efficientnet import MODEL, VERSION, network
from photolib.describe.models import AnalyserOff
from photolib.describe.seen import SeenFact
from photolib.library.models import Photo
from photolib.own import readable
from photolib.own.asking import MATCH_THINGS, Found, ask, is_off, look_for, sought_in
from photolib.own.seeking import withdraw_faces
from photolib.own.teaching import keep_look

MATCH_OWN = "match_own"


def _states_nothing(_photo: Photo, _pixels: Pixels) -> Sequence[SeenFact]:
    """A tag is said by a person or asked: this analyser has no fact of its own."""
    return []


def _match_own(photo: Photo, pixels: Pixels) -> Write | None:
    if AnalyserOff.objects.filter(library=photo.library_id, step=MATCH_OWN).exists():
        return None
    return partial(_keep, photo, network.features(pixels.array))


def _keep(photo: Photo, features: NDArray[np.float32]) -> None:
    # It may have been switched off while the network looked.
    if not AnalyserOff.objects.filter(library=photo.library_id, step=MATCH_OWN).exists():
        keep_look(photo=photo, features=features, model=MODEL, version=VERSION)


# An analyser like the others for its switch; what it writes is no fact, so it writes for itself.
match_own = replace(
    as_step(
        Analyser(
            step=MATCH_OWN, version=1, model=MODEL, model_version=VERSION, look=_states_nothing
        )
    ),
    run=_match_own,
)


def _match_things(photo: Photo, pixels: Pixels) -> Write | None:
    if is_off(photo.library_id):
        return None
    sought = sought_in(photo.library_id)
    if not sought:
        return partial(withdraw_faces, photo)
    places = network.places(pixels.array)
    return partial(_ask, photo, look_for(sought, photo, places, pixels.image))


def _ask(photo: Photo, found: Sequence[Found]) -> None:
    # Faces are looked for before this step: what was marked meanwhile may be one.
    withdraw_faces(photo)
    ask(photo, found)


find_names = as_step(readable.ANALYSER)
match_things = replace(
    as_step(
        Analyser(
            step=MATCH_THINGS,
            version=1,
            model=MODEL,
            model_version=VERSION,
            look=_states_nothing,
            leans_on=("find_objects",),
        )
    ),
    run=_match_things,
)
