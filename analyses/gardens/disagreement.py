"""Where those who weigh differently disagree slightly, clearly or strongly: the map of disagreement in classes.

Disagreement is the standard deviation of a cell's score over the weight sets. From where on it is slight, clear or
strong no source says: the defaults are half, three quarters and the whole of the 0.2 that a class of suitability
(``suitability_classes.csv``) is wide. They are parameters, not verified.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analyses.gardens.ground import Ground
from analyses.gardens.params import GardenParams
from analyses.gardens.status import EXCLUDED
from layers.scratch import filled, slices
from layers.text import Text

Cells = NDArray[np.float32]
Numbers = NDArray[np.uint8]

CLASSES = {
    "agreed": Text("accordo", "agreement"),
    "slight": Text("disaccordo lieve", "slight disagreement"),
    "clear": Text("disaccordo evidente", "clear disagreement"),
    "strong": Text("disaccordo forte", "strong disagreement"),
}
"""The number of a class is its place, from 1."""

OUT = "excluded"


def breaks(params: GardenParams) -> tuple[float, float, float]:
    """Return from where on disagreement is slight, clear, strong."""
    return params.disagreement_slight, params.disagreement_clear, params.disagreement_strong


def numbered(apart: Cells, is_out: NDArray[np.bool_], least: ArrayLike) -> Numbers:
    """Return the number of each cell's class, 0 where it ``is_out``; a break is of the class that begins with it."""
    found = np.digitize(apart, np.asarray(least, np.float32)) + 1
    return np.where(is_out, 0, found).astype(np.uint8)


def classes_of(apart: Cells, status: Numbers, params: GardenParams) -> Numbers:
    """Return the number of each cell's class, the one after the last where it is excluded."""

    def of(some: slice) -> Numbers:
        numbers = numbered(apart[some], status[some] == EXCLUDED, breaks(params))
        return np.where(numbers == 0, len(CLASSES) + 1, numbers).astype(np.uint8)

    return filled(len(apart), np.uint8, of)


def by_disagreement(numbers: Numbers | None, ground: Ground) -> pd.DataFrame:
    """Return class, name and area_m2; excluded ground too, so that they are the whole; no row for one weight set."""
    columns = ["class", "name", "area_m2"]
    if numbers is None:
        return pd.DataFrame(columns=columns)
    areas = np.zeros(len(CLASSES) + 2)
    for some in slices(len(numbers)):
        areas += np.bincount(numbers[some], ground.area_m2[some], minlength=len(areas))
    names = [*(title.it for title in CLASSES.values()), "escluso"]
    return pd.DataFrame(dict(zip(columns, ([*CLASSES, OUT], names, areas[1:]), strict=True)))
