"""What would be built on every cell if every lot were built upon, and how soon: the calibration cuts it off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.cells import Cells
from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Shapes
from puc_tool.demo.lots import Lots

BUILDING, STREET, YARD, SITE, NATURE = 111, 112, 116, 122, 2

_PAVED = {
    "centre": 0.85, "town": 0.82, "works": 0.96, "slope": 0.52, "military": 0.90, "quay": 1.0, "bare": 0.18,
}  # fmt: skip
_IN_TOWN = 0.25
_SITES = {"town": 0.012, "slope": 0.008, "works": 0.04, "bare": 0.40}

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Fabric:
    """Codes of ISPRA's third level per cell, and the ``pull`` that decides which are built first.

    ``lot`` is the position of the lot a cell lies in, ``building`` that of the lot whose building covers it; -1
    without.
    """

    codes: Codes
    pull: Floats
    lot: NDArray[np.int64]
    building: NDArray[np.int64]


def fabric(cells: Cells, lots: Lots, buildings: Shapes, seed: int) -> Fabric:
    """Put buildings, yards and sites on the cells of their lots; what is left stays as it is."""
    lot, building = cells.numbered(lots.areas), _covered(cells, buildings)
    owner = np.where(building >= 0, building, lot)
    of_lot = np.where(_drawn(lots, _SITES, seed, 51), SITE, np.where(_drawn(lots, _PAVED, seed, 52), YARD, NATURE))
    # Forts and stores in the hills are not paved all over.
    of_lot[(lots.use == "military") & (lots.pull < _IN_TOWN)] = NATURE
    # A lot without a building is no yard but a field, where there is not work to be done on it.
    empty = shapely.is_missing(buildings) & ~np.isin(lots.use, ("works", "quay", "military", "bare"))
    of_lot[empty & (of_lot == YARD)] = NATURE
    codes = np.where(lot >= 0, of_lot[lot], NATURE)
    codes[building >= 0] = BUILDING
    pull = np.where(owner >= 0, _pull(lots, seed)[owner], 0.0)
    return Fabric(codes.astype(np.uint8), pull, lot, building)


def _drawn(lots: Lots, often: dict[str, float], seed: int, draw: int) -> NDArray[np.bool_]:
    share = np.array([often.get(use, 0.0) for use in lots.use])
    return lots.chance(seed, draw) < share


def _pull(lots: Lots, seed: int) -> Floats:
    """Return how soon a lot is built upon; a house in the fields is built by whim."""
    whim = lots.chance(seed, 53)
    return np.select(
        [lots.use == "rural", np.isin(lots.use, ("quay", "military", "bare", "works"))],
        [0.15 + 0.6 * whim, 0.3 + lots.pull],
        lots.pull + 0.15 * whim,
    )


def _covered(cells: Cells, buildings: Shapes) -> NDArray[np.int64]:
    """Return the position of the building on each cell: one that covers its centre, or has its middle in it."""
    there = np.flatnonzero(~shapely.is_missing(buildings))
    covered = cells.numbered(buildings)
    inner = cells.holding(shapely.point_on_surface(buildings[there]))
    return np.where(covered >= 0, covered, _at(inner, there, covered.size))


def _at(cells: NDArray[np.int64], values: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    found = np.full(size, -1)
    found[cells] = values
    return found
