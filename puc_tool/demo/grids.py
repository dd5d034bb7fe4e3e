"""The streets of the level town: every neighbourhood has its own grid, slightly bent, and avenues part them."""

from __future__ import annotations

import numpy as np
import shapely

from puc_tool.demo.chance import Floats, Noise, noise, stream
from puc_tool.demo.field import Shapes
from puc_tool.demo.places import CENTRE
from puc_tool.demo.setting import Setting

_BEND_M = 16.0
_STEP_M = 25.0
_BLOCK_M = {
    "centre": (76.0, 58.0),
    "town": (98.0, 66.0),
    "works": (172.0, 118.0),
    "hill": (84.0, 56.0),
}
"""Length and depth of a block."""


def avenues(stage: Setting, town: shapely.Geometry) -> Shapes:
    """Return the edges between neighbourhoods where they run through the town."""
    edges = shapely.union_all(shapely.boundary(stage.hoods.geometry.to_numpy()))
    inner = shapely.difference(edges, stage.ground.commune.boundary.buffer(20))
    lines = shapely.get_parts(shapely.line_merge(shapely.intersection(inner, town)))
    return lines[shapely.length(lines) > 60]


def grids(stage: Setting, town: shapely.Geometry) -> Shapes:
    """Return the streets of all neighbourhoods, each grid turned and bent by chance, cut at the town's edge."""
    rng = stream(stage.seed, "grids")
    bend = noise(rng, 420, 3)
    angles = rng.uniform(-0.5, 0.5, len(stage.hoods))
    shapely.prepare(town)
    laid = [
        shapely.intersection(_grid(area, angle, _BLOCK_M[character], bend), shapely.intersection(area, town))
        for area, angle, character in zip(stage.hoods.geometry, angles, stage.characters, strict=True)
    ]
    lines = shapely.get_parts(shapely.get_parts(np.concatenate(laid)))
    return lines[shapely.length(lines) > 5]


def _grid(area: shapely.Geometry, angle: float, block_m: tuple[float, float], bend: Noise) -> Shapes:
    """Return the lines of a grid over the whole of ``area`` and a little more."""
    turned = _turned(shapely.get_coordinates(shapely.envelope(area)) - CENTRE, -angle)
    low, high = turned.min(axis=0), turned.max(axis=0)
    lines: list[shapely.Geometry] = []
    for axis in (0, 1):
        along = np.arange(low[1 - axis], high[1 - axis] + _STEP_M, _STEP_M)
        for place in np.arange(np.floor(low[axis] / block_m[axis]), high[axis] / block_m[axis] + 1) * block_m[axis]:
            path = np.stack([np.full(along.shape, place), along], axis=1)[:, :: 1 - 2 * axis]
            lines.append(shapely.linestrings(_bent(_turned(path, angle) + CENTRE, bend)))
    return np.array(lines)


def _turned(points: Floats, angle: float) -> Floats:
    cos, sin = np.cos(angle), np.sin(angle)
    turned: Floats = points @ np.array([[cos, sin], [-sin, cos]])
    return turned


def _bent(points: Floats, bend: Noise) -> Floats:
    x, y = points.T
    return points + _BEND_M * np.stack([bend.at(x, y), bend.at(y, x)], axis=1)
