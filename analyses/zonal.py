"""How much of each unit every raster class takes: at one date, between two, crossed with whatever lies on the cells.

Method: shares are computed in the raster's own CRS, and its cells are never resampled. The outlines of the
units go there instead, densified before they are reprojected. Each cell counts with the exact part that is
covered (``analyses.kernels.coverage``) and with its own area in the units' CRS (``analyses.areal_scale``); a
partly covered cell has the scale of its centre. The areas so found are then brought to the planar area of
the unit in its own CRS, which changes them by rounding and the scale's own error only: so rows add up to the
unit, and classes add up the same over any partition of the same land.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from affine import Affine
from geopandas import GeoSeries
from numpy.typing import NDArray

from analyses.areal_scale import Outlines, outlines_on
from analyses.kernels.coverage import class_areas
from analyses.progress import Report, silent, tracked
from analyses.raster_classes import Classes, Coded, Codes, classes_on
from layers.grid import Grid, Window
from layers.raster import Raster
from layers.text import Text

CELLS_A_STRIP = 16_000_000
"""The most cells held at once: a commune at 10 m is one strip, a large province a few."""

MEASURING = Text("Superficie delle classi nelle unità", "Area of the classes in the units")

CodesIn = Callable[[Window], Codes]


def zonal_areas(
    units: GeoSeries, raster: Raster, recode: Mapping[int, int], n_classes: int, *, report: Report = silent
) -> NDArray[np.float64]:
    """Measure the area of every class in every unit.

    Parameters
    ----------
    units : valid polygons in a metric CRS; a missing or empty one gives a row of zeros
    raster : whole-number cells, in any CRS (degrees too)
    recode : class index, 0 to ``n_classes`` - 1, of every value of the raster. A value that is not among its
        keys is counted as no data: the caller has dealt with unknown values before
    n_classes : number of classes
    report : told the share done, before each strip of cells; may raise Cancelled

    Returns
    -------
    (units, n_classes + 1) in m² of the units' CRS. The last column is no data: masked cells, values without a
    class, and the part of the unit outside the raster. Each row adds up to the unit's area.

    Raises
    ------
    ValueError
        If ``recode`` leads outside the classes.
    PucError
        If the units can't be brought to the raster's CRS.
    """
    return zonal_crossed(units, raster.grid, [Classes(raster, recode, n_classes)], report=report)


def zonal_transitions(
    units: GeoSeries,
    first: Raster,
    second: Raster,
    recode: Mapping[int, int],
    n_classes: int,
    *,
    report: Report = silent,
) -> NDArray[np.float64]:
    """Measure, in every unit, the area that went from each class at one date to each class at another.

    Parameters
    ----------
    units, recode, n_classes, report : as in ``zonal_areas``
    first, second : the two dates; their cells lie on each other, their extents may differ

    Returns
    -------
    (units, n_classes + 1, n_classes + 1) in m²: ``[unit, before, after]``; the last of both is no data. The sum
    over ``after`` is ``zonal_areas`` of ``first``, the sum over ``before`` that of ``second``.

    Raises
    ------
    ValueError
        If the cells do not lie on each other, and as ``zonal_areas``.
    """
    dates = [classes_on(first.grid, each, recode, n_classes) for each in (first, second)]
    return zonal_crossed(units, first.grid, dates, report=report)


def zonal_crossed(
    units: GeoSeries, grid: Grid, layers: Sequence[Coded], *, report: Report = silent
) -> NDArray[np.float64]:
    """Measure, in every unit, the area of every combination of the codes that ``layers`` have on ``grid``.

    Returns
    -------
    (units, codes of the first layer, codes of the second, …) in m²; each unit's entries add up to its area.
    """
    sizes = [layer.n_codes for layer in layers]
    n_codes = math.prod(sizes)

    def combined(window: Window) -> Codes:
        codes: Codes = np.zeros((window.height, window.width), dtype=_dtype_for(n_codes - 1))
        for layer in layers:
            codes = codes * codes.dtype.type(layer.n_codes) + layer.read(window).astype(codes.dtype)
        return codes

    return _areas(units, grid, combined, n_codes, report).reshape(len(units), *sizes)


@dataclass(frozen=True)
class _Strip:
    """A block of cells, which may reach beyond the grid, and the units in it."""

    window: Window
    units: NDArray[np.intp]


def _areas(units: GeoSeries, grid: Grid, codes_in: CodesIn, n_codes: int, report: Report) -> NDArray[np.float64]:
    """Measure the areas of all codes, the last of which is no data."""
    there = np.flatnonzero(shapely.get_num_coordinates(np.asarray(units.array, dtype=object)) > 0)
    areas = np.zeros((len(units), n_codes))
    if len(there):
        chosen = units.iloc[there]
        outlines = outlines_on(grid, chosen)
        found = np.zeros((len(there), n_codes))
        for strip in tracked(list(_strips(outlines.polygons, grid)), report, MEASURING):
            found[strip.units] += _areas_in(strip, outlines, codes_in, n_codes)
        areas[there] = _scaled(found, chosen.area.to_numpy())
    return areas


def _strips(polygons: NDArray[np.object_], grid: Grid) -> Iterator[_Strip]:
    """Yield blocks of rows that hold, whole, every polygon that touches the grid."""
    bounds = shapely.bounds(polygons)
    touching = (bounds[:, 2:] > 0).all(axis=1) & (bounds[:, :2] < (grid.width, grid.height)).all(axis=1)
    if not touching.any():
        return
    left, top = np.floor(bounds[touching, :2].min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(bounds[touching, 2:].max(axis=0)).astype(int).tolist()
    rows = max(1, CELLS_A_STRIP // (right - left))
    for row in range(top, bottom, rows):
        end = min(row + rows, bottom)
        units = np.flatnonzero(touching & (bounds[:, 1] < end) & (bounds[:, 3] > row))
        yield _Strip(Window(left, row, right - left, end - row), units)


def _areas_in(strip: _Strip, outlines: Outlines, codes_in: CodesIn, n_codes: int) -> NDArray[np.float64]:
    """Measure one strip: its polygons are in (column, row) of the grid, so only the origin moves."""
    col, row = strip.window.col, strip.window.row
    weights = outlines.weights
    return class_areas(
        outlines.polygons[strip.units],
        codes_in(strip.window),
        Affine.translation(col, row),
        n_codes,
        weights and weights.of(strip.units).seen_from(col, row),
    )


def _dtype_for(largest: int) -> type[np.integer[Any]]:
    return np.uint16 if largest <= np.iinfo(np.uint16).max else np.int32


def _scaled(found: NDArray[np.float64], area_m2: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring each row to its unit's area; a unit that met no cell is no data as a whole.

    Coverage is a difference of sums: on a sliver rounding leaves negatives, and scaled they would be without bounds.
    """
    found = found.clip(min=0.0)
    total = found.sum(axis=1)
    nowhere = total <= 0.0
    found[nowhere, -1] = total[nowhere] = 1.0
    return found * (area_m2 / total)[:, None]
