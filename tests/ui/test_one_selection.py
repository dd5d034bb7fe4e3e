"""A row, a bar and a place on the map are one selection: in every declared table whose rows have units or ground."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses import registry
from analyses.analysis import Analysis
from analyses.progress import silent
from analyses.result import PLACE, Column, Table, TableSpec
from layers import write
from layers.grid import Grid
from layers.raster import ArrayRaster
from puc_tool.figures.found_results import Results
from puc_tool.working.selection import Unit
from puc_tool.written import Written
from ui.panels.bar_chart import bars_of
from ui.panels.shown_table import shown
from ui.result_units import units_of
from ui.row_ground import shapes_of

CODES = ("A", "B")
KINDS = {
    "commune", "neighbourhood", "zone", "district", "flood_class", "landslide_class", "coast_strip", "slope_class",
    "elevation_class", "water_150", "site",
}  # fmt: skip
"""The units of tables, as the contract names them, and the sites of the gardens."""
TABLES = [(analysis, spec) for analysis in registry.ALL for spec in analysis.tables if spec.kind in KINDS]
each = pytest.mark.parametrize(("analysis", "spec"), TABLES, ids=lambda each: each.id)


def cells(spec: TableSpec, column: Column) -> list[object]:
    if column.decimals is None and column.id == spec.code_column([each.id for each in spec.columns]):
        return list(CODES)
    if column.id == "name":
        return [f"name of {code}" for code in CODES]
    return [2.0, 1.0] if column.decimals is not None else ["x", "y"]


def made(analysis: Analysis, spec: TableSpec) -> Results:
    """Return results of two units alone."""
    frame = pd.DataFrame({column.id: cells(spec, column) for column in spec.columns})
    return Results(analysis, (), (Table(spec, frame),), ())


def test_that_every_analysis_has_tables_by_unit():
    assert {analysis.id for analysis, _ in TABLES} == {analysis.id for analysis in registry.ALL}


@each
def test_that_every_row_of_a_table_by_unit_stands_for_its_unit(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    rows = table.rows[table.has_total :]
    assert [(row.unit.kind, row.unit.code) for row in rows] == [(spec.kind, code) for code in CODES]


@each
def test_that_every_bar_is_the_unit_of_its_row(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    bars = bars_of(table).bars
    assert all(table.rows[bar.row].unit == bar.unit for bar in bars)
    has_one_measure = any(column.decimals is not None for column in spec.columns) and "unit" not in {
        column.id for column in spec.columns
    }
    assert {bar.unit.code for bar in bars} == (set(CODES) if has_one_measure else set())


@each
def test_that_a_unit_chosen_elsewhere_is_found_in_the_table_whatever_it_is_called_there(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    chosen = Unit(spec.kind, "B", "called otherwise")
    assert [row.unit == chosen for row in table.rows[table.has_total :]] == [False, True]


ALL = [(analysis, spec) for analysis in registry.ALL for spec in analysis.tables]
every = pytest.mark.parametrize(("analysis", "spec"), ALL, ids=lambda each: each.id)
GROUNDED = [(analysis, spec) for analysis, spec in ALL if spec.of_rows and "code" not in {c.id for c in spec.columns}]
grounded = pytest.mark.parametrize(("analysis", "spec"), GROUNDED, ids=lambda each: each.id)


def words(spec: TableSpec, column: Column) -> list[object]:
    """Return what the cells of a column say: numbers, codes of the features where there are such, else any words."""
    if column.decimals is not None:
        return [2.0, 1.0]
    return list(spec.of_rows.codes)[: len(CODES)] or [f"{column.id} {code}" for code in CODES]


def with_ground(analysis: Analysis, spec: TableSpec) -> Results:
    """Return results of two rows, each with two squares of ground side by side, 100 m apart."""
    frame = pd.DataFrame({column.id: words(spec, column) for column in spec.columns})
    made_of = spec.of_rows
    rows = frame.assign(**{PLACE: range(1, len(frame) + 1)}).loc[[0, 0, 1, 1]].reset_index(drop=True)
    said = {where: [made_of.codes.get(str(each), each) for each in rows[name]] for name, where in made_of.keys}
    squares = [shapely.box(x, 0, x + 10, 10) for x in (0, 10, 100, 110)]
    layer = GeoDataFrame(said, geometry=squares, crs=7791)
    return Results(analysis, (), (Table(spec, frame),), (), held={spec.kind: None, made_of.layer: layer})


@every
def test_that_no_row_without_a_code_is_one_unit_with_another(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    units = [row.unit for row in table.rows[table.has_total :] if row.unit is not None]
    assert len(set(units)) == len(units)


@every
def test_that_every_row_with_ground_of_its_own_can_be_selected(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    is_grounded = spec.of_rows is not None
    assert all(row.unit is not None for row in table.rows[table.has_total :]) or not is_grounded


@grounded
def test_that_a_row_and_its_bar_are_the_unit_whose_ground_the_map_has(analysis, spec):
    results = with_ground(analysis, spec)
    table = shown(results, spec.id, "it")
    (shapes,) = units_of(results, frozenset(), silent, spec.id).values()
    # Each row has two squares of 10 m: 200 m², beginning at 0 and at 100 m.
    assert [shape.unit for shape in shapes] == [row.unit for row in table.rows[table.has_total :]]
    assert [(shape.area_m2, shape.geometry.bounds[0]) for shape in shapes] == [(200.0, 0.0), (200.0, 100.0)]
    assert {bar.unit for bar in bars_of(table).bars} <= {shape.unit for shape in shapes}


@every
def test_that_every_row_has_ground_or_the_window_can_say_why_it_has_none(analysis, spec):
    assert spec.made_of or spec.no_pieces, "a row that is chosen lights nothing, and nobody says why"
    assert not spec.no_pieces or spec.no_pieces.it != spec.no_pieces.en


BY_ROW = {
    "crossed": (
        {"unit_a": ["zone", "zone"], "code_a": ["B", "C"], "unit_b": ["hood", "hood"], "code_b": ["P", "P"]},
        {"zone": ["B", "B", "C", "C"], "hood": ["P", "P", "P", "L"]},
    ),
    "times": (
        {"kind": ["nido", "nido"], "minutes": ["0-5", "oltre 60"]},
        {"minutes_nido": [2.0, 5.0, None, 61.0], "people": [1.0, 1.0, 1.0, 1.0], "in_study": [1, 1, 1, 0]},
    ),
}
"""What rows of tables say that share their ground with others, and four squares, of which they have 1 and 2, and 3."""


def test_that_every_table_whose_rows_share_their_ground_is_looked_at_here():
    assert {spec.id for _, spec in ALL if spec.is_by_row} == set(BY_ROW)


@pytest.mark.parametrize("table_id", BY_ROW)
def test_that_a_row_that_shares_its_ground_has_the_features_of_its_words(table_id):
    analysis, spec = next((analysis, spec) for analysis, spec in ALL if spec.id == table_id)
    words_of_rows, columns = BY_ROW[table_id]
    numbers = {column.id: [2.0, 1.0] for column in spec.columns if column.decimals is not None}
    frame = pd.DataFrame(words_of_rows | numbers)[[column.id for column in spec.columns]]
    areas = {column.id: [100.0] * 4 for column in spec.columns if column.unit == "m²"}
    squares = [shapely.box(x, 0, x + 10, 10) for x in (0, 10, 100, 200)]
    layer = GeoDataFrame(areas | columns, geometry=squares, crs=7791)
    results = Results(analysis, (), (Table(spec, frame),), (), held={spec.kind: None, spec.made_of[0].layer: layer})
    units = [row.unit for row in shown(results, spec.id, "it").rows]
    shapes = list(shapes_of(results, results.tables[0], list(enumerate(units))))
    # The first row has two squares side by side, the second the third alone: the fourth is of neither.
    assert [(shape.unit, shape.area_m2, shape.geometry.bounds[0]) for shape in shapes] == [
        (units[0], 200.0, 0.0),
        (units[1], 100.0, 100.0),
    ]
    assert units_of(results, frozenset(), silent, spec.id) == {}


def test_that_the_cells_of_causes_are_outlined_when_their_table_is_looked_at(tmp_path):
    analysis = registry.BY_ID["garden-suitability"]
    spec = next(each for each in analysis.tables if each.id == "excluded")
    frame = pd.DataFrame({column.id: cells(spec, column) for column in spec.columns})
    grid = Grid(CRS(7791), Affine(10, 0, 500_000, 0, -10, 4_900_000), 3, 1)
    write.geotiff(
        tmp_path / "causes.tif", ArrayRaster(np.ma.masked_equal(np.array([[1, 3, 2]], np.uint32), 0), grid), 0
    )
    results = Results(analysis, (), (Table(spec, frame),), (), Written(analysis, tmp_path, {}))
    assert units_of(results, frozenset(), silent) == {}
    shapes = units_of(results, frozenset(), silent, "excluded")["excluded"]
    # The first cause has cells 1 and 2, the second 2 and 3.
    assert [(shape.unit.code, shape.geometry.bounds[0], shape.area_m2) for shape in shapes] == [
        ("1", 500_000.0, 200.0),
        ("2", 500_010.0, 200.0),
    ]
    assert [shape.unit for shape in shapes] == [row.unit for row in shown(results, "excluded", "it").rows]
