"""Redrawing outlines: what is split adds up, what is snapped leaves neither gap nor overlap, the unsound is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from analyses.districts.redrawing import (
    Vertex,
    moved,
    nearest_edge,
    snapped,
    snapped_point,
    split,
    vertices,
    with_vertex,
    without_vertex,
)
from layers.problems import PucError

SQUARE = shapely.box(0, 0, 10, 10)
RING = shapely.Polygon(SQUARE.exterior.coords, [[(4, 4), (4, 6), (6, 6), (6, 4)]])


def at(outline, x: float, y: float) -> Vertex:
    return next(vertex for vertex, point in vertices(outline) if point == (x, y))


def code_of(act) -> str:
    with pytest.raises(PucError) as refused:
        act()
    return refused.value.problems[0].code


def test_that_a_corner_is_moved_and_the_outline_handed_in_is_left_as_it_was():
    # The triangle (10,0)(20,10)... beside the square adds a half of 10 × 10.
    drawn = moved(SQUARE, at(SQUARE, 10, 10), (20, 10))
    assert drawn.area == pytest.approx(150.0)
    assert SQUARE.area == 100.0


def test_that_a_corner_is_added_on_an_edge_and_taken_away_again():
    behind, point = nearest_edge(SQUARE, (5, -3))
    assert point == (5.0, 0.0)
    more = with_vertex(SQUARE, behind, point)
    assert (len(vertices(more)), more.area) == (5, 100.0)
    assert without_vertex(more, at(more, 5, 0)).equals(SQUARE)


def test_that_a_hole_is_redrawn_and_goes_with_its_third_corner():
    drawn = moved(RING, at(RING, 4, 4), (5, 5))
    assert drawn.area == pytest.approx(100.0 - 2.0)
    less = without_vertex(RING, at(RING, 4, 4))
    assert less.area == pytest.approx(100.0 - 2.0)
    assert without_vertex(less, at(less, 6, 6)).area == 100.0


def test_that_one_part_of_several_is_redrawn():
    both = shapely.MultiPolygon([SQUARE, shapely.box(20, 0, 30, 10)])
    drawn = moved(both, at(both, 30, 10), (40, 10))
    assert [part.area for part in drawn.geoms] == [100.0, 150.0]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: moved(SQUARE, at(SQUARE, 0, 0), (20, 5)), "outline-crosses"),
        (lambda: moved(RING, at(RING, 4, 4), (-5, 5)), "outline-crosses"),
        (lambda: without_vertex(without_vertex(SQUARE, Vertex(0, 0, 0)), Vertex(0, 0, 0)), "outline-too-few"),
        (lambda: moved(shapely.box(0, 0, 1, 1.1), Vertex(0, 0, 0), (0.9, 1.0)), "outline-too-small"),
        (lambda: split(SQUARE, [(-1, 5), (5, 5)]), "outline-not-cut"),
        (lambda: split(SQUARE, [(20, 0), (20, 9)]), "outline-not-cut"),
        (lambda: split(SQUARE, [(5, 5)]), "outline-not-cut"),
    ],
)
def test_that_an_unsound_outline_is_refused_with_a_sentence(act, code):
    assert code_of(act) == code


def test_that_a_split_gives_the_largest_part_first():
    assert [part.area for part in split(SQUARE, [(-1, 3), (11, 3)])] == [70.0, 30.0]


STARS = st.lists(st.floats(5.0, 100.0), min_size=5, max_size=14)
BENDS = st.lists(st.floats(-80.0, 80.0), min_size=1, max_size=5)


def star(radii: list[float]) -> shapely.Polygon:
    """Return an outline with a corner at each radius, all around: it never crosses itself."""
    angles = np.linspace(0.0, 2.0 * np.pi, len(radii), endpoint=False)
    return shapely.Polygon(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]))


@given(STARS, BENDS)
def test_that_the_parts_of_a_split_add_up_to_the_whole(radii, bends):
    whole = star(radii)
    line = [(-200.0, bends[0]), *zip(np.linspace(-90, 90, len(bends)), bends, strict=True), (200.0, bends[-1])]
    # A corner that a line touches may, by rounding, be crossed for a length that is no ground: that is no cut.
    assume(whole.area > 1.0 and shapely.length(shapely.intersection(shapely.LineString(line), whole)) > 1e-3)
    parts = split(whole, line)
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-9)
    assert shapely.area(shapely.symmetric_difference(shapely.union_all(parts), whole)) == pytest.approx(0.0, abs=1e-6)


REACH = 2.0
EDGES = st.lists(st.tuples(st.floats(-4.0, 4.0), st.floats(-0.9, 0.9)), min_size=3, max_size=8)


@given(EDGES, st.floats(-0.9, 0.9), st.data())
def test_that_snapping_leaves_neither_gap_nor_overlap(edges, off, data):
    # Between x = -100 and x = 100 a ragged line parts the neighbour from the outline, which misses it by up to 1.8 m.
    rise = np.arange(len(edges)) * 15.0
    line = [(50.0 + x, y) for (x, _), y in zip(edges, rise, strict=True)]
    missed = [(x + off + slip, y) for (x, y), (_, slip) in zip(line, edges, strict=True)]
    top = float(rise[-1])
    neighbour = shapely.Polygon([(-100.0, 0.0), *line, (-100.0, top)])
    outline = shapely.Polygon([*missed, (100.0, top), (100.0, 0.0)])
    fitted = snapped(outline, np.array([neighbour], object), REACH)
    assert shapely.area(shapely.intersection(fitted, neighbour)) == pytest.approx(0.0, abs=1e-6)
    assert fitted.area + neighbour.area == pytest.approx(200.0 * top, rel=1e-9)


def test_that_a_corner_without_a_partner_lands_on_the_neighbour_s_edge_and_the_edge_takes_its_corners():
    neighbour = shapely.box(0, 0, 10, 30)
    outline = shapely.Polygon([(10.5, 10), (30, 10), (30, 40), (11, 40), (10.4, 20)])
    fitted = snapped(outline, np.array([neighbour], object), 1.0)
    corners = {point for _, point in vertices(fitted)}
    assert {(10.0, 10.0), (10.0, 20.0), (10.0, 30.0), (11.0, 40.0)} <= corners
    assert shapely.area(shapely.intersection(fitted, neighbour)) == 0.0


def test_that_what_is_out_of_reach_moves_nothing():
    assert snapped(SQUARE, np.array([shapely.box(20, 0, 30, 10)], object), 5.0) is SQUARE
    assert snapped(SQUARE, np.empty(0, object), 5.0) is SQUARE


def test_that_a_point_goes_to_a_corner_before_an_edge_and_stays_where_nothing_is_near():
    beside = np.array([SQUARE], object)
    assert snapped_point((11.0, 11.0), beside, 2.0) == (10.0, 10.0)
    # The nearest corner is 5 m away, the edge 1 m.
    assert snapped_point((11.0, 5.0), beside, 2.0) == (10.0, 5.0)
    assert snapped_point((13.0, 5.0), beside, 2.0) == (13.0, 5.0)
    assert snapped_point((11.0, 5.0), np.empty(0, object), 2.0) == (11.0, 5.0)


@given(STARS, st.floats(0.1, 3.0))
def test_that_what_fits_already_stays_as_it_is(radii, reach):
    whole = star(radii)
    assume(whole.area > 1.0)
    left, *others = split(whole, [(0.0, -200.0), (0.0, 200.0)])
    try:
        fitted = snapped(left, np.array(others, object), reach)
    except PucError:
        return  # corners nearer to each other than the reach: refused, never drawn unsound
    assert shapely.is_valid(fitted)
