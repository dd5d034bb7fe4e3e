"""Which units an area that was drawn means: those it covers a part of; touching along an edge is no part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely


def units_in(area: shapely.Geometry, geometries: Sequence[shapely.Geometry]) -> list[int]:
    """Return the places of the geometries of which ``area`` covers some ground, ascending."""
    shapely.prepare(area)
    given = np.array(geometries, dtype=object)
    near = np.flatnonzero(shapely.intersects(area, given) & ~shapely.touches(area, given))
    return [int(place) for place in near]
