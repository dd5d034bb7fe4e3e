"""Where soil went from one class to another: the cells of the two dates, each with the row of its transition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from geopandas import GeoSeries
from numpy.typing import NDArray

from analyses.areal_scale import outlines_on
from analyses.raster_classes import Classes, classes_on
from analyses.soil import ledger
from analyses.soil.codes import CLASS_OF, CODES
from analyses.soil.editions import Span
from analyses.soil.ledger import Areas
from layers.grid import Grid, Window
from layers.raster import Raster


@dataclass(frozen=True)
class TransitionCells:
    """A raster read by windows: the place of a cell's transition in the table, from 1; masked where it has no row.

    ``first`` is the column and row, on the grid of the earlier date, of its own first cell.
    """

    before: Classes
    after: Classes
    places: NDArray[np.uint16]
    first: tuple[int, int]
    grid: Grid

    def read(self, window: Window) -> np.ma.MaskedArray:
        """Return the places of the cells of ``window``."""
        there = Window(window.col + self.first[0], window.row + self.first[1], window.width, window.height)
        places = self.places[self.before.read(there), self.after.read(there)]
        return np.ma.masked_equal(places, 0)


def transition_cells(ground: GeoSeries, rasters: Span[Raster], transitions_m2: Areas) -> TransitionCells | None:
    """Return the cells over ``ground``, beyond the rasters too, where there is no data; None if there is one date.

    ``transitions_m2`` is (units × classes before × classes after), as ``ledger.transition_rows`` takes it.
    """
    if rasters.first is None:
        return None
    grid = rasters.first.data.grid
    bounds = outlines_on(grid, ground).polygons[0].bounds
    left, top = (int(np.floor(each)) for each in bounds[:2])
    right, bottom = (int(np.ceil(each)) for each in bounds[2:])
    before, after = (classes_on(grid, each.data, CLASS_OF, len(CODES)) for each in (rasters.first, rasters.last))
    over = Window(left, top, right - left, bottom - top)
    return TransitionCells(before, after, ledger.transition_places(transitions_m2), (left, top), grid.part(over))
