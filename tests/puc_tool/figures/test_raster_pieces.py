"""Cells of a result's raster as pieces of ground: their values, and that no ground is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pyproj import CRS

from layers.grid import Grid
from layers.raster import ArrayRaster
from puc_tool.figures.raster_pieces import cells_together, cells_with_bit


def raster(values, masked=None) -> ArrayRaster:
    """Return cells of 10 m."""
    cells = np.ma.masked_array(np.asarray(values, np.uint8), mask=False if masked is None else masked)
    return ArrayRaster(cells, Grid(CRS(7791), Affine(10, 0, 500_000, 0, -10, 4_900_000), *cells.shape[::-1]))


def test_that_cells_of_a_value_that_hang_together_are_one_piece():
    # Two 1 side by side, a 2 below, and a 1 that meets them at a corner alone: three pieces.
    found = cells_together(raster([[1, 1, 2], [2, 2, 1]]))
    assert sorted(zip(found["value"], found.area, strict=True)) == [(1, 100.0), (1, 200.0), (2, 100.0), (2, 200.0)]


def test_that_cells_without_data_are_no_piece():
    found = cells_together(raster([[1, 1], [1, 1]], [[True, False], [True, True]]))
    assert found.area.tolist() == [100.0]
    assert found.crs == CRS(7791)


@given(arrays(np.uint8, (6, 7), elements=st.integers(0, 3)), arrays(np.bool_, (6, 7)))
def test_that_the_pieces_of_a_value_have_the_ground_of_its_cells(values, masked):
    found = cells_together(raster(values, masked))
    for value in range(4):
        cells = np.count_nonzero((values == value) & ~masked)
        assert found.area[found["value"] == value].sum() == pytest.approx(100.0 * cells)


def test_that_the_cells_of_a_bit_are_those_that_have_it_among_others_or_alone():
    # 1 has the lowest bit alone, 3 also the second, 2 the second alone.
    cells = raster([[1, 3, 2], [0, 3, 2]])
    assert cells_with_bit(cells, 0, is_alone=False).area.tolist() == [300.0]
    assert cells_with_bit(cells, 0, is_alone=True).area.tolist() == [100.0]
    assert cells_with_bit(cells, 1, is_alone=False).area.sum() == 400.0
    assert cells_with_bit(cells, 2, is_alone=False).empty


@given(arrays(np.uint8, (6, 7), elements=st.integers(0, 7)), arrays(np.bool_, (6, 7)), st.integers(0, 2))
def test_that_the_ground_of_a_bit_is_that_of_its_cells(values, masked, bit):
    found = cells_with_bit(raster(values, masked), bit, is_alone=False)
    cells = np.count_nonzero((values >> bit & 1).astype(bool) & ~masked)
    assert found.area.sum() == pytest.approx(100.0 * cells)
