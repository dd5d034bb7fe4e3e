import pytest
from pyproj import CRS, Transformer

from layers.problems import PucError
from puc_tool.working.coordinates import place_of

CITY = CRS.from_epsg(7791)
SPEZIA = (44.1024, 9.8241)


@pytest.mark.parametrize(
    "words",
    ["567000 4884000.5", "567000,4884000.5", "567.000 4.884.000,5", "567000; 4884000,5", "E 567000 N 4884000,5",
     "567000, 4884000.5"],
)  # fmt: skip
def test_that_metres_are_read_as_maps_print_them(words):
    assert place_of(words, CITY) == (567000.0, 4884000.5)


@pytest.mark.parametrize(
    "words",
    ["44.1024, 9.8241", "44,1024 9,8241", "44.1024 9.8241", "44.1024,9.8241", "44°06'08.64\"N 9°49'26.76\"E",
     "9° 49′ 26,76″ E  44° 06′ 08,64″ N"],
)  # fmt: skip
def test_that_degrees_are_brought_to_the_study(words):
    # Both ways to write the place are the same: 44 + 6/60 + 8.64/3600 = 44.1024; 9 + 49/60 + 26.76/3600 = 9.8241.
    latitude, longitude = SPEZIA
    expected = Transformer.from_crs(4326, 7791, always_xy=True).transform(longitude, latitude)
    assert place_of(words, CITY) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("words", ["", "La Spezia", "567000", "1 2 3", "567000 4884000 12"])
def test_that_anything_else_is_refused_with_examples(words):
    with pytest.raises(PucError) as told:
        place_of(words, CITY)
    assert told.value.problems[0].code == "coordinates-not-understood"
    assert "567000 4884000" in told.value.problems[0].remedy.it
