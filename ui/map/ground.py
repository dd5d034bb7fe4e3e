"""What lies under every layer: the commune, the communes around it, the sea. Quiet, and always there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps.canvas.pictures import bounds_of
from puc_tool.maps.canvas.shapes import Bounds, Shapes, shapes_of
from puc_tool.shelf import Shelf

Geometries = NDArray[np.object_]
_AROUND = 1.0
"""How far the ground is known beyond the commune, as a share of its longer side."""
_TOUCHES_M = 50.0
"""Outlines drawn apart leave gaps up to this wide, which are no sea."""


@dataclass(frozen=True)
class Ground:
    """Shapes, and neighbours' names with the point they stand at (m). ``reach`` is what is known at all."""

    bounds: Bounds
    reach: Bounds
    commune: Shapes
    sea: Shapes
    coast: Shapes
    neighbours: Shapes
    names: tuple[tuple[str, float, float], ...] = ()


def ground(shelf: Shelf) -> Ground | None:
    """Return the ground of a study; None if its boundary can't be read.

    Sea is what no commune covers and the commune itself borders on: a gap that only neighbours border on is a
    commune nobody gave us, so it stays land.
    """
    boundary = shelf.ground().boundary
    if boundary is None:
        return None
    bounds = bounds_of(boundary)
    side = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    reach = shapely.box(*bounds).buffer(_AROUND * side, join_style="mitre")
    if not shelf.study.comuni:
        return Ground(bounds, bounds_of(reach), _flat(boundary), _flat(), _flat(), _flat())
    # The package of communes takes half a second; the worker has it, the window's first picture must not wait.
    from layers.commune_boundaries import neighbours

    # A corner of the reach is √2 times as far as its side.
    around = neighbours(shelf.study.comuni, shelf.study.crs, 1.5 * _AROUND * side)
    land = shapely.intersection(around.geometry.to_numpy(), reach)
    sea = _sea(boundary, land, reach)
    # The edge of the reach is no coast.
    coast = shapely.intersection(shapely.boundary(sea), reach.buffer(-1.0, join_style="mitre"))
    seen = ~shapely.is_empty(land)
    return Ground(
        bounds, bounds_of(reach), _flat(boundary), _flat(sea), _flat(coast), _flat(*land[seen]),
        tuple(_names(land[seen], around["name"].to_numpy()[seen], bounds, side)),
    )  # fmt: skip


def _flat(*geometries: shapely.Geometry) -> Shapes:
    return shapes_of(np.array(geometries, object))


def _sea(boundary: shapely.Geometry, land: Geometries, reach: shapely.Geometry) -> shapely.Geometry:
    wide = shapely.union_all([boundary.buffer(_TOUCHES_M), *shapely.buffer(land, _TOUCHES_M)])
    open_parts = shapely.get_parts(reach.difference(wide.buffer(-_TOUCHES_M)))
    return shapely.union_all(open_parts[shapely.dwithin(open_parts, boundary, 2 * _TOUCHES_M)])


def _names(land: Geometries, names: Geometries, bounds: Bounds, side: float) -> list[tuple[str, float, float]]:
    """Return the names at a point well inside the part of each commune that is near."""
    near = shapely.box(*bounds).buffer(0.3 * side, join_style="mitre")
    found = []
    for area, name in zip(shapely.intersection(land, near), names, strict=True):
        if not area.is_empty and area.area > 0.0:
            middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, 50.0))[0]
            found.append((str(name), float(middle[0]), float(middle[1])))
    return found
