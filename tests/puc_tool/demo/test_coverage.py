import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from puc_tool.demo.coverage import patches, regions
from puc_tool.demo.field import Lattice

LATTICE = Lattice(0.0, 600.0, 50.0, 12, 12)
ISLAND = shapely.Polygon([(37.3, 41.1), (571.9, 88.8), (503.3, 540.7), (300.1, 333.9), (61.7, 498.2)])


@given(arrays(np.int32, (12, 12), elements=st.integers(1, 4)))
def test_that_patches_and_regions_tile_the_commune(classes):
    for frame in (patches(classes, LATTICE, ISLAND, 2), regions(classes, LATTICE, ISLAND)):
        assert frame.area.sum() == pytest.approx(ISLAND.area, abs=1e-6)
        assert shapely.coverage_is_valid(frame.geometry.to_numpy())
        assert frame.is_valid.all()
        assert set(frame["value"]) <= set(np.unique(classes))


def test_that_a_region_is_one_row_and_its_patches_are_many():
    classes = np.ones((12, 12), np.int32)
    classes[2:5, 2:5] = classes[7:10, 6:9] = 2
    assert regions(classes, LATTICE, ISLAND)["value"].tolist() == [1, 2]
    assert patches(classes, LATTICE, ISLAND, 1)["value"].tolist() == [1, 2, 2]


def test_that_a_patch_smaller_than_asked_goes_to_its_surroundings():
    classes = np.ones((12, 12), np.int32)
    classes[5, 3] = 2
    assert patches(classes, LATTICE, ISLAND, 2)["value"].tolist() == [1]


def test_that_a_sliver_of_the_cut_goes_to_its_neighbour():
    # The square ends 1 m past a column's edge at x = 300: 1 m x 200 m = 200 m² of class 2 are a sliver.
    classes = np.ones((12, 12), np.int32)
    classes[:, 6:] = 2
    frame = patches(classes, LATTICE, shapely.box(100, 100, 301, 300), 1)
    assert frame["value"].tolist() == [1]
    assert frame.area.sum() == pytest.approx(201 * 200)


def test_that_the_corner_of_the_lattice_is_not_cut_off_by_the_smoothing():
    # Found by chance: a patch of one cell at the rim was drawn in, and the island's western tip lay in no patch.
    classes = np.full((12, 12), 2, np.int32)
    classes[10, 0] = classes[11, 5] = 1
    assert regions(classes, LATTICE, ISLAND).area.sum() == pytest.approx(ISLAND.area, abs=1e-6)
