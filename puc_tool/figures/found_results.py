"""What an analysis found, read back from where it was written: everything on the screen comes from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import nan
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Population
from analyses.result import OUTLINE, Figure, Table
from layers.text import NOTHING, Text, same
from puc_tool import results
from puc_tool.figures.raster_pieces import cells_with_bit, cut, pieces_within
from puc_tool.scenarios.scenario_titles import titles
from puc_tool.study import Study
from puc_tool.written import Written, written

COMMUNES = "by_commune"
"""The table whose rows together are the whole study."""


_OF_SCENARIOS = ("scenario", "dominated_by")
"""Columns that name scenarios."""


@dataclass(frozen=True)
class Results:
    """What an analysis found, as it lies on disk: everything on the screen comes from there.

    ``found`` is where it lies; its layers are read when they are first asked for, and kept. ``population`` is what the
    run knew of the residents. ``shown_as`` is what a scenario is called that is looked at in the place of results,
    ``of_plan`` are the figures of the plan beside it; ``before`` those of the scenario that something is tried on.
    """

    analysis: Analysis
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    years: tuple[int, ...]
    found: Written | None = None
    population: Population = field(default_factory=dict, compare=False, repr=False)
    held: dict[str, GeoDataFrame | None] = field(default_factory=dict, compare=False, repr=False)
    shown_as: Text = NOTHING
    of_plan: tuple[Figure, ...] = ()
    before: tuple[Figure, ...] = ()

    def table(self, table_id: str) -> Table | None:
        """Return the table called ``table_id``, or None if the run had none."""
        return next((table for table in self.tables if table.spec.id == table_id), None)

    def layer(self, name: str) -> GeoDataFrame | None:
        """Return a layer of the run, or None if it had none of that name."""
        if name not in self.held:
            self.held[name] = self.found.layer(name) if self.found else None
        return self.held[name]

    def ground(self, name: str) -> GeoDataFrame | None:
        """Return a layer of the run, or the cells of its raster of that name as one; None if it had neither."""
        layer = self.layer(name)
        if layer is not None or self.found is None:
            return layer
        kept = f"{name}.tif"
        if kept not in self.held:
            raster = self.found.raster(name)
            self.held[kept] = None if raster is None else pieces_within(raster, self.layer(OUTLINE))
        return self.held[kept]

    def cells_with(self, name: str, bit: int, *, is_alone: bool) -> GeoDataFrame | None:
        """Return the cells of a raster that have a bit, the lowest being 0, as a layer; ``is_alone``: and no other."""
        kept = f"{name}.tif, {bit}, {is_alone}"
        if kept not in self.held:
            raster = self.found.raster(name) if self.found else None
            self.held[kept] = (
                None if raster is None else cut(cells_with_bit(raster, bit, is_alone=is_alone), self.layer(OUTLINE))
            )
        return self.held[kept]


def read_results(analysis: Analysis, study: Study) -> Results:
    """Return the written results; raises PucError if there are none, or the data have changed since."""
    found = of_written(written(analysis, study))
    names = titles(study)
    tables = tuple(_entitled(table, names) for table in found.tables) if names else found.tables
    return replace(found, tables=tables, population=study.population)


def _entitled(table: Table, names: Mapping[str, Text]) -> Table:
    """Return the table whose scenarios are called by their titles, wherever a cell has the names of their files."""
    columns = tuple(
        replace(column, words={**names, **column.words}) if column.id in _OF_SCENARIOS else column
        for column in table.spec.columns
    )
    return replace(table, spec=replace(table.spec, columns=columns)) if columns != table.spec.columns else table


def of_written(found: Written) -> Results:
    """Return what lies in the folder of a run; of residents nothing is known, for the study may have others by now."""
    return Results(found.analysis, _figures(found), tuple(_tables(found)), _years(found), found)


def with_total(table: Table, communes: Table) -> pd.Series:
    """Return the row of the whole study for ``table``: areas added up over the communes, shares from the sums.

    Files of an earlier state of the tool may lack what a share is made of: then it is missing.
    """
    columns = {column.id for column in table.columns if column.decimals is not None}
    sums = communes.frame[[name for name in communes.frame if name in columns]].sum()
    for name in (name for name in sums.index if name.endswith("_pct")):
        sums[name] = 100.0 * sums.get(name.replace("_pct", "_m2"), nan) / sums.get("area_m2", nan)
    return sums


def _figures(found: Written) -> tuple[Figure, ...]:
    said = results.read_figures(found.folder)
    return tuple(_figure(spec, said[spec.id]) for spec in found.analysis.figures if spec.id in said)


def _figure(spec: Any, said: Mapping[str, object]) -> Figure:
    value = said.get("value")
    return Figure(spec, float(value) if isinstance(value, int | float) else None, same(said.get("why", "")))


def _tables(found: Written) -> list[Table]:
    frames = ((spec, found.table(spec.id)) for spec in found.analysis.tables)
    return [Table(spec, frame) for spec, frame in frames if frame is not None]


def _years(found: Written) -> tuple[int, ...]:
    """Return the first and last year compared: those asked for, else those of the data the question is about.

    A question that has no two years to ask for compares nothing: its figures are of the latest data.
    """
    choices = {name: year for name, year in found.parameters.items() if name.startswith("year_")}
    asked = [year for year in choices.values() if year]
    there = [each["year"] for each in found.record["inputs"] if each["role"] in _subject(found) and each["year"]]
    known = sorted({*asked, *(there if len(asked) < 2 else ())})
    return tuple(dict.fromkeys((known[0], known[-1]) if len(choices) > 1 else known[-1:])) if known else ()


def _subject(found: Written) -> set[str]:
    """Return the role the question is about: the first yearly one among the needs that the run had."""
    had = {each["role"] for each in found.record["inputs"]}
    subjects = [role.id for group in found.analysis.needs for role in group if role.yearly and role.id in had]
    return set(subjects[:1])
