"""Where water runs on a relief: hollows filled, each cell's way down, and how much land drains through it.

Method: priority-flood with a least slope (Barnes, Lehman and Mulla 2014, doi:10.1016/j.cageo.2013.04.024), then
steepest descent to one of eight neighbours (O'Callaghan and Mark 1984, doi:10.1016/S0734-189X(84)80011-0).
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Field, Lattice

_STEPS = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]
_LEAST_SLOPE = 1e-4

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Drainage:
    """The way of water from cell to cell of ``lattice``, cells counted row by row.

    ``below`` is the cell each one drains to, itself at an outlet; ``upstream_m2`` the land that drains through it,
    its own included; ``upwards`` lists the cells so that each comes after the one below it; ``filled`` are the
    heights (m) without hollows.
    """

    lattice: Lattice
    below: Ints
    upstream_m2: Floats
    upwards: Ints
    filled: Floats

    @property
    def run_m(self) -> Floats:
        """How far (m) it is to the cell below; 0 at an outlet."""
        (row, col), (row_below, col_below) = (
            np.divmod(cells, self.lattice.width) for cells in (np.arange(self.below.size), self.below)
        )
        run: Floats = np.hypot(row_below - row, col_below - col) * self.lattice.cell_m
        return run


def drainage(heights: Field, outlets: Mask) -> Drainage:
    """Return how water leaves the relief through ``outlets``, to which the edge of the lattice is added."""
    lattice = heights.lattice
    ends = outlets.copy()
    ends[[0, -1]], ends[:, [0, -1]] = True, True
    filled = _filled(heights.values, ends, lattice.cell_m)
    below = _below(filled, ends)
    upwards = np.argsort(filled.ravel(), kind="stable")
    return Drainage(lattice, below, _gathered(below, upwards, ends, lattice.cell_m**2), upwards, filled)


def _filled(heights: Floats, ends: Mask, cell_m: float) -> Floats:
    """Return the heights raised so that from every cell a way falls to an end.

    Ends are flooded first, then what is lowest at the water's edge, until all is flooded.
    """
    width, level = heights.shape[1], heights.ravel().tolist()
    reached = ends.ravel().tolist()
    steps = [(down * width + right, _LEAST_SLOPE * cell_m * math.hypot(down, right)) for down, right in _STEPS]
    queue = [(level[cell], cell) for cell in np.flatnonzero(_shore(ends)).tolist()]
    heapq.heapify(queue)
    while queue:
        height, cell = heapq.heappop(queue)
        for step, rise in steps:
            there = cell + step
            # Ends ring the lattice, so that no step leaves it from a cell that is not one.
            if 0 <= there < len(reached) and not reached[there]:
                reached[there] = True
                level[there] = max(level[there], height + rise)
                heapq.heappush(queue, (level[there], there))
    return np.array(level).reshape(heights.shape)


def _shore(ends: Mask) -> Mask:
    """Tell which ends touch a cell that is none."""
    framed = np.pad(~ends, 1)
    rows, cols = ends.shape
    beside = [framed[1 + down : 1 + down + rows, 1 + right : 1 + right + cols] for down, right in _STEPS]
    shore: Mask = ends & np.logical_or.reduce(beside)
    return shore


def _below(filled: Floats, ends: Mask) -> Ints:
    """Return for each cell the neighbour down the steepest way; an end stays where it is."""
    framed = np.pad(filled, 1, constant_values=np.inf)
    rows, cols = filled.shape
    falls = np.stack([
        (filled - framed[1 + down : 1 + down + rows, 1 + right : 1 + right + cols]) / math.hypot(down, right)
        for down, right in _STEPS
    ])  # fmt: skip
    step = np.array([down * cols + right for down, right in _STEPS])[np.argmax(falls, axis=0)]
    below: Ints = np.arange(filled.size) + np.where(ends, 0, step).ravel()
    return below


def _gathered(below: Ints, upwards: Ints, ends: Mask, cell_m2: float) -> Floats:
    area, lower = (cell_m2 * ~ends.ravel()).tolist(), below.tolist()
    for cell in upwards[::-1].tolist():
        if lower[cell] != cell:
            area[lower[cell]] += area[cell]
    return np.array(area)
