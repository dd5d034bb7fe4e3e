"""Artificial surfaces from a land-use map: what stands in where there is no ISPRA raster.

A land-use map overstates consumption (parks and gardens are class 1 as well), so its figures are never called «suolo
consumato». CORINE 141 and 142 (urban green, sport) are kept apart: only part of them is covered. A code of fewer digits
stands for all its classes: 14 is both, 1 is more than these.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.formula_reading import formula
from analyses.result import Figure, FigureSpec
from analyses.soil.indicators import M2_A_HA
from analyses.soil.states import CONSUMED, FREE, SPECIAL, UNKNOWN
from layers.codelist import rows
from layers.text import Text
from layers.vocabulary import CorineLike

NOT_ARTIFICIAL, ARTIFICIAL, PARTIAL, UNCLASSED = range(4)
"""Classes of a land-use polygon; ground without polygon or with an unknown code is no-data."""

_STATES = np.array([FREE, CONSUMED, SPECIAL, UNKNOWN])
"""What each class is in the ledger of soil: artificial ground is used, the rest is not; partly artificial is apart."""

_COVER = {row["code"]: row["artificial_cover"] for row in rows("clc")}

_SHARE = "100*superfici_artificiali_ha/superficie_territoriale_ha"
AREA = FigureSpec(
    "superfici_artificiali_ha",
    Text("Superfici artificiali", "Artificial surfaces"),
    "ha",
    1,
    "sum(area of CORINE class 1 without 141, 142) at year t",
    made_of="fragments.artificial_m2",
    rule=Text(
        "Somma delle superfici di classe CORINE 1, senza 141 e 142, all'ultima data.",
        "Sum of the areas of CORINE class 1, without 141 and 142, at the last date.",
    ),
)
SHARE = FigureSpec(
    "superfici_artificiali_pct",
    Text("Superfici artificiali (%)", "Artificial surfaces (%)"),
    "%",
    1,
    _SHARE,
    made_of="fragments.artificial_m2",
    formula=formula(_SHARE),
)
NEW = FigureSpec(
    "nuove_superfici_artificiali_ha",
    Text("Nuove superfici artificiali", "New artificial surfaces"),
    "ha",
    1,
    "area(other land use at t1 -> CORINE class 1 without 141, 142 at t2)",
    made_of="fragments.gross_m2",
    rule=Text(
        "Superficie di altro uso alla prima data e artificiale all'ultima.",
        "Area of another use at the first date and artificial at the last.",
    ),
)
FIGURES = (AREA, SHARE, NEW)

_ONE_DATE = Text("Serve un secondo anno dell'uso del suolo.", "A second year of land use is needed.")


def kinds_of(codes: pd.Series) -> NDArray[np.intp]:
    """Return the class of each CORINE-like code (1 to 5 digits); any other code, or none, is unclassed."""
    number, distinct = pd.factorize(codes, use_na_sentinel=False)
    return np.array([_kind_of(code) for code in distinct], dtype=np.intp)[number]


def states_of(codes: pd.Series) -> NDArray[np.intp]:
    """Return the state of the ledger (``analyses.soil.states``) that each code stands for."""
    return _STATES[kinds_of(codes)]


def _kind_of(code: object) -> int:
    digits = CorineLike().canonical("" if pd.isna(code) else str(code))
    if digits is None:
        return UNCLASSED
    covers = {cover for known, cover in _COVER.items() if known.startswith(digits[:3])}
    if covers == {"partial"}:
        return PARTIAL
    return ARTIFICIAL if digits[0] == "1" else NOT_ARTIFICIAL


def figures(table: pd.DataFrame, area_m2: float) -> tuple[Figure, ...]:
    """Return the three figures of the whole from the ledger of its communes."""
    artificial_m2 = float(table["artificial_m2"].sum())
    gained = Figure(NEW, None, _ONE_DATE)
    if "gross_m2" in table.columns:
        gained = Figure(NEW, float(table["gross_m2"].sum()) / M2_A_HA)
    return (Figure(AREA, artificial_m2 / M2_A_HA), Figure(SHARE, 100.0 * artificial_m2 / area_m2), gained)
