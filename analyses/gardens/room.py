"""What a run takes of memory and of disk, known beforehand from the boundary and the side of a cell.

Measured with ``benchmarks/gardens_memory.py``: criteria lie in a file when they are large, so their number does not
count in memory; one strip of rows is worked on at once. What is left grows with the cells inside and with the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from geopandas import GeoSeries

from analyses.gardens.ground import MARGIN_M
from layers.scratch import bytes_of

MOST_BYTES = 12e9
"""What a run may take of memory: a machine with 16 GB has it."""

BYTES_A_CELL_INSIDE, BYTES_A_CELL = 100.0, 8.0


@dataclass(frozen=True)
class Needed:
    """``inside`` are the cells that the boundary meets, ``grid`` all of the rectangle around it, margin and all."""

    inside: float
    grid: float

    @property
    def memory(self) -> float:
        """Bytes of memory."""
        return BYTES_A_CELL_INSIDE * self.inside + BYTES_A_CELL * self.grid

    def disk(self, criteria: int) -> int:
        """Bytes of the scores, and of the patch of each cell of the grid."""
        return bytes_of((criteria, int(self.inside)), np.float32) + bytes_of((int(self.grid),), np.int32)


def needed(boundary: GeoSeries, cell_m: float) -> Needed:
    """Return what ``boundary`` (metric CRS) needs in cells of ``cell_m``."""
    left, bottom, right, top = boundary.total_bounds
    grid = ((right - left + 2 * MARGIN_M) / cell_m) * ((top - bottom + 2 * MARGIN_M) / cell_m)
    return Needed(float(boundary.area.sum()) / cell_m**2, float(grid))
