"""How much of what stands around a place: shares of the soil map's cells on a coarser lattice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.fabric import Codes
from puc_tool.demo.field import Lattice
from puc_tool.demo.soil import consumed


@dataclass(frozen=True)
class Surroundings:
    """Shares (0 to 1) of the dry soil cells in a square about each cell of ``lattice``."""

    cells: Cells
    codes: Codes
    lattice: Lattice

    def consumed(self, reach: int) -> Floats:
        """Return the share of consumed soil, ``reach`` cells of the lattice around."""
        return self._share(consumed(self.codes), reach)

    def share(self, *codes: int, reach: int = 1) -> Floats:
        """Return the share of some codes, ``reach`` cells of the lattice around."""
        return self._share(np.isin(self.codes, codes), reach)

    def _share(self, which: Mask, reach: int) -> Floats:
        found, dry = (_box_sum(self._count(cells), reach) for cells in (which, np.ones_like(which)))
        return found / np.maximum(dry, 1)

    def _count(self, which: Mask) -> Floats:
        lattice = self.lattice
        col = ((self.cells.x[which] - lattice.left) / lattice.cell_m).astype(np.int64)
        row = ((lattice.top - self.cells.y[which]) / lattice.cell_m).astype(np.int64)
        within = (col >= 0) & (row >= 0) & (col < lattice.width) & (row < lattice.height)
        flat: NDArray[np.int64] = (row * lattice.width + col)[within]
        return np.bincount(flat, minlength=lattice.width * lattice.height).reshape(lattice.shape).astype(float)


def _box_sum(values: Floats, reach: int) -> Floats:
    """Return the sum over the square of ``2 * reach + 1`` cells about each cell; outside counts nothing."""
    framed = np.pad(values, ((reach + 1, reach), (reach + 1, reach))).cumsum(axis=0).cumsum(axis=1)
    side = 2 * reach + 1
    summed: Floats = framed[side:, side:] - framed[:-side, side:] - framed[side:, :-side] + framed[:-side, :-side]
    return np.rint(summed)
