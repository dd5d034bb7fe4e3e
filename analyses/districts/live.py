"""A scenario while it is being drawn: a parameter moved or an outline redrawn gives every sheet anew, at once.

Nothing here changes: each move returns another ``LiveScenario``, so that a step back is the one before. What was
measured is kept; only an outline that nobody measured yet meets the layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.districts.case import Case, Layers, case_of
from analyses.districts.checks import scenario_problems
from analyses.districts.formulas import FORMULAS
from analyses.districts.params import SchedaParams
from analyses.districts.scenarios import GEOMETRY, Edit, PartedDistrict, Plan, Scenario
from analyses.districts.scheda import formula_rows
from analyses.progress import Report, silent
from layers.problems import Problem
from layers.text import Text
from layers.union import union_of_parts


@dataclass(frozen=True)
class Shown:
    """A figure of a sheet: its formula in symbols and with its values, its value and unit."""

    column: str
    formula: Text
    with_values: Text
    value: float
    unit: str


@dataclass(frozen=True)
class Scheda:
    """The sheet of one district: its figures, with formulas where they have one, and what takes its ground."""

    code: str
    figures: Mapping[str, object]
    shown: tuple[Shown, ...]
    causes: pd.DataFrame


@dataclass(frozen=True)
class LiveScenario:
    """A scenario on the plan in force, with everything measured so far. ``boundary``: the ground of the commune."""

    case: Case
    layers: Layers
    boundary: shapely.Geometry
    crs: object
    scenario: Scenario

    @cached_property
    def plan(self) -> Plan:
        """The plan as the scenario makes it."""
        return self.case.plan.patched(self.scenario)

    @cached_property
    def sheet(self) -> pd.DataFrame:
        """The sheets of all districts."""
        return self.case.sheet(self.plan)

    def scheda(self, code: str) -> Scheda:
        """Return the whole sheet of a district. Raises KeyError if there is none of that code."""
        place = {known: row for row, known in enumerate(self.sheet["code"])}[code]
        one = self.sheet.iloc[[place]].reset_index(drop=True)
        shown = tuple(Shown(*row[1:]) for row in formula_rows(one, {code}, self.case.params))
        [found] = self.case.ground.causes_of(self.plan.outlines[[place]])
        return Scheda(code, one.iloc[0].to_dict(), shown, found)

    def changes(self, code: str) -> Mapping[str, tuple[float, float]]:
        """Return the figures of a district that are not what the plan in force gives: before and after.

        Of a district that the scenario makes, nothing is known before. Raises KeyError for one that is nowhere.
        """
        [after] = self.sheet[self.sheet["code"] == code].to_dict("records")
        known = self.case.base[self.case.base["code"] == code].to_dict("records")
        before = known[0] if known else {}
        pairs = {each.column: (before.get(each.column, np.nan), after[each.column]) for each in FORMULAS}
        return {name: pair for name, pair in pairs.items() if not _alike(*pair)}

    def problems(self) -> list[Problem]:
        """Return what speaks against the scenario as it stands."""
        return scenario_problems(self.scenario, self.case.plan, self.boundary)

    def moved(self, district: str, field: str, value: float | str) -> LiveScenario:
        """Return the scenario with another value of a field that a district states."""
        return replace(self, scenario=_edited(self.scenario, Edit(district, field, value)))

    def redrawn(self, district: str, outline: shapely.Geometry) -> LiveScenario:
        """Return the scenario with another outline (a valid polygon in the study's CRS), measured if it is new."""
        changed = _edited(self.scenario, Edit(district, GEOMETRY, outline))
        return replace(self, scenario=changed, case=self.case.measuring([outline], self.layers, self.crs))


def opened(
    boundary: GeoDataFrame,
    districts: GeoDataFrame,
    layers: Layers,
    params: SchedaParams,
    *,
    scenario: Scenario,
    report: Report = silent,
) -> LiveScenario:
    """Measure the plan once, and what ``scenario`` redraws; the layers that bind are looked at in the whole commune."""
    whole = union_of_parts(boundary.geometry.to_numpy())
    around = shapely.union_all([whole.envelope, *districts.geometry]).envelope
    case = case_of(districts, (scenario,), layers, params, around=around, report=report)
    return LiveScenario(case, layers, whole, districts.crs, scenario)


def _alike(before: float, after: float) -> bool:
    return before == after or bool(np.isnan(before) and np.isnan(after))


def _edited(scenario: Scenario, edit: Edit) -> Scenario:
    """Return the scenario with ``edit`` in the place of the one on the same field, or after the others."""
    if all(each.district != edit.district for each in scenario.parted):
        return replace(scenario, edits=_with(scenario.edits, edit))
    return replace(
        scenario, parted=tuple(_changed(each, edit) if each.district == edit.district else each
                               for each in scenario.parted)
    )  # fmt: skip


def _changed(parted: PartedDistrict, edit: Edit) -> PartedDistrict:
    if edit.field == GEOMETRY:
        return replace(parted, outline=edit.value)
    return replace(parted, edits=_with(parted.edits, edit))


def _with(edits: tuple[Edit, ...], edit: Edit) -> tuple[Edit, ...]:
    same = [each for each in edits if (each.district, each.field) == (edit.district, edit.field)]
    return tuple(edit if each is same[0] else each for each in edits) if same else (*edits, edit)
