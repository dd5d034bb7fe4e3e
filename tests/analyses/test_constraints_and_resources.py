"""Constraints and resources of a square kilometre in two halves, a shore along its southern edge.

West is x < 500. A protected hill covers 300 m × 400 m astride the middle, a path runs 1,000 m along y = 700, two forts
stand in the west; a stream runs along x = 100, a culvert along x = 900.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, box

from analyses.constraint_kinds import KINDS
from analyses.constraints_and_resources import ContextParams, constraints_and_resources
from analyses.progress import Cancelled

UTM = "EPSG:7791"
NONE = ContextParams(0.0, 0.0, 0.0, 0.0)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


@pytest.fixture
def town():
    return {
        "boundary": layer([box(0, 0, 1000, 1000)], name=["Borgo"], code=["000001"]),
        "neighbourhoods": layer(
            [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], name=["Ovest", "Est"], code=["W", "E"]
        ),
        "constraints": layer(
            [
                box(350, 300, 650, 700), LineString([(0, 700), (1000, 700)]), MultiPoint([(50, 50), (60, 50)]),
                box(0, 900, 1000, 1500),
            ],
            kind=["landscape", "path", "fort", "cemetery"],
            name=["Colle", None, "Forti gemelli", "Cimitero"],
        ),
    }  # fmt: skip


def rows(result, table="context"):
    return result.table(table).frame


def test_that_a_hill_astride_two_neighbourhoods_is_shared_out(town):
    # 150 m × 400 m on each side.
    found = rows(constraints_and_resources(**town, params=NONE))
    hill = found[found["kind"] == "landscape"].set_index("neighbourhood")["area_m2"]
    assert hill.to_dict() == {"Ovest": 60_000.0, "Est": 60_000.0}


def test_that_paths_have_a_length_and_forts_a_count(town):
    found = rows(constraints_and_resources(**town, params=NONE)).set_index(["kind", "neighbourhood"])
    assert found.loc[("path", "Ovest"), "length_m"] == 500.0
    assert found.loc[("fort", "Ovest"), "points"] == 2
    assert ("fort", "Est") not in found.index


def test_that_the_ground_under_a_constraint_is_counted_once_and_resources_apart(town):
    # Hill 120,000 m² and, on the ground, 100 m × 1,000 m of cemetery strip: 220,000 m², 22 % of the square kilometre.
    result = constraints_and_resources(**town, params=NONE)
    assert result.figure("constrained_ha").value == pytest.approx(22.0)
    assert result.figure("constrained_pct").value == pytest.approx(22.0)
    assert result.figure("paths_km").value == pytest.approx(1.0)
    assert result.figure("forts").value == 1.0


def test_that_each_neighbourhood_says_how_much_of_it_is_bound_once(town):
    # West: 150 × 400 of hill and 500 × 100 of cemetery strip, 110,000 of 500,000 m²; a hill on the hill adds none.
    hill = town["constraints"].iloc[[0]].assign(name="Colle, ancora")
    town["constraints"] = pd.concat([town["constraints"], hill], ignore_index=True)
    found = rows(constraints_and_resources(**town, params=NONE), "by_neighbourhood").set_index("name").loc["Ovest"]
    assert found[["constrained_m2", "constrained_pct"]].tolist() == pytest.approx([110_000.0, 22.0])
    assert found[["paths_m", "forts"]].tolist() == [500.0, 2]


def test_that_a_strip_is_drawn_along_running_water_and_said_so(town):
    # The stream is 10 m off nothing: 2 × 10 m × 1,000 m. The culvert and the lake have no strip.
    water = layer(
        [LineString([(100, -100), (100, 1100)]), LineString([(900, 0), (900, 1000)])], kind=["river", "covered"]
    )
    result = constraints_and_resources(**town, hydrography=water, params=ContextParams(0.0, 0.0, 10.0, 0.0))
    found = rows(result).set_index("kind").loc["river_10"]
    assert found["area_m2"] == pytest.approx(20_000.0)
    assert found["origin"] == "calcolata"
    assert "strip-drawn" in {problem.code for problem in result.problems}


def test_that_a_strip_the_study_brings_is_not_drawn_again(town):
    brought = layer([box(0, 0, 1000, 300)], kind=["coast_300"])
    coast = layer([LineString([(0, 0), (1000, 0)])])
    result = constraints_and_resources(boundary=town["boundary"], constraints=brought, coastline=coast)
    found = rows(result).set_index("kind")
    assert found.loc["coast_300", ["area_m2", "origin"]].tolist() == [300_000.0, "fornita"]


def test_that_a_strip_round_the_end_of_a_line_is_a_half_circle_within_a_thousandth():
    ground = layer([box(-1000, -1000, 1000, 1000)], name=["Borgo"])
    rails = layer([LineString([(0, 0), (100, 0)])])
    result = constraints_and_resources(boundary=ground, railways=rails, params=ContextParams(0.0, 0.0, 0.0, 30.0))
    # 100 m × 60 m and a circle of 30 m.
    assert rows(result, "by_kind")["area_m2"].iloc[0] == pytest.approx(6000 + math.pi * 900, rel=1e-3)


def test_that_without_neighbourhoods_the_communes_have_the_rows(town):
    del town["neighbourhoods"]
    assert set(rows(constraints_and_resources(**town, params=NONE))["neighbourhood"]) == {"Borgo"}


def test_that_an_unknown_kind_stays_under_its_own_word(town):
    town["constraints"] = layer([box(0, 0, 10, 10)], kind=["usi_civici"])
    found = rows(constraints_and_resources(**town, params=NONE), "by_kind")
    assert found[["kind", "label", "effect"]].to_numpy().tolist() == [["usi_civici", "usi_civici", ""]]


def test_that_a_constraint_that_only_touches_a_neighbourhood_is_not_in_it(town):
    town["constraints"] = layer([box(0, 0, 500, 100)], kind=["noise"])
    assert rows(constraints_and_resources(**town, params=NONE))["neighbourhood"].tolist() == ["Ovest"]


def test_that_nothing_on_the_ground_gives_empty_tables_and_zeros(town):
    town["constraints"] = layer([box(5000, 5000, 5001, 5001)], kind=["noise"])
    result = constraints_and_resources(**town, params=NONE)
    assert rows(result).empty
    assert rows(result, "by_neighbourhood")["constrained_m2"].tolist() == [0.0, 0.0]
    assert rows(result, "by_kind").empty
    assert {figure.value for figure in result.figures} == {0.0}


def test_that_the_layers_handed_in_are_left_as_they_were(town):
    before = {name: each.copy() for name, each in town.items()}
    constraints_and_resources(**town)
    for name, each in town.items():
        pd.testing.assert_frame_equal(pd.DataFrame(each), pd.DataFrame(before[name]))


def test_that_it_can_be_stopped(town):
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        constraints_and_resources(**town, report=stop)


corners = st.integers(-200, 1200)


@given(st.lists(st.tuples(corners, corners, st.integers(1, 600), st.integers(1, 600)), min_size=1, max_size=8))
def test_that_the_neighbourhoods_add_up_to_each_constraint(squares):
    where = [box(x, y, x + wide, y + high) for x, y, wide, high in squares]
    ground = box(0, 0, 1000, 1000)
    town = {
        "boundary": layer([ground], name=["Borgo"]),
        "neighbourhoods": layer([box(0, 0, 300, 1000), box(300, 0, 1000, 700)], name=["A", "B"]),
        "constraints": layer(where, kind=["noise"] * len(where), name=[str(place) for place in range(len(where))]),
    }
    found = rows(constraints_and_resources(**town, params=NONE)).groupby("name")["area_m2"].sum()
    for place, (x, y, wide, high) in enumerate(squares):
        across, up = (max(0, min(low + side, 1000) - max(low, 0)) for low, side in ((x, wide), (y, high)))
        assert found.get(str(place), 0.0) == pytest.approx(across * up, abs=0.05)


def test_that_every_kind_of_the_code_list_has_an_effect_in_words():
    assert all(kind.label and kind.effect for kind in KINDS.values())
