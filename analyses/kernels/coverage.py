"""How much of every raster cell a polygon covers, exactly, summed by class.

The method and its source stand in ``analyses.kernels.scanline``; this is its face: polygons and cells in,
a table of areas out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray

from analyses.kernels.scanline import add_classes, cell_windows, wind

CELLS_FOR_THREADS = 12_000_000
"""Cells looked at in about 50 ms: less work than this is done sooner by one thread."""

MOST_THREADS = 4


@dataclass(frozen=True)
class CellWeights:
    """The area of a cell as a cubic polynomial of its place, one polynomial per polygon.

    With ``u, v = ((col, row) - centre) / half`` at the cell's centre, the weight is the sum of
    ``coefficients`` times 1, u, v, u², uv, v², u³, u²v, uv², v³.

    ``coefficients`` is (n, 10); ``centre`` and ``half`` are (n, 2), column then row, in cells.
    """

    coefficients: NDArray[np.float64]
    centre: NDArray[np.float64]
    half: NDArray[np.float64]

    def of(self, chosen: NDArray[np.intp]) -> CellWeights:
        """Return the weights of some of the polygons."""
        return CellWeights(self.coefficients[chosen], self.centre[chosen], self.half[chosen])

    def seen_from(self, col: int, row: int) -> CellWeights:
        """Return the same weights for a window of cells that begins at ``col, row``."""
        return CellWeights(self.coefficients, self.centre - (col, row), self.half)


def class_areas(
    polygons: NDArray[np.object_],
    codes: NDArray[np.integer[Any]],
    transform: Affine,
    n_classes: int,
    weights: CellWeights | None = None,
    *,
    threads: int | None = None,
) -> NDArray[np.float64]:
    """Sum, per polygon and class, the covered share of each cell times the cell's weight.

    Parameters
    ----------
    polygons : (n,) valid Polygons and MultiPolygons, empty ones allowed, in the CRS of ``transform``
    codes : (H, W) class of each cell, 0 to ``n_classes`` - 1
    transform : (column, row) of a cell *corner* to coordinates; may be rotated or have oblong cells
    n_classes : how many classes there are
    weights : area of a cell; without it each cell counts 1 and the result is in cells
    threads : how many threads; by default one, or more where the work is worth it

    Returns
    -------
    (n, n_classes) in cells, or in the unit of ``weights``. What lies outside the array is not counted. The
    result is the same to the last bit whatever the number of threads.

    Raises
    ------
    ValueError
        If a code is not a class, or ``codes`` is not a table of whole numbers.
    """
    _refuse_strange_codes(codes, n_classes)
    codes = np.ascontiguousarray(codes)
    outlines = _outlines(polygons, transform)
    windows = cell_windows(*outlines, codes.shape[0], codes.shape[1])
    areas = np.zeros((len(polygons), n_classes))
    weights = weights or _each_counts_one(len(polygons))

    def work(first: int, last: int) -> None:
        cells = _scratch_of(windows[first:last])
        place = (weights.coefficients, weights.centre, weights.half)
        add_classes(first, last, *outlines, windows, codes, *place, cells, areas)

    threads = threads or _threads_worth(windows)
    if threads == 1:
        work(0, len(polygons))
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, *zip(*_shares(len(polygons), threads * 8), strict=True)))
    return areas


def _refuse_strange_codes(codes: NDArray[np.integer[Any]], n_classes: int) -> None:
    if codes.ndim != 2 or codes.dtype.kind not in "ui":
        raise ValueError(f"codes must be a table of whole numbers, not {codes.ndim}-d {codes.dtype}")
    if not codes.size:
        return
    least, most = codes.min() if codes.dtype.kind == "i" else 0, codes.max()
    if least < 0 or most >= n_classes:
        raise ValueError(f"codes must be 0 to {n_classes - 1}, not {least} to {most}")


def _outlines(
    polygons: NDArray[np.object_], transform: Affine
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return points in (column, row), the first point of each ring, the first ring of each polygon.

    Shells run so that what they cover counts positive, holes the other way round.
    """
    parts, polygon = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    ring_points = _firsts(ring, len(rings))
    in_cells = to_cells(points, transform)
    wind(in_cells, ring_points, np.diff(part, prepend=-1) > 0)
    return in_cells, ring_points, _firsts(polygon[part], len(polygons))


def _firsts(owner: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return where what each of ``n`` owners has begins, in an array sorted by owner, and where the last one's ends."""
    firsts = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=n), out=firsts[1:])
    return firsts


def to_cells(points: NDArray[np.float64], transform: Affine) -> NDArray[np.float64]:
    """Return (n, 2) coordinates as (column, row); the origin is taken off first, so that no digit is lost."""
    turn = ~Affine(transform.a, transform.b, 0.0, transform.d, transform.e, 0.0)
    x, y = points[:, 0] - transform.c, points[:, 1] - transform.f
    return np.column_stack((turn.a * x + turn.b * y, turn.d * x + turn.e * y))


def _each_counts_one(n: int) -> CellWeights:
    coefficients = np.zeros((n, 10))
    coefficients[:, 0] = 1.0
    return CellWeights(coefficients, np.zeros((n, 2)), np.ones((n, 2)))


def _scratch_of(windows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return zeros for the largest window: one more column than it, for what leaves at its right."""
    sizes = (windows[:, 2] - windows[:, 0] + 1) * (windows[:, 3] - windows[:, 1])
    return np.zeros(int(sizes.max(initial=0)))


def _threads_worth(windows: NDArray[np.int64]) -> int:
    cells = ((windows[:, 2] - windows[:, 0]) * (windows[:, 3] - windows[:, 1])).sum()
    return min(MOST_THREADS, os.cpu_count() or 1) if cells > CELLS_FOR_THREADS else 1


def _shares(n: int, parts: int) -> Iterator[tuple[int, int]]:
    return pairwise(np.linspace(0, n, parts + 1).astype(int).tolist())
