"""Areas where a field exceeds a level, with smooth edges; the level that gives an area; and tilings of such areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Field

_ROUNDS = 60


def region(field: Field, level: float) -> shapely.Geometry:
    """Return the area where ``field``, read between the cells' centres, is at least ``level``: valid polygons."""
    lattice = field.lattice
    x = lattice.left + (np.arange(lattice.width) + 0.5) * lattice.cell_m
    y = lattice.top - (np.arange(lattice.height) + 0.5) * lattice.cell_m
    contours = contour_generator(x, y[::-1], field.values[::-1], fill_type=FillType.OuterOffset)
    points, offsets = contours.filled(level, np.inf)
    found = [_polygon(np.asarray(path), np.asarray(starts)) for path, starts in zip(points, offsets, strict=True)]
    return shapely.union_all(shapely.make_valid(found, method="structure", keep_collapsed=False))


def level_for(area_at: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return the level between ``low`` and ``high`` at which the area, which falls as the level rises, is ``wanted``.

    Method: bisection, to the last digit.
    """
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if area_at(middle) > wanted else (low, middle)
    return (low + high) / 2


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


def _polygon(path: Floats, starts: NDArray[np.unsignedinteger]) -> shapely.Polygon:
    shell, *holes = (path[start:end] for start, end in zip(starts[:-1], starts[1:], strict=True))
    return shapely.Polygon(shell, holes)
