"""The real ground of the demonstration: the commune, its neighbours, and which of its edges are shore."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.commune_boundaries import boundaries, neighbours
from layers.communes import CREDIT
from puc_tool.demo.places import CODE, CRS_CODE, GULF, OPEN_SEA

MARGIN_M = 1000.0
"""How far beyond the boundary the rasters reach."""
_SHORE_M = 5.0


@dataclass(frozen=True)
class Ground:
    """The commune and its neighbours with their outlines, and its shores as lines."""

    boundary: GeoDataFrame
    around: GeoDataFrame
    commune: shapely.Geometry
    land: shapely.Geometry
    gulf_shore: shapely.Geometry
    open_shore: shapely.Geometry

    @property
    def window(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of what is drawn: the commune with its margin."""
        left, bottom, right, top = self.commune.bounds
        return left - MARGIN_M, bottom - MARGIN_M, right + MARGIN_M, top + MARGIN_M


def ground() -> Ground:
    """Return the ground of La Spezia in EPSG:7791; ``land`` is all dry land within the margin."""
    crs = CRS.from_epsg(CRS_CODE)
    boundary, _ = boundaries([CODE], crs)
    around = neighbours([CODE], crs, MARGIN_M)
    commune = shapely.union_all(boundary.geometry.to_numpy())
    others = shapely.union_all(around.geometry.to_numpy())
    land = shapely.union(commune, others).intersection(commune.buffer(MARGIN_M))
    gulf, open_sea = _shores(commune.boundary.difference(others.buffer(_SHORE_M)))
    credited = [frame.assign(source=CREDIT.it) for frame in (boundary, around)]
    return Ground(credited[0], credited[1], commune, land, gulf, open_sea)


def _shores(shore: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Part the shore into that of the gulf and that of the open sea."""
    gulf, outside = shapely.Point(GULF), shapely.Point(OPEN_SEA)
    pieces = shapely.get_parts(shapely.line_merge(shore))
    inner = shapely.distance(pieces, gulf) < shapely.distance(pieces, outside)
    return shapely.multilinestrings(pieces[inner]), shapely.multilinestrings(pieces[~inner])
