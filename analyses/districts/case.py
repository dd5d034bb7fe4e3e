"""A plan of districts with its scenarios, and everything that was measured of it: what all tables are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.analysis import Edition
from analyses.districts.causes import Cause, Grounds, causes
from analyses.districts.ground import Ground, ground
from analyses.districts.params import SchedaParams
from analyses.districts.scenarios import Plan, Scenario, ordered, plan_of, redrawn, together
from analyses.districts.scheda import scheda, stated
from analyses.progress import Report, silent
from layers.raster import Raster


@dataclass(frozen=True)
class Layers:
    """What districts are measured on: what binds, soil by year, census by year (of both the latest counts)."""

    grounds: Grounds
    soil: tuple[Edition[Raster], ...] = ()
    census: tuple[Edition[GeoDataFrame], ...] = ()


@dataclass(frozen=True)
class Case:
    """The plan in force, its scenarios (the baseline, which changes nothing, first), measures and parameters."""

    plan: Plan
    scenarios: tuple[Scenario, ...]
    ground: Ground
    params: SchedaParams
    causes: tuple[Cause, ...] = ()

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The plan as each scenario makes it, by the scenario's id."""
        return {scenario.id: self.plan.patched(scenario) for scenario in self.scenarios}

    @cached_property
    def sheets(self) -> Mapping[str, pd.DataFrame]:
        """The sheets of each scenario, by its id; all are reckoned at once, since formulas look at one row."""
        return dict(zip(self.plans, self.sheets_of(tuple(self.plans.values())), strict=True))

    @cached_property
    def bound(self) -> shapely.Geometry:
        """The ground that causes net off, all of them together."""
        return shapely.union_all(np.array([each.ground for each in self.causes if each.nets_off], dtype=object))

    @property
    def base(self) -> pd.DataFrame:
        """The sheets of the plan in force."""
        return self.sheets[self.scenarios[0].id]

    def sheet(self, plan: Plan) -> pd.DataFrame:
        """Return the sheets of any plan whose outlines were measured."""
        return scheda(plan.frame, self.ground.of(plan.outlines), self.params)

    def sheets_of(self, plans: Sequence[Plan]) -> list[pd.DataFrame]:
        """Return the sheets of each plan; all are reckoned at once. Plans may have districts of their own."""
        whole, end, found = self.sheet(together(plans)), 0, list[pd.DataFrame]()
        for plan in plans:
            start, end = end, end + len(plan.frame)
            found.append(whole.iloc[start:end].reset_index(drop=True))
        return found

    def with_scenarios(self, scenarios: Sequence[Scenario], layers: Layers, crs: object) -> Case:
        """Return the case with other scenarios: nothing is measured again but outlines that nobody measured yet."""
        return replace(self.measuring(redrawn(scenarios), layers, crs), scenarios=ordered(scenarios))

    def measuring(self, outlines: Iterable[shapely.Geometry], layers: Layers, crs: object) -> Case:
        """Return the case with these outlines measured too (valid polygons in ``crs``, metric)."""
        new = [each for each in outlines if shapely.to_wkb(each) not in self.ground.place]
        if not new:
            return self
        more = ground(GeoSeries(new, crs=crs), self.causes, layers.soil, layers.census, silent)
        return replace(self, ground=self.ground.with_more(more))

    def touched(self, scenario: Scenario) -> frozenset[str]:
        """Return the districts that a scenario changes; of the baseline, all."""
        if scenario.is_base:
            return frozenset(self.plan.frame["code"])
        return frozenset(part.district for part in scenario.parts)


def case_of(
    districts: GeoDataFrame,
    scenarios: tuple[Scenario, ...],
    layers: Layers,
    params: SchedaParams,
    *,
    around: shapely.Geometry | None = None,
    report: Report,
) -> Case:
    """Measure the districts of the plan and those that ``scenarios`` redraw (valid polygons in a metric CRS).

    What binds is sought ``around``; by default where the districts are.
    """
    plan = plan_of(stated(districts), districts)
    outlines = GeoSeries([*plan.outlines, *redrawn(scenarios)], crs=districts.crs)
    found = causes(layers.grounds, around or shapely.union_all(outlines.to_numpy()).envelope, params)
    measured = ground(outlines, found, layers.soil, layers.census, report)
    return Case(plan, ordered(scenarios), measured, params, found)
