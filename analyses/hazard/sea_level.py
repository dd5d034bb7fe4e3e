"""Ground that lies below a level of the sea and is connected with it.

Method: a static («bathtub») model. A cell floods at a level when it is no higher and water reaches it from the coast
through cells that are no higher; cells without data let no water through. Scenarios: ``sea_level_scenarios.csv``, each
with and without a storm surge. What floods is cut to the boundary with the exact part of its border cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import rasterio.features
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.hazard.exposure import Exposed
from analyses.hazard.sea_words import SURGE
from analyses.overlay import polygonal
from analyses.progress import Report, tracked
from layers.codelist import rows
from layers.crs import reproject
from layers.grid import Grid
from layers.raster import Raster, windows
from layers.text import Text
from layers.union import union_of_parts

SURGE_M = next(float(row["rise_m"]) for row in rows("sea_level_scenarios") if row["id"] == SURGE)
AROUND_M = 2000.0
"""How far beyond the boundary water may find its way."""

READING = Text("Lettura delle quote", "Reading heights")
_EDGE_M, _CELLS_AN_EDGE = 20.0, 4
_NEVER = 255


@dataclass(frozen=True)
class Scenario:
    """A level of the sea (m above today's mean)."""

    id: str
    level_m: float


@dataclass(frozen=True)
class Coast:
    """Where water comes in. ``offset_m``: how far the line may lie from the sea's edge in the terrain model."""

    line: GeoDataFrame
    offset_m: float
    through_corners: bool


def scenarios(surge_m: float) -> tuple[Scenario, ...]:
    """Return the mean rises of the codelist, each also with the surge, and the surge alone, the lowest first."""
    rises = [Scenario(row["id"], float(row["rise_m"])) for row in rows("sea_level_scenarios") if row["id"] != SURGE]
    surged = [Scenario(f"{rise.id}+{SURGE}", round(rise.level_m + surge_m, 6)) for rise in rises]
    together = [*rises, Scenario(SURGE, surge_m), *surged]
    return tuple(sorted(together, key=lambda each: (each.level_m, each.id)))


@dataclass(frozen=True)
class Heights:
    """The terrain around the boundary: ``bands`` hold the place of the lowest level at or above each cell."""

    grid: Grid
    bands: NDArray[np.uint8]
    is_unknown: NDArray[np.bool_]
    is_below_zero: NDArray[np.bool_]


@dataclass(frozen=True)
class Flooded:
    """``frame`` has ``level_m`` and the ground that the level adds to what lower ones flood, the lowest first."""

    frame: GeoDataFrame
    unknown_m2: float

    def table(self, wanted: tuple[Scenario, ...], exposed: Exposed, report: Report) -> pd.DataFrame:
        """Return scenario, level_m (m), area_m2 (m²) and what is exposed, a row for each scenario.

        A level takes in all that lower ones flood; ``report`` may raise Cancelled.
        """
        added = exposed.on(self.frame.geometry, report).drop(columns="buildings", errors="ignore")
        added.insert(0, "area_m2", self.frame.area.to_numpy())
        reached = np.searchsorted(self.frame["level_m"].to_numpy(), [each.level_m for each in wanted])
        sums = added.cumsum().iloc[reached].reset_index(drop=True)
        sums.insert(0, "scenario", [each.id for each in wanted])
        sums.insert(1, "level_m", [each.level_m for each in wanted])
        return sums

    def layer(self) -> GeoDataFrame:
        """Return the added ground as a map layer, without the levels that add none."""
        frame = self.frame.assign(area_m2=self.frame.area)
        return frame[frame["area_m2"] > 0.0].reset_index(drop=True)


def flooded(
    elevation: Raster, coast: Coast, boundary: GeoSeries, wanted: tuple[Scenario, ...], report: Report
) -> Flooded:
    """Return the ground of ``boundary`` (metric CRS) that floods at the levels of ``wanted``."""
    # Numba takes a second to import; reading this file's declarations needs none of it.
    from analyses.kernels.flood_fill import first_flooded

    levels_m = np.unique([each.level_m for each in wanted])
    heights = _heights(elevation, boundary, levels_m, report)
    first = first_flooded(heights.bands, _places(coast, heights), len(levels_m), through_corners=coast.through_corners)
    unknown = len(levels_m)
    ground = _grounds(np.where(heights.is_unknown, np.uint8(unknown), first), heights.grid, unknown + 1, boundary)
    inside = _grounds(np.zeros_like(first), heights.grid, 1, boundary)
    beyond_m2 = float(boundary.area.sum() - shapely.area(inside).sum())
    frame = GeoDataFrame({"level_m": levels_m}, geometry=GeoSeries(ground[:-1], crs=boundary.crs))
    return Flooded(frame, max(0.0, beyond_m2) + float(shapely.area(ground[-1])))


def _heights(elevation: Raster, boundary: GeoSeries, levels_m: NDArray[np.float64], report: Report) -> Heights:
    """Read the heights around the boundary a strip at a time, keeping a byte of each."""
    around = GeoDataFrame(geometry=boundary.buffer(AROUND_M).envelope.segmentize(AROUND_M), crs=boundary.crs)
    window = elevation.grid.window_over(
        tuple(reproject(around, elevation.grid.crs, elevation.grid.datum_grids)[0].total_bounds)
    )
    bands = np.full((window.height, window.width), _NEVER, np.uint8)
    unknown, below_zero = np.ones(bands.shape, np.bool_), np.zeros(bands.shape, np.bool_)
    for strip in tracked(list(windows(elevation, window)), report, READING):
        cells, rows_of = elevation.read(strip), slice(strip.row - window.row, strip.row - window.row + strip.height)
        bands[rows_of], unknown[rows_of] = _band(cells, levels_m), np.ma.getmaskarray(cells)
        below_zero[rows_of] = (cells <= 0).filled(False)
    return Heights(elevation.grid.part(window), bands, unknown, below_zero)


def _band(cells: np.ma.MaskedArray, levels_m: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the place of the lowest level at or above each cell; a height of 1.45 in float32 is at 1.45."""
    levels = levels_m.astype(cells.dtype) if cells.dtype.kind == "f" else levels_m
    place = np.searchsorted(levels, cells.filled(0)).astype(np.uint8)
    return np.where(np.ma.getmaskarray(cells) | (place == len(levels)), np.uint8(_NEVER), place)


def _places(coast: Coast, heights: Heights) -> NDArray[np.uint8]:
    """Return where water comes from: cells on the coastline; beside it the sea, without data or not above zero."""
    from analyses.kernels.flood_fill import LAND, SEA, SHORE

    on_line = _touched(coast.line, heights.grid)
    place = np.where(on_line, np.uint8(SHORE), np.uint8(LAND))
    place[on_line & heights.is_unknown] = SEA
    if coast.offset_m > 0.0:
        near = _touched(coast.line.set_geometry(coast.line.buffer(coast.offset_m)), heights.grid)
        place[near & (heights.is_unknown | heights.is_below_zero)] = SEA
    return place


def _touched(layer: GeoDataFrame, grid: Grid) -> NDArray[np.bool_]:
    """Return the cells that the layer touches."""
    dense = layer.set_geometry(layer.geometry.segmentize(_EDGE_M))
    shapes = [shape for shape in reproject(dense, grid.crs, grid.datum_grids)[0].geometry if not shape.is_empty]
    if not shapes or not grid.width or not grid.height:
        return np.zeros((grid.height, grid.width), np.bool_)
    out_shape = (grid.height, grid.width)
    burnt = rasterio.features.rasterize(shapes, out_shape, transform=grid.transform, all_touched=True, dtype="uint8")
    return burnt > 0


def _grounds(codes: NDArray[np.uint8], grid: Grid, n_codes: int, boundary: GeoSeries) -> NDArray[np.object_]:
    """Return the ground of ``boundary`` under the cells of each code, in its CRS."""
    parts: list[list[shapely.Geometry]] = [[] for _ in range(n_codes)]
    if codes.size:
        for outline, code in rasterio.features.shapes(codes, mask=codes < n_codes, transform=grid.transform):
            parts[int(code)].append(shapely.geometry.shape(outline))
    outlines = GeoSeries([shapely.MultiPolygon(each) for each in parts], crs=grid.crs)
    if grid.crs != boundary.crs:
        outlines = outlines.segmentize(_CELLS_AN_EDGE * grid.cell_size)
    there = ~outlines.is_empty.to_numpy()
    ground = outlines.to_numpy().copy()
    moved, _ = reproject(GeoDataFrame(geometry=outlines[there]), boundary.crs, grid.datum_grids)
    ground[there] = moved.geometry.to_numpy()
    return polygonal(shapely.intersection(ground, union_of_parts(boundary.to_numpy())))
