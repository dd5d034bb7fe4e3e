"""Everything the study's analyses found, read from disk once, and how its numbers are printed: one rounding for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import pandas as pd

from analyses import registry
from analyses.analysis import Analysis
from analyses.result import Column, FigureSpec, TableSpec
from layers.problems import Problem, PucError, Severity
from layers.source import fingerprint
from layers.text import NOTHING, Text, number, same, say
from puc_tool import results
from puc_tool.declared import OUTDATED
from puc_tool.figures.amounts import is_length
from puc_tool.study import Study
from puc_tool.written import Written, written

M2_A_HA = 10_000.0
_SMALL_HA = 10.0
_NO_FIGURE = Text("Il risultato non contiene questa cifra.", "The result does not hold this figure.")


@dataclass(frozen=True)
class Found:
    """The written results of one analysis, each file read once."""

    written: Written

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, object]]:
        """The figures by id, as they stand in ``figures.json``."""
        return results.read_figures(self.written.folder)

    @cached_property
    def specs(self) -> Mapping[str, FigureSpec]:
        """What the analysis declares of its figures, by id."""
        return {spec.id: spec for spec in self.written.analysis.figures}

    @cached_property
    def tables(self) -> Mapping[str, TableSpec]:
        """What the analysis declares of its tables, by id."""
        return {spec.id: spec for spec in self.written.analysis.tables}

    def value(self, figure_id: str) -> float | None:
        """Return a figure's value, None where it has none."""
        value = self.figures.get(figure_id, {}).get("value")
        return float(value) if isinstance(value, int | float) else None

    def why_not(self, figure_id: str) -> Text:
        """Return why a figure has no value."""
        figure = self.figures.get(figure_id, {})
        italian = str(figure.get("why", "")) or _NO_FIGURE.it
        return Text(italian, str(figure.get("why_en", "")) or (italian if figure else _NO_FIGURE.en))

    def label(self, figure_id: str) -> Text:
        """Return what a figure is called."""
        figure = self.figures.get(figure_id)
        return Text(str(figure["label_it"]), str(figure["label_en"])) if figure else self.specs[figure_id].label

    def printed(self, figure_id: str) -> Text:
        """Return a figure's value and unit as every text prints it."""
        value, figure = self.value(figure_id), self.figures[figure_id]
        assert value is not None, f"«{figure_id}» has no value: ask why_not"
        spec = self.specs.get(figure_id)
        return amount(value, str(figure["unit"]), spec.decimals if spec else 1)

    def table(self, table_id: str) -> pd.DataFrame | None:
        """Return a table, None if the run had none."""
        return self.written.table(table_id)

    def columns(self, table_id: str) -> Mapping[str, Column]:
        """Return the declared columns of a table by id."""
        return {column.id: column for column in self.tables[table_id].columns}


@dataclass(frozen=True)
class Findings:
    """What each analysis of the registry found, or why it has nothing to say."""

    study: Study
    found: Mapping[str, Found]
    lacking: Mapping[str, Problem]

    def of(self, analysis: Analysis) -> Found | None:
        """Return what ``analysis`` found, None if it has not been run or its results are old."""
        return self.found.get(analysis.id)

    def passed_over(self, code: str, effect: Text) -> tuple[Problem, ...]:
        """Return a remark on each analysis that has nothing to say, with what comes of it.

        Results that lack part of what is read today stay an error: a run was made, and somebody counts on it.
        """
        return tuple(
            each if each.code == OUTDATED else replace(each, code=code, effect=effect, severity=Severity.INFO)
            for each in self.lacking.values()
        )


def findings(study: Study) -> Findings:
    """Return what is written of every analysis; raises PucError if nothing is, or a source may not be read."""
    hashed = cache(fingerprint)
    found: dict[str, Found] = {}
    lacking: dict[str, Problem] = {}
    for analysis in registry.ALL:
        try:
            found[analysis.id] = Found(written(analysis, study, hashed))
        except PucError as error:
            lacking[analysis.id] = error.problems[0]
    if not found:
        raise PucError(*lacking.values())
    return Findings(study, found, lacking)


def amount(value: float, unit: str, decimals: int) -> Text:
    """Return ``value`` with its unit: areas in hectares, people whole, shares and ratios as declared."""
    return _PRINTED.get(unit, _with_unit)(value, unit, decimals)


def cell(value: Any, column: Column) -> Text:
    """Return a value of a table under a head that says its unit; areas in hectares, «n.d.» where there is none."""
    if column.decimals is None:
        return NOTHING if pd.isna(value) else column.said(value)
    if pd.isna(value):
        return Text("n.d.", "n/a")
    if column.unit in _AREAS:
        return number(value / M2_A_HA, 2)
    if is_length(column):
        return number(value)
    most = _DECIMALS_OF.get(column.unit, 2) if column.read is None else column.read
    return number(value, min(column.decimals, most))


def cell_of(row: Mapping[Any, Any], column: Column) -> Text:
    """Return what a column's cell of ``row`` says: a number as printed, a sentence in either language, words."""
    has_english = column.english in row and not pd.isna(row[column.id])
    return column.told(row) if has_english else cell(row[column.id], column)


def unit_of(column: Column) -> Text:
    """Return the unit a column is printed in."""
    return same("ha") if column.unit in _AREAS else _UNITS.get(column.unit, same(column.unit))


_AREAS = ("m²", "m2")
_PER_PERSON = Text("m²/ab", "m²/inh.")
_UNITS: Mapping[str, Text] = {
    "ab": NOTHING, "ratio": NOTHING, "m2/ab": _PER_PERSON, "m²/ab": _PER_PERSON, "m2/nuovo ab": _PER_PERSON,
    "km2": same("km²"), "m2/ha": same("m²/ha"), "ha/yr": Text("ha/anno", "ha/year"),
    "MWh/anno": Text("MWh/anno", "MWh/year"), "t/anno": Text("t/anno", "t/year"),
    "meshes/1000 km2": Text("maglie ogni 1.000 km²", "meshes per 1,000 km²"),
}  # fmt: skip
"""How a unit is printed, where not as it is declared."""

_DECIMALS_OF = {"ab": 0, "%": 1, "min": 0, "": 2}


def _area(value: float, unit: str, decimals: int) -> Text:
    area_ha = value / M2_A_HA
    return _with_unit(area_ha, "ha", 2 if abs(area_ha) < _SMALL_HA else 1)


def _people(value: float, unit: str, decimals: int) -> Text:
    return number(value)


def _with_unit(value: float, unit: str, decimals: int) -> Text:
    shown = number(value, decimals)
    words = _UNITS.get(unit, same(unit))
    return say("{n}\u00a0{u}", "{n}\u00a0{u}", n=shown, u=words) if words else shown


def _hectares(value: float, unit: str, decimals: int) -> Text:
    return _area(value * M2_A_HA, unit, decimals)


def _share(value: float, unit: str, decimals: int) -> Text:
    shown = number(value, min(decimals, 1))
    return say("{n}{s}%", "{n}{s}%", n=shown, s=Text("\u00a0", ""))


_PRINTED: Mapping[str, Callable[[float, str, int], Text]] = {
    "m²": _area, "m2": _area, "ha": _hectares, "ab": _people, "%": _share,
}  # fmt: skip
