"""The map in classes, as it is read: how suitable each cell is in five steps, or excluded, or not to be told.

Source: ``suitability_classes.csv`` (FAO 1976, *A framework for land evaluation*; the breaks are proposals).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.gardens.ground import Ground
from analyses.gardens.status import EXCLUDED as IS_EXCLUDED
from analyses.gardens.suitability import Verdict
from layers.codelist import label, rows
from layers.scratch import filled, slices
from layers.text import Text

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]
Numbers = NDArray[np.uint8]


@dataclass(frozen=True)
class SuitabilityClass:
    """``code`` is FAO's (S1 … N2), or tells what the ground is instead; ``least`` the score from which it holds."""

    code: str
    title: Text
    least: float = 0.0


_OF_SCORES = tuple(
    SuitabilityClass(row["fao"], label(row, "class"), float(row["min"]))
    for row in sorted(rows("suitability_classes"), key=lambda row: -float(row["min"]))
)
EXCLUDED = SuitabilityClass("excluded", Text("escluso", "excluded"))
UNDECIDED = SuitabilityClass("undecided", Text("classe non decisa dai dati", "class not decided by the data"))
CLASSES = (*_OF_SCORES, EXCLUDED, UNDECIDED)
"""Best first; the number of a class is its place, from 1."""


def classified(low: Cells, high: Cells, verdict: Verdict) -> Numbers:
    """Return the number of each cell's class; it is undecided where the ends of its score, or a veto, do not tell."""

    def of(some: slice) -> Numbers:
        lowest, highest = _class_of(low[some]), _class_of(high[some])
        is_unsure = (lowest != highest) | verdict.causes.unsure[some]
        numbers = np.where(is_unsure, _number(UNDECIDED), lowest)
        return np.where(verdict.status[some] == IS_EXCLUDED, _number(EXCLUDED), numbers).astype(np.uint8)

    return filled(len(low), np.uint8, of)


def by_class(numbers: Numbers, ground: Ground) -> pd.DataFrame:
    """Return class, name and area_m2 of every class; together they are the whole ground."""
    areas = np.zeros(len(CLASSES) + 1)
    for some in slices(len(numbers)):
        areas += np.bincount(numbers[some], ground.area_m2[some], minlength=len(areas))
    names = [each.title.it for each in CLASSES]
    return pd.DataFrame({"class": [each.code for each in CLASSES], "name": names, "area_m2": areas[1:]})


def _class_of(scores: Cells) -> NDArray[np.int64]:
    from_least = np.array([each.least for each in reversed(_OF_SCORES)])
    above = np.searchsorted(from_least, scores, side="right")
    return np.asarray(len(_OF_SCORES) + 1 - np.maximum(above, 1))


def _number(of: SuitabilityClass) -> int:
    return CLASSES.index(of) + 1
