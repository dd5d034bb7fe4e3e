"""A quantity that varies over the demonstration city, known on a square lattice and read anywhere in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS

from layers.grid import Grid
from puc_tool.demo.chance import Floats

Shapes = NDArray[np.object_]
"""Geometries of shapely."""


@dataclass(frozen=True)
class Lattice:
    """Square cells of ``cell_m`` over a rectangle; rows from the top."""

    left: float
    top: float
    cell_m: float
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height, self.width

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.left, self.top - self.height * self.cell_m, self.left + self.width * self.cell_m, self.top

    @property
    def transform(self) -> Affine:
        """From (column, row) of a cell's corner to metres."""
        return Affine(self.cell_m, 0, self.left, 0, -self.cell_m, self.top)

    def centres(self) -> tuple[Floats, Floats]:
        """Return x and y of every cell's centre, two arrays of the lattice's shape."""
        x = self.left + (np.arange(self.width) + 0.5) * self.cell_m
        y = self.top - (np.arange(self.height) + 0.5) * self.cell_m
        east, north = np.meshgrid(x, y)
        return east, north

    def grid(self, crs: CRS) -> Grid:
        """Return the same cells as a raster's grid."""
        return Grid(crs, self.transform, self.width, self.height)


def lattice_over(bounds: tuple[float, float, float, float], cell_m: float) -> Lattice:
    """Return the lattice over ``bounds`` whose corners are whole multiples of the cell."""
    left, bottom = (np.floor(edge / cell_m) * cell_m for edge in bounds[:2])
    right, top = (np.ceil(edge / cell_m) * cell_m for edge in bounds[2:])
    return Lattice(float(left), float(top), cell_m, round((right - left) / cell_m), round((top - bottom) / cell_m))


@dataclass(frozen=True)
class Field:
    """Values at the centres of a lattice's cells."""

    values: Floats
    lattice: Lattice

    def at(self, x: Floats, y: Floats) -> Floats:
        """Return the value at positions in metres, bilinear; beyond the edge that of the edge."""
        lattice = self.lattice
        col = np.clip((x - lattice.left) / lattice.cell_m - 0.5, 0, lattice.width - 1.000001)
        row = np.clip((lattice.top - y) / lattice.cell_m - 0.5, 0, lattice.height - 1.000001)
        west, north = col.astype(np.int64), row.astype(np.int64)
        a, b, v = col - west, row - north, self.values
        upper = v[north, west] * (1 - a) + v[north, west + 1] * a
        lower = v[north + 1, west] * (1 - a) + v[north + 1, west + 1] * a
        blended: Floats = upper * (1 - b) + lower * b
        return blended

    def on(self, lattice: Lattice) -> Field:
        """Return the field on another lattice."""
        return Field(self.at(*lattice.centres()), lattice)


def distance(shapes: Iterable[shapely.Geometry], lattice: Lattice) -> Field:
    """Return how far (m) each cell's centre is from the nearest of ``shapes``."""
    x, y = lattice.centres()
    points = shapely.points(x.ravel(), y.ravel())
    (asked, _), metres = shapely.STRtree(_short_pieces(shapes)).query_nearest(
        points, return_distance=True, all_matches=False
    )
    values = np.empty(points.size)
    values[asked] = metres
    return Field(values.reshape(lattice.shape), lattice)


def _short_pieces(shapes: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    # The tree searches boxes: short pieces have small ones.
    return [piece for shape in shapes for part in shapely.get_parts(shape) for piece in _pieces(part)]


def _pieces(part: shapely.Geometry) -> list[shapely.Geometry]:
    if part.geom_type != "LineString":
        return [part]
    path = shapely.get_coordinates(part)
    return list(shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1)))
