"""Residents laid on the cells of a grid: a home in the cell that holds it, a section over those whose centre it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.gardens.burning import burnt
from analyses.gardens.ground import Rows, rows_of
from analyses.people import Residents
from layers.grid import Grid, Window

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Homes:
    """``each`` is what every cell of a section gets; ``points`` (k, 2) row and column of homes, and their ``counts``.

    Sections that no cell has its centre in are points too.
    """

    grid: Grid
    sections: NDArray[np.object_]
    each: Floats
    points: NDArray[np.int64]
    counts: Floats

    def on(self, rows: Rows) -> Floats:
        """Return the residents in each cell of some rows of the grid."""
        people = np.append(0.0, self.each)[_numbers(self.sections, self.grid, rows)]
        is_here = (self.points[:, 0] >= rows.first) & (self.points[:, 0] < rows.last)
        row, col = self.points[is_here].T
        np.add.at(people, (row - rows.first, col), self.counts[is_here])
        return people


def homes_on(residents: Residents, grid: Grid) -> Homes:
    """Return the residents on ``grid``; who lives beside it is not counted."""
    places, counts = residents.frame.geometry.to_numpy(), residents.frame["population"].to_numpy(float)
    is_area = shapely.get_dimensions(places) == 2
    sections = places[is_area]
    size = np.zeros(len(sections), np.int64)
    for rows in rows_of(grid):
        size += np.bincount(_numbers(sections, grid, rows).ravel(), minlength=len(sections) + 1)[1:]
    each = np.divide(counts[is_area], size, out=np.zeros(len(size)), where=size > 0)
    is_point = ~is_area
    is_point[np.flatnonzero(is_area)[size == 0]] = True
    inner = shapely.point_on_surface(places[is_point])
    col, row = (
        np.floor(each).astype(np.int64) for each in ~grid.transform @ (shapely.get_x(inner), shapely.get_y(inner))
    )
    is_on = (col >= 0) & (row >= 0) & (col < grid.width) & (row < grid.height)
    return Homes(grid, sections, each, np.column_stack([row, col])[is_on], counts[is_point][is_on])


def _numbers(sections: NDArray[np.object_], grid: Grid, rows: Rows) -> NDArray[np.int32]:
    """Return which section, from 1, has the centre of each cell of some rows; the last where they overlap."""
    window = Window(0, rows.first, grid.width, rows.last - rows.first)
    return burnt(sections, grid, window, all_touched=False, values=np.arange(1, len(sections) + 1)).astype(np.int32)
