"""Residents in reach of a site: one at the west end of a field of 400 m × 400 m, homes around it, a street that winds.

The street goes from the site's middle (50, 200) 100 m south, 200 m east, 100 m north, and 100 m east again. Of five
homes on it: 1 person at 0 m from its start, 2 at 100 m, 4 at 300 m, 8 at 400 m (200 m in a straight line), 16 at 500 m.
The site is 20 m wide, so that the way comes into it 10 m from its middle.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from analyses.analysis import Edition
from analyses.garden_suitability import garden_suitability
from analyses.gardens.criteria import CLASS, INSIDE, Criterion
from analyses.gardens.params import GardenParams

BENDS = [(50, 200), (50, 100), (250, 100), (250, 200), (350, 200)]
HOMES = [(50, 200), (50, 100), (250, 100), (250, 200), (350, 200)]
PUBLIC = (Criterion("public", 1.0, 1.0, 0.0, None, CLASS, INSIDE, "public_land"),)


@pytest.fixture
def field(layer):
    corner = np.array(layer((0, 0, 1, 1)).total_bounds[:2])

    def at(points):
        return np.array(points, float) + corner

    people = gpd.GeoDataFrame(
        {"population": [1.0, 2.0, 4.0, 8.0, 16.0]}, geometry=list(shapely.points(at(HOMES))), crs=layer().crs
    )
    street = shapely.LineString(at(BENDS))
    return {
        "boundary": layer((0, 0, 400, 400), name=["Borgo"], code=["011999"]),
        "land_use": (Edition(2018, layer((0, 0, 400, 400), code=["211"])),),
        "public_land": layer((40, 190, 60, 210), name=["Ovest"], owner=["Comune"]),
        "census": (Edition(2021, people),),
        "streets": gpd.GeoDataFrame({"kind": ["residential"]}, geometry=[street], crs=layer().crs),
    }


def found(field, **asked):
    params = GardenParams(criterion=PUBLIC, least_site_m2=100.0, draws=10, **asked)
    result = garden_suitability(**field, params=params)
    (told,) = [problem for problem in result.problems if problem.code == "garden-people-in-reach"]
    return result.table("sites").frame["people"].tolist(), told.message.it


@pytest.mark.parametrize(("reach_m", "people"), [(89.0, 1.0), (91.0, 3.0), (289.0, 3.0), (291.0, 7.0), (391.0, 15.0)])
def test_that_residents_are_in_reach_of_a_site_along_the_streets(field, reach_m, people):
    # From where the street comes into the site to each home: 90 m, 290 m, 390 m, 490 m; one lives in the site.
    assert found(field, demand_m=reach_m)[0] == [people]


def test_that_the_record_says_that_streets_were_walked(field):
    assert found(field)[1] == (
        "residenti nel raggio di un sito: 500 m a piedi lungo i percorsi, senza contare la pendenza."
    )


@pytest.mark.parametrize("kinds", [None, ["motorway"]])
def test_that_without_ways_to_walk_the_straight_line_has_its_detour_and_is_called_so(field, kinds):
    # 280 m are 215 m in a straight line. Between centres of cells of 5 m, from the middle one of the site's list
    # (42.5, 197.5): the homes at 14 m, 100 m and 210 m are in reach, those at 232 m and 310 m are not.
    field["streets"] = None if kinds is None else field["streets"].assign(kind=kinds)
    people, told = found(field, demand_m=280.0)
    assert people == [1.0 + 2.0 + 8.0]
    assert told == "residenti nel raggio di un sito: linea d'aria × 1,30 fino a 280 m, perché mancano le strade."


def test_that_a_motorway_among_the_streets_does_not_keep_anybody_from_walking_on_the_others(field):
    walked, told = found(field, demand_m=291.0)
    motorway = field["streets"].assign(kind="motorway").translate(0.0, 150.0)
    field["streets"] = pd.concat([field["streets"], field["streets"].assign(kind="motorway", geometry=motorway)])
    assert found(field, demand_m=291.0) == (walked, told)


def test_that_a_longer_reach_never_counts_fewer(field):
    counts = [found(field, demand_m=reach_m)[0][0] for reach_m in (50.0, 150.0, 300.0, 400.0, 500.0)]
    assert counts == sorted(counts)
    assert counts[-1] == 31.0


def test_that_nobody_is_counted_where_nobody_s_home_is_known(field):
    field["census"] = ()
    params = GardenParams(criterion=PUBLIC, least_site_m2=100.0, draws=10)
    result = garden_suitability(**field, params=params)
    assert "people" not in result.table("sites").frame
    assert "garden-people-in-reach" not in {problem.code for problem in result.problems}


def test_that_the_streets_stay_as_they_were(field):
    before = field["streets"].copy(deep=True)
    found(field)
    assert field["streets"].equals(before)
