"""The cells of the soil map: where they lie in the study's CRS and how much of the commune each one holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.features import rasterize

from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Field, Lattice, Shapes, lattice_over
from puc_tool.demo.ground import MARGIN_M, Ground
from puc_tool.demo.places import CRS_CODE

CELL_M = 10.0
SOIL_CRS = CRS.from_epsg(3035)
_KNOTS_M = 200.0
"""Between knots positions are interpolated; both projections are so smooth that 0.01 mm is lost."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """The dry cells of a lattice in EPSG:3035, in reading order.

    ``index`` counts row by row in ``lattice``; ``x``, ``y`` are the centres in EPSG:7791; ``area_m2`` is what lies
    in the commune, measured in EPSG:7791 (0 outside).
    """

    lattice: Lattice
    index: NDArray[np.int64]
    x: Floats
    y: Floats
    area_m2: Floats

    def burnt(self, shape: shapely.Geometry, *, touched: bool = False) -> Mask:
        """Tell which cells have their centre in ``shape`` (EPSG:7791), or with ``touched`` are touched by it."""
        return _burnt(shape, self.lattice, touched=touched).ravel()[self.index]

    def numbered(self, shapes: Shapes) -> NDArray[np.int64]:
        """Return for each cell the position of the last shape (EPSG:7791) its centre is in; -1 where there is none."""
        shape, cell = self._centres.query(shapes, predicate="contains")
        found = np.full(self.index.size, -1)
        found[cell] = shape
        return found

    def holding(self, points: Shapes) -> NDArray[np.int64]:
        """Return the cell that each point (EPSG:7791) lies in; the points must lie on dry cells."""
        turn = Transformer.from_crs(CRS_CODE, SOIL_CRS, always_xy=True)
        x, y = turn.transform(shapely.get_x(points), shapely.get_y(points))
        col, row = (np.floor(way / CELL_M) for way in (x - self.lattice.left, self.lattice.top - y))
        return np.searchsorted(self.index, (row * self.lattice.width + col).astype(np.int64))

    @cached_property
    def _centres(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.points(self.x, self.y))

    def on_map(self, values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the whole lattice with ``values`` on the dry cells and 0 elsewhere."""
        whole = np.zeros(self.lattice.width * self.lattice.height, np.uint8)
        whole[self.index] = values
        return whole.reshape(self.lattice.shape)


def soil_cells(ground: Ground) -> Cells:
    """Return the cells of 10 m that hold any land of the commune or within its margin."""
    outline = _reprojected([ground.commune.buffer(MARGIN_M)])[0]
    lattice = lattice_over(outline.bounds, CELL_M)
    index = np.flatnonzero(_burnt(ground.land, lattice, touched=True))
    row, col = np.divmod(index, lattice.width)
    knots = _knots(lattice)
    x, y = _position(knots, lattice, row + 0.5, col + 0.5)
    return Cells(lattice, index, x, y, _areas(ground.commune, lattice, knots, index))


def _areas(commune: shapely.Geometry, lattice: Lattice, knots: tuple[Field, Field], index: NDArray[np.int64]) -> Floats:
    """Return the area (m²) of each cell within the commune: whole cells by their corners, those on the edge cut."""
    row, col = np.divmod(index, lattice.width)
    corners = [_position(knots, lattice, row + down, col + right) for down, right in ((0, 0), (0, 1), (1, 1), (1, 0))]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    area = np.abs((cx - ax) * (dy - by) - (dx - bx) * (cy - ay)) / 2
    area[~_burnt(commune, lattice, touched=False).ravel()[index]] = 0.0
    edge = np.flatnonzero(_burnt(commune.boundary, lattice, touched=True).ravel()[index])
    rings = np.stack([np.stack([x[edge], y[edge]], axis=1) for x, y in [*corners, corners[0]]], axis=1)
    area[edge] = shapely.area(shapely.intersection(shapely.polygons(rings), commune))
    return area


def _knots(lattice: Lattice) -> tuple[Field, Field]:
    """Return the easting and northing in EPSG:7791 over the lattice, known every 200 m."""
    left, bottom, right, top = lattice.bounds
    reach = (left - _KNOTS_M, bottom - _KNOTS_M, right + _KNOTS_M, top + _KNOTS_M)
    coarse = lattice_over(reach, _KNOTS_M)
    turn = Transformer.from_crs(SOIL_CRS, CRS_CODE, always_xy=True)
    east, north = turn.transform(*coarse.centres())
    return Field(east, coarse), Field(north, coarse)


def _position(knots: tuple[Field, Field], lattice: Lattice, row: Floats, col: Floats) -> tuple[Floats, Floats]:
    x, y = lattice.left + col * CELL_M, lattice.top - row * CELL_M
    return knots[0].at(x, y), knots[1].at(x, y)


def _burnt(shape: shapely.Geometry, lattice: Lattice, *, touched: bool) -> Mask:
    burnt = rasterize(
        _reprojected([shape]), lattice.shape, transform=lattice.transform, all_touched=touched, dtype="uint8"
    )
    return burnt.astype(bool)


def _reprojected(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    # A straight edge of one CRS is a curve in the other: over 100 m the two part by less than 0.01 mm.
    return list(GeoSeries(shapely.segmentize(shapes, 100.0), crs=CRS_CODE).to_crs(SOIL_CRS))
