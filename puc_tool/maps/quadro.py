"""The *quadro di unione*: how a ground too large for one sheet at its scale is split into sheets that overlap.

Method: a side of length L takes n = ⌈(L − o) / (F − o)⌉ frames F with overlap o. A grid that holds the ground has
slack: it is slid, and of all places the one with the fewest sheets that hold some ground is taken, then the most
central. Sheets are numbered row by row from the north-west; one without ground is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps.frame import Paper

OVERLAP_MM = 10.0
_STEPS = 41


@dataclass(frozen=True)
class _Grid:
    """Frames side by side: how many each way, their size and their distance (metres), and the slack of the whole."""

    columns: int
    rows: int
    size: NDArray[np.float64]
    pitch: NDArray[np.float64]
    slack: NDArray[np.float64]


def fits(ground: shapely.Geometry, paper: Paper, denominator: int) -> bool:
    """Tell whether ``ground`` (metres) fits the frame of ``paper`` at 1:``denominator``."""
    left, bottom, right, top = ground.bounds
    width, height = (side * denominator / 1000 for side in paper.frame_mm)
    return right - left <= width and top - bottom <= height


def tiles(ground: shapely.Geometry, paper: Paper, denominator: int) -> tuple[shapely.Polygon, ...]:
    """Return the rectangles (metres, the size of the frame) that cover ``ground``, from the north-west, row by row."""
    grid = _grid(ground, paper, denominator)
    shapely.prepare(ground)
    shares = np.linspace(0.0, 1.0, _STEPS)
    found = []
    for across, down in ((x, y) for x in shares for y in shares):
        boxes = _boxes(ground, grid, np.array([across, down]))
        held = boxes[_holds(boxes, ground)]
        found.append((len(held), (across - 0.5) ** 2 + (down - 0.5) ** 2, across, down))
    _, _, across, down = min(found)
    boxes = _boxes(ground, grid, np.array([across, down]))
    return tuple(boxes[_holds(boxes, ground)])


def _grid(ground: shapely.Geometry, paper: Paper, denominator: int) -> _Grid:
    left, bottom, right, top = ground.bounds
    size = np.array(paper.frame_mm) * denominator / 1000
    overlap = OVERLAP_MM * denominator / 1000
    lengths = np.array([right - left, top - bottom])
    counts = [
        max(1, math.ceil((length - overlap) / (side - overlap))) for length, side in zip(lengths, size, strict=True)
    ]
    pitch = size - overlap
    return _Grid(counts[0], counts[1], size, pitch, np.array(counts) * pitch + overlap - lengths)


def _boxes(ground: shapely.Geometry, grid: _Grid, slid: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the rectangles of the grid slid by shares ``slid`` (across, down) of its slack."""
    left, _, _, top = ground.bounds
    x0, y0 = left - slid[0] * grid.slack[0], top + slid[1] * grid.slack[1]
    down, across = np.meshgrid(np.arange(grid.rows), np.arange(grid.columns), indexing="ij")
    x, y = np.round(x0 + across.ravel() * grid.pitch[0]), np.round(y0 - down.ravel() * grid.pitch[1])
    return shapely.box(x, y - grid.size[1], x + grid.size[0], y)


def _holds(boxes: NDArray[np.object_], ground: shapely.Geometry) -> NDArray[np.bool_]:
    return shapely.intersects(ground, boxes)
