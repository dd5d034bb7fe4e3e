"""Scenarios as points: two criteria of their own choice, those that are dominated, and the front that the others make.

The front joins the scenarios that no other beats in both criteria of the two that are shown; whether one is dominated
is told by all criteria together, as in the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analyses.districts.comparison import MORE_IS_BETTER
from analyses.districts.scenarios import BASE
from analyses.districts.tables import SCENARIOS
from layers.text import Text, same
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.scenarios.scenario_list import PLAN
from puc_tool.scenarios.scenario_sides import BRIEF, Measure, measure_of

_LEAST = 1e-9
HEADS = {
    "soil_newly_consumed_m2": Text("Suolo", "Soil"),
    "homes_new": Text("Alloggi", "Homes"),
    "green_m2_per_person": Text("Verde", "Green"),
    "public_balance_m2": Text("Saldo", "Balance"),
    "people_in_hazard": Text("Pericolo", "Hazard"),
    "co2_saved_t": same("CO₂"),
}
"""What the criteria are called at the head of a narrow column."""


@dataclass(frozen=True)
class Criterion:
    """Something that scenarios are compared by, and whether more of it is better."""

    id: str
    label: Text
    measure: Measure
    more_is_better: bool

    def is_better(self, one: float, other: float) -> bool:
        """Tell whether ``one`` is better than ``other``."""
        return one > other if self.more_is_better else one < other


@dataclass(frozen=True)
class Point:
    """A scenario by two criteria, in their own units."""

    scenario: str
    title: Text
    x: float
    y: float
    is_dominated: bool


@dataclass(frozen=True)
class Chart:
    """Points from left to right, the scenarios of the front in this order, those of which a value is not known."""

    across: Criterion
    up: Criterion
    points: tuple[Point, ...]
    front: tuple[str, ...]
    unknown: tuple[Text, ...]


def criteria() -> tuple[Criterion, ...]:
    """Return what scenarios can be compared by."""
    columns = {column.id: column for column in SCENARIOS.columns}
    return tuple(Criterion(name, BRIEF[name], measure_of(columns[name]), more) for name, more in MORE_IS_BETTER.items())


def chart(desk: ScenarioDesk, across: Criterion, up: Criterion, code: str = "") -> Chart:
    """Return the scenarios by two criteria, in one district or over all."""
    found = desk.compared_by(code)
    rows = [_point(row, across, up) for row in found.to_dict("records")]
    known = sorted((each for each in rows if not pd.isna([each.x, each.y]).any()), key=lambda each: (each.x, each.y))
    unknown = tuple(each.title for each in rows if each not in known)
    return Chart(across, up, tuple(known), front(known, across, up), unknown)


def tells_apart(desk: ScenarioDesk, criterion: Criterion, code: str = "") -> bool:
    """Tell whether a criterion is known of every scenario and not the same for all."""
    values = desk.compared_by(code).get(criterion.id, pd.Series(dtype=float))
    return bool(values.notna().all() and values.max() - values.min() > _LEAST)


def front(points: Sequence[Point], across: Criterion, up: Criterion) -> tuple[str, ...]:
    """Return the scenarios that no other beats in both criteria, in the order of ``points``."""
    return tuple(
        one.scenario for one in points if not any(_beats(other, one, across, up) for other in points if other != one)
    )


def _beats(one: Point, other: Point, across: Criterion, up: Criterion) -> bool:
    """Tell whether a point is at least as good in both and better in one."""
    is_worse = across.is_better(other.x, one.x) or up.is_better(other.y, one.y)
    return not is_worse and (across.is_better(one.x, other.x) or up.is_better(one.y, other.y))


def _point(row: dict[str, object], across: Criterion, up: Criterion) -> Point:
    scenario = str(row["scenario"])
    title = PLAN if scenario == BASE else same(str(row["title"] or scenario))
    x, y = (float(str(row.get(each.id, "nan"))) / each.measure.divisor for each in (across, up))
    return Point(scenario, title, x, y, is_dominated=row["dominated"] == "sì")
