"""What applies at a place: a parcel of 100 m × 100 m astride two zones, a flood, a strip and a path.

    0        60       100
100 ┌─────────┬────────┐
    │ zone B  │ zone E │     flood P1 covers y < 50, P3 y < 20 (nested); strip x > 80; path along y = 70
  0 └─────────┴────────┘
"""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, Point, box

from analyses.place_readings import ROLES, Asked
from analyses.progress import Cancelled
from analyses.units import OUTSIDE
from analyses.what_applies import APPLIES, what_applies
from layers import roles

UTM = CRS.from_epsg(7791)
GROUND, PARCEL = box(-500, -500, 500, 500), box(0, 0, 100, 100)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


@pytest.fixture
def zones():
    plan = layer(
        [box(-500, -500, 60, 500), box(60, -500, 500, 500)], zone=["B1", "E"], dm1444=["B", "E"], norm=["art. 3", None]
    )
    return Asked(roles.ZONING, plan, "Piano 2003", 2003)


@pytest.fixture
def floods():
    nested = layer([box(-500, -500, 500, 50), box(-500, -500, 500, 20)], **{"class": ["P1", "P3"]})
    return Asked(roles.FLOOD_HAZARD, nested, "PGRA")


@pytest.fixture
def constraints():
    laid = layer(
        [box(80, -500, 500, 500), box(80, 0, 500, 500), LineString([(-500, 70), (500, 70)])],
        kind=["river_10", "landscape", "path"],
        name=[None, "Colle", "Sentiero 5"],
    )
    return Asked(roles.CONSTRAINTS, laid, "Provincia")


def rows(found):
    return found.table.frame.set_index("code")


def test_that_a_parcel_is_shared_out_among_the_zones_it_lies_in(zones):
    # 100 m × 100 m, cut at x = 60: 6,000 m² and 4,000 m².
    found = rows(what_applies(PARCEL, GROUND, [zones]))
    assert found["area_m2"].to_dict() == {"B1": 6000.0, "E": 4000.0}
    assert found["pct"].to_dict() == {"B1": 60.0, "E": 40.0}
    assert found.loc["B1", ["class", "norm", "source", "year"]].tolist() == ["B", "art. 3", "Piano 2003", 2003]


def test_that_of_nested_floods_each_square_metre_has_the_worst_class(floods):
    # P3 on 100 × 20; P1 on the rest of 100 × 50; nothing on 100 × 50.
    found = what_applies(PARCEL, GROUND, [floods]).table.frame
    assert found["class"].tolist() == ["P3", "P1", ""]
    assert found["area_m2"].tolist() == [2000.0, 3000.0, 5000.0]
    assert found["name"].iloc[-1] == OUTSIDE.it


def test_that_constraints_on_each_other_each_count_in_full_and_this_is_told(constraints):
    # Both strips cover 20 × 100; the path is 100 m long and has no ground; 80 × 100 bear nothing.
    found = what_applies(PARCEL, GROUND, [constraints])
    table = rows(found)
    assert table["area_m2"].to_dict() == {"river_10": 2000.0, "landscape": 2000.0, "path": 0.0, "": 8000.0}
    assert table.loc["path", "length_m"] == 100.0
    assert [problem.code for problem in found.problems] == ["applies-overlap"]
    assert "2.000,0 m²" in found.problems[0].message.it


def test_that_a_norm_not_read_at_its_source_is_marked(constraints):
    found = rows(what_applies(PARCEL, GROUND, [constraints]))
    assert found.loc["river_10", "norm"].endswith("(non verificato)")
    assert found.loc["path", "norm"] == "La Spezia 20.20 slide 11"


def test_that_a_constraint_without_a_name_has_that_of_its_kind(constraints):
    found = rows(what_applies(PARCEL, GROUND, [constraints]))
    assert found["name"].to_dict() == {
        "river_10": "Fascia di rispetto 10 m dai corsi d'acqua",
        "landscape": "Colle",
        "path": "Sentiero 5",
        "": OUTSIDE.it,
    }


def test_that_a_point_has_no_area(zones, floods):
    found = what_applies(Point(10, 10), GROUND, [zones, floods]).table.frame
    assert found["code"].tolist() == ["B1", "P3"]
    assert found[["area_m2", "pct", "length_m"]].isna().all(axis=None)


def test_that_constraints_over_each_other_count_nothing_twice_at_a_point(constraints):
    found = what_applies(Point(90, 50), GROUND, [constraints])
    assert len(found.table.frame) == 2
    assert found.problems == ()


def test_that_a_point_on_a_shared_edge_lies_in_both_zones(zones):
    assert what_applies(Point(60, 10), GROUND, [zones]).table.frame["code"].tolist() == ["B1", "E"]


def test_that_a_point_in_no_zone_says_so(floods):
    found = what_applies(Point(10, 90), GROUND, [floods]).table.frame
    assert found["name"].tolist() == [OUTSIDE.it]


def test_that_a_zone_that_only_touches_the_place_does_not_apply(zones):
    assert what_applies(box(0, 0, 60, 100), GROUND, [zones]).table.frame["code"].tolist() == ["B1"]


def test_that_two_polygons_of_one_zone_are_one_row():
    plan = Asked(roles.ZONING, layer([box(0, 0, 30, 100), box(30, 0, 100, 100)], zone=["B1", "B1"]), "Piano")
    assert what_applies(PARCEL, GROUND, [plan]).table.frame["area_m2"].tolist() == [10000.0]


def test_that_a_place_beyond_the_boundary_is_told():
    outside = what_applies(box(600, 0, 700, 100), GROUND, []).problems
    partly = what_applies(box(450, 0, 550, 100), GROUND, []).problems
    assert [problem.code for problem in outside] == ["place-elsewhere"]
    assert [problem.code for problem in partly] == ["place-partly-beyond"]
    assert "5.000,0 m²" in partly[0].message.it


def test_that_without_layers_the_table_is_empty_and_whole():
    frame = what_applies(PARCEL, GROUND, []).table.frame
    assert frame.empty
    assert list(frame) == [column.id for column in APPLIES.columns]


def test_that_the_pieces_are_the_ground_of_the_rows(zones, floods, constraints):
    found = what_applies(PARCEL, GROUND, [zones, floods, constraints])
    assert found.pieces.area.tolist() == pytest.approx(found.table.frame["area_m2"].tolist(), abs=1e-9)
    assert found.pieces.crs == UTM


def test_that_the_layers_handed_in_are_left_as_they_were(zones, floods, constraints):
    before = [asked.layer.copy() for asked in (zones, floods, constraints)]
    what_applies(PARCEL, GROUND, [zones, floods, constraints])
    for asked, held in zip((zones, floods, constraints), before, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(asked.layer), pd.DataFrame(held))


def test_that_it_can_be_stopped(zones):
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        what_applies(PARCEL, GROUND, [zones], report=stop)


def test_that_every_role_asked_takes_polygons():
    assert all(role.takes_vector for role in ROLES)


edges = st.floats(-90, 90, allow_nan=False, width=32)


# GEOS 3.14.1 unites the two pieces of this one to the first alone, and loses 70 m².
@example([(1.5, -10.5, "P1"), (0.1328125, -10.583508491516113, "P2")], 128.0)
# Cut a second time, the first of these two gets back the ground that the second had of it.
@example([(0.0, 0.0, "P1"), (-55.0, 7.0, "P2")], 139.0)
# And of this one it gives the whole square where only a part lies in the place.
@example([(44.0, -45.720306396484375, "P1")], 76.67185323062228)
# These overlap the place, but GEOS cuts them as if they were apart; of the next, it gives a part to the wrong side.
@example([(0.0, 0.0, "P1"), (0.0, 45.0, "ALV"), (-1.0, 0.0, "P2")], 143.18009699996927)
@example([(35.0, -2.1555986404418945, "P1"), (3.8125, 0.0, "ALV"), (-27.0, 0.0, "P1")], 143.25)
@given(st.lists(st.tuples(edges, edges, st.sampled_from(["P1", "P2", "P3", "ALV"])), max_size=6), st.floats(0, 179))
def test_that_within_a_hazard_the_rows_add_up_to_the_place(centres, angle):
    squares = [shapely.affinity.rotate(box(x - 40, y - 40, x + 40, y + 40), angle) for x, y, _ in centres]
    asked = Asked(roles.FLOOD_HAZARD, layer(squares, **{"class": [each for *_, each in centres]}), "PGRA")
    place = shapely.affinity.rotate(PARCEL, angle / 2)
    found = what_applies(place, GROUND, [asked]).table.frame
    # Slivers under 0.01 m² go to the row of what is in none, unless that is a sliver too.
    assert found["area_m2"].sum() == pytest.approx(place.area, abs=0.05)
