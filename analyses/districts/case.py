"""A plan of districts with its scenarios, and everything that was measured of it: what all tables are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analyses.districts.ground import Ground
from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import Plan, Scenario
from analyses.districts.scheda import scheda


@dataclass(frozen=True)
class Case:
    """The plan in force, its scenarios (the baseline, which changes nothing, first), measures and parameters."""

    plan: Plan
    scenarios: tuple[Scenario, ...]
    ground: Ground
    params: DistrictParams

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The plan as each scenario makes it, by the scenario's id."""
        return {scenario.id: self.plan.patched(scenario) for scenario in self.scenarios}

    @cached_property
    def sheets(self) -> Mapping[str, pd.DataFrame]:
        """The sheets of each scenario, by its id."""
        return {name: self.sheet(plan) for name, plan in self.plans.items()}

    @property
    def base(self) -> pd.DataFrame:
        """The sheets of the plan in force."""
        return self.sheets[self.scenarios[0].id]

    def sheet(self, plan: Plan) -> pd.DataFrame:
        """Return the sheets of any plan whose outlines were measured."""
        return scheda(plan.frame, self.ground.of(plan.outlines), self.params)

    def touched(self, scenario: Scenario) -> frozenset[str]:
        """Return the districts that a scenario changes; of the baseline, all."""
        if scenario.is_base:
            return frozenset(self.plan.frame["code"])
        return frozenset(part.district for part in scenario.parts)
