"""Where on its lot each building stands: closed rows along the streets, slabs, halls, houses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Shapes
from puc_tool.demo.lots import Lots
from puc_tool.demo.parcels import long_and_wide

_ROW_DEPTH_M = 13.0
_SMALLEST_M2, _LARGEST_ROW_M2 = 38.0, 1100.0
_ASIDE_M = 1.5


@dataclass(frozen=True)
class _Kind:
    """How often a lot is built upon, the shares of the lot's sides that are built, and the longest they may be (m).

    ``road_m`` is how far from a street a lot may lie that has a building.
    """

    often: float
    shares: tuple[float, float]
    most_m: tuple[float, float]
    road_m: float


_KINDS = {
    "town": _Kind(0.90, (0.72, 0.66), (34, 18), 60), "centre": _Kind(0.96, (0.8, 0.8), (40, 18), 60),
    "works": _Kind(0.86, (0.74, 0.70), (110, 62), 160), "slope": _Kind(0.80, (0.62, 0.58), (17, 12), 34),
    "military": _Kind(0.55, (0.70, 0.45), (95, 24), 120), "quay": _Kind(0.20, (0.55, 0.32), (90, 30), 500),
    "bare": _Kind(0.45, (0.28, 0.20), (110, 60), 900), "rural": _Kind(0.45, (0.3, 0.25), (17, 11), 60),
}  # fmt: skip


def footprints(lots: Lots, seed: int) -> Shapes:
    """Return the building that a lot would have, None for those without; each lies within its lot."""
    built = np.full(lots.areas.size, None, dtype=object)
    for use, kind in _KINDS.items():
        which = (lots.use == use) & (lots.chance(seed, 41) < kind.often) & (lots.road_m < kind.road_m)
        built[which] = _standing(lots, which, kind, seed)
    row = lots.dense & (lots.chance(seed, 42) < 0.97) & (shapely.area(lots.areas) < _LARGEST_ROW_M2)
    built[row] = _row(lots, row)
    whole = _largest_part(built)
    whole[~(shapely.area(whole) > _SMALLEST_M2)] = None
    return whole


def _row(lots: Lots, which: Mask) -> Shapes:
    """Return the part of each lot along the edge of its block, a closed row around a court."""
    courts = shapely.buffer(lots.blocks, -_ROW_DEPTH_M, join_style="mitre")
    return shapely.difference(lots.areas[which], courts[lots.block[which]])


def _standing(lots: Lots, which: Mask, kind: _Kind, seed: int) -> Shapes:
    """Return a box in the middle of each lot, along its longer side, that keeps clear of the lot's edge."""
    areas = lots.areas[which]
    _, along, across = long_and_wide(areas)
    middle = shapely.get_coordinates(shapely.centroid(areas))
    vary = 0.85 + 0.3 * lots.chance(seed, 43)[which]
    half = [
        _cut_to(side, share * vary, most) / 2
        for side, share, most in zip((along, across), kind.shares, kind.most_m, strict=True)
    ]
    ring = [middle + one * half[0] + two * half[1] for one, two in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return shapely.intersection(shapely.polygons(np.stack(ring, axis=1)), shapely.buffer(areas, -_ASIDE_M))


def _cut_to(side: Floats, share: Floats, most_m: float) -> Floats:
    """Return the side as long as its share, but no longer than ``most_m``."""
    length = np.maximum(np.hypot(*side.T), 0.01)
    cut: Floats = side * (np.minimum(length * share, most_m) / length)[:, None]
    return cut


def _largest_part(shapes: Shapes) -> Shapes:
    """Return of each shape its largest polygon, without courts; None where there is none."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    polygons = shapely.get_type_id(parts) == 3
    parts, owner = parts[polygons], owner[polygons]
    order = np.lexsort((-shapely.area(parts), owner))
    first = np.unique(owner[order], return_index=True)
    largest = np.full(shapes.size, None, dtype=object)
    largest[first[0]] = shapely.polygons(shapely.get_exterior_ring(parts[order][first[1]]))
    return largest
