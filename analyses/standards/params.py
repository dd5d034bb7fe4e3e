"""What is due to each resident, and the options. Defaults: ``dm1444_standards.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyses.params import param
from analyses.standards.tables import CATEGORIES, PARTS, TOTAL
from layers.text import Text


def due_of_person(category: str) -> Any:
    """Declare what is due to each resident of a category of the standard (m²), from 0 to 100."""
    known = CATEGORIES[category]
    label = Text(f"{known.label.it}, dovuti a persona", f"{known.label.en}, due per person")
    return param(known.due_m2, label, unit="m²", low=0, high=100, is_verified=known.is_verified)


@dataclass(frozen=True)
class StandardsParams:
    """What is due to each person, how the plan's people are counted, and whether art. 4 is applied."""

    istruzione_m2_per_person: float = due_of_person("istruzione")
    interesse_comune_m2_per_person: float = due_of_person("interesse_comune")
    verde_m2_per_person: float = due_of_person("verde")
    parcheggi_m2_per_person: float = due_of_person("parcheggi")
    floor_area_per_person_m2: float = param(
        25.0, Text("Superficie per abitante del piano", "Floor area per person of the plan"), unit="m²", low=1, high=500
    )
    double_in_zones_a_b: bool = param(
        False,
        Text("Conta due volte le aree nelle zone A e B (art. 4)", "Count areas in zones A and B twice (art. 4)"),
        is_verified=False,
    )

    def due_m2(self) -> Mapping[str, float]:
        """Return the m² due to each person, by category; the total is the sum."""
        due = {name: float(getattr(self, f"{name}_m2_per_person")) for name in PARTS}
        return {**due, TOTAL: sum(due.values())}


UNTOUCHED = StandardsParams()
"""Every parameter at its default."""
