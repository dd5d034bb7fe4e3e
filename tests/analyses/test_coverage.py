import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.kernels import coverage
from analyses.kernels.coverage import CellWeights, class_areas

HEIGHT, WIDTH = 5, 6
DOWN = Affine(1, 0, 0, 0, -1, HEIGHT)
"""Cells of side 1, the lower left corner of the array at 0, 0."""
ONE_CLASS_A_CELL = np.arange(HEIGHT * WIDTH, dtype=np.uint16).reshape(HEIGHT, WIDTH)
LAEA = CRS(3035)
NEARLY_TOUCHING = shapely.Polygon([
    (-0.00513930853336396, 3.3920745207993566), (-0.133333333296, 0.7000000007839999), (-0.25, 0),
    (-0.140625, 0.546875), (-0.25, -1.75), (-0.5, 0),
    (-0.01347856798234766, 3.4056500241235668), (0.24694969084485663, 2.981698147454498),
])  # fmt: skip
"""A spike along the cells on which shapely's intersection (GEOS 3.14) gives a whole cell."""
SQUARE = shapely.box(1, 1, 4, 3)


def per_cell(polygon, transform=DOWN):
    """Return the covered share of every cell, by giving each cell its own class."""
    return class_areas(np.array([polygon]), ONE_CLASS_A_CELL, transform, HEIGHT * WIDTH)[0]


def by_clipping(polygon, transform=DOWN):
    """Return the same by cutting every ring with the four lines of every cell (Sutherland and Hodgman, 1974).

    Not by GEOS: its overlay gives a whole cell to a ring that all but touches itself (an example below).
    """
    parts = shapely.get_parts(polygon)
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    signs = [1 if index == 0 else -1 for part in parts for index in range(1 + len(part.interiors))]
    in_cells = [[~transform @ corner for corner in ring.coords[:-1]] for ring in rings]
    return np.array([
        sum(sign * abs(shoelace(clipped(ring, i, j))) for sign, ring in zip(signs, in_cells, strict=True))
        for i in range(HEIGHT) for j in range(WIDTH)
    ])  # fmt: skip


def clipped(ring, i, j):
    """Return what is left of a ring within the cell of row i and column j."""
    for axis, limit, side in ((0, j, 1), (0, j + 1, -1), (1, i, 1), (1, i + 1, -1)):
        kept = []
        for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            off_a, off_b = side * (a[axis] - limit), side * (b[axis] - limit)
            if off_a >= 0:
                kept.append(a)
            if off_a * off_b < 0:
                share = off_a / (off_a - off_b)
                met = [a[k] + share * (b[k] - a[k]) for k in (0, 1)]
                met[axis] = limit
                kept.append(tuple(met))
        ring = kept
    return ring


def shoelace(ring):
    """Return the signed area of a ring (Gauss), seen from its first corner."""
    x, y = (np.array([corner[axis] for corner in ring]) - (ring[0][axis] if ring else 0.0) for axis in (0, 1))
    return 0.5 * float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())


quarters = st.integers(-8, 36).map(lambda n: n / 4)
anywhere = st.floats(-2, 8, allow_nan=False, width=32)
near_a_line = st.builds(lambda line, off: line + off, st.integers(0, 6), st.sampled_from([1e-12, -1e-9, 1e-6, 0.0]))
points = st.tuples(*[st.one_of(quarters, anywhere, near_a_line)] * 2)
triangles = st.lists(points, min_size=3, max_size=3).map(shapely.Polygon)
boxes = st.builds(lambda a, b: shapely.box(*a, *b), points, points)
pieces = st.one_of(triangles, boxes).filter(lambda piece: piece.is_valid and piece.area > 0)


@st.composite
def polygons(draw):
    """Draw pieces put together, with others cut out: holes, several parts, edges along cell lines, slivers."""
    solid = shapely.union_all(draw(st.lists(pieces, min_size=1, max_size=4)))
    cut = shapely.union_all(draw(st.lists(pieces, max_size=3)))
    parts = shapely.get_parts(shapely.difference(solid, cut))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


@st.composite
def rings(draw):
    """Draw ragged rings around a hole, free of the near coincidences on which exactextract 0.3 errs or aborts."""
    radii = np.array(draw(st.lists(st.floats(0.5, 3.0), min_size=5, max_size=12)))
    centre = np.array([draw(st.floats(-1, 7)), draw(st.floats(-1, 6))]) + np.pi / 1000
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False) + draw(st.floats(0.01, 0.5))
    around = radii[:, None] * np.column_stack((np.cos(angles), np.sin(angles)))
    return shapely.Polygon(around + centre, [around * 0.4 + centre])


def test_that_a_triangle_over_four_cells_has_the_shares_of_school_geometry():
    # Corners 0,0 · 2,0 · 0,2 on cells of side 1: its long side halves the upper left and the lower right cell, the
    # lower left one is full, the upper right one is touched at a corner only.
    codes = np.array([[0, 1], [2, 3]], dtype=np.uint16)
    triangle = np.array([shapely.Polygon([(0, 0), (2, 0), (0, 2)])])
    assert class_areas(triangle, codes, Affine(1, 0, 0, 0, -1, 2), 4).tolist() == [[0.5, 0.0, 1.0, 0.5]]


def test_that_cells_of_one_class_are_added_up():
    # 1 to 4 by 1.5 to 3 over class 0 in the left three columns and 1 in the others: 2 x 1.5 and 1 x 1.5 cells.
    codes = np.repeat([[0, 0, 0, 1, 1, 1]], HEIGHT, axis=0).astype(np.int32)
    assert class_areas(np.array([shapely.box(1, 1.5, 4, 3)]), codes, DOWN, 2).tolist() == [[3.0, 1.5]]


def test_that_a_hole_is_not_covered():
    # 3 x 2 cells less a hole of 1 x 0.5.
    holed = SQUARE - shapely.box(2, 1.5, 3, 2)
    assert per_cell(holed).sum() == pytest.approx(5.5, rel=1e-14)


@settings(max_examples=400, deadline=None)
@given(polygons())
@example(shapely.MultiPolygon([shapely.box(0, 0, 6, 5)]))
@example(shapely.MultiPolygon([shapely.box(-10, -10, 20, 20)]))
@example(shapely.MultiPolygon([shapely.box(6, 0, 8, 5), shapely.box(-3, 0, 0, 5)]))
@example(shapely.MultiPolygon([shapely.box(1, 1, 2, 2), shapely.box(2, 2, 3, 3)]))
@example(shapely.MultiPolygon([shapely.Polygon([(-50, 2), (60, 2.000001), (60, 2.000002)])]))
@example(shapely.MultiPolygon([shapely.box(2.3, -40, 2.3 + 1e-9, 40)]))
@example(shapely.MultiPolygon([NEARLY_TOUCHING]))
def test_that_every_cell_is_covered_as_much_as_clipping_its_rings_says(polygon):
    assert per_cell(polygon) == pytest.approx(by_clipping(polygon), abs=1e-10)


@settings(max_examples=100, deadline=None)
@given(polygons(), st.sampled_from([Affine(1.5, 0, -1, 0, 0.8, 0), Affine.rotation(30) @ Affine.scale(1.2, -0.9)]))
def test_that_oblong_and_turned_cells_are_covered_alike(polygon, transform):
    assert per_cell(polygon, transform) == pytest.approx(by_clipping(polygon, transform), abs=1e-10)


@settings(max_examples=50, deadline=None)
@given(st.lists(rings(), min_size=1, max_size=5))
def test_that_exactextract_finds_the_same(many):
    frame = gpd.GeoDataFrame(geometry=many, crs=LAEA)
    raster = NumPyRasterSource(np.ones((HEIGHT, WIDTH)), 0, 0, WIDTH, HEIGHT, srs_wkt=LAEA.to_wkt())
    theirs = exact_extract(raster, frame, ["count"], output="pandas")["count"].to_numpy()
    ours = class_areas(frame.geometry.to_numpy(), np.zeros((HEIGHT, WIDTH), np.uint16), DOWN, 1)[:, 0]
    # It keeps the share of a cell in single precision.
    assert ours == pytest.approx(theirs, abs=HEIGHT * WIDTH * 2e-7)


def test_that_the_way_a_ring_runs_does_not_matter():
    shell, hole = [(0, 0), (4, 0), (4, 4), (0, 4)], [(1, 1), (3, 1), (3, 3), (1, 3)]
    ways = [shapely.Polygon(s, [h]) for s in (shell, shell[::-1]) for h in (hole, hole[::-1])]
    codes = np.zeros((HEIGHT, WIDTH), np.uint16)
    assert class_areas(np.array(ways), codes, DOWN, 1).tolist() == [[12.0]] * 4


def test_that_the_result_does_not_depend_on_the_number_of_threads(monkeypatch):
    rng = np.random.default_rng(3)
    blobs = shapely.buffer(shapely.points(rng.uniform(0, 300, (70, 2))), rng.uniform(0.1, 60, 70))
    codes = rng.integers(0, 9, (300, 300), dtype=np.uint16)
    grid = Affine(1, 0, 0, 0, -1, 300)
    one = class_areas(blobs, codes, grid, 9, threads=1)
    assert all(np.array_equal(one, class_areas(blobs, codes, grid, 9, threads=n)) for n in (2, 3, 5))
    monkeypatch.setattr(coverage, "CELLS_FOR_THREADS", 0)
    assert np.array_equal(one, class_areas(blobs, codes, grid, 9))


def test_that_weights_are_the_cubic_at_the_centre_of_the_cell():
    # Two cells of column 2 and 3 in row 1 (centres 2.5 and 3.5, 1.5); u = (col - 0.5) / 2 is 1 and 1.5, v = 1.5 / 3.
    # 7 + 2u + 4v + u² + 3uv + 5v² + u³ + 2u²v + 6uv² + 8v³ is
    # u=1,   v=0.5: 7 + 2 + 2 + 1    + 1.5  + 1.25 + 1     + 1    + 1.5  + 1 = 19.25
    # u=1.5, v=0.5: 7 + 3 + 2 + 2.25 + 2.25 + 1.25 + 3.375 + 2.25 + 2.25 + 1 = 26.625, of which half is covered
    cubic = np.array([[7.0, 2, 4, 1, 3, 5, 1, 2, 6, 8]])
    weights = CellWeights(cubic, np.array([[0.5, 0.0]]), np.array([[2.0, 3.0]]))
    codes = np.array([[0] * 6, [0, 0, 0, 1, 1, 1], *[[0] * 6] * 3], dtype=np.uint16)
    square = np.array([shapely.box(2, 3, 3.5, 4)])
    assert class_areas(square, codes, DOWN, 2, weights).tolist() == [pytest.approx([19.25, 26.625 / 2], rel=1e-14)]


def test_that_weights_follow_a_window_and_a_choice_of_polygons():
    weights = CellWeights(np.eye(3, 10), np.array([[1.0, 2], [3, 4], [5, 6]]), np.ones((3, 2)))
    moved = weights.of(np.array([2, 0])).seen_from(10, 20)
    assert moved.centre.tolist() == [[-5, -14], [-9, -18]]
    assert moved.coefficients.argmax(axis=1).tolist() == [2, 0]


def test_that_a_cell_that_only_rounding_touches_has_nothing_at_all():
    leaning = shapely.Polygon([(0.1, 0.1), (3.3, 0.7), (2.9, 4.1)])
    shares, exact = per_cell(leaning), by_clipping(leaning)
    assert (shares[exact == 0.0] == 0.0).all()


@pytest.mark.parametrize("nothing", [shapely.Polygon(), shapely.MultiPolygon(), shapely.box(50, 50, 60, 60)])
def test_that_an_empty_or_distant_polygon_has_a_row_of_zeros(nothing):
    codes = np.zeros((HEIGHT, WIDTH), np.uint16)
    assert class_areas(np.array([nothing, SQUARE, nothing]), codes, DOWN, 1)[:, 0].tolist() == [0.0, 6.0, 0.0]


def test_that_no_polygons_and_no_cells_give_an_empty_table():
    assert class_areas(np.array([], dtype=object), ONE_CLASS_A_CELL, DOWN, 30).shape == (0, 30)
    assert class_areas(np.array([SQUARE]), np.zeros((0, 0), np.uint16), DOWN, 2).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    "codes", [np.full((2, 2), 3, np.uint16), np.full((2, 2), -1, np.int32), np.ones((2, 2)), np.ones(2, int)]
)
def test_that_a_strange_code_is_refused_before_anything_is_added(codes):
    with pytest.raises(ValueError, match="codes must be"):
        class_areas(np.array([SQUARE]), codes, DOWN, 3)


def test_that_what_is_handed_in_stays_as_it_was():
    polygons, codes = np.array([SQUARE, shapely.Polygon(SQUARE.exterior.coords[::-1])]), ONE_CLASS_A_CELL.copy()
    codes.setflags(write=False)
    before = shapely.to_wkb(polygons)
    class_areas(polygons, codes, DOWN, HEIGHT * WIDTH)
    assert shapely.to_wkb(polygons).tolist() == before.tolist()
    assert np.array_equal(codes, ONE_CLASS_A_CELL)


def test_that_a_spike_folded_at_the_highest_corner_does_not_turn_the_polygon_inside_out():
    # Reprojection folds spikes thinner than a rounding; the two points at the top stand in the wrong order.
    folded = [(1, 1), (4, 1), (4, 3), (2.4999, 4), (2.5001, 4), (1, 3)]
    for ring in (folded, folded[::-1]):
        covered = per_cell(shapely.Polygon(ring))
        assert (covered >= -1e-3).all()
        assert covered.sum() == pytest.approx(7.5, abs=1e-3)


def test_that_a_hole_in_a_folded_polygon_stays_a_hole():
    folded = [(1, 1), (4, 1), (4, 3), (2.4999, 4), (2.5001, 4), (1, 3)]
    hole = [(2, 1.5), (3, 1.5), (3, 2.5), (2, 2.5)]
    for inner in (hole, hole[::-1]):
        assert per_cell(shapely.Polygon(folded, [inner])).sum() == pytest.approx(6.5, abs=1e-3)
