import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS, Transformer

from analyses import zonal
from analyses.progress import Cancelled
from analyses.zonal import zonal_areas, zonal_transitions
from layers.grid import Grid
from layers.problems import PucError
from layers.raster import ArrayRaster

UTM, LAEA, DEGREES = CRS(7791), CRS(3035), CRS(4326)
LA_SPEZIA = (566_500.0, 4_883_500.0)
SAME = {value: value for value in range(5)}


def raster(cells, transform, crs=UTM, mask=False):
    height, width = np.shape(cells)
    return ArrayRaster(np.ma.masked_array(cells, mask), Grid(crs, transform, width, height))


def town(*shapes, crs=UTM):
    return gpd.GeoSeries(list(shapes), crs=crs)


def grid_around(units, crs, cell, margin=3):
    left, bottom, right, top = units.to_crs(crs).total_bounds
    transform = Affine(cell, 0, left - margin * cell, 0, -cell, top + margin * cell)
    return Grid(
        crs, transform, int((right - left) / cell) + 2 * margin + 1, int((top - bottom) / cell) + 2 * margin + 1
    )


def patchy(grid, seed=7):
    """Return classes that lean east and west, so that an error of scale over the town would show."""
    noise = np.random.default_rng(seed).normal(size=(grid.height, grid.width))
    lean = np.linspace(0, 5, grid.width) + noise * 0.7
    return ArrayRaster(np.ma.masked_array(lean.clip(0, 4.99).astype(np.uint8)), grid)


def commune(radius=5000.0):
    return shapely.Point(LA_SPEZIA).buffer(radius, quad_segs=6)


def split(whole, count, seed):
    left, bottom, right, top = whole.bounds
    rng = np.random.default_rng(seed)
    seeds = shapely.MultiPoint(np.column_stack((rng.uniform(left, right, count), rng.uniform(bottom, top, count))))
    parts = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=whole))
    return town(*shapely.intersection(parts, whole))


def by_reprojected_cells(unit, source, n_classes):
    """Return the class areas of ``unit`` by moving every cell to its CRS, edges densified, and cutting it there."""
    grid = source.grid
    rows, cols = np.indices((grid.height, grid.width)).reshape(2, -1)
    boxes = shapely.segmentize(shapely.box(cols, rows, cols + 1, rows + 1), 0.1)
    there, back = (Transformer.from_crs(*pair, always_xy=True) for pair in ((UTM, grid.crs), (grid.crs, UTM)))

    def to_utm(xy):
        seen = np.stack(grid.transform @ (xy[:, 0], xy[:, 1]))
        # PROJ's way back from the equal-area grid misses by 0.1 mm: more than is compared here.
        miss = np.stack(there.transform(*back.transform(*seen))) - seen
        return np.column_stack(back.transform(*(seen - miss)))

    shared = shapely.area(shapely.intersection(shapely.transform(boxes, to_utm), unit))
    return np.bincount(source.cells.data.ravel(), shared, minlength=n_classes)


# 2 x 2 cells of 10 m; values 11 and 12 above, 11 and 99 below; 11 is class 0, 12 is class 1.
FOUR = raster(np.array([[11, 12], [11, 99]], dtype=np.uint8), Affine(10, 0, 0, 0, -10, 20))
TWO_CLASSES = {11: 0, 12: 1}


def test_that_a_unit_is_told_by_class_and_the_rest_as_no_data():
    # From 5 to 30 m east, 0 to 20 m north: half of the left cells (11): 100 m², the upper right cell (12): 100 m²,
    # the cell of an unknown value: 100 m², and 10 m x 20 m beyond the raster: together 300 m² of no data.
    areas = zonal_areas(town(shapely.box(5, 0, 30, 20)), FOUR, TWO_CLASSES, 2)
    assert areas.tolist() == [pytest.approx([100.0, 100.0, 300.0], rel=1e-12)]


def test_that_a_masked_cell_is_no_data():
    # The upper left of four cells of 100 m² is masked.
    masked = raster(FOUR.cells.data, FOUR.grid.transform, mask=[[True, False], [False, False]])
    areas = zonal_areas(town(shapely.box(0, 0, 20, 20)), masked, TWO_CLASSES | {99: 1}, 2)
    assert areas.tolist() == [pytest.approx([100.0, 200.0, 100.0], rel=1e-12)]


@pytest.mark.parametrize("kind", ["uint16", "int16", "int64", "uint32", "float32"])
def test_that_the_type_of_the_cells_does_not_matter(kind):
    other = raster(FOUR.cells.data.astype(kind), FOUR.grid.transform)
    unit = town(shapely.box(5, 0, 30, 20))
    assert np.array_equal(zonal_areas(unit, other, TWO_CLASSES, 2), zonal_areas(unit, FOUR, TWO_CLASSES, 2))


def test_that_values_too_large_or_negative_for_the_cells_are_simply_not_met():
    unit = town(shapely.box(0, 0, 20, 20))
    more = TWO_CLASSES | {-1: 0, 70_000: 1}
    assert np.array_equal(zonal_areas(unit, FOUR, more, 2), zonal_areas(unit, FOUR, TWO_CLASSES, 2))


def test_that_a_unit_away_from_the_raster_is_no_data_as_a_whole():
    away, missing = shapely.box(1e5, 1e5, 1e5 + 30, 1e5 + 40), shapely.Polygon()
    areas = zonal_areas(town(away, missing, None), FOUR, TWO_CLASSES, 2)
    assert areas.tolist() == [[0.0, 0.0, 1200.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_that_a_sliver_has_no_more_of_a_class_than_its_area():
    # What rounding leaves of a hair's coverage may be negative; scaled to its area it would be without bounds.
    scaled = zonal._scaled(np.array([[3e-9, -2e-9, 0.0], [-1e-9, 0.0, 0.0]]), np.array([6e-9, 5e-9]))
    assert scaled.tolist() == [pytest.approx([6e-9, 0.0, 0.0]), pytest.approx([0.0, 0.0, 5e-9])]


def test_that_no_units_give_an_empty_table():
    assert zonal_areas(town(), FOUR, TWO_CLASSES, 2).shape == (0, 3)


@pytest.mark.parametrize(
    ("crs", "cell"), [(UTM, 10.0), (LAEA, 10.0), (LAEA, 100.0), (DEGREES, 1e-4), (CRS(3003), 20.0)]
)
def test_that_rows_add_up_to_the_units(crs, cell):
    units = split(commune(), 12, seed=1)
    grid = grid_around(units.iloc[:8], crs, cell, margin=0)
    areas = zonal_areas(units, patchy(grid), SAME, 5)
    assert areas.sum(axis=1) == pytest.approx(units.area.to_numpy(), rel=1e-12)
    assert (areas >= 0.0).all()


@pytest.mark.parametrize(("crs", "cell"), [(LAEA, 10.0), (LAEA, 100.0), (DEGREES, 1e-4), (CRS(3003), 20.0)])
def test_that_classes_add_up_the_same_over_any_partition(crs, cell):
    whole = commune()
    source = patchy(grid_around(town(whole), crs, cell))
    once = zonal_areas(town(whole), source, SAME, 5)[0]
    for count, seed in ((3, 1), (40, 2), (400, 3)):
        parts = zonal_areas(split(whole, count, seed), source, SAME, 5).sum(axis=0)
        assert np.abs(parts - once).max() < 1e-9 * whole.area


@pytest.mark.parametrize(("crs", "cell", "error"), [(LAEA, 10.0, 2e-9), (LAEA, 100.0, 2e-8), (DEGREES, 2e-4, 2e-8)])
def test_that_cells_moved_to_the_units_and_cut_there_give_the_same(crs, cell, error):
    # In part-covered cells the scale of the centre is taken, which is why larger cells allow more of a difference.
    units = split(commune(600.0), 5, seed=4)
    source = patchy(grid_around(units, crs, cell))
    areas = zonal_areas(units, source, SAME, 5)
    for unit, row in zip(units, areas, strict=True):
        assert np.abs(row[:5] - by_reprojected_cells(unit, source, 5)).max() < error * unit.area
        assert row[5] == pytest.approx(0.0, abs=1e-12)


def test_that_what_is_outside_the_raster_is_as_much_as_the_cut_cells_leave():
    unit = commune(1500.0)
    grid = grid_around(town(unit), LAEA, 100.0)
    half = Grid(LAEA, grid.transform, grid.width // 2, grid.height)
    source = patchy(half)
    left = unit.area - by_reprojected_cells(unit, source, 5).sum()
    assert zonal_areas(town(unit), source, SAME, 5)[0, 5] == pytest.approx(left, abs=1e-8 * unit.area)


@pytest.mark.parametrize("most_cells", [1, 5_000])
def test_that_strips_give_what_the_whole_gives(monkeypatch, most_cells):
    units = split(commune(1500.0), 6, seed=5)
    grid = grid_around(units, LAEA, 50.0)
    source = patchy(Grid(LAEA, grid.transform, grid.width - 20, grid.height - 20))
    at_once = zonal_areas(units, source, SAME, 5)
    monkeypatch.setattr(zonal, "CELLS_A_STRIP", most_cells)
    assert zonal_areas(units, source, SAME, 5) == pytest.approx(at_once, rel=1e-11, abs=1e-6)


def test_that_a_transition_is_told_from_class_to_class():
    # One 10 m cell each went 11 -> 12, stayed 12, stayed 11; the fourth has no class at first and 12 then.
    later = raster(np.array([[12, 12], [11, 12]], dtype=np.uint8), FOUR.grid.transform)
    moved = zonal_transitions(town(shapely.box(0, 0, 20, 20)), FOUR, later, TWO_CLASSES, 2)
    expected = [[100.0, 100.0, 0.0], [0.0, 100.0, 0.0], [0.0, 100.0, 0.0]]
    assert moved[0] == pytest.approx(np.array(expected), rel=1e-12)


def test_that_either_date_can_be_read_back_from_the_transitions():
    units = split(commune(1500.0), 4, seed=6)
    grid = grid_around(units, LAEA, 50.0, margin=-2)
    first, second = patchy(grid, seed=1), patchy(grid, seed=2)
    moved = zonal_transitions(units, first, second, SAME, 5)
    assert moved.sum(axis=2) == pytest.approx(zonal_areas(units, first, SAME, 5), rel=1e-11, abs=1e-6)
    assert moved.sum(axis=1) == pytest.approx(zonal_areas(units, second, SAME, 5), rel=1e-11, abs=1e-6)


def test_that_many_classes_do_not_run_out_of_numbers():
    # 300 classes make 301 x 301 = 90,601 pairs, more than 16 bits hold; the one cell went from 299 to 298.
    grid = Affine(10, 0, 0, 0, -10, 10)
    first, second = (raster(np.array([[value]], dtype=np.uint16), grid) for value in (299, 298))
    recode = {value: value for value in range(300)}
    moved = zonal_transitions(town(shapely.box(0, 0, 20, 10)), first, second, recode, 300)
    assert (moved[0, 299, 298], moved[0, 300, 300], moved.sum()) == pytest.approx((100.0, 100.0, 200.0))


def test_that_two_dates_on_different_cells_are_refused():
    shifted = raster(FOUR.cells, FOUR.grid.transform @ Affine.translation(0.5, 0))
    with pytest.raises(ValueError, match="do not lie on each other"):
        zonal_transitions(town(shapely.box(0, 0, 20, 20)), FOUR, shifted, TWO_CLASSES, 2)


@pytest.mark.parametrize("recode", [{11: 2}, {11: -1}, {}])
def test_that_a_recoding_out_of_the_classes_is_refused(recode):
    with pytest.raises(ValueError, match="recode must lead"):
        zonal_areas(town(shapely.box(0, 0, 20, 20)), FOUR, recode, 2)


def test_that_units_beyond_the_use_of_the_rasters_crs_are_explained():
    antipode = gpd.GeoSeries([shapely.box(1.0, -1.0, 2.0, 0.0)], crs=CRS("+proj=ortho +lat_0=-44 +lon_0=-170"))
    orthographic = raster(FOUR.cells, FOUR.grid.transform, crs=CRS("+proj=ortho +lat_0=44 +lon_0=10"))
    with pytest.raises(PucError, match="sistema di riferimento del raster"):
        zonal_areas(antipode, orthographic, TWO_CLASSES, 2)


def test_that_what_is_handed_in_stays_as_it_was():
    units = split(commune(1500.0), 4, seed=8)
    source = patchy(grid_around(units, LAEA, 50.0))
    before, cells = units.to_wkb(), source.cells.copy()
    zonal_transitions(units, source, source, SAME, 5)
    assert units.to_wkb().equals(before)
    assert np.array_equal(cells, source.cells)


def test_that_it_stops_when_asked_to(monkeypatch):
    asked = []

    def stop_at_the_second(share, message):
        asked.append(share)
        if len(asked) == 2:
            raise Cancelled

    monkeypatch.setattr(zonal, "CELLS_A_STRIP", 1)
    with pytest.raises(Cancelled):
        zonal_areas(town(shapely.box(0, 0, 20, 20)), FOUR, TWO_CLASSES, 2, report=stop_at_the_second)
    assert asked == [0.0, 0.5]
