"""How long it takes to compose one description from what is known of a photo."""

import statistics
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.models import FactKind
from photolib.describe.view import Name, PhotoView, SeenFace, SeenText, SeenThing
from photolib.describe.vocabulary.signs import Colour, Light, Posture, Quality, Smile, Text
from photolib.library.models import TakenSource

_PEOPLE = (
    Name("Anna", sure=True),
    Name("Ben", sure=False),
    None,
    Name("Marie-Claire", sure=True),
    None,
    None,
)
_WORDS = tuple(
    SeenText(
        text=words,
        language="fr",
        at=SeenThing(Text.READ, 0.9, "a reader", Box(0.1, top, 0.6, 0.1), kind=FactKind.TEXT),
    )
    for words, top in (("Boulangerie du Lac", 0.1), ("Ouvert tous les jours", 0.3))
)
_THINGS = ("cake", "cup", "cup", "table", "chair", "chair", "dog", "bottle", "potted_plant")


def measure_composing(*, rounds: int) -> dict[str, Any]:
    """Microseconds of the processor a description, short and long, by language; worst is the slowest."""
    views = list(_views())
    by_language = {}
    for language, _name in settings.DESCRIPTION_LANGUAGES:
        _compose_all(views, language)
        took = [_compose_all(views, language) for _round in range(rounds)]
        by_language[language] = round(1e6 * statistics.median(took) / len(views), 1)
    return {
        "compose_us": by_language,
        "compose_us_worst": max(by_language.values()),
        "compose_views": len(views),
    }


def _compose_all(views: list[PhotoView], language: str) -> float:
    began = time.process_time()
    for view in views:
        compose(view, language)
    return time.process_time() - began


def _views() -> Iterator[PhotoView]:
    """Photos with none to six people and none to nine things, in every combination; signs in every other,
    words in every third.
    """
    for people in range(len(_PEOPLE) + 1):
        for things in range(len(_THINGS) + 1):
            yield PhotoView(
                taken_on=date(2024, 7, 1 + people + things),
                taken_source=TakenSource.EXIF,
                faces=tuple(_face(at) for at in range(people)),
                things=(
                    *(_body(at) for at in range(people)),
                    *(_thing(at) for at in range(things)),
                ),
                signs=_signs(people) if (people + things) % 2 else (),
                texts=_WORDS if (people + things) % 3 == 0 else (),
                town="Lyon",
                region="Auvergne-Rhône-Alpes",
                country="FR",
            )


def _signs(people: int) -> tuple[SeenThing, ...]:
    """What the people do, the light, and how the picture came out."""
    smiles = [_sign(FactKind.SMILE, Smile.SMILING, _face(at).box) for at in range(people)]
    postures = [_sign(FactKind.POSTURE, Posture.SITTING, _body(at).box) for at in range(people)]
    return (
        *smiles,
        *postures,
        _sign(FactKind.LIGHT, Light.BY_DAY, None),
        _sign(FactKind.QUALITY, Quality.BLURRED, None),
        _sign(FactKind.COLOUR, Colour.BLUE, None),
    )


def _sign(kind: FactKind, label: str, box: Box | None) -> SeenThing:
    return SeenThing(label, 0.9, "a model", box, kind=kind)


def _face(at: int) -> SeenFace:
    return SeenFace(Box(0.15 * at + 0.03, 0.2, 0.06, 0.1), 0.9, "scrfd", _PEOPLE[at])


def _body(at: int) -> SeenThing:
    return SeenThing("person", 0.8, "ssd", Box(0.15 * at, 0.15, 0.12, 0.6))


def _thing(at: int) -> SeenThing:
    # Every third is only perhaps there.
    return SeenThing(_THINGS[at], 0.5 if at % 3 == 2 else 0.85, "ssd", Box(0.1 * at, 0.7, 0.1, 0.2))
