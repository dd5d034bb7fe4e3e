"""Scenarios beside each other as people read them: every indicator of two of them, and which edits moved it.

What B is more than A is what B's edits do less what A's edits do, so the rows under an indicator add up to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analyses.districts import moved
from analyses.districts.comparison import MORE_IS_BETTER
from analyses.districts.moved import Compared
from analyses.result import Column
from layers.text import Text, number, same
from puc_tool.figures.amounts import M2_A_HA, said_unit
from puc_tool.scenarios.scenario_desk import ScenarioDesk

_LEAST = 1e-9
_DECIMALS = {"m²": 2, "m²/ab": 1, "%": 1, "m²/m²": 3, "m": 1}
"""By unit, areas being told in hectares; of anything else whole numbers."""


BRIEF = {
    "soil_newly_consumed_m2": Text("Suolo consumato in più", "Soil newly consumed"),
    "homes_new": Text("Alloggi nuovi", "New homes"),
    "green_m2_per_person": Text("Verde per abitante", "Green per person"),
    "public_balance_m2": Text("Saldo dei servizi", "Services balance"),
    "people_in_hazard": Text("Abitanti in pericolo", "People in hazard"),
    "co2_saved_t": Text("CO₂ evitata", "CO₂ saved"),
}
"""What the criteria are called where there is little room; by their columns."""


@dataclass(frozen=True)
class Moved:
    """An edit and what it does to an indicator; ``is_of_second``: it is the second scenario's."""

    edit: Text
    effect: Text
    is_of_second: bool


@dataclass(frozen=True)
class Side:
    """An indicator in two scenarios, the second less the first, and what moved it.

    ``label`` is short where the indicator is a criterion, ``whole`` never.
    ``is_better`` tells whether the second does better, where better is defined.
    """

    id: str
    label: Text
    whole: Text
    unit: Text
    first: Text
    second: Text
    change: Text
    is_better: bool | None
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Measure:
    """How the values of a column are told: divided, in a unit, with so many decimals."""

    unit: Text
    divisor: float
    decimals: int

    def told(self, value: float) -> Text:
        """Return a value in words."""
        return Text("n.d.", "n/a") if pd.isna(value) else number(value / self.divisor, self.decimals)

    def signed(self, value: float) -> Text:
        """Return a difference in words, with its sign; «=» where there is none."""
        shown, scaled = self.told(value), value / self.divisor
        if pd.isna(value) or (round(scaled, self.decimals) == 0.0 and abs(value) > _LEAST):
            return shown
        if abs(value) <= _LEAST:
            return same("=")
        return Text(f"+{shown.it}", f"+{shown.en}") if value > 0.0 else shown


def measure_of(column: Column) -> Measure:
    """Return how the values of a column are told: areas in hectares."""
    is_area = column.unit == "m²"
    unit = said_unit("ha" if is_area else column.unit)
    return Measure(unit, M2_A_HA if is_area else 1.0, _DECIMALS.get(column.unit, 0))


def sides(desk: ScenarioDesk, first: str, second: str, code: str = "") -> tuple[Side, ...]:
    """Return every indicator of two scenarios, in one district or over all; those that tell better from worse first.

    What is known of neither is left out. Raises KeyError for a scenario that is not there.
    """
    found = [each for each in desk.compared(first, second, code) if not pd.isna([each.first, each.second]).all()]
    order = {name: place for place, name in enumerate(MORE_IS_BETTER)}
    return tuple(_side(each, second) for each in sorted(found, key=lambda each: order.get(each.column.id, len(order))))


def _side(found: Compared, second: str) -> Side:
    measure = measure_of(found.column)
    one, other = measure.told(found.first), measure.told(found.second)
    moves = tuple(_moves(found, measure, second))
    return Side(
        found.column.id,
        BRIEF.get(found.column.id, found.column.label),
        found.column.label,
        measure.unit,
        one,
        other,
        measure.signed(found.change),
        found.is_better,
        moves,
    )


def _moves(found: Compared, measure: Measure, second: str) -> Iterator[Moved]:
    for each in found.moved_by:
        yield Moved(_named(each), measure.signed(each.effect), each.scenario == second)


def _named(found: moved.Moved) -> Text:
    return found.label if found.edit is not None else Text("insieme, oltre alla somma", "together, beyond the sum")
