"""How finely consumed soil cuts the ground up: effective mesh size.

Patches are cells not consumed that hang together, by their sides or, if asked, by their corners too. Roads and railways
cut as far as ISPRA's raster has them as consumed soil; ground without data is no patch, and is part of the whole.

CUT: sum(A_i²) / A, patches clipped at the boundary. CBC: sum(A_i · A_i,whole) / A, the whole patch counting also beyond
it, up to ``MARGIN_M`` around the boundary's box; so CBC is never less than CUT.
Areas are exact: each cell counts with its covered part and its own size (``analyses.areal_scale``).
Sources, from memory: Jaeger (2000); Moser et al. (2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from geopandas import GeoSeries
from numpy.typing import NDArray

from analyses.areal_scale import outlines_on
from analyses.kernels.coverage import class_areas
from analyses.kernels.patches import patches
from analyses.raster_classes import Classes
from analyses.soil.states import IS_FREE, N_STATES, STATE_OF_CODE
from layers.grid import Window
from layers.raster import Raster
from layers.text import Text

MARGIN_M = 10_000.0
MOST_CELLS = 60_000_000
"""The most cells looked at at once: about 1 GB."""

TOO_MANY_CELLS = Text(
    "Il territorio ha troppe celle per cercarvi le macchie.", "The ground has too many cells to look for patches in."
)
NO_MARGIN = Text(
    "Serve il raster fino a 10 km oltre il confine: le macchie continuano fuori.",
    "The raster is needed up to 10 km beyond the boundary: patches go on outside.",
)
NO_GROUND = Text("Il raster non copre il territorio.", "The raster does not cover the ground.")

Areas = NDArray[np.float64]


@dataclass(frozen=True)
class MeshSizes:
    """Effective mesh sizes in m², or the reason why there is none."""

    cut_m2: float | Text
    cbc_m2: float | Text


def mesh_sizes(ground: GeoSeries, raster: Raster, *, by_corners: bool = False) -> MeshSizes:
    """Return the effective mesh sizes of a ground.

    Parameters
    ----------
    ground : one valid (multi)polygon in a metric CRS
    raster : ISPRA codes, in any CRS
    by_corners : whether cells that touch by a corner hang together
    """
    inner = _window_over(ground, raster)
    if not inner.width or not inner.height:
        return MeshSizes(NO_GROUND, NO_GROUND)
    if inner.width * inner.height > MOST_CELLS:
        return MeshSizes(TOO_MANY_CELLS, TOO_MANY_CELLS)
    part_m2 = _covered_m2(ground, raster, inner)
    cut = _mesh(_labels(raster, inner, part_m2 > 0.0, by_corners), part_m2, part_m2)
    whole_m2 = float(ground.area.sum())
    return MeshSizes(cut / whole_m2, _cbc(ground, raster, by_corners))


def _cbc(ground: GeoSeries, raster: Raster, by_corners: bool) -> float | Text:
    left, bottom, right, top = ground.total_bounds
    box = shapely.box(left - MARGIN_M, bottom - MARGIN_M, right + MARGIN_M, top + MARGIN_M)
    around = GeoSeries([box], crs=ground.crs)
    window = _window_over(around, raster)
    if window.width * window.height > MOST_CELLS:
        return TOO_MANY_CELLS
    known_m2 = _covered_m2(around, raster, window)
    if known_m2.sum() < float(around.area.sum()) * (1 - _SHORT):
        return NO_MARGIN
    part_m2 = _covered_m2(ground, raster, window)
    is_outside = (known_m2 > 0.0) & (part_m2 <= 0.0)
    labels = _labels(raster, window, known_m2 > 0.0, by_corners)
    if not (is_outside & (_states(raster, window) < N_STATES)).any():
        return NO_MARGIN
    return _mesh(labels, part_m2, known_m2) / float(ground.area.sum())


_SHORT = 1e-6
"""What rounding and reprojection may take off the area of the surroundings."""


def _mesh(labels: NDArray[np.int32], part_m2: Areas, whole_m2: Areas) -> float:
    """Return the sum over patches of their part in the ground times their whole (m⁴)."""
    patch = labels.ravel()
    inside, whole = (np.bincount(patch, areas.ravel())[1:] for areas in (part_m2, whole_m2))
    return float((inside * whole).sum())


def _labels(raster: Raster, window: Window, is_there: NDArray[np.bool_], by_corners: bool) -> NDArray[np.int32]:
    found: NDArray[np.int32] = patches(IS_FREE[_states(raster, window)] & is_there, by_corners)[0]
    return found


def _states(raster: Raster, window: Window) -> NDArray[np.integer]:
    return Classes(raster, STATE_OF_CODE, N_STATES).read(window)


def _window_over(ground: GeoSeries, raster: Raster) -> Window:
    """Return the cells of the raster that ``ground`` may touch."""
    grid = raster.grid
    left, top, right, bottom = shapely.total_bounds(outlines_on(grid, ground).polygons).tolist()
    first, last = (max(0, math.floor(left)), max(0, math.floor(top))), (math.ceil(right), math.ceil(bottom))
    width, height = min(last[0], grid.width) - first[0], min(last[1], grid.height) - first[1]
    return Window(*first, max(0, width), max(0, height))


def _covered_m2(ground: GeoSeries, raster: Raster, window: Window) -> Areas:
    """Return how much of each cell of ``window`` lies in ``ground`` (m²)."""
    outlines = outlines_on(raster.grid, ground)
    shape = (window.height, window.width)
    cells = np.arange(window.width * window.height, dtype=np.int32).reshape(shape)
    weights = outlines.weights
    seen = weights and weights.seen_from(window.col, window.row)
    at = Affine.translation(window.col, window.row)
    areas = class_areas(outlines.polygons, cells, at, cells.size, seen).sum(axis=0).reshape(shape)
    return areas if weights else areas * abs(raster.grid.transform.determinant)
