from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from analyses.crosstab import Coverage, counted_areas, cross_areas
from analyses.kernels import crosstab_tiles
from analyses.progress import Cancelled

GROUND = shapely.box(0, 0, 12, 10)
ORIGIN = np.array([566_500.0, 4_883_500.0])


def layer(*polygons, classes=None, n_classes=None):
    numbers = np.arange(len(polygons)) if classes is None else np.array(classes, dtype=np.intp)
    return Coverage(np.array(polygons, dtype=object), numbers, len(polygons) if n_classes is None else n_classes)


def rows(areas):
    return {tuple(row): area for row, area in zip(areas.classes.tolist(), areas.area_m2.tolist(), strict=True)}


def parts_of(geometry):
    """Return the polygons of a geometry as one valid MultiPolygon."""
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def geos(operation, *geometries):
    """Run an operation; where GEOS gives up on nearly coincident edges («should never reach here»), on a fine grid.

    Where it gives up on that too there is nothing to compare with.
    """
    for grid in ({}, {"grid_size": 1e-9}, {"grid_size": 1e-8}):
        try:
            return operation(*geometries, **grid)
        except shapely.GEOSException:
            continue
    return reject()


quarters = st.integers(-8, 52).map(lambda n: n / 4)
anywhere = st.floats(-2, 14, allow_nan=False, width=32)
near_a_line = st.builds(lambda line, off: line + off, st.integers(0, 12), st.sampled_from([1e-12, -1e-9, 1e-6, 1e-3]))
points = st.tuples(*[st.one_of(quarters, anywhere, near_a_line)] * 2)
triangles = st.lists(points, min_size=3, max_size=3).map(shapely.Polygon)
boxes = st.builds(lambda a, b: shapely.box(*a, *b), points, points)
shapes = st.one_of(triangles, boxes).filter(lambda shape: shape.is_valid and shape.area > 0)


@st.composite
def polygons(draw):
    """Draw shapes put together, with others cut out: holes, several parts, upright and coincident edges, slivers."""
    solid = geos(shapely.union_all, draw(st.lists(shapes, min_size=1, max_size=4)))
    return parts_of(geos(shapely.difference, solid, geos(shapely.union_all, draw(st.lists(shapes, max_size=3)))))


@st.composite
def layers_of_polygons(draw):
    """Draw polygons that do not overlap: each with all earlier ones cut out, so that neighbours share borders."""
    taken, found = shapely.MultiPolygon(), []
    for polygon in draw(st.lists(polygons(), max_size=3)):
        found.append(parts_of(geos(shapely.difference, polygon, taken)))
        taken = geos(shapely.union, taken, polygon)
    return layer(*found)


def by_geos(first, second):
    """Return the areas by cutting outlines; ground in no polygon is what is missing to the whole.

    Nothing is united: GEOS 3.14 loses the triangle of ``THINNED`` when it unites the three, without a word.
    """
    one, other = (geos(shapely.intersection, each.polygons, GROUND) for each in (first, second))
    both = shapely.area(geos(shapely.intersection, one[:, None], other[None, :])).reshape(len(one), len(other))
    one_m2, other_m2 = shapely.area(one), shapely.area(other)
    neither = GROUND.area - one_m2.sum() - other_m2.sum() + both.sum()
    return np.block([[both, (one_m2 - both.sum(axis=1))[:, None]], [other_m2 - both.sum(axis=0), neither]])


def exact_area(*polygons):
    """Return, as a fraction, the ground all polygons share: by upright slabs between vertices and crossings."""
    edges = [[edge for edge in fraction_edges(polygon) if edge[0] != edge[2]] for polygon in polygons]
    everywhere = [edge for some in edges for edge in some]
    places = {x for edge in everywhere for x in (edge[0], edge[2])}
    places |= {x for e, f in combinations(everywhere, 2) if (x := crossing(e, f)) is not None}
    return sum((slab(edges, left, right) for left, right in pairwise(sorted(places))), Fraction(0))


def fraction_edges(polygon):
    for part in shapely.get_parts(polygon):
        for ring in (part.exterior, *part.interiors):
            corners = [tuple(map(Fraction, corner)) for corner in ring.coords]
            for a, b in pairwise(corners):
                yield (*min(a, b), *max(a, b))


def height(edge, x):
    x0, y0, x1, y1 = edge
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def crossing(e, f):
    left, right = max(e[0], f[0]), min(e[2], f[2])
    if left >= right:
        return None
    before, after = height(e, left) - height(f, left), height(e, right) - height(f, right)
    return left + (right - left) * before / (before - after) if before * after < 0 else None


def slab(edges, left, right):
    """Return the shared ground of a slab in which no edges cross: between heights, all or nothing is inside."""
    middle = (left + right) / 2
    heights = [sorted(height(edge, middle) for edge in some if edge[0] <= left and edge[2] >= right) for some in edges]
    area = Fraction(0)
    for low, high in pairwise(sorted({y for some in heights for y in some})):
        if all(sum(y <= low for y in some) % 2 for some in heights):
            area += (high - low) * (right - left)
    return area


def test_that_three_layers_have_the_areas_of_school_geometry():
    # Ground 10 × 10. Zones: west 4 and east 4 wide, 2 m between them without zone. Flood: the lower 3 m everywhere,
    # and a pond of 2 × 2 with its lower left corner at 3, 7: half of it in the west zone, half between the zones.
    ground = layer(shapely.box(0, 0, 10, 10))
    zones = layer(shapely.box(0, 0, 4, 10), shapely.box(6, 0, 10, 10))
    flood = layer(shapely.box(0, 0, 10, 3), shapely.box(3, 7, 5, 9))
    assert rows(cross_areas([ground, zones, flood])) == {
        (0, 0, 0): 12.0, (0, 0, 1): 2.0, (0, 0, 2): 26.0,
        (0, 1, 0): 12.0, (0, 1, 2): 28.0,
        (0, 2, 0): 6.0, (0, 2, 1): 2.0, (0, 2, 2): 12.0,
    }  # fmt: skip


def test_that_classes_are_summed_and_polygons_beyond_the_ground_left_out():
    ground = layer(shapely.box(0, 0, 10, 10))
    uses = layer(shapely.box(-5, 0, 2, 10), shapely.box(8, 0, 20, 10), shapely.box(50, 0, 60, 10), classes=[3, 3, 1])
    assert rows(cross_areas([ground, Coverage(uses.polygons, uses.classes, 5)])) == {(0, 3): 40.0, (0, 5): 60.0}


def test_that_a_hole_and_what_fills_it_close():
    ring = shapely.box(0, 0, 12, 10).difference(shapely.box(4, 4, 6, 6))
    areas = cross_areas([layer(GROUND), layer(ring, shapely.box(4, 4, 6, 6))])
    assert rows(areas) == {(0, 0): 116.0, (0, 1): 4.0}


THINNED = layer(
    shapely.box(0, 0, 1, 1),
    shapely.Polygon([(-1.091e-24, 8), (0.219, 1), (0, 1)]),
    shapely.Polygon([(1.25, 8), (1.25, 0), (1, 0), (1, 1), (0.219, 1), (0, 8)]),
)
"""Three polygons that fill 1.25 × 8."""


@given(layers_of_polygons(), layers_of_polygons())
@settings(max_examples=150)
@example(layer(shapely.box(0, 0, 5, 5), shapely.box(5, 0, 10, 5)), layer(shapely.box(5, 5, 10, 10)))
@example(layer(shapely.box(2, 2, 4, 4)), layer(shapely.box(2, 2, 4, 4)))
@example(layer(), THINNED)
def test_that_geos_finds_the_same_in_three_layers(first, second):
    areas = cross_areas([layer(GROUND), first, second])
    assert areas.by(0, 1, 2)[0] == pytest.approx(by_geos(first, second), abs=5e-6)


corners = st.tuples(st.integers(0, 9), st.integers(0, 9))
lattice = (
    st.lists(corners, min_size=3, max_size=7, unique=True)
    .map(lambda ring: parts_of(shapely.make_valid(shapely.Polygon(ring), method="structure")))
    .filter(
        lambda polygon: polygon.area > 0 and all(float(x).is_integer() for x in shapely.get_coordinates(polygon).flat)
    )
)


@given(lattice, lattice, lattice)
@settings(max_examples=100)
def test_that_exact_fractions_give_the_same_for_whole_coordinates(first, second, third):
    found = rows(cross_areas([layer(first), layer(second), layer(third)]))
    assert found.get((0, 0, 0), 0.0) == pytest.approx(float(exact_area(first, second, third)), abs=1e-6, rel=1e-13)
    both = found.get((0, 0, 0), 0.0) + found.get((0, 0, 1), 0.0)
    assert both == pytest.approx(float(exact_area(first, second)), abs=2e-6, rel=1e-13)


@given(st.lists(layers_of_polygons(), min_size=1, max_size=3), st.booleans())
@settings(max_examples=80)
def test_that_all_areas_add_up_to_the_ground_and_each_polygon_keeps_its_own(layers, far_off):
    moved = [Coverage(there(each.polygons, far_off), each.classes, each.n_classes) for each in layers]
    ground = layer(there(GROUND, far_off))
    areas = cross_areas([ground, *moved])
    assert areas.area_m2.sum() + areas.dropped_m2 == pytest.approx(120.0, rel=1e-9)
    assert (areas.area_m2 > 0).all()
    for number, each in enumerate(moved, start=1):
        inside = shapely.area(geos(shapely.intersection, each.polygons, ground.polygons[0]))
        assert areas.by(number)[:-1] == pytest.approx(inside, abs=1e-5)


def there(geometry, far_off):
    """Move to where Liguria lies, which rounds: what does not outlive that is mended."""
    moved = shapely.transform(geometry, lambda xy: xy + ORIGIN) if far_off else geometry
    return shapely.make_valid(moved, method="structure", keep_collapsed=False)


@given(layers_of_polygons(), layers_of_polygons())
@settings(max_examples=80)
def test_that_the_order_of_layers_only_turns_the_table(first, second):
    one, other = (cross_areas([layer(GROUND), *pair]) for pair in ((first, second), (second, first)))
    assert one.by(0, 1, 2) == pytest.approx(other.by(0, 2, 1), abs=1e-5)


@pytest.mark.parametrize("shift", [0.0, 1e-9, 1e-6, 1e-3])
def test_that_a_layer_over_itself_hardly_shifted_stays_closed_and_its_slivers_are_told(shift):
    rng = np.random.default_rng(7)
    cells = field(40, rng)
    moved = shapely.transform(cells, lambda xy: xy + np.array([shift, shift / 3]))
    areas = cross_areas([layer(*cells), layer(*moved)])
    expected = shapely.area(shapely.intersection(cells, moved))
    assert areas.by(0, 1)[np.arange(len(cells)), np.arange(len(cells))] == pytest.approx(expected, abs=1e-4)
    assert areas.area_m2.sum() + areas.dropped_m2 == pytest.approx(areas.ground_m2, rel=1e-12)
    assert areas.ground_m2 == pytest.approx(1e6, rel=1e-12)
    assert abs(areas.dropped_m2) < 1e-3
    assert areas.area_m2.min() > 1e-6


def field(count, rng, side=1000.0):
    """Return polygons that tile a square far from the origin, with long and short edges."""
    seeds = shapely.MultiPoint(rng.uniform(0, side, (count, 2)))
    frame = shapely.box(0, 0, side, side)
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame)), frame)
    return shapely.transform(cells, lambda xy: xy + ORIGIN)


def three_fields():
    rng = np.random.default_rng(3)
    grounds, uses, blobs = field(6, rng), field(90, rng), shapely.buffer(field(40, rng), -20.0)
    return [layer(*grounds), layer(*uses, classes=np.arange(90) % 7, n_classes=7), layer(*blobs)]


def test_that_small_tiles_give_the_areas_of_one_large_tile(monkeypatch):
    layers = three_fields()
    whole = cross_areas(layers)
    monkeypatch.setattr(crosstab_tiles, "EDGES_A_TILE", 60)
    tiled = cross_areas(layers)
    assert tiled.by(0, 1, 2) == pytest.approx(whole.by(0, 1, 2), abs=1e-5)
    assert tiled.area_m2.sum() + tiled.dropped_m2 == pytest.approx(1e6, rel=1e-12)


def test_that_the_result_does_not_depend_on_the_number_of_threads(monkeypatch):
    monkeypatch.setattr(crosstab_tiles, "EDGES_A_TILE", 60)
    layers = three_fields()
    one = cross_areas(layers, threads=1)
    for threads in (2, 3, 7):
        other = cross_areas(layers, threads=threads)
        assert np.array_equal(one.classes, other.classes)
        assert np.array_equal(one.area_m2, other.area_m2)
        assert one.dropped_m2 == other.dropped_m2


def test_that_four_layers_of_touching_cells_close_in_every_table():
    def columns(width):
        return layer(*(shapely.box(x, 0, x + width, 24) for x in range(0, 24, width)))

    def levels(depth):
        return layer(*(shapely.box(0, y, 24, y + depth) for y in range(0, 24, depth)))

    areas = cross_areas([columns(6), levels(4), columns(4), levels(8)])
    assert areas.by(0).tolist() == [144.0] * 4
    assert areas.by(1).tolist() == [96.0] * 6 + [0.0]
    assert areas.by(2).tolist() == [96.0] * 6 + [0.0]
    # Columns of 6 and of 4 share 4 or 2; levels of 8 hold two of 4 each.
    assert areas.by(0, 2)[0].tolist() == [96.0, 48.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert areas.by(1, 3)[:6, :3].tolist() == np.kron(np.eye(3), [[96.0], [96.0]]).tolist()


@pytest.mark.parametrize("other", [layer(), layer(shapely.Polygon()), layer(None), layer(shapely.box(50, 50, 60, 60))])
def test_that_a_layer_without_ground_leaves_all_of_it_in_no_class(other):
    areas = cross_areas([layer(GROUND), other, layer(shapely.box(0, 0, 1, 1))])
    none = other.n_classes
    assert rows(areas) == {(0, none, 0): 1.0, (0, none, 1): 119.0}


@pytest.mark.parametrize("ground", [layer(), layer(shapely.Polygon(), None)])
def test_that_no_ground_gives_an_empty_table(ground):
    areas = cross_areas([ground, layer(GROUND)])
    assert areas.classes.shape == (0, 2)
    assert (areas.area_m2.tolist(), areas.dropped_m2, areas.ground_m2) == ([], 0.0, 0.0)
    assert not areas.by(0, 1).any()


def test_that_polygons_that_overlap_are_refused_with_how_much_they_do():
    # A strip 1.5 m high and a tower 2 m wide that stands in it: 2 × 1.5 m are covered twice.
    doubled = layer(shapely.box(0, 0, 12, 1.5), shapely.box(4, 0, 6, 5))
    with pytest.raises(ValueError, match=r"layer 1: its polygons cover 3\.000000 m² of the ground twice"):
        cross_areas([layer(GROUND), doubled])


def test_that_an_overlap_outside_the_ground_is_no_matter():
    beyond = layer(shapely.box(10, 0, 20, 5), shapely.box(13, 0, 20, 5))
    assert rows(cross_areas([layer(GROUND), beyond])) == {(0, 0): 10.0, (0, 2): 110.0}


def test_that_shared_ground_counts_for_each_polygon_where_nobody_looks():
    doubled = layer(shapely.box(0, 0, 12, 1.5), shapely.box(4, 0, 6, 5))
    areas = counted_areas([layer(GROUND), doubled])
    assert rows(areas) == {(0, 0): 18.0, (0, 1): 10.0, (0, 2): 92.0}


BOWTIE = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([layer(GROUND)], "two layers or more"),
        ([layer(GROUND), layer(shapely.box(0, 0, 1, 1), BOWTIE)], "layer 1: 1 polygons are not valid.* row 1"),
        ([layer(GROUND), layer(GROUND, classes=[1], n_classes=1)], "layer 1: classes must be 0 to 0, not 1 to 1"),
        ([layer(GROUND, classes=[-1]), layer(GROUND)], "layer 0: classes must be 0 to 0, not -1 to -1"),
        ([layer(GROUND), Coverage(np.array([GROUND]), np.array([0.5]), 1)], "whole numbers, not float64"),
        ([layer(GROUND), Coverage(np.array([GROUND]), np.array([0, 1]), 2)], "do not have"),
        ([layer(GROUND)] + [layer(GROUND, n_classes=10**9)] * 3, "more combinations than can be numbered"),
    ],
)  # fmt: skip
def test_that_what_cannot_be_measured_is_refused_and_named(layers, message):
    with pytest.raises(ValueError, match=message):
        cross_areas(layers)


def test_that_lines_and_points_are_refused():
    with pytest.raises(ValueError):
        cross_areas([layer(GROUND), layer(shapely.LineString([(0, 0), (5, 5)]))])


def test_that_each_reported_step_can_be_the_last(monkeypatch):
    monkeypatch.setattr(crosstab_tiles, "EDGES_A_TILE", 200)
    told, layers = [], three_fields()
    cross_areas(layers, report=lambda share, message: told.append(share))
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) > 4
    for limit in told:

        def stop(share, message, limit=limit):
            if share >= limit:
                raise Cancelled

        with pytest.raises(Cancelled):
            cross_areas(layers, report=stop)


def test_that_what_is_handed_in_stays_as_it_was():
    layers = three_fields()
    for each in layers:
        each.polygons.setflags(write=False)
        each.classes.setflags(write=False)
    before = [shapely.to_wkb(each.polygons).tolist() for each in layers]
    cross_areas(layers)
    assert [shapely.to_wkb(each.polygons).tolist() for each in layers] == before


def test_that_the_way_rings_run_and_heights_above_the_sea_do_not_matter():
    shell, hole = [(0, 0), (9, 0), (9, 9), (0, 9)], [(1, 1), (3, 1), (3, 3), (1, 3)]
    ways = [shapely.Polygon(s, [h]) for s in (shell, shell[::-1]) for h in (hole, hole[::-1])]
    ways.append(shapely.force_3d(ways[0], 7.0))
    assert [rows(cross_areas([layer(GROUND), layer(way)])) for way in ways] == [{(0, 0): 77.0, (0, 1): 43.0}] * 5


def test_that_far_more_parts_than_the_room_first_made_are_held():
    # A comb of 400 teeth half a metre wide, and one turned by a right angle: half of each, so a quarter each way.
    teeth = np.arange(400) * 1.0
    upright = shapely.union_all(shapely.box(teeth, 0, teeth + 0.5, 400))
    level = shapely.union_all(shapely.box(0, teeth, 400, teeth + 0.5))
    whole = layer(shapely.box(0, 0, 400, 400))
    areas = cross_areas([whole, layer(upright), layer(level)])
    assert areas.by(1, 2) == pytest.approx(np.full((2, 2), 40_000.0))
