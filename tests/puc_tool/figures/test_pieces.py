"""Which pieces of ground make a number: three pieces of a made-up town, written and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses.analysis import Analysis
from analyses.params import param
from analyses.result import PLACE, Column, Figure, FigureSpec, MadeOf, Result, Table, TableSpec, about_ground
from layers import write
from layers.grid import Grid
from layers.raster import ArrayRaster
from layers.text import Text
from puc_tool import results as writing
from puc_tool.figures.found_results import Results
from puc_tool.figures.origin import Origin, origin_of, sentences
from puc_tool.figures.pieces import CellAsked, FigureAsked, is_sum, pieces_of, value_of
from puc_tool.written import Written

AREA = Column("area_m2", Text("Superficie", "Area"), "m²", 6)
USED = Column("used_m2", Text("Usata", "Used"), "m²", 6)
PCT = Column("used_pct", Text("Quota usata", "Share used"), "%", 6)
CODE, NAME = Column("code", Text("Codice", "Code")), Column("name", Text("Nome", "Name"))
BY_NEIGHBOURHOOD = TableSpec(
    "by_neighbourhood",
    Text("Quartieri", "Neighbourhoods"),
    (CODE, NAME, AREA, USED, PCT),
    made_of=(MadeOf("fragments", (("code", "neighbourhood"),)),),
)
CROSSED = TableSpec(
    "crossed",
    Text("Incroci", "Crossings"),
    (Column("unit_a", Text("A", "A")), Column("code_a", Text("a", "a")), USED),
    made_of=(MadeOf("fragments", (("code_a", "{unit_a}"),)),),
)
COMMUNE = TableSpec("by_commune", Text("Comune", "Commune"), (CODE, NAME, AREA, USED, PCT))
FREE = TableSpec("notes", Text("Note", "Notes"), (CODE, USED))
FIGURES = (
    FigureSpec("used_ha", Text("Usata", "Used"), "ha", 2, "sum of used", made_of="fragments.used_m2"),
    FigureSpec("used_pct", Text("Quota", "Share"), "%", 1, "100 * used / area", made_of="fragments.used_m2"),
    FigureSpec("risky_m2", Text("A rischio", "At risk"), "m²", 0, "sum", made_of="fragments.area_m2",
               only=("classes", "p2")),
    FigureSpec("pieces", Text("Pezzi", "Pieces"), "", 0, "count", made_of="fragments"),
    FigureSpec("free_m2", Text("Libera", "Free"), "m²", 0, "rest", made_of="fragments.area_m2 - used_m2"),
    FigureSpec("grade", Text("Grado", "Grade"), "", 0, "judged", made_of="fragments", only=("classes", "p1 p3"),
               is_sum=False),
    FigureSpec("index", Text("Indice", "Index"), "", 1, "looked up",
               no_pieces=Text("L'indice si legge in una tabella.", "The index is looked up in a table.")),
)  # fmt: skip


@dataclass(frozen=True)
class Params:
    """What a planner may change."""

    reach_m: float = param(300.0, Text("Raggio", "Reach"), unit="m")
    strict: bool = param(False, Text("Rigoroso", "Strict"))


def frame() -> GeoDataFrame:
    """Return three pieces: two of Ponente (100 and 300 m², 100 and 0 used), one of Levante (200 m², 50 used)."""
    return GeoDataFrame(
        {
            "id": [1, 2, 3],
            "neighbourhood": ["P", "P", "L"],
            "classes": ["p1", "p1 p2", "p2"],
            "area_m2": [100.0, 300.0, 200.0],
            "used_m2": [100.0, 0.0, 50.0],
        },
        geometry=[shapely.box(0, 0, 10, 10), shapely.box(10, 0, 40, 10), shapely.box(40, 0, 60, 10)],
        crs=7791,
    )


def rows(*names: str) -> pd.DataFrame:
    known = {"P": ("Ponente", 400.0, 100.0), "L": ("Levante", 200.0, 50.0), "T": ("Borgo", 600.0, 150.0)}
    listed = [(code, *known[code], 100 * known[code][2] / known[code][1]) for code in names]
    return pd.DataFrame(listed, columns=["code", "name", "area_m2", "used_m2", "used_pct"])


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Results]:
    """Return what makes the results of the town, with some pieces changed on the way to the disk."""

    def made(used_m2: tuple[float, ...] = (100.0, 0.0, 50.0)) -> Results:
        values = {
            "used_ha": 0.015,
            "used_pct": 25.0,
            "risky_m2": 500.0,
            "pieces": 3.0,
            "free_m2": 450.0,
            "grade": 5.0,
            "index": 7.0,
        }
        figures = tuple(Figure(spec, values[spec.id]) for spec in FIGURES)
        crossed = pd.DataFrame({"unit_a": ["neighbourhood"], "code_a": ["L"], "used_m2": [50.0]})
        tables = (
            Table(COMMUNE, rows("T")),
            Table(BY_NEIGHBOURHOOD, rows("P", "L")),
            Table(CROSSED, crossed),
            Table(FREE, pd.DataFrame({"code": ["P"], "used_m2": [1.0]})),
        )
        analysis = Analysis("town", Text("Borgo", "Town"), Text("Quanto?", "How much?"), (), (), Params,
                            lambda **_: Result((), ()), FIGURES, tuple(table.spec for table in tables))  # fmt: skip
        layers = {"fragments": frame().assign(used_m2=list(used_m2))}
        writing.write_all(Result(figures, tables, layers), "town", tmp_path, is_demonstration=False)
        record = {"parameters": {"reach_m": 250.5, "strict": True},
                  "end": "2026-03-31T10:00:00+00:00", "tool": {"version": "0.1"},
                  "inputs": [{"role": "neighbourhoods", "source": "q.gpkg", "layer": None, "year": 2020,
                              "features": 2}]}  # fmt: skip
        return Results(analysis, figures, tables, (), Written(analysis, tmp_path, record))

    return made


def explained(results: Results, asked: FigureAsked | CellAsked) -> Origin:
    found = origin_of(results, asked)
    assert found is not None
    return found


def test_that_the_pieces_of_a_figure_are_those_that_bring_something_and_add_up_to_it(town):
    found = pieces_of(town(), FigureAsked("used_ha"))
    # 100 + 50 m²; the second piece brings nothing.
    assert found.ids == ("1", "3")
    assert found.sum == pytest.approx(150.0)
    assert found.whole_m2 == pytest.approx(600.0)


def test_that_a_figure_of_some_classes_is_made_of_their_pieces_alone(town):
    found = pieces_of(town(), FigureAsked("risky_m2"))
    assert (found.ids, found.sum) == (("2", "3"), pytest.approx(500.0))


def test_that_a_layer_alone_is_counted(town):
    assert pieces_of(town(), FigureAsked("pieces")).sum == 3.0


def test_that_a_cell_is_made_of_the_pieces_of_its_row(town):
    found = pieces_of(town(), CellAsked("by_neighbourhood", 0, "used_m2"))
    assert (found.ids, found.sum) == (("1",), pytest.approx(100.0))
    assert pieces_of(town(), CellAsked("by_neighbourhood", 0, "area_m2")).ids == ("1", "2")


def test_that_the_row_of_the_whole_study_is_made_of_every_piece(town):
    asked = CellAsked("by_neighbourhood", None, "used_m2")
    assert value_of(town(), asked) == pytest.approx(150.0)
    assert pieces_of(town(), asked).ids == ("1", "3")


def test_that_a_row_may_name_the_column_that_its_code_is_of(town):
    assert pieces_of(town(), CellAsked("crossed", 0, "used_m2")).ids == ("3",)


def test_that_what_each_piece_brings_may_be_a_formula_of_its_columns(town):
    found = pieces_of(town(), FigureAsked("free_m2"))
    # 100 − 100, 300 − 0 and 200 − 50 m²: the first brings nothing.
    assert (found.ids, found.amounts.tolist()) == (("2", "3"), [300.0, 150.0])
    assert explained(town(), FigureAsked("free_m2")).sum.closes is True


def test_that_a_number_about_its_ground_as_a_whole_claims_no_sum(town):
    told = explained(town(), FigureAsked("grade"))
    # Of p1 or p3 are the first two pieces.
    assert told.sum.pieces.ids == ("1", "2")
    assert (told.sum.closes, told.sum.total.it) == (None, "")
    assert "2 pezzi: Ponente (n. 1), Ponente (n. 2)" in [line.it for line in sentences(told)]


def test_that_of_several_declarations_the_first_that_knows_a_column_tells_of_it(town):
    results = town()
    made_of = (MadeOf("fragments", (("code", "neighbourhood"),), only=("name", "Ponente")),
               about_ground("fragments", ("code", "neighbourhood")))  # fmt: skip
    spec = TableSpec("by_neighbourhood", Text("Q", "N"), BY_NEIGHBOURHOOD.columns, made_of=made_of)
    both = Results(results.analysis, results.figures, (Table(spec, rows("P", "L")),), (), results.found)
    assert [pieces_of(both, CellAsked("by_neighbourhood", row, "used_m2")).is_sum for row in (0, 1)] == [True, False]


@pytest.mark.parametrize("asked", [FigureAsked("index"), FigureAsked("gone"), CellAsked("notes", 0, "used_m2"),
                                   CellAsked("gone", 0, "used_m2")])  # fmt: skip
def test_that_what_no_declaration_names_has_no_pieces(town, asked):
    assert pieces_of(town(), asked) is None


def test_that_a_layer_written_without_what_each_piece_brings_has_no_pieces(town):
    results = town()
    lost = Figure(replace(FIGURES[0], made_of="fragments.lost_m2"), 1.0)
    older = Results(results.analysis, (lost,), results.tables, (), results.found)
    assert pieces_of(older, FigureAsked("used_ha")) is None


def test_that_a_table_on_some_rows_alone_has_pieces_for_those_only(town):
    results = town()
    made_of = MadeOf("fragments", (("code", "neighbourhood"),), only=("name", "Ponente"))
    spec = TableSpec("by_neighbourhood", Text("Q", "N"), BY_NEIGHBOURHOOD.columns, made_of=(made_of,))
    some = Results(results.analysis, results.figures, (Table(spec, rows("P", "L")),), (), results.found)
    assert pieces_of(some, CellAsked("by_neighbourhood", 0, "used_m2")) is not None
    assert pieces_of(some, CellAsked("by_neighbourhood", 1, "used_m2")) is None


def test_that_a_share_is_explained_by_its_area_with_its_values(town):
    told = explained(town(), CellAsked("by_neighbourhood", 0, "used_pct"))
    # 100 of 400 m².
    assert (told.of.it, told.amount.it) == ("Ponente", "25,0\u202f%")
    assert told.rule.words.it == "100 × Usata / Superficie"
    assert told.rule.with_values.en == "100 × Used 100\u202fm² / Area 400\u202fm²"
    assert [operand.asked for operand in told.rule.operands] == [
        CellAsked("by_neighbourhood", 0, "used_m2"), CellAsked("by_neighbourhood", 0, "area_m2"),
    ]  # fmt: skip
    assert told.sum.closes is True


def test_that_the_sum_of_the_pieces_is_held_against_the_figure(town):
    assert explained(town(), FigureAsked("used_ha")).sum.closes is True
    assert explained(town((100.0, 0.0, 51.0)), FigureAsked("used_ha")).sum.closes is False


def test_that_a_figure_worked_out_from_the_pieces_claims_no_sum(town):
    assert explained(town(), FigureAsked("used_pct")).sum.closes is None


def test_that_a_figure_without_pieces_still_says_what_it_is_computed_from(town):
    told = explained(town(), FigureAsked("index"))
    assert told.sum is None
    assert [(source.title.it, source.name) for source in told.sources] == [("Quartieri 2020", "q.gpkg")]
    assert told.rule.words.it == "looked up"
    assert told.no_pieces.it == "L'indice si legge in una tabella."
    assert [(name.it, value.it) for name, value in told.parameters] == [
        ("Raggio", "250,5\u202fm"), ("Rigoroso", "sì"),
    ]  # fmt: skip
    assert told.run.it == "31 marzo 2026, versione 0.1"


def test_that_the_largest_pieces_are_named_and_the_others_told_together(town, monkeypatch):
    monkeypatch.setattr("puc_tool.figures.piece_sums.LARGEST", 1)
    told = explained(town(), FigureAsked("used_ha"))
    assert [(part.name.it, part.amount.it) for part in told.sum.parts] == [
        ("Ponente (n. 1)", "100\u202fm²"), ("1 altro pezzo", "50\u202fm²"),
    ]  # fmt: skip
    assert told.sum.total.it == "150\u202fm²"
    assert "2 pezzi, in tutto 150\u202fm²" in [line.it for line in sentences(told)]


def test_that_a_number_that_is_not_there_is_not_explained(town):
    assert origin_of(town(), CellAsked("by_neighbourhood", 0, "gone")) is None
    assert origin_of(town(), FigureAsked("gone")) is None


def test_that_a_rounded_file_is_believed_to_half_its_last_digit_and_no_further():
    assert is_sum(1.0, 1.0000004, decimals=6)
    assert not is_sum(1.0, 1.00001, decimals=6)
    assert not is_sum(1.0, 1.0000004)


def with_spec(results: Results, spec: TableSpec, frame: pd.DataFrame) -> Results:
    """Return ``results`` with one table more."""
    return replace(results, tables=(*results.tables, Table(spec, frame)))


def test_that_rows_without_a_code_are_known_by_their_place_in_the_table(town):
    spec = TableSpec("each", Text("Pezzi", "Pieces"), (NAME, USED), made_of=(MadeOf("fragments", ((PLACE, "id"),)),))
    listed = pd.DataFrame({"name": ["twin", "other", "twin"], "used_m2": [100.0, 0.0, 50.0]})
    results = with_spec(town(), spec, listed)
    assert pieces_of(results, CellAsked("each", 2, "used_m2")).ids == ("3",)
    assert explained(results, CellAsked("each", 0, "used_m2")).sum.closes is True
    assert spec.of_features is None  # nobody finds the unit of such a row by a code


def test_that_a_cause_is_the_cells_that_have_its_bit(town, tmp_path):
    results = town()
    grid = Grid(CRS(7791), Affine(10, 0, 500_000, 0, -10, 4_900_000), 3, 1)
    cells = np.ma.masked_array(np.array([[1, 3, 2]], np.uint32), mask=False)
    write.geotiff(tmp_path / "causes.tif", ArrayRaster(cells, grid), nodata=0)
    made_of = MadeOf("causes", is_bits=True, alone=("used_m2",), is_sum=False)
    spec = TableSpec("causes", Text("Cause", "Causes"), (NAME, AREA, USED), made_of=(made_of,))
    listed = pd.DataFrame({"name": ["first", "second"], "area_m2": [200.0, 200.0], "used_m2": [100.0, 100.0]})
    results = with_spec(results, spec, listed)
    # Cells 1 and 2 have the first bit, cell 1 no other.
    assert pieces_of(results, CellAsked("causes", 0, "area_m2")).frame.area.sum() == 200.0
    assert pieces_of(results, CellAsked("causes", 0, "used_m2")).frame.total_bounds[0] == 500_000.0
    assert pieces_of(results, CellAsked("causes", 1, "used_m2")).frame.total_bounds[0] == 500_020.0
    assert pieces_of(results, CellAsked("causes", None, "area_m2")) is None
