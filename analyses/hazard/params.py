"""What a planner may change in hazard exposure."""

from __future__ import annotations

from dataclasses import dataclass

from analyses.hazard.sea_level import SURGE_M
from analyses.params import param
from layers.text import Text


@dataclass(frozen=True)
class HazardParams:
    """How people the plan adds are counted, and how the sea is let in."""

    floor_area_per_person_m2: float = param(
        25.0,
        Text("Superficie per abitante", "Floor area per person"),
        unit="m²",
        low=1.0,
        high=200.0,
        help=Text("DM 1444/1968, art. 3.", "DM 1444/1968, art. 3."),
    )
    surge_m: float = param(
        SURGE_M,
        Text("Mareggiata, oltre il livello medio", "Storm surge, above the mean level"),
        unit="m",
        low=0.0,
        high=10.0,
    )
    through_corners: bool = param(
        default=True,
        label=Text("L'acqua passa anche fra celle che si toccano in un vertice", "Water passes between corners too"),
        help=Text("Otto celle vicine invece di quattro.", "Eight neighbouring cells instead of four."),
    )
    coast_offset_m: float = param(
        0.0,
        Text("Scarto fra linea di costa e DTM", "Offset between coastline and terrain model"),
        unit="m",
        low=0.0,
        high=500.0,
        help=Text(
            "Quanto la costa può distare dal bordo del mare nel DTM.",
            "How far the coastline may lie from the sea's edge in the terrain model.",
        ),
    )
    dtm_accuracy_m: float | None = param(
        None,
        Text("Precisione del DTM", "Accuracy of the terrain model"),
        unit="m",
        low=0.0,
        high=100.0,
        help=Text("Vuoto: non dichiarata.", "Empty: not stated."),
    )


UNTOUCHED = HazardParams()
"""The parameters of an untouched form."""
