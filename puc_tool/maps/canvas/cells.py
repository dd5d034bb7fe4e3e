"""Cells of a raster on a north-up grid of the study's CRS, as small numbers that a palette colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Cells:
    """``values`` (rows, columns), the corner they begin at and the side of a cell (m). 0 is nothing."""

    values: NDArray[np.uint8]
    left: float
    top: float
    size: float
