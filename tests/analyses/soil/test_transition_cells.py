"""The cells of a transition add up to its row, in the study's CRS and in another, and lie where the soil changed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from analyses.analysis import Edition
from analyses.result import OUTLINE
from analyses.soil_consumption import soil_consumption
from layers.grid import Grid, Window
from layers.raster import ArrayRaster
from puc_tool.figures.raster_pieces import pieces_within

UTM, LAEA = CRS(7791), CRS(3035)


def city(crs: CRS, classes: tuple[int, ...] = (2, 111, 122)) -> dict[str, object]:
    """Return a round commune of 1.2 km in the national grid, and cells of 10 m in ``crs`` that do not cover it all."""
    boundary = gpd.GeoDataFrame(
        {"name": ["Borgo"], "code": ["999001"]}, geometry=[shapely.Point(566_500, 4_883_500).buffer(600)], crs=UTM
    )
    left, _, _, top = boundary.to_crs(crs).total_bounds
    grid = Grid(crs, Affine(10, 0, left + 35, 0, -10, top - 55), 110, 118)
    rng = np.random.default_rng(7)
    dates = (rng.choice([*classes, 0], size=(118, 110)).astype(np.uint8) for _ in range(2))
    soil = tuple(
        Edition(year, ArrayRaster(np.ma.masked_equal(each, 0), grid))
        for year, each in zip((2012, 2023), dates, strict=True)
    )
    return {"boundary": boundary, "soil_consumption": soil}


@pytest.mark.parametrize("crs", [UTM, LAEA], ids=["study", "europe"])
def test_that_the_pieces_of_every_transition_add_up_to_its_row(crs):
    found = soil_consumption(**city(crs))
    rows = found.table("transition").frame
    pieces = pieces_within(found.rasters["transition"], found.layers[OUTLINE])
    areas = pieces.get("area_m2", pieces.area)
    sums = areas.groupby(pieces["value"]).sum()
    assert pieces.crs == UTM
    assert len(rows) == 16  # three classes and no data, at either date
    assert sums[list(range(1, 17))].to_numpy() == pytest.approx(rows["area_m2"].to_numpy(), rel=1e-9, abs=1e-5)


def test_that_a_piece_lies_where_its_measure_says():
    found = soil_consumption(**city(LAEA))
    pieces = pieces_within(found.rasters["transition"], found.layers[OUTLINE])
    # The outline of a piece has bowed edges, its measure does not: they are the same to a millionth.
    assert pieces.area.to_numpy() == pytest.approx(pieces["area_m2"].to_numpy(), rel=1e-6, abs=1e-4)
    assert pieces.area.sum() == pytest.approx(found.layers[OUTLINE].area.sum(), rel=1e-6)


def test_that_dates_of_different_depth_are_told_at_the_first_level_in_the_cells_too():
    made = city(UTM)
    first, last = made["soil_consumption"]
    shallow = np.ma.masked_equal(np.where(first.data.cells.filled(0) == 2, 2, 1), 0).astype(np.uint8)
    found = soil_consumption(
        boundary=made["boundary"], soil_consumption=(Edition(2012, ArrayRaster(shallow, first.data.grid)), last)
    )
    rows = found.table("transition").frame
    assert set(rows["to_code"]) == {"1", "2", ""}
    pieces = pieces_within(found.rasters["transition"], found.layers[OUTLINE])
    sums = pieces.area.groupby(pieces["value"]).sum()
    assert sums.to_numpy() == pytest.approx(rows["area_m2"].to_numpy(), rel=1e-9, abs=1e-5)


def test_that_one_date_has_no_cells_of_transitions():
    made = city(UTM)
    found = soil_consumption(boundary=made["boundary"], soil_consumption=made["soil_consumption"][1:])
    assert not found.rasters
    assert OUTLINE not in found.layers


def test_that_any_window_reads_what_the_whole_has():
    raster = soil_consumption(**city(LAEA)).rasters["transition"]
    whole = raster.read(raster.grid.whole)
    part = raster.read(Window(20, 30, 40, 25))
    assert (part.filled(0) == whole[30:55, 20:60].filled(0)).all()
