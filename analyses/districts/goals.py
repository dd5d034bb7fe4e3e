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


FLOOR_AREA = Goal(
    "floor_area_m2", Text("Superficie lorda", "Floor area"), "m²", Text("m² di superficie lorda", "m² of floor area")
)
HOMES = Goal("homes", Text("Alloggi", "Homes"), "", Text("alloggi", "homes"))
GREEN = Goal("green_m2", Text("Verde", "Green"), "m²", Text("m² di verde", "m² of green"))

GOALS: Mapping[str, Goal] = {goal.id: goal for goal in (FLOOR_AREA, HOMES, GREEN)}
