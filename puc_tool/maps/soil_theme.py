"""What the soil map draws: ISPRA classes and rare new cells, or the macro-classes of a land-use map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rasterio.features
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from analyses.editions import Span
from analyses.soil_codes import CODES, IS_CONSUMED, IS_PERMANENT, IS_REVERSIBLE, LEVELS
from layers.codelist import rows
from layers.grid import Grid, Window
from layers.raster import Raster
from puc_tool.maps.sheet import Areas, Marks, RasterClasses
from puc_tool.maps.style import RARE_CELLS, Fill

PERMANENT, REVERSIBLE, SPECIAL = Fill("#be0019"), Fill("#ffb805"), Fill("#cce59e")
UNSPECIFIED = Fill("#d4373f")
_STYLES = (PERMANENT, REVERSIBLE, SPECIAL, UNSPECIFIED)

AROUND = 0.6
"""How far beyond the boundary's bounds cells are read for the map, as a share of their width."""
_SAME_PLACE_M = 150.0
"""New cells nearer than this share one mark: on paper it is 3 mm at 1:50.000."""

_OFFICIAL_SHARE = 0.55
"""Official land-use colours keep their hue, not their shout."""


def _softened(colour: str) -> str:
    """Return ``colour`` mixed with white: plain on paper, so that map, legend and bars are the very same."""
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - _OFFICIAL_SHARE * (255 - channel)):02x}" for channel in channels)


MACRO_STYLES = {row["prefix"]: Fill(_softened(row["color_suggested"])) for row in rows("landuse_macroclass")}
PARTIAL = Fill("#f7c6d6")


@dataclass(frozen=True)
class SoilCells:
    """The classes to draw, which of them occur, and a mark for each place of new consumption."""

    layer: RasterClasses
    drawn: tuple[Fill, ...]
    marks: Marks | None


def soil_cells(rasters: Span[Raster], boundary: shapely.Geometry, crs: CRS) -> SoilCells:
    """Return the cells around ``boundary`` (in ``crs``) as classes, and what is new since the first date."""
    grid = rasters.last.data.grid
    window = grid.window_over(_around(boundary, crs, grid.crs))
    cells = _classes(rasters.last.data.read(window))
    layer = RasterClasses(cells, grid.part(window), _STYLES)
    drawn = tuple(style for index, style in enumerate(_STYLES, start=1) if (cells == index).any())
    marks = None
    if rasters.first is not None:
        places = _new_places(rasters.first.data, rasters.last.data, window, boundary, crs)
        marks = Marks(places, RARE_CELLS) if places else None
    return SoilCells(layer, drawn, marks)


def land_use_areas(land_use: GeoDataFrame) -> tuple[Areas, ...]:
    """Return one compound area a macro-class; urban green and sport (141, 142) apart."""
    codes = land_use["code"].fillna("").astype(str)
    partial = codes.str.startswith(("141", "142"))
    found = []
    for prefix, style in MACRO_STYLES.items():
        chosen = land_use.geometry[codes.str.startswith(prefix) & ~partial]
        if len(chosen):
            found.append(Areas(tuple(chosen), style))
    if partial.any():
        found.append(Areas(tuple(land_use.geometry[partial]), PARTIAL))
    return tuple(found)


def _around(boundary: shapely.Geometry, crs: CRS, target: CRS) -> tuple[float, float, float, float]:
    left, bottom, right, top = shapely.bounds(boundary)
    margin = AROUND * max(right - left, top - bottom)
    frame = GeoSeries([shapely.box(left - margin, bottom - margin, right + margin, top + margin)], crs=crs)
    west, south, east, north = frame.segmentize(margin).to_crs(target).total_bounds
    return float(west), float(south), float(east), float(north)


def _classes(cells: np.ma.MaskedArray) -> NDArray[np.uint8]:
    codes = cells.filled(0).astype(np.int64).clip(0, 255)
    table = np.zeros(256, dtype=np.uint8)
    of_code = np.array(CODES)
    table[of_code[IS_PERMANENT]] = 1
    table[of_code[IS_REVERSIBLE]] = 2
    table[of_code[~IS_CONSUMED & (LEVELS == 3)]] = 3
    table[of_code[IS_CONSUMED & ~IS_PERMANENT & ~IS_REVERSIBLE]] = 4
    return table[codes]


def _new_places(
    first: Raster, last: Raster, window: Window, boundary: shapely.Geometry, crs: CRS
) -> tuple[shapely.Geometry, ...]:
    before, after = (_is_consumed(raster.read(window)) for raster in (first, last))
    new = ~before & after & ~np.ma.getmaskarray(first.read(window))
    grid: Grid = last.grid.part(window)
    shapes = rasterio.features.shapes(new.astype(np.uint8), mask=new, transform=grid.transform)
    patches = GeoSeries([shapely.geometry.shape(outline) for outline, _ in shapes], crs=grid.crs)
    if patches.empty:
        return ()
    inside = patches.to_crs(crs)
    inside = inside[inside.representative_point().within(boundary)]
    together = shapely.union_all(inside.buffer(_SAME_PLACE_M).to_numpy())
    return tuple(shapely.centroid(part) for part in shapely.get_parts(together))


def _is_consumed(cells: np.ma.MaskedArray) -> NDArray[np.bool_]:
    return np.isin(cells.filled(0), np.array(CODES)[IS_CONSUMED])
