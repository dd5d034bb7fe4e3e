"""Geometries on paper: mended, cut to the frame, in millimetres, without detail that no eye can see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps.frame import Frame

Shapes = NDArray[np.object_]
_UNSEEN_MM = 0.04


def on_paper(geometries: Sequence[shapely.Geometry], frame: Frame, dimension: int) -> shapely.Geometry:
    """Return one collection of polygons (``dimension`` 2) or lines (1; polygons give their borders)."""
    # A sheet of one neighbourhood shows little of a town: what lies elsewhere is neither mended nor cut.
    found = _near(shapely.get_parts(mended(_near(np.array(list(geometries), dtype=object), frame))), frame)
    if dimension == 1:
        found = np.where(shapely.get_dimensions(found) == 2, shapely.boundary(found), found)
    cut = shapely.clip_by_rect(found, *frame.bounds)
    millimetres = shapely.transform(_parts(cut, dimension), frame.to_mm)
    plain = _parts(shapely.simplify(millimetres, _UNSEEN_MM, preserve_topology=True), dimension)
    return shapely.multipolygons(plain) if dimension == 2 else shapely.multilinestrings(plain)


def whole_on_paper(geometry: shapely.Geometry, frame: Frame) -> shapely.Geometry:
    """Return ``geometry`` in millimetres, neither cut nor simplified: the commune's boundary keeps every vertex."""
    return shapely.transform(mended([geometry])[0], frame.to_mm)


def mended(geometries: Sequence[shapely.Geometry] | Shapes) -> Shapes:
    """Return the geometries as an array, the invalid ones made valid."""
    given = np.array(list(geometries), dtype=object)
    return np.where(shapely.is_valid(given), given, shapely.make_valid(given))


def _near(geometries: Shapes, frame: Frame) -> Shapes:
    """Return those whose bounds touch the frame."""
    left, bottom, right, top = frame.bounds
    west, south, east, north = shapely.bounds(geometries).reshape(-1, 4).T
    return geometries[(west <= right) & (east >= left) & (south <= top) & (north >= bottom)]


def _parts(geometries: Shapes, dimension: int) -> Shapes:
    single = shapely.get_parts(shapely.get_parts(geometries))  # twice: a collection may hold multi-parts
    return single[(shapely.get_dimensions(single) == dimension) & ~shapely.is_empty(single)]
