import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers.grid import Grid, Window

UTM = CRS(7791)
# 4 columns, 3 rows of 10 m; the top left corner at 100 east, 200 north.
GRID = Grid(UTM, Affine(10, 0, 100, 0, -10, 200), 4, 3)


def test_that_the_bounds_are_the_outer_edges_of_the_cells():
    # 4 x 10 m to the east, 3 x 10 m to the south.
    assert GRID.bounds == (100, 170, 140, 200)
    assert GRID.cell_size == 10
    assert GRID.whole == Window(0, 0, 4, 3)


def test_that_the_longer_side_of_a_cell_is_its_size():
    assert Grid(UTM, Affine(10, 0, 0, 0, -25, 0), 1, 1).cell_size == 25


def test_that_a_turned_grid_is_bounded_by_its_corners():
    # Turned by 90°: columns go north, rows go east.
    assert Grid(UTM, Affine(0, 10, 0, 10, 0, 0), 2, 5).bounds == (0, 0, 50, 20)


@pytest.mark.parametrize(
    ("bounds", "window"),
    [
        ((100, 170, 140, 200), Window(0, 0, 4, 3)),
        ((110, 180, 120, 190), Window(1, 1, 1, 1)),
        ((111, 181, 129, 189), Window(1, 1, 2, 1)),
        ((0, 0, 1000, 1000), Window(0, 0, 4, 3)),
    ],
)
def test_that_the_window_over_an_area_is_the_smallest_of_whole_cells(bounds, window):
    assert GRID.window_over(bounds) == window


def test_that_there_is_no_cell_over_an_area_elsewhere():
    window = GRID.window_over((500, 500, 600, 600))
    assert window.width * window.height == 0


def test_that_a_part_of_a_grid_lies_where_its_cells_lie():
    # Column 1, row 2: 10 m to the east and 20 m to the south of the corner.
    part = GRID.part(Window(1, 2, 2, 1))
    assert part.bounds == (110, 170, 130, 180)
    assert (part.width, part.height) == (2, 1)


@given(st.integers(0, 3), st.integers(0, 2))
def test_that_the_window_over_one_cell_is_that_cell(col, row):
    cell = Window(col, row, 1, 1)
    assert GRID.window_over(GRID.part(cell).bounds) == cell


def test_that_grids_match_to_a_millionth_of_a_cell_and_no_further():
    def shifted(by):
        return Grid(UTM, Affine(10, 0, 100 + by, 0, -10, 200), 4, 3)

    assert GRID.matches(shifted(1e-6))
    assert not GRID.matches(shifted(1e-4))


@pytest.mark.parametrize(
    "other",
    [
        Grid(CRS(25832), GRID.transform, 4, 3),
        Grid(UTM, GRID.transform, 4, 4),
        Grid(UTM, Affine(5, 0, 100, 0, -5, 200), 4, 3),
    ],
    ids=["crs", "size", "cell"],
)
def test_that_another_crs_size_or_cell_is_another_grid(other):
    assert not GRID.matches(other)
