"""A result table as people read it: areas in ha, one number of decimals down a column, the whole study first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analyses.result import Column, Figure, Table
from layers.text import Lang, Text, number
from puc_tool.figures.amounts import AREAS, M2_A_HA, decimals_read, said_unit
from puc_tool.figures.found_results import COMMUNES, Results, with_total
from puc_tool.figures.method_words import method_of
from puc_tool.working.selection import Unit
from ui.named_units import named_unit
from ui.panels.table_titles import TITLES

FIGURES = "figures"
FIGURES_TITLE = Text("Cifre", "Figures")
_FIRST = ("neighbourhood", "zone", "district", "commune")
_WHOLE = Text("Intero comune", "Whole commune")
_KNOWN_BY_CODE = ("zone", "district")
_MISSING = Text("n.d.", "n/a")


@dataclass(frozen=True)
class Head:
    """The head of a column: its name, its unit, whether it holds numbers.

    ``is_part``: the column is a part of the one before («di cui …») and may be left out where room is scarce. ``id`` is
    the column's in the files, ``divisor`` brings their unit to the one shown. One that ``gives_way`` holds sentences
    that may be cut, whole in their tooltip; it takes what room is left.
    """

    label: str
    unit: str
    is_number: bool
    is_part: bool = False
    id: str = ""
    divisor: float = 1.0
    decimals: int = 0
    gives_way: bool = False


@dataclass(frozen=True)
class Row:
    """A row: what its cells say, what they are sorted by, why a cell is missing, and the unit it stands for.

    ``codes`` is what files have in the cells, where that is not what they say.
    """

    cells: tuple[str, ...]
    keys: tuple[Any, ...]
    notes: tuple[str, ...]
    unit: Unit | None = None
    codes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownTable:
    """A table ready to be shown. ``has_total``: the first row is the whole study, and stays first."""

    heads: tuple[Head, ...] = ()
    rows: tuple[Row, ...] = ()
    has_total: bool = False


@dataclass(frozen=True)
class _Measure:
    """How the numbers of a column are written: divided, with so many decimals, with a plus where it is a balance."""

    column: Column
    unit: str
    divisor: float
    decimals: int
    is_balance: bool

    def head(self, lang: Lang) -> Head:
        label = self.column.label
        return Head(
            label.to(lang),
            said_unit(self.unit).to(lang),
            is_number=self.column.decimals is not None,
            is_part=label.it[:1].islower(),
            id=self.column.id,
            divisor=self.divisor,
            decimals=self.decimals,
        )

    def words(self, value: object, record: Mapping[str, object]) -> Text:
        return self.column.told(record) if self.column.english in record else self.column.said(value)

    def write(self, value: float, lang: Lang) -> str:
        if pd.isna(value):
            return _MISSING.to(lang)
        shown = round(value / self.divisor, self.decimals) + 0.0
        sign = "+" if self.is_balance and shown > 0 else ""
        return sign + number(shown, self.decimals).to(lang)


@dataclass(frozen=True)
class _Units:
    """The units that the rows of a table stand for; rows without a name and without ground stand for none."""

    table: Table

    def of(self, record: dict[str, Any], place: int) -> Unit | None:
        spec = self.table.spec
        if spec.is_by_row:
            return named_unit(spec, record, place)
        if "name" not in record and spec.of_rows is None:
            return None
        code = spec.code_of(record, place)
        if "name" not in record and spec.unit and not code:
            return None
        return Unit(spec.kind, code, str(record["name"])) if "name" in record else named_unit(spec, record, place)


def choices(results: Results | None) -> list[tuple[str, Text]]:
    """Return id and title of every table, those by unit first, and of the figures."""
    if results is None:
        return []
    kinds = {
        table.spec.id.removeprefix("by_"): table.spec
        for table in results.tables
        if not _is_in_every_other(table, results)
    }
    ordered = [kind for kind in (*_FIRST, *kinds) if kind in kinds]
    tables = [(kinds[kind].id, TITLES.get(kind, kinds[kind].title)) for kind in dict.fromkeys(ordered)]
    return [*tables, (FIGURES, FIGURES_TITLE)]


def shown(results: Results | None, table_id: str, lang: Lang) -> ShownTable:
    """Return a table of ``results``; an empty one if there is none of that id."""
    if results is None:
        return ShownTable()
    if table_id == FIGURES:
        return _of_figures(results, lang)
    table = results.table(table_id)
    return ShownTable() if table is None else _of_table(table, results.table(COMMUNES), lang)


def _is_in_every_other(table: Table, results: Results) -> bool:
    """Tell whether a table is the one row that heads every other table by unit."""
    others = [each for each in results.tables if each is not table and _wants_total(each)]
    return table.spec.id == COMMUNES and len(table.frame) == 1 and bool(others)


def _of_table(table: Table, communes: Table | None, lang: Lang) -> ShownTable:
    total = None if communes is None or not _wants_total(table) else with_total(table, communes)
    measures = [_measure(column, table.frame, total) for column in _columns(table)]
    heads = tuple(each.head(lang) for each in measures)
    records = [_named(record, table.spec.kind) for record in table.frame.to_dict("records")]
    units = [_Units(table).of(record, place) for place, record in enumerate(records, 1)]
    rows = [_row(record, measures, unit, lang) for record, unit in zip(records, units, strict=True)]
    if total is not None:
        rows.insert(0, _row({"name": _WHOLE.to(lang), **total.to_dict()}, measures, None, lang))
    return ShownTable(heads, tuple(rows), has_total=total is not None)


def _wants_total(table: Table) -> bool:
    return "area_m2" in table.frame and "name" in table.frame and len(table.frame) > 1


def _columns(table: Table) -> list[Column]:
    """Return the columns worth their room: no code beside its name, no sentence twice, none that is zero throughout."""
    has_name = "name" in table.frame
    in_english = {column.english for column in table.columns}
    return [
        column
        for column in table.columns
        if not (has_name and column.id == "code")
        and column.id not in in_english
        and column.named_by not in table.frame
        and (column.decimals is None or table.frame[column.id].any())
    ]


def _measure(column: Column, frame: pd.DataFrame, total: pd.Series | None) -> _Measure:
    if column.decimals is None:
        return _Measure(column, "", 1.0, 0, False)
    is_area = column.unit == "m²"
    divisor = M2_A_HA if is_area else 1.0
    values = [*frame[column.id], *([total[column.id]] if total is not None and column.id in total else [])]
    # The units decide, not their sum: what is small enough for two decimals keeps them, and sums close on the screen.
    decimals = _decimals(max((abs(value) for value in frame[column.id]), default=0.0) / divisor, column)
    is_balance = any(value < 0 for value in values)
    return _Measure(column, "ha" if is_area else column.unit, divisor, decimals, is_balance)


def _decimals(largest: float, column: Column) -> int:
    if column.unit != "m²":
        return decimals_read(column)
    return 2 if largest < 10 else 1 if largest < 10_000 else 0


def _row(record: dict[str, Any], measures: Sequence[_Measure], unit: Unit | None, lang: Lang) -> Row:
    values = [
        record.get("shown_name" if each.column.id == "name" else "", record.get(each.column.id)) for each in measures
    ]
    cells = [
        each.words(value, record).to(lang) if each.column.decimals is None else each.write(value, lang)  # type: ignore[arg-type]
        for value, each in zip(values, measures, strict=True)
    ]
    keys = [
        _key(cell if each.column.words or each.column.english else value)
        for cell, value, each in zip(cells, values, measures, strict=True)
    ]
    codes = {at: str(value) for at, value in enumerate(values) if measures[at].column.words and cells[at] != str(value)}
    return Row(tuple(cells), tuple(keys), ("",) * len(cells), unit, codes)


def _named(record: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the row with the code before the name, where people know the code."""
    code, name = str(record.get("code", "")), str(record.get("name", ""))
    is_known = kind in _KNOWN_BY_CODE and code not in ("", name)
    return {**record, "shown_name": f"{code} {name}"} if is_known else record


def _key(value: object) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _of_figures(results: Results, lang: Lang) -> ShownTable:
    """Return the figures, areas in hectares as everywhere; why one is missing has a column where one is."""
    heads = [
        Head(Text("Cifra", "Figure").to(lang), "", False, id="figure"),
        Head(Text("Valore", "Value").to(lang), "", True, id="value"),
        Head(Text("Unità", "Unit").to(lang), "", False, id="unit"),
        Head(Text("Perché manca", "Why it is missing").to(lang), "", False, id="why", gives_way=True),
    ]
    shown = heads if any(figure.why for figure in results.figures) else heads[:-1]
    return ShownTable(tuple(shown), tuple(_figure(figure, results, len(shown), lang) for figure in results.figures))


def _figure(figure: Figure, results: Results, columns: int, lang: Lang) -> Row:
    spec, value = figure.spec, figure.value if figure.value is not None else float("-inf")
    is_area = spec.unit in AREAS and abs(figure.value or 0.0) >= M2_A_HA
    shown, unit, decimals = (value / M2_A_HA, "ha", 2) if is_area else (value, spec.unit, spec.decimals)
    told = _MISSING if figure.value is None else number(shown, decimals)
    cells = (spec.label.to(lang), told.to(lang), said_unit(unit).to(lang), figure.why.to(lang))
    notes = (method_of(results.analysis, spec).to(lang), figure.why.to(lang), "", figure.why.to(lang))
    keys = (_key(cells[0]), value, spec.unit, cells[3])
    return Row(cells[:columns], keys[:columns], notes[:columns])
