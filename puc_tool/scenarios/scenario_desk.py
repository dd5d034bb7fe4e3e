"""The scenarios of a study at work: listed, switched between, held side by side. Measured once, no Qt, nothing changes.

A desk is opened on a shelf; a window keeps one for as long as the study's districts, layers and scenario files stay as
they are, and opens another when they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses.districts.binding import binding_of
from analyses.districts.case import Case, Layers, case_of
from analyses.districts.causes import MEASURED_WITH, Grounds
from analyses.districts.checks import scenario_problems
from analyses.districts.comparison import comparison, pareto_of
from analyses.districts.live import LiveScenario, Scheda
from analyses.districts.live_bench import DistrictBench
from analyses.districts.moved import Compared, compared, words_of
from analyses.districts.one_scenario import result_of
from analyses.districts.params import DEFAULTS, DistrictParams
from analyses.districts.scenarios import BASE, Scenario
from analyses.live import Edits
from analyses.progress import Report, silent
from analyses.result import Result
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import Problem, PucError, errors
from layers.text import Text, same
from layers.union import union_of_parts
from puc_tool import run
from puc_tool.scenarios import scenario_files
from puc_tool.scenarios.scenario_files import Scenarios
from puc_tool.shelf import Shelf

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


@dataclass(frozen=True, eq=False)
class ScenarioDesk:
    """The plan in force and every scenario of a study; ``problems`` are warnings and remarks on them.

    A desk is only equal to itself: who holds one asks whether it is still the one, not what is on it.
    """

    case: Case
    layers: Layers
    boundary: shapely.Geometry
    crs: CRS
    problems: tuple[Problem, ...] = ()
    faults: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Scenarios that can't be reckoned, by id, and why; the others are not kept from it."""

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The plan in force, then the scenarios by id."""
        return tuple(_listed(each) for each in self.case.scenarios)

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
        return pareto_of(self.case, code)

    def compared_by(self, code: str = "") -> pd.DataFrame:
        """Return every scenario by the criteria, which are dominated and by whom, in one district or over all."""
        if code not in self._compared:
            self._compared[code] = self.pareto(code) if code else comparison(self.case)
        return self._compared[code]

    @cached_property
    def _compared(self) -> dict[str, pd.DataFrame]:
        """What ``compared_by`` has found, by district: lists and charts ask for it at every look."""
        return {}

    def binding(self, scenario: str, code: str = "") -> pd.DataFrame:
        """Return what binds a scenario, in one district or in all that it names; raises KeyError for an unknown id."""
        found = binding_of(self.case, self._scenario(scenario))
        return found[found["code"] == code].reset_index(drop=True) if code else found

    def result(self, scenario: str) -> Result:
        """Return a scenario as results have the plan: its sheets, sums, outlines and services added."""
        return result_of(self.live(scenario))

    def with_scenarios(self, found: Mapping[str, Scenarios]) -> ScenarioDesk:
        """Return the desk with these scenarios, by id: only outlines that nobody measured yet are measured."""
        said = {name: tuple(self._against(each)) for name, each in found.items()}
        sound = [one for name, each in found.items() if not errors(said[name]) for one in each.read]
        case = self.case.with_scenarios(sound, self.layers, self.crs)
        return replace(self, case=case, faults={name: each for name, each in said.items() if errors(each)})

    def bench(self, scenario: str) -> DistrictBench:
        """Return a scenario to be tried on; raises KeyError for an unknown id."""
        return DistrictBench(self.live(scenario))

    def with_tried(self, base: str, tried: Edits, name: str, title: str) -> ScenarioDesk:
        """Return the desk with one scenario more, ``name``: what is tried on another, ``base``, and not saved yet.

        Nothing is measured. Where it can't be reckoned its faults are kept; raises KeyError for an unknown ``base``.
        """
        live = self.live(base)
        for (code, field_name), value in tried.items():
            live = live.moved(code, field_name, value)
        made = replace(live.scenario, id=name, title=title)
        said = tuple(scenario_problems(made, self.case.plan, self.boundary))
        if errors(said):
            return replace(self, faults={**self.faults, name: said})
        return replace(self, case=replace(self.case, scenarios=(*self.case.scenarios, made)))

    def with_params(self, params: DistrictParams) -> ScenarioDesk:
        """Return the desk with other parameters of the formulas; the ground stays as it was measured."""
        return self if params == self.case.params else replace(self, case=replace(self.case, params=params))

    def _against(self, found: Scenarios) -> Iterator[Problem]:
        yield from found.problems
        for each in found.read:
            yield from scenario_problems(each, self.case.plan, self.boundary)

    def _scenario(self, scenario: str) -> Scenario:
        return {each.id: each for each in self.case.scenarios}[scenario]

    def live(self, scenario: str) -> LiveScenario:
        """Return a scenario to be drawn on: nothing is measured again; raises KeyError for an unknown id."""
        return LiveScenario(self.case, self.layers, self.boundary, self.crs, self._scenario(scenario))


def open_plan(shelf: Shelf, params: DistrictParams = DEFAULTS, report: Report = silent) -> ScenarioDesk:
    """Read and measure the districts of a study without its scenarios; raises PucError with every fault of them."""
    plan_alone = replace(TRANSFORMATION_DISTRICTS, takes_scenarios=False)
    said = run.problems(plan_alone, shelf, params)
    if errors(said):
        raise PucError(*said)
    inputs = shelf.inputs(plan_alone)
    layers = _layers(inputs)
    boundary, districts = union_of_parts(inputs["boundary"].geometry.to_numpy()), inputs["districts"]
    # A window redraws outlines anywhere in the commune: what binds is looked at in all of it.
    around = shapely.union_all([boundary.envelope, *districts.geometry]).envelope
    case = case_of(districts, (), layers, params, around=around, report=report)
    return ScenarioDesk(case, layers, boundary, districts.crs, tuple(said))


def read_texts(shelf: Shelf, texts: Mapping[str, str]) -> Mapping[str, Scenarios]:
    """Return the scenarios that these texts state, by id, as their files would be read."""
    ground = shelf.ground()
    return {name: scenario_files.of_text(shelf.study, ground, name, words) for name, words in sorted(texts.items())}


def desk_of(
    shelf: Shelf, params: DistrictParams, texts: Mapping[str, str], known: ScenarioDesk | None, report: Report = silent
) -> ScenarioDesk:
    """Return the desk of the scenarios that ``texts`` state; of a desk ``known`` of the same layers, what is measured.

    Raises PucError with every fault of the districts; a scenario with faults is left out, and its faults are kept.
    """
    if known is None or any(getattr(known.case.params, each) != getattr(params, each) for each in MEASURED_WITH):
        known = open_plan(shelf, params, report)
    return known.with_params(params).with_scenarios(read_texts(shelf, texts))


def _listed(scenario: Scenario) -> Listed:
    title = _PLAN if scenario.is_base else same(scenario.title or scenario.id)
    return Listed(scenario.id, title, scenario.districts, tuple(words_of(part) for part in scenario.parts))


def _layers(inputs: Mapping[str, Any]) -> Layers:
    names = ("flood_hazard", "landslide_hazard", "contaminated_sites", "constraints", "coastline", "hydrography",
             "railways")  # fmt: skip
    return Layers(Grounds(*(inputs[name] for name in names)), inputs["soil_consumption"], inputs["census"])
