"""The territory of a study, as formulas of every analysis may name it."""

from __future__ import annotations

from analyses.formula_reading import formula
from analyses.result import Operand
from layers.text import Text

_LABEL = Text("Superficie territoriale", "Territorial area")
TERRITORY = Operand("territory_m2", _LABEL, "m²", 0, formula("input.boundary"))
TERRITORY_HA = Operand("territory_ha", _LABEL, "ha", 2, formula("input.boundary / 10000"))
