"""However few rows are worked on at once, and wherever scores lie, a run is the same to the last bit."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from shapely.affinity import rotate

from analyses.analysis import Edition
from analyses.garden_suitability import garden_suitability
from analyses.gardens import ground
from analyses.gardens.criteria import DEFAULTS, DISTANCE, SUN, Criterion
from analyses.gardens.params import GardenParams, WeightSet
from analyses.gardens.surroundings import Reach, rim_of
from layers import scratch
from layers.grid import Grid
from layers.raster import ArrayRaster

SIDE_M = 6000.0
FAR = Criterion("far", 0.3, 1700.0, 300.0, 250.0, measure=DISTANCE, source="water_points")
PARAMS = GardenParams(
    criterion=(*DEFAULTS, FAR), cell_m=100.0, least_score=0.45, draws=40, weight_set=(WeightSet("altri", "slope 1"),)
)
WITHOUT_SUN = replace(PARAMS, criterion=tuple(each for each in PARAMS.criterion if each.measure != SUN))


@pytest.fixture
def valley(layer):
    """A round commune of 6 km with slanting shapes of every kind: its cells of 100 m are cut by all of them."""
    rng = np.random.default_rng(4)
    corner = np.array(layer((0, 0, 1, 1)).total_bounds[:2])

    def strewn(count, size_m, **columns):
        places, angles = corner + rng.uniform(-500, SIDE_M + 500, (count, 2)), rng.uniform(0, 90, count)
        squares = shapely.box(*(places - size_m / 2).T, *(places + size_m / 2).T)
        shapes = [rotate(square, angle) for square, angle in zip(squares, angles, strict=True)]
        return gpd.GeoDataFrame(columns, geometry=shapes, crs=layer().crs)

    def lines(count, **columns):
        ends = corner + rng.uniform(0, SIDE_M, (count, 2, 2))
        return gpd.GeoDataFrame(columns, geometry=list(shapely.linestrings(ends)), crs=layer().crs)

    middle = shapely.Point(*(corner + SIDE_M / 2)).buffer(SIDE_M / 2)
    heights = rng.normal(0, 60, (130, 130)).cumsum(axis=0).cumsum(axis=1).astype(np.float32) / 40
    heights[50:53, 60:64] = np.nan
    codes = rng.choice(np.array([2, 111, 122], np.uint8), (130, 130))
    grid = Grid(layer().crs, Affine(85, 0, corner[0] - 2500, 0, -85, corner[1] + SIDE_M + 2500), 130, 130)
    return {
        "boundary": gpd.GeoDataFrame({"name": ["Valle"], "code": ["011999"]}, geometry=[middle], crs=layer().crs),
        "elevation": ArrayRaster(np.ma.masked_invalid(heights), grid),
        "soil_consumption": (Edition(2023, ArrayRaster(np.ma.masked_array(codes), grid)),),
        "land_use": (Edition(2019, strewn(60, 1500.0, code=rng.choice(["211", "311", "242"], 60))),),
        "public_land": strewn(40, 700.0, name=[f"Area {place}" for place in range(40)]),
        "contaminated_sites": strewn(2, 300.0, name=["a", "b"]),
        "streets": lines(4, kind=["primary", "residential", "primary", "track"]),
        "railways": lines(1, name=["ferrovia"]),
        "water_points": strewn(6, 10.0, name=[""] * 6),
        "census": (Edition(2021, strewn(50, 350.0, population=rng.integers(0, 90, 50))),),
        "buildings": strewn(80, 60.0, use=["casa"] * 80),
        "landslide_hazard": strewn(9, 500.0, **{"class": rng.choice(["P1", "P2", "P3", "P4"], 9)}),
        "flood_hazard": strewn(4, 900.0, **{"class": ["P1", "P2", "P3", "P1"]}),
    }


def everything_of(result):
    yield [(each.spec.id, each.value) for each in result.figures]
    yield [each.frame.to_csv() for each in result.tables]
    yield [(name, each.to_wkb().to_csv()) for name, each in result.layers.items()]
    yield [problem.message for problem in result.problems]
    yield [(name, each.cells.filled(0).tobytes(), each.cells.mask.tobytes()) for name, each in result.rasters.items()]


@pytest.mark.parametrize("params", [PARAMS, WITHOUT_SUN], ids=["all criteria", "without sun: narrow rims"])
@pytest.mark.parametrize("rows", [1, 7])
def test_that_a_run_in_narrow_strips_is_the_same_to_the_last_bit(valley, monkeypatch, params, rows):
    whole = list(everything_of(garden_suitability(**valley, params=params)))
    assert dict(whole[0])["sites"] > 3
    monkeypatch.setattr(ground, "ROOM_CELLS", 0)
    monkeypatch.setattr(ground, "LEAST_ROWS", rows)
    assert list(everything_of(garden_suitability(**valley, params=params))) == whole


def test_that_residents_in_a_straight_line_are_the_same_in_narrow_strips(valley, monkeypatch):
    valley["streets"] = None
    whole = garden_suitability(**valley, params=WITHOUT_SUN).table("sites").frame["people"]
    assert whole.max() > 0.0
    monkeypatch.setattr(ground, "ROOM_CELLS", 0)
    monkeypatch.setattr(ground, "LEAST_ROWS", 1)
    assert garden_suitability(**valley, params=WITHOUT_SUN).table("sites").frame["people"].tolist() == whole.tolist()


@pytest.mark.parametrize("orness", [0.5, 0.3])
def test_that_weighing_in_strips_and_files_is_the_same_to_the_last_bit(valley, monkeypatch, orness):
    params = replace(WITHOUT_SUN, orness=orness)
    monkeypatch.setattr(scratch, "AT_ONCE", 300)
    whole = list(everything_of(garden_suitability(**valley, params=params)))
    for module, name, value in ((ground, "ROOM_CELLS", 0), (ground, "LEAST_ROWS", 5), (scratch, "ROOM_BYTES", 0)):
        monkeypatch.setattr(module, name, value)
    in_files = garden_suitability(**valley, params=params)
    assert all(isinstance(raster.values.base, np.memmap) for raster in in_files.rasters.values())
    assert list(everything_of(in_files)) == whole


def test_that_weighing_some_cells_at_once_gives_the_maps_of_all_at_once(valley, monkeypatch):
    whole = garden_suitability(**valley, params=WITHOUT_SUN)
    monkeypatch.setattr(scratch, "AT_ONCE", 7)
    in_slices = garden_suitability(**valley, params=WITHOUT_SUN)
    assert len(whole.rasters["status"].values) > 2500
    for name, raster in whole.rasters.items():
        assert raster.cells.filled(0).tobytes() == in_slices.rasters[name].cells.filled(0).tobytes()
    for figure, other in zip(whole.figures, in_slices.figures, strict=True):
        assert figure.value == pytest.approx(other.value)  # sums in another order: their last bits may differ
    for table, other in zip(whole.tables, in_slices.tables, strict=True):
        pd.testing.assert_frame_equal(table.frame, other.frame, rtol=1e-9)


def test_that_a_strip_sees_as_far_as_any_criterion_can_tell_apart():
    # 1,700 m of best value in cells of 100 m: 17 rows and one more, and two for the slope; the sun 1.2 × 2,000 m.
    reach = Reach(500.0, 1.3)
    assert rim_of((FAR,), reach, 100.0) == 20
    assert rim_of((FAR, *DEFAULTS), reach, 100.0) == 27
