"""Tables as people read them: what files have in codes is said in words, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from analyses.analysis import Analysis
from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from analyses.registry import ALL
from analyses.result import Column, Table, TableSpec
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.report.findings import cell, cell_of
from puc_tool.working.expression import Field, condition
from ui.panels.expression import wordings
from ui.panels.shown_table import ShownTable, shown
from ui.panels.spreadsheet import as_text
from ui.panels.table_filter import read

TABLES = [
    pytest.param(analysis, spec, id=f"{analysis.id}-{spec.id}")
    for analysis in ALL
    for spec in analysis.tables
    if any(column.words for column in spec.columns)
]
OWN = "una parola dell'ufficio"


def codes_of(column: Column) -> Iterator[str]:
    """Yield what files can have in a cell, and a word of the user's own; the names we give have no code before them."""
    yield from column.words or ["" if column.id == "code" else OWN]
    if column.id != "code":
        yield OWN


def table_of(spec: TableSpec) -> pd.DataFrame:
    """Return a table that has every code of every column somewhere, and numbers that are not zero."""
    cells = {each.id: list(codes_of(each)) for each in spec.columns if each.decimals is None}
    height = max(map(len, cells.values()))
    return pd.DataFrame(
        {
            each.id: (cells[each.id] * height)[:height] if each.decimals is None else [1234.5678] * height
            for each in spec.columns
        }
    )


def shown_of(analysis: Analysis, spec: TableSpec, frame: pd.DataFrame, lang: str) -> ShownTable:
    return shown(Results(analysis, (), (Table(spec, frame),), ()), spec.id, lang)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize(("analysis", "spec"), TABLES)
def test_that_no_cell_of_a_coded_column_is_read_as_its_code(analysis, spec, lang):
    table = shown_of(analysis, spec, table_of(spec), lang)
    declared = {column.id: column for column in spec.columns}
    for at, head in enumerate(table.heads):
        column = declared[head.id]
        if column.words:
            rows = table.rows[1:] if table.has_total else table.rows
            said = {row.cells[at] for row in rows if row.cells[at] != OWN}
            assert said <= {words.to(lang) for words in column.words.values()}
            assert not any("_" in each for each in said)


@pytest.mark.parametrize(("analysis", "spec"), TABLES)
def test_that_the_report_says_the_words_of_the_window_and_leaves_the_user_s_own(analysis, spec):
    for column in spec.columns:
        for code, words in column.words.items():
            assert cell(code, column) == words
        if column.words:
            assert cell(OWN, column) == Text(OWN, OWN)


@pytest.mark.parametrize(
    "column", [column for analysis in ALL for spec in analysis.tables for column in spec.columns if column.words]
)
def test_that_every_code_has_words_in_both_languages(column):
    assert all(words.it and words.en and "_" not in words.it + words.en for words in column.words.values())


def test_that_a_sentence_in_two_languages_is_read_in_one():
    spec = TableSpec(
        "told",
        Text("Detto", "Told"),
        (Column("why", Text("Perché", "Why"), english="why_en"), Column("why_en", Text("Perché (en)", "Why (en)"))),
    )
    frame = pd.DataFrame({"why": ["troppo ripido"], "why_en": ["too steep"]})
    for lang, said in (("it", "troppo ripido"), ("en", "too steep")):
        table = shown_of(CONTEXT_ANALYSIS, spec, frame, lang)
        assert ([head.id for head in table.heads], table.rows[0].cells) == (["why"], (said,))
    assert cell_of({"why": "troppo ripido", "why_en": "too steep"}, spec.columns[0]) == Text(
        "troppo ripido", "too steep"
    )


def test_that_a_code_whose_name_stands_beside_it_takes_no_room():
    spec = CONTEXT_ANALYSIS.tables[[each.id for each in CONTEXT_ANALYSIS.tables].index("by_kind")]
    heads = [head.id for head in shown_of(CONTEXT_ANALYSIS, spec, table_of(spec), "it").heads]
    assert "label" in heads
    assert "kind" not in heads
    bare = table_of(spec).drop(columns="label")
    assert "kind" in [head.id for head in shown_of(CONTEXT_ANALYSIS, spec, bare, "it").heads]


@pytest.fixture
def strips() -> ShownTable:
    """Return a table whose order by code (coast_300, river_150, zzz) is not that by Italian words."""
    spec = next(each for each in CONTEXT_ANALYSIS.tables if each.id == "context")
    frame = pd.DataFrame(
        {
            "code": "Q1", "neighbourhood": "Ponente", "kind": ["path", "coast_300", "vincolo_nostro"],
            "name": ["uno", "due", "tre"], "area_m2": 0.0, "length_m": [1234.5678, 20.4, 0.0], "points": 0,
            "norm": "", "origin": "fornita",
        }
    )  # fmt: skip
    return shown_of(CONTEXT_ANALYSIS, spec, frame, "it")


def column_of(table: ShownTable, name: str) -> int:
    return [head.id for head in table.heads].index(name)


def test_that_rows_are_sorted_and_copied_by_the_words_that_are_read(strips):
    at = column_of(strips, "kind")
    ordered = [row.cells[at] for row in sorted(strips.rows, key=lambda row: row.keys[at])]
    assert ordered == ["Fascia costiera 300 m", "Sentiero", "vincolo_nostro"]
    assert as_text(strips, [1], [at], "it") == "Tipo\nFascia costiera 300 m"


@pytest.mark.parametrize("typed", ["costiera", "coast_300"])
def test_that_a_row_is_found_by_its_words_and_by_its_code(strips, typed):
    assert [read(typed).keeps(strips, row, 0) for row in strips.rows] == [False, True, False]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('tipo = "Fascia costiera 300 m"', [False, True, False]),
        ("tipo = coast_300", [False, True, False]),
        ("tipo <> coast_300", [True, False, True]),
        ("tipo contiene costiera", [False, True, False]),
        ("tipo contiene coast", [False, True, False]),
        ("tipo = vincolo_nostro", [False, False, True]),
    ],
)
def test_that_a_condition_knows_a_cell_by_its_words_and_by_its_code(strips, typed, kept):
    at = column_of(strips, "kind")
    keeps = condition(typed, [Field(("Tipo", "kind"), is_number=False)])
    assert [keeps([wordings(row, at)]) for row in strips.rows] == kept


def test_that_lengths_are_read_in_whole_metres(strips):
    at = column_of(strips, "length_m")
    assert [row.cells[at] for row in strips.rows] == ["1.235", "20", "0"]
    column = next(each for each in CONTEXT_ANALYSIS.tables[0].columns if each.unit == "m")
    assert cell(1234.5678, column).it == "1.235"


def test_that_several_codes_of_one_cell_are_each_said_in_words():
    column = Column(
        "source", Text("Fonte", "Source"), words={"a": Text("uno", "one"), "b": Text("due", "two")}, between=" "
    )
    assert column.said("a b mio") == Text("uno, due, mio", "one, two, mio")
    assert column.said(OWN) == Text(OWN, OWN)
