"""Areas where a field exceeds a level, with smooth edges; the level that gives an area; and tilings of such areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Field

Starts = NDArray[np.uint32]

_ROUNDS = 60
_CLOSE_M2 = 0.01


def region(field: Field, level: float) -> shapely.Geometry:
    """Return the area where ``field``, read between the cells' centres, is at least ``level``: valid polygons."""
    lattice = field.lattice
    x = lattice.left + (np.arange(lattice.width) + 0.5) * lattice.cell_m
    y = lattice.top - (np.arange(lattice.height) + 0.5) * lattice.cell_m
    contours = contour_generator(x, y[::-1], field.values[::-1], fill_type=FillType.OuterOffset)
    # Which lists come back hangs on the fill type: here the points of each polygon, and where its rings start.
    points, starts = cast("tuple[list[Floats], list[Starts]]", contours.filled(level, np.inf))
    found = [_polygon(path, rings) for path, rings in zip(points, starts, strict=True)]
    together = shapely.MultiPolygon(found)
    return together if shapely.is_valid(together) else shapely.union_all(shapely.make_valid(found))


def level_for(area_at: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return the level between ``low`` and ``high`` at which the area (m²), which falls as it rises, is ``wanted``.

    Method: false position, an end that stays twice counting half (the Illinois rule, Dowell and Jarratt 1971,
    doi:10.1007/BF01934364), to 0.01 m².
    """
    over, under = area_at(low) - wanted, area_at(high) - wanted
    before = 0.0
    for _ in range(_ROUNDS):
        middle = (low * under - high * over) / (under - over)
        excess = area_at(middle) - wanted
        if abs(excess) < _CLOSE_M2:
            return middle
        weight = 0.5 if excess * before > 0 else 1.0
        if excess > 0:
            low, over, under = middle, excess, under * weight
        else:
            high, under, over = middle, excess, over * weight
        before = excess
    return middle


def tiles(within: shapely.Geometry, areas: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
    """Return what each of ``areas`` holds of ``within`` that none before it holds, and at the end the rest.

    All edges are noded once, so that neighbours share every vertex; a tile may be empty.
    """
    edges = shapely.union_all([within.boundary, *(shapely.boundary(area) for area in areas)])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    inner = shapely.point_on_surface(faces)
    owner = np.full(faces.size, len(areas))
    for number in reversed(range(len(areas))):
        owner[_holds(areas[number], inner)] = number
    owner[~_holds(within, inner)] = -1
    return np.array([shapely.coverage_union_all(faces[owner == number]) for number in range(len(areas) + 1)])


def _holds(area: shapely.Geometry, points: NDArray[np.object_]) -> NDArray[np.bool_]:
    shapely.prepare(area)
    held: NDArray[np.bool_] = shapely.contains(area, points)
    return held


def _polygon(path: Floats, starts: Starts) -> shapely.Polygon:
    shell, *holes = (path[start:end] for start, end in pairwise(starts))
    return shapely.Polygon(shell, holes)
