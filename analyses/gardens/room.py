"""What a run takes of memory and of disk, known beforehand from the boundary and the side of a cell.

Measured with ``benchmarks/gardens_memory.py``. One strip of rows is worked on at once, then some cells at once; what is
held of every cell inside lies in files where it is large (``layers.scratch``), so that memory grows with the width of
the ground alone. Layers and the outlines of sites come besides, as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from geopandas import GeoSeries

from analyses.gardens import ground
from layers import scratch

MOST_BYTES = 12e9
"""What a run may take of memory: a machine with 16 GB has it."""

MOST_CELLS = 1e9
"""How many cells a grid may have: beyond, a smaller one tells as much."""

_BYTES_A_CELL_AT_ONCE, _BYTES_OF_SLICES = 60.0, 400e6

_HELD = {8: 2, 4: 12, 1: 10}
"""Bytes a cell of each array over the cells inside, scores aside, and how many of such there are at once."""


@dataclass(frozen=True)
class Needed:
    """``inside`` are the cells that the boundary meets, ``width`` and ``height`` those of the grid, margin and all.

    ``rim`` is how many rows around a strip are worked on with it.
    """

    inside: float
    width: float
    height: float
    rim: int = 0

    @property
    def grid(self) -> float:
        """Cells of the whole grid."""
        return self.width * self.height

    @property
    def memory(self) -> float:
        """Bytes of memory, scores aside; they take ``scratch.ROOM_BYTES`` at most."""
        rows = max(ground.LEAST_ROWS + 2 * self.rim, ground.ROOM_CELLS / self.width)
        strip = self.width * min(self.height, rows)
        return _BYTES_A_CELL_AT_ONCE * strip + _BYTES_OF_SLICES + sum(self._arrays(is_in_file=False))

    def disk(self, criteria: int) -> float:
        """Bytes of what lies in files."""
        scores = scratch.bytes_of((criteria, int(self.inside)), np.float32)
        return sum(self._arrays(is_in_file=True)) + (scores if scores > scratch.ROOM_BYTES else 0)

    def _arrays(self, *, is_in_file: bool) -> Iterator[float]:
        """Yield the bytes of the arrays over the cells inside that lie in files, or in memory."""
        for size, count in _HELD.items():
            if (size * self.inside > scratch.ROOM_BYTES) == is_in_file:
                yield count * size * self.inside


def needed(boundary: GeoSeries, cell_m: float, rim: int = 0) -> Needed:
    """Return what ``boundary`` (metric CRS) needs in cells of ``cell_m``."""
    left, bottom, right, top = boundary.total_bounds
    width, height = (right - left + 2 * ground.MARGIN_M) / cell_m, (top - bottom + 2 * ground.MARGIN_M) / cell_m
    return Needed(float(boundary.area.sum()) / cell_m**2, float(width), float(height), rim)
