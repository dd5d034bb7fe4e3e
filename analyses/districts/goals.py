"""What may be sought as much as possible of a district, or asked of it at least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.text import Text


@dataclass(frozen=True)
class Goal:
    """A quantity of a district. ``of_it`` reads after a number: «0,42 m² di superficie lorda»."""

    id: str
    label: Text
    unit: str
    of_it: Text
    one_more: Text


FLOOR_AREA = Goal(
    "floor_area_m2",
    Text("Superficie lorda", "Floor area"),
    "m²",
    Text("m² di superficie lorda", "m² of floor area"),
    Text("un m² in più di superficie lorda", "one m² more of floor area"),
)
HOMES = Goal(
    "homes",
    Text("Alloggi", "Homes"),
    "",
    Text("alloggi", "homes"),
    Text("un alloggio in più", "one home more"),
)
GREEN = Goal(
    "green_m2",
    Text("Verde", "Green"),
    "m²",
    Text("m² di verde", "m² of green"),
    Text("un m² in più di verde", "one m² more of green"),
)

GOALS: Mapping[str, Goal] = {goal.id: goal for goal in (FLOOR_AREA, HOMES, GREEN)}
