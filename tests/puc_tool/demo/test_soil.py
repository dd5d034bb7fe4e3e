"""The calibration, on a strip of ten cells of 100 m² each."""

import numpy as np
import pytest
import shapely

from puc_tool.demo import soil
from puc_tool.demo.cells import Cells
from puc_tool.demo.fabric import BUILDING, NATURE, SITE, STREET, YARD, Fabric
from puc_tool.demo.field import Lattice

NOBODY = np.full(10, -1)


@pytest.fixture
def cells():
    x = np.arange(10) * 10.0 + 5.0
    return Cells(Lattice(0, 10, 10.0, 10, 1), np.arange(10), x, np.full(10, 5.0), np.full(10, 100.0))


@pytest.fixture(autouse=True)
def small_city(monkeypatch):
    monkeypatch.setattr(soil, "CONSUMED_M2", 600.0)
    monkeypatch.setattr(soil, "CHANGES", (soil.Change(2017, 100.0, 200.0), soil.Change(2012, 200.0, 0.0)))
    monkeypatch.setattr(soil, "GROWTH", {2017: ((5, 5),), 2012: ((5, 5),)})
    monkeypatch.setattr(soil, "RESTORED", {2017: ((95, 5),), 2012: ((95, 5),)})


def city():
    """Eight built cells, the first the most wanted, of two lots: the second building is cut in half by the size."""
    codes = np.array([BUILDING] * 3 + [YARD] * 2 + [BUILDING] * 3 + [NATURE] * 2, np.uint8)
    building = np.array([0, 0, 0, -1, -1, 1, 1, 1, -1, -1])
    return Fabric(codes, np.linspace(1.0, 0.1, 10), NOBODY, building)


def test_that_the_city_is_cut_to_its_size_from_the_least_wanted(cells):
    now = soil.soil_maps(cells, city(), [])[2018]
    # 600 m² are six cells.
    assert now.tolist() == [BUILDING] * 3 + [YARD] * 2 + [BUILDING] + [NATURE] * 4


def test_that_a_building_stands_only_where_the_map_has_it_whole(cells):
    grown = city()
    now = soil.soil_maps(cells, grown, [])[2018]
    assert soil.standing(now, grown, 3).tolist() == [True, False, False]


def test_that_years_before_lack_what_grew_and_have_what_was_restored(cells):
    maps = soil.soil_maps(cells, city(), [])
    # 2017: the cell nearest x = 5 is not built yet, the two nearest x = 95 are still building sites.
    assert maps[2017].tolist() == [NATURE] + [BUILDING] * 2 + [YARD] * 2 + [BUILDING] + [NATURE] * 2 + [SITE] * 2
    # 2012: two more cells are not built yet.
    assert maps[2012].tolist() == [NATURE] * 3 + [YARD] * 2 + [BUILDING] + [NATURE] * 2 + [SITE] * 2


def test_that_a_street_is_there_whatever_the_size_but_not_under_a_building(cells):
    where = np.zeros(10, bool)
    where[[1, 9]] = True
    now = soil.soil_maps(cells, city(), [(where, STREET)])[2018]
    # The street at the far end takes one of the six cells; the one under the building is not painted.
    assert now.tolist() == [BUILDING] * 3 + [YARD] * 2 + [NATURE] * 4 + [STREET]


def test_that_cells_know_which_shape_they_are_in_and_which_hold_a_point(cells):
    assert cells.numbered(np.array([shapely.box(0, 0, 30, 10), shapely.box(20, 0, 40, 10)])).tolist() == [
        0, 0, 1, 1, -1, -1, -1, -1, -1, -1,
    ]  # fmt: skip
