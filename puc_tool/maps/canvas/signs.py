"""Signs at points, as small areas in pixels: the scan converter of areas draws them too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.looks import ClassLook, Look, Sign
from puc_tool.maps.canvas.shapes import Flat, Shapes

_ROUND = 20
Outline = NDArray[np.float64]


@dataclass(frozen=True)
class Signs:
    """Areas in pixels, up being positive: of each sign its edge, then what it is filled with."""

    flat: Flat
    seen: NDArray[np.int32]
    colours: tuple[NDArray[np.uint32], NDArray[np.float64], NDArray[np.uint32]]


def signs_of(shapes: Shapes, look: Look, camera: Camera) -> Signs | None:
    """Return the signs of the points in view, None without any."""
    left, bottom, right, top = camera.bounds
    reach = look.widest / camera.scale
    x, y = shapes.signs.T
    near = (x >= left - reach) & (x <= right + reach) & (y >= bottom - reach) & (y <= top + reach)
    sized = np.array([each.sign_size > 0 for each in look.classes], np.bool_)
    if not sized.any():
        return None
    places = np.flatnonzero(near & sized[shapes.sign_classes])
    if len(places) == 0:
        return None
    middles = np.column_stack([x[places] - camera.left, y[places] - camera.top]) * camera.scale
    return _drawn(middles, shapes.sign_classes[places], look)


def _drawn(middles: NDArray[np.float64], classes: NDArray[np.uint8], look: Look) -> Signs:
    outlines = [(_outline(each, each.sign_edge_width), _outline(each, 0.0)) for each in look.classes]
    corners = max(len(edge) for edge, _ in outlines)
    table = np.stack([_padded(part, corners) for pair in outlines for part in pair])
    kinds = (2 * classes.astype(np.int64)[:, None] + (0, 1)).ravel()
    points = (np.repeat(middles, 2, axis=0)[:, None, :] + table[kinds]).reshape(-1, 2)
    count = len(kinds)
    rings = np.arange(count + 1) * corners
    low, high = (f(points.reshape(count, corners, 2), axis=1) for f in (np.min, np.max))
    fills = np.array([part for each in look.classes for part in (each.sign_edge, each.sign_fill)], np.uint32)
    flat = (points, rings, np.arange(count + 1), np.hstack([low, high]), kinds.astype(np.uint8))
    return Signs(flat, np.arange(count, dtype=np.int32), (fills, np.zeros((len(fills), 6)), fills))


def _outline(look: ClassLook, edge: float) -> Outline:
    """Return the closed outline of a class's sign around nothing, ``edge`` wider on every side."""
    turns, start = _TURNS[look.sign]
    # The last corner is the first one, to the last bit.
    angles = start - 2.0 * np.pi * (np.arange(turns + 1) % turns) / turns
    # A polygon as far from its middle as its sides are long would look small beside a disc.
    reach = (look.sign_size / 2 + edge) * (1.0 if look.sign == "disc" else 1.2)
    return reach * np.column_stack([np.cos(angles), np.sin(angles)])


_TURNS: dict[Sign, tuple[int, float]] = {
    "disc": (_ROUND, 0.0),
    "square": (4, np.pi / 4),
    "triangle": (3, np.pi / 2),
}


def _padded(outline: Outline, corners: int) -> Outline:
    """Return the outline with its last point repeated: a corner that adds nothing."""
    return np.vstack([outline, np.repeat(outline[-1:], corners - len(outline), axis=0)])
