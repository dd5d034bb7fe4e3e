"""Patches of listed cells and their outlines, held against scipy and GDAL on random grids."""

from itertools import pairwise

import numpy as np
import pytest
import rasterio.features
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from analyses.kernels.sparse_patches import number_patches, outlines

SHAPES = st.tuples(st.integers(1, 9), st.integers(1, 9))
GRIDS = SHAPES.flatmap(lambda shape: st.tuples(arrays(np.bool_, shape), arrays(np.bool_, shape)))


def listed(inside):
    """Return the cells of a grid as they are listed, and where each row begins."""
    starts = np.append(0, np.cumsum(inside.sum(axis=1))).astype(np.int64)
    return np.argwhere(inside).astype(np.int32), starts


def numbered(inside, is_open):
    cells, starts = listed(inside)
    numbers = np.empty(len(cells), np.int32)
    count = number_patches(cells, starts, is_open[inside], numbers)
    return cells, starts, numbers, count


def polygons(cells, starts, numbers):
    corners, begins, patch = outlines(cells, starts, numbers, np.zeros(len(cells), np.bool_))
    rings = [shapely.Polygon(corners[a:b, ::-1]) for a, b in pairwise(begins)]
    of_patch = {number: [r.exterior for r, p in zip(rings, patch, strict=True) if p == number] for number in patch}
    return [shapely.Polygon(shell, holes) for shell, *holes in of_patch.values()]


@given(GRIDS)
def test_that_patches_are_those_of_scipy(grid):
    inside, is_open = grid
    *_, numbers, count = numbered(inside, is_open)
    theirs, their_count = ndimage.label(inside & is_open)
    pairs = set(zip(numbers.tolist(), theirs[inside].tolist(), strict=True))
    assert count == their_count
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)
    assert all((one == 0) == (other == 0) for one, other in pairs)


@given(GRIDS)
def test_that_outlines_are_those_of_gdal(grid):
    inside, is_open = grid
    cells, starts, numbers, count = numbered(inside, is_open)
    found = polygons(cells, starts, numbers)
    labels = ndimage.label(inside & is_open)[0].astype(np.int32)
    theirs = [shapely.geometry.shape(each) for each, _ in rasterio.features.shapes(labels, labels > 0, 4)]
    assert len(found) == count
    assert shapely.is_valid(found).all()
    assert {shapely.normalize(each).wkt for each in found} == {shapely.normalize(each).wkt for each in theirs}


def test_that_cells_that_touch_at_a_corner_alone_leave_a_hole_that_touches_the_shell():
    # A ring of seven cells around one, open at the lower right: the hole meets the outside at one corner.
    cells, starts, numbers, count = numbered(np.ones((3, 3), bool), np.array([[1, 1, 1], [1, 0, 1], [1, 1, 0]], bool))
    (found,) = polygons(cells, starts, numbers)
    assert (count, found.area, len(found.interiors)) == (1, 7.0, 1)
    assert found.is_valid


def test_that_a_patch_left_out_has_no_outline():
    cells, starts, numbers, _ = numbered(np.ones((1, 3), bool), np.array([[1, 0, 1]], bool))
    numbers[0] = 0
    assert [each.bounds for each in polygons(cells, starts, numbers)] == [(2.0, 0.0, 3.0, 1.0)]


def test_that_no_cell_has_no_outline():
    cells, starts, numbers, count = numbered(np.zeros((2, 2), bool), np.ones((2, 2), bool))
    assert (count, polygons(cells, starts, numbers)) == (0, [])


def test_that_many_corners_and_rings_find_room():
    # A comb of 1,000 single cells, each with four corners: more than the first room of rings and of corners.
    cells, starts, numbers, count = numbered(np.ones((1, 1999), bool), (np.arange(1999) % 2 == 0)[None])
    found = polygons(cells, starts, numbers)
    assert (count, len(found)) == (1000, 1000)
    assert shapely.area(found) == pytest.approx(np.ones(1000))
