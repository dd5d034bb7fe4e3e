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
from layers import roles
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
        value = self.value(figure_id)
        assert value is not None, f"«{figure_id}» has no value: ask why_not"
        return self.amount(figure_id, value)

    def amount(self, figure_id: str, value: float) -> Text:
        """Return a value of a figure, today's or another one, with its unit."""
        if figure_id.startswith(_FLOOR_AREA):
            return _with_unit(value, "m²", 0)
        spec = self.specs.get(figure_id)
        return amount(value, str(self.figures[figure_id]["unit"]), spec.decimals if spec else 1)

    def told(self, figure_id: str) -> Text:
        """Return a figure's value and unit as a sentence says it: «9,4 m² per abitante»."""
        unit = str(self.figures[figure_id]["unit"])
        shown = self.printed(figure_id)
        return _in_words(shown, unit) if unit in _IN_WORDS else shown

    @property
    def period(self) -> Text:
        """Between which dates the run compares, as a sentence begins with it."""
        if self.years is None:
            return Text("Fra le due date rilevate", "Between the two dates surveyed")
        first, last = self.years
        return say("Fra il {a} e il {b}", "Between {a} and {b}", a=first, b=last)

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The two years that the run has compared; None where it did not, or they are not known."""
        inputs, asked = self.written.record["inputs"], self.written.parameters
        for role in (roles.SOIL_CONSUMPTION.id, roles.LAND_USE.id):
            dated = [told["year"] for told in inputs if told["role"] == role]
            if dated:
                first, last = asked.get("year_from") or dated[0], asked.get("year_to") or dated[-1]
                return (first, last) if first is not None and last is not None and first != last else None
        return None

    def table(self, table_id: str) -> pd.DataFrame | None:
        """Return a table, None if the run had none."""
        return self.written.table(table_id)

    def columns(self, table_id: str) -> Mapping[str, Column]:
        """Return the declared columns of a table by id."""
        return {column.id: self._rounded(column) for column in self.tables[table_id].columns}

    def _rounded(self, column: Column) -> Column:
        """Return a column with no more decimals than the figure of its name: «3,6» here is no «3,57» there."""
        spec = self.specs.get(column.id)
        if spec is None or column.decimals is None or spec.unit != column.unit:
            return column
        return replace(column, decimals=min(column.decimals, spec.decimals))


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
_FLOOR_AREA = "floor_area"
"""How the ids of floor areas begin: they are told in m², as plans do; ground is told in hectares."""

_PER_PERSON = Text("m²/ab", "m²/inh.")
_UNITS: Mapping[str, Text] = {
    "ab": NOTHING, "ratio": NOTHING, "m2/ab": _PER_PERSON, "m²/ab": _PER_PERSON, "m2/nuovo ab": _PER_PERSON,
    "km2": same("km²"), "m2/ha": same("m²/ha"), "ha/yr": Text("ha/anno", "ha/year"),
    "MWh/anno": Text("MWh/anno", "MWh/year"), "t/anno": Text("t/anno", "t/year"),
    "meshes/1000 km2": Text("maglie ogni 1.000 km²", "meshes per 1,000 km²"),
}  # fmt: skip
"""How a unit is printed, where not as it is declared."""

_EACH, _YEARLY = Text("per abitante", "per inhabitant"), Text("all'anno", "a year")
_IN_WORDS: Mapping[str, Text] = {
    "m2/ab": _EACH, "m²/ab": _EACH, "m2/nuovo ab": Text("per nuovo abitante", "per new inhabitant"),
    "m2/ha": Text("per ettaro", "per hectare"), "ha/yr": _YEARLY, "MWh/anno": _YEARLY, "t/anno": _YEARLY,
}  # fmt: skip
"""How a sentence says what stands behind the stroke of a unit."""

_DECIMALS_OF = {"ab": 0, "%": 1, "min": 0, "": 2, "MWh/anno": 0, "t/anno": 0}


def _in_words(shown: Text, unit: str) -> Text:
    """Return an amount with its unit spelt out: «159 m² per abitante»."""
    before = Text(shown.it.partition("/")[0], shown.en.partition("/")[0])
    return say("{n} {w}", "{n} {w}", n=before, w=_IN_WORDS[unit])


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
