"""In made-up towns of any shape every number that is a sum of pieces is their sum, to a billionth.

The towns are a kilometre square in two halves; what lies in them is strewn by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.analysis import Analysis, Edition
from analyses.hazard_exposure import HAZARD_EXPOSURE, hazard_exposure
from analyses.planning_standards import STANDARDS, standards
from analyses.result import OUTLINE, Result
from analyses.service_coverage import SERVICE_COVERAGE, service_coverage
from analyses.soil_consumption import SOIL_CONSUMPTION, soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster
from puc_tool.figures.found_results import Results
from puc_tool.figures.piece_sums import sum_of
from puc_tool.figures.pieces import Asked, CellAsked, FigureAsked, pieces_of, value_of
from puc_tool.figures.raster_pieces import pieces_within

UTM, LAEA = CRS(7791), CRS(3035)
WEST, SOUTH, SIDE = 566_000.0, 4_883_000.0, 1_000.0
seeds = st.integers(0, 2**32 - 1)


def layer(geometry, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=UTM)


def box(left: float, bottom: float, right: float, top: float) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def ground() -> dict[str, gpd.GeoDataFrame]:
    """Return the commune and its two halves."""
    return {
        "boundary": layer([box(0, 0, SIDE, SIDE)], name=["Borgo"], code=["999001"]),
        "neighbourhoods": layer(
            [box(0, 0, 500, SIDE), box(500, 0, SIDE, SIDE)], name=["Ovest", "Est"], code=["1", "2"]
        ),
    }


def boxes(rng: np.random.Generator, count: int) -> list[shapely.Polygon]:
    corners = rng.uniform(0, 900, (count, 2))
    sizes = rng.uniform(5, 300, (count, 2))
    return [box(x, y, x + wide, y + high) for (x, y), (wide, high) in zip(corners, sizes, strict=True)]


def strewn(rng: np.random.Generator, count: int) -> list[shapely.Point]:
    return [shapely.Point(WEST + x, SOUTH + y) for x, y in rng.uniform(5, 995, (count, 2))]


def census(rng: np.random.Generator) -> tuple[Edition, ...]:
    places = strewn(rng, 12)
    return (Edition(2021, layer(places, population=rng.integers(1, 200, 12).astype(float))),)


def asked_of(analysis: Analysis, results: Results) -> Iterator[tuple[Asked, str]]:
    """Yield everything that can be asked about, with its unit."""
    for figure in results.figures:
        yield FigureAsked(figure.spec.id), figure.spec.unit
    for table in results.tables:
        for column in table.columns:
            if column.decimals is not None:
                yield from ((CellAsked(table.spec.id, row, column.id), column.unit) for row in range(len(table.frame)))


def sums_that_close(analysis: Analysis, result: Result) -> int:
    """Return how many numbers are the sum of their pieces; none may differ from it."""
    held = dict(result.layers)
    held |= {f"{name}.tif": pieces_within(each, result.layers[OUTLINE]) for name, each in result.rasters.items()}
    results, closed = Results(analysis, result.figures, result.tables, (), held=held), 0
    for asked, unit in asked_of(analysis, results):
        value = value_of(results, asked)
        found = None if value is None else sum_of(results, asked, value, unit)
        assert found is None or found.closes is not False, asked
        closed += found is not None and found.closes is True
    return closed


@settings(max_examples=5, deadline=None)
@given(seeds, st.sampled_from([UTM, LAEA]))
def test_that_soil_is_the_sum_of_its_pieces(seed, crs):
    rng, made = np.random.default_rng(seed), ground()
    left, _, _, top = made["boundary"].to_crs(crs).total_bounds
    grid = Grid(crs, Affine(10, 0, left - 20, 0, -10, top + 20), 115, 115)
    blocks = [rng.choice([2, 2, 111, 122, 201, 0], size=(23, 23)).astype(np.uint8) for _ in range(2)]
    dates = [np.kron(each, np.ones((5, 5), np.uint8)) for each in blocks]
    rasters = [ArrayRaster(np.ma.masked_equal(cells, 0), grid) for cells in dates]
    soil = tuple(Edition(year, each) for year, each in zip((2012, 2023), rasters, strict=True))
    cuts = np.sort(rng.uniform(50, 950, 4)).tolist()
    strips = [box(low, 100, high, 900) for low, high in pairwise(cuts)]
    zoning = (Edition(2020, layer(strips, zone=list("ABC"), name=list("ABC"))),)
    result = soil_consumption(**made, zoning=zoning, soil_consumption=soil)
    assert sums_that_close(SOIL_CONSUMPTION, result) > 40


@settings(max_examples=15)
@given(seeds)
def test_that_hazard_is_the_sum_of_its_pieces_in_every_class_and_in_none(seed):
    rng, made = np.random.default_rng(seed), ground()
    flood = layer(boxes(rng, 5), **{"class": rng.choice(["P1", "P2", "P3"], 5)})
    slides = layer(boxes(rng, 5), **{"class": rng.choice(["P1", "P2", "P4", "AA"], 5)})
    result = hazard_exposure(**made, flood_hazard=flood, landslide_hazard=slides, census=census(rng))
    assert sums_that_close(HAZARD_EXPOSURE, result) > 20
    results = Results(HAZARD_EXPOSURE, (), result.tables, (), held=dict(result.layers))
    table = result.table("by_class").frame
    for row in np.flatnonzero(table["area_nested_m2"] > 0.0):
        assert pieces_of(results, CellAsked("by_class", int(row), "area_nested_m2")) is not None


@settings(max_examples=15)
@given(seeds)
def test_that_what_counts_for_standards_is_the_sum_of_its_areas_and_a_balance_shows_them_within_their_unit(seed):
    rng = np.random.default_rng(seed)
    services = layer(boxes(rng, 8), kind=rng.choice(["primaria", "verde", "parcheggio", "biblioteca"], 8))
    result = standards(**ground(), services=services, census=census(rng))
    assert sums_that_close(STANDARDS, result) > 5
    results = Results(STANDARDS, result.figures, result.tables, (), held=dict(result.layers))
    table = result.table("by_neighbourhood").frame
    for row, code in enumerate(table["code"]):
        found = pieces_of(results, CellAsked("by_neighbourhood", row, "totale_balance_m2"))
        existing = float(table["totale_existing_m2"].iloc[row])
        if found is None or not existing:
            continue
        assert (found.is_part, found.sum) == (True, pytest.approx(existing, rel=1e-9))
        assert found.around["code"].tolist() == [code]


@settings(max_examples=8, deadline=None)
@given(seeds, st.booleans())
def test_that_who_is_served_is_the_sum_of_homes_and_every_service_has_its_catchment(seed, has_streets):
    rng, made = np.random.default_rng(seed), ground()
    made["services"] = layer(
        strewn(rng, 5), kind=["farmacia", "farmacia", "nido", "posta", "nido"], name=list("VWXYZ"),
        capacity=[np.nan, np.nan, 30.0, np.nan, 20.0],
    )  # fmt: skip
    lines = [((x, 0), (x, SIDE)) for x in (100, 500, 900)] + [((0, y), (SIDE, y)) for y in (200, 700)]
    streets = [shapely.LineString([(WEST + x, SOUTH + y) for x, y in line]) for line in lines]
    made |= {"streets": layer(streets, kind=["residential"] * len(streets))} if has_streets else {}
    result = service_coverage(**made, census=census(rng))
    assert sums_that_close(SERVICE_COVERAGE, result) > 10
    results = Results(SERVICE_COVERAGE, result.figures, result.tables, (), held=dict(result.layers))
    for row, people in enumerate(result.table("by_service").frame["people_in_reach"]):
        found = pieces_of(results, CellAsked("by_service", row, "people_in_reach"))
        if people > 0.0 and found.layer == "service_catchments":
            assert found.sum == pytest.approx(people, rel=1e-9)
            assert found.around.geometry.iloc[0].within(found.frame.geometry.iloc[0].buffer(300.0))
    together = result.layers["service_catchments"].dissolve("kind").geometry
    of_kinds = result.layers["catchments"].set_index("kind").geometry
    for kind, whole in of_kinds.items():
        # A kind reaches what one of its services reaches; buffers are simplified by less than a hundredth of the band.
        assert kind not in together.index or together[kind].symmetric_difference(whole).area <= 0.02 * whole.area
