"""The scenarios of a study at work: listed, switched between, held side by side. Measured once, no Qt, nothing changes.

A desk is opened on a shelf; a window keeps one for as long as the study's districts, layers and scenario files stay as
they are, and opens another when they change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.districts.case import Case, Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.comparison import pareto
from analyses.districts.live import LiveScenario, Scheda
from analyses.districts.moved import Compared, compared, words_of
from analyses.districts.params import DEFAULTS, DistrictParams
from analyses.districts.scenarios import BASE, Scenario
from analyses.progress import Report, silent
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import Problem, PucError, errors
from layers.text import Text, same
from layers.union import union_of_parts
from puc_tool import run
from puc_tool.shelf import Shelf
from puc_tool.written import Written

_PLAN = Text("Piano vigente", "Plan in force")


@dataclass(frozen=True)
class Listed:
    """A scenario as lists show it: what it is called, which districts it touches, what it changes."""

    id: str
    title: Text
    districts: tuple[str, ...]
    edits: tuple[Text, ...]

    @property
    def is_base(self) -> bool:
        """Tell whether it is the plan in force."""
        return self.id == BASE


@dataclass(frozen=True)
class ScenarioDesk:
    """The plan in force and every scenario of a study; ``problems`` are warnings and remarks on them."""

    case: Case
    layers: Layers
    boundary: shapely.Geometry
    crs: object
    problems: tuple[Problem, ...] = ()

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The plan in force, then the scenarios by id."""
        return tuple(_listed(each) for each in self.case.scenarios)

    def of_district(self, code: str) -> tuple[Listed, ...]:
        """Return the plan in force and the scenarios that name a district."""
        return tuple(each for each in self.listed if each.is_base or code in each.districts)

    def compared(self, first: str, second: str, code: str = "") -> tuple[Compared, ...]:
        """Return two scenarios side by side, in one district or over all; raises KeyError for an unknown id."""
        return compared(self.case, first, second, code)

    def scheda(self, scenario: str, code: str) -> Scheda:
        """Return a district's sheet as a scenario makes it; raises KeyError for an unknown id or code."""
        return self.live(scenario).scheda(code)

    def outlines(self, scenario: str) -> GeoDataFrame:
        """Return the districts as a scenario draws them: code, name, outline in the study's CRS."""
        plan = self.case.plans[scenario]
        return GeoDataFrame(plan.frame[["code", "name"]].copy(), geometry=plan.outlines, crs=self.crs)

    def pareto(self, code: str) -> pd.DataFrame:
        """Return the scenarios of a district by the criteria, which are dominated and by whom."""
        found = pareto(self.case)
        return found[found["code"] == code].reset_index(drop=True)

    def live(self, scenario: str) -> LiveScenario:
        """Return a scenario to be drawn on: nothing is measured again; raises KeyError for an unknown id."""
        chosen = {each.id: each for each in self.case.scenarios}[scenario]
        return LiveScenario(self.case, self.layers, self.boundary, self.crs, chosen)


def open_desk(shelf: Shelf, params: DistrictParams = DEFAULTS, report: Report = silent) -> ScenarioDesk:
    """Read and measure the districts of a study and its scenarios.

    Raises
    ------
    PucError
        With every fault of the districts, the scenarios' files and what they ask, as a run would tell them.
    """
    said = run.problems(TRANSFORMATION_DISTRICTS, shelf, params)
    if errors(said):
        raise PucError(*said)
    inputs = shelf.inputs(TRANSFORMATION_DISTRICTS)
    layers = _layers(inputs)
    boundary, districts = union_of_parts(inputs["boundary"].geometry.to_numpy()), inputs["districts"]
    # A window redraws outlines anywhere in the commune: what binds is looked at in all of it.
    around = shapely.union_all([boundary.envelope, *districts.geometry]).envelope
    case = case_of(districts, inputs["scenarios"], layers, params, around=around, report=report)
    return ScenarioDesk(case, layers, boundary, districts.crs, tuple(said))


def city_compared(effects: Written, first: str, second: str) -> pd.DataFrame:
    """Return what two scenarios do to each neighbourhood, from the written results of ``scenario-effects``.

    Columns: code, name, indicator, unit, first, second, change. «oggi» is the city as it stands, «base» the plan.
    Raises PucError where the results are of an earlier state of the tool that wrote no such table.
    """
    table = effects.sure_table("by_neighbourhood")
    spec = next(each for each in effects.analysis.tables if each.id == "by_neighbourhood")
    head = ["code", "name"]
    one, other = (table[table["scenario"] == name].reset_index(drop=True) for name in (first, second))
    rows = [
        one[head].assign(indicator=column.id, unit=column.unit, first=one[column.id], second=other[column.id])
        for column in spec.columns
        if column.decimals is not None and column.id in table
    ]
    whole = pd.concat(rows, ignore_index=True)
    return whole.assign(change=whole["second"] - whole["first"])


def _listed(scenario: Scenario) -> Listed:
    title = _PLAN if scenario.is_base else same(scenario.title or scenario.id)
    return Listed(scenario.id, title, scenario.districts, tuple(words_of(part) for part in scenario.parts))


def _layers(inputs: Mapping[str, Any]) -> Layers:
    names = ("flood_hazard", "landslide_hazard", "contaminated_sites", "constraints", "coastline", "hydrography",
             "railways")  # fmt: skip
    return Layers(Grounds(*(inputs[name] for name in names)), inputs["soil_consumption"], inputs["census"])
