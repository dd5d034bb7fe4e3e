"""What the formulas of the soil indicators name besides other indicators: the territory, the years, the residents."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyses.analysis import Population
from analyses.formula_reading import formula
from analyses.result import YEAR, Operand
from analyses.soil.codes import CODES, IS_CONSUMED
from analyses.soil.indicators import M2_A_HA
from analyses.soil.state import series_for
from layers.text import Text

_CONSUMED_CODES = {str(code) for code, is_consumed in zip(CODES, IS_CONSUMED, strict=True) if is_consumed}
_TERRITORY = Text("Superficie territoriale", "Territorial area")
_LAST, _FIRST = Text("Residenti all'ultima data", "Residents at the last date"), Text(
    "Residenti alla prima data", "Residents at the first date"
)  # fmt: skip
_AREA = formula("by_commune.area_m2 / 10000")

OPERANDS: tuple[Operand, ...] = (
    Operand("superficie_territoriale_ha", _TERRITORY, "ha", 2, _AREA),
    Operand("superficie", _TERRITORY, "ha", 2, _AREA),
    Operand(
        "area(11x)",
        Text("Suolo consumato permanente", "Soil permanently consumed"),
        "ha", 2, formula("by_commune.permanent_m2 / 10000"),
    ),
    Operand(
        "suolo_consumato_ha(t1)",
        Text("Suolo consumato alla prima data", "Soil consumed at the first date"), "ha", 2,
    ),
    Operand("meff_km2", Text("Maglia effettiva (CUT)", "Effective mesh size (CUT)"), "km2", 2, formula("meff_cut")),
    Operand("t1", Text("Prima data", "First date"), YEAR),
    Operand("t2", Text("Ultima data", "Last date"), YEAR),
    *(Operand(name, _LAST, "ab") for name in ("popolazione(t)", "popolazione(t2)", "pop(t2)")),
    Operand("pop(t1)", _FIRST, "ab"),
)  # fmt: skip


def facts(tables: Mapping[str, pd.DataFrame], population: Population, years: tuple[int, ...]) -> Mapping[str, float]:
    """Return the years compared, the residents of them, and what was consumed at the first date."""
    last, first = (years[-1] if years else None), (years[0] if len(years) > 1 else None)
    residents = population.get(series_for(population, (first, last)), {})
    known = {
        "t1": first, "t2": last, "suolo_consumato_ha(t1)": _consumed_before_ha(tables.get("transition")),
        **dict.fromkeys(("popolazione(t)", "popolazione(t2)", "pop(t2)"), residents.get(last) if last else None),
        "pop(t1)": residents.get(first) if first else None,
    }  # fmt: skip
    return {name: float(value) for name, value in known.items() if value is not None}


def _consumed_before_ha(transition: pd.DataFrame | None) -> float | None:
    """Return the soil consumed at the first date, where both dates know the ground; None with one date."""
    if transition is None:
        return None
    is_consumed = transition["from_code"].astype(str).isin(_CONSUMED_CODES)
    return float(transition.loc[is_consumed, "area_m2"].sum()) / M2_A_HA
