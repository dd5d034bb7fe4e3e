import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.demo.footprints import footprints
from puc_tool.demo.lots import Lots

BLOCK = shapely.box(0, 0, 80, 60)


def lots(areas, use, block=None, road_m=0.0):
    areas = np.array(areas)
    middles = shapely.get_coordinates(shapely.centroid(areas))
    every = np.zeros(areas.size, np.int64)
    return Lots(
        areas=areas, blocks=np.array([block or shapely.union_all(areas)]), block=every, hood=every,
        use=np.full(areas.size, use, dtype=object), x=middles[:, 0], y=middles[:, 1], pull=np.full(areas.size, 0.5),
        road_m=np.full(areas.size, road_m), spot=every - 1,
    )  # fmt: skip


def quarters():
    return [shapely.box(x, y, x + 20, y + 30) for x in (0, 20, 40, 60) for y in (0, 30)]


def test_that_the_centre_is_a_closed_row_around_a_court():
    row = footprints(lots(quarters(), "centre", BLOCK), seed=1)
    built = shapely.union_all(row[~shapely.is_missing(row)])
    # A court of 80 - 26 by 60 - 26 m: 54 x 34 = 1,836 m² are open, of which none is built.
    assert built.intersection(shapely.box(13, 13, 67, 47)).area == pytest.approx(0, abs=1e-6)
    assert not shapely.is_missing(row).all()


@pytest.mark.parametrize("use", ["town", "works", "slope", "military", "rural"])
@given(seed=st.integers(0, 2**20))
def test_that_a_building_stands_within_its_lot_and_clear_of_the_edge(use, seed):
    grounds = [shapely.box(x, y, x + 40, y + 25) for x in range(0, 400, 40) for y in range(0, 250, 25)]
    built = footprints(lots(grounds, use), seed)
    there = ~shapely.is_missing(built)
    assert there.any()
    assert shapely.contains(shapely.buffer(np.array(grounds)[there], -1.49), built[there]).all()


def test_that_houses_on_the_slopes_stand_only_near_a_street():
    far = footprints(lots(quarters(), "slope", road_m=40.0), seed=1)
    assert shapely.is_missing(far).all()


def test_that_a_lot_too_small_stays_empty():
    # 6 m x 6 m: at most 36 m², less than any building.
    tiny = footprints(lots([shapely.box(6 * x, 0, 6 * x + 6, 6) for x in range(50)], "town"), seed=1)
    assert shapely.is_missing(tiny).all()
