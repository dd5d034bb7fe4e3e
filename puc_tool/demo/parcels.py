"""Land parted into blocks by what runs through it, and blocks into parcels.

Method of the parcels: a piece of ground is cut across its longer side, about in the middle, until it is about as
large as parcels are at that place. What is cut at a line lies on both sides of it, so parcels do not overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.chance import Floats, hashed
from puc_tool.demo.field import Shapes

_ROUNDS = 14
_TOO_LARGE = 1.5
_CRUMB_M2 = 4.0
_FIELD_M2 = 9000.0


@dataclass(frozen=True)
class Parcels:
    """Polygons, and the position of the block each one was cut from."""

    areas: Shapes
    block: NDArray[np.int64]


def blocks(ground: shapely.Geometry, taken: shapely.Geometry, lines: list[shapely.Geometry]) -> Shapes:
    """Return the pieces of ``ground`` outside of ``taken``, cut along ``lines`` as well."""
    edges = shapely.union_all([shapely.boundary(ground), shapely.boundary(taken), *lines])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    middles = shapely.point_on_surface(faces)
    for area in (ground, taken):
        shapely.prepare(area)
    kept = shapely.contains(ground, middles) & ~shapely.intersects(taken, middles)
    return faces[kept & (shapely.area(faces) > _CRUMB_M2)]


def parcels(pieces: Shapes, usual_m2: Callable[[Floats, Floats], Floats], seed: int) -> Parcels:
    """Cut blocks to parcels; ``usual_m2`` says how large they are at positions in metres."""
    done: list[Shapes] = []
    owners: list[NDArray[np.int64]] = []
    areas, block = pieces, np.arange(pieces.size)
    for turn in range(_ROUNDS):
        large = shapely.area(areas) > _TOO_LARGE * usual_m2(*_middles(areas))
        done.append(areas[~large])
        owners.append(block[~large])
        areas, block = _halved(areas[large], block[large], seed + turn)
    whole, block = np.concatenate([*done, areas]), np.concatenate([*owners, block])
    order = np.lexsort((*_middles(whole), block))
    return Parcels(whole[order], block[order])


def long_and_wide(areas: Shapes) -> tuple[Floats, Floats, Floats]:
    """Return of the least rectangle about each area a corner, its longer side and its shorter one: (n, 2) each."""
    corner = shapely.get_coordinates(shapely.oriented_envelope(areas)).reshape(-1, 5, 2)
    one, other = corner[:, 1] - corner[:, 0], corner[:, 3] - corner[:, 0]
    longer = np.hypot(*one.T) >= np.hypot(*other.T)
    return corner[:, 0], np.where(longer[:, None], one, other), np.where(longer[:, None], other, one)


def _middles(areas: Shapes) -> tuple[Floats, Floats]:
    points = shapely.centroid(areas)
    return shapely.get_x(points), shapely.get_y(points)


def _halved(areas: Shapes, block: NDArray[np.int64], seed: int) -> tuple[Shapes, NDArray[np.int64]]:
    if not areas.size:
        return areas, block
    corner, along, across = long_and_wide(areas)
    x, y = _middles(areas)
    share, tilt = 0.42 + 0.16 * hashed(seed, np.rint(x), np.rint(y)), _tilt(areas, x, y, seed)
    # The half box is larger than the half it takes, but for the side of the cut.
    start, top = corner - 0.5 * (along + across), corner + 1.5 * across - 0.5 * along
    low, high = (0.5 + share + turn for turn in (tilt, -tilt))
    ends = [start + low[:, None] * along, top + high[:, None] * along]
    half = shapely.polygons(np.stack([start, *ends, top], axis=1))
    parts, source = shapely.get_parts(
        np.concatenate([shapely.intersection(areas, half), shapely.difference(areas, half)]), return_index=True
    )
    kept = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) > _CRUMB_M2)
    return parts[kept], np.concatenate([block, block])[source[kept]]


def _tilt(areas: Shapes, x: Floats, y: Floats, seed: int) -> Floats:
    """Return how far the cut leans, as a share of the longer side: fields lean more than building plots."""
    lean = np.where(shapely.area(areas) > _FIELD_M2, 0.16, 0.02)
    tilt: Floats = lean * (2 * hashed(seed, 9, np.rint(x), np.rint(y)) - 1)
    return tilt
