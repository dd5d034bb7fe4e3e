"""What the soil map draws: ISPRA classes and rare new cells, or the macro-classes of a land-use map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rasterio.features
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from analyses.soil.codes import CODES, IS_CONSUMED, IS_PERMANENT, IS_REVERSIBLE, LEVELS
from analyses.soil.editions import Span
from layers import roles
from layers.codelist import rows
from layers.grid import Grid, Window
from layers.raster import Raster
from puc_tool.maps.mixing import softened
from puc_tool.maps.sheet import Areas, Marks, RasterClasses
from puc_tool.maps.soil_facts import LEAST_TOLD_M2
from puc_tool.maps.style import RARE_CELLS, Fill, Style
from puc_tool.maps.worn import Wardrobe

PERMANENT, REVERSIBLE, SPECIAL = Fill("#be0019"), Fill("#ffb805"), Fill("#cce59e")
UNSPECIFIED, NEW = Fill("#d4373f"), Fill("#1f1147")
_STYLES = (PERMANENT, REVERSIBLE, SPECIAL, UNSPECIFIED, NEW)

AROUND = 0.6
"""How far beyond the boundary's bounds cells are read for the map, as a share of their width."""
_SAME_PLACE_M = 150.0
"""New cells nearer than this share one mark: on paper it is 3 mm at 1:50.000."""
MOST_MARKS = 60
"""Where new consumption is in more places than this it is seen without marks, which would cover the map."""

_OFFICIAL_SHARE = {"1": 0.7}
_QUIET_SHARE = 0.35
"""Official land-use colours keep their hue, not their shout; what the sheet is about keeps most of it."""


MACRO_STYLES = {
    row["prefix"]: Fill(softened(row["color_suggested"], _OFFICIAL_SHARE.get(row["prefix"], _QUIET_SHARE)))
    for row in rows("landuse_macroclass")
}
PARTIAL = Fill("#f7c6d6")


def worn_looks(wardrobe: Wardrobe) -> dict[Style, Style]:
    """Return the looks of the classes in the style that the latest map of soil was given."""
    worn = wardrobe.layer(roles.SOIL_CONSUMPTION.id)
    codes = {PERMANENT: "11", REVERSIBLE: "12", SPECIAL: "201", UNSPECIFIED: "1"}
    return {look: worn.look(look, code) for look, code in codes.items()}


@dataclass(frozen=True)
class SoilCells:
    """The classes to draw, which of them occur inside the boundary, and a mark for each place of new consumption."""

    layer: RasterClasses
    drawn: tuple[Fill, ...]
    marks: Marks | None


def soil_cells(rasters: Span[Raster], boundary: shapely.Geometry, crs: CRS) -> SoilCells:
    """Return the cells around ``boundary`` (in ``crs``) as classes, and what is new since the first date.

    A class that no cell inside the boundary has is not drawn outside either: the legend would have nothing to say.
    """
    whole = rasters.last.data.grid
    window = whole.window_over(_around(boundary, crs, whole.crs))
    grid = whole.part(window)
    cells = _classes(rasters.last.data.read(window))
    inside = _inside(boundary, crs, grid)
    new = _new(rasters, window)
    cells[new] = _STYLES.index(NEW) + 1
    present = np.isin(np.arange(len(_STYLES) + 1), cells[inside])
    drawn = tuple(style for index, style in enumerate(_STYLES, start=1) if present[index])
    places = _places(new & inside, grid, crs)
    marks = Marks(places, RARE_CELLS) if 0 < len(places) <= MOST_MARKS else None
    return SoilCells(RasterClasses(np.where(present[cells], cells, 0).astype(np.uint8), grid, _STYLES), drawn, marks)


def land_use_areas(land_use: GeoDataFrame, boundary: shapely.Geometry) -> tuple[Areas, ...]:
    """Return one compound area a macro-class; urban green and sport (141, 142) apart.

    As with cells, a class that has no ground inside the boundary is not drawn outside either.
    """
    codes = land_use["code"].fillna("").astype(str)
    partial = codes.str.startswith(("141", "142"))
    chosen = {style: codes.str.startswith(prefix) & ~partial for prefix, style in MACRO_STYLES.items()}
    inside_m2 = shapely.area(shapely.intersection(land_use.geometry.to_numpy(), boundary))
    return tuple(
        Areas(tuple(land_use.geometry[rows_of]), style)
        for style, rows_of in {**chosen, PARTIAL: partial}.items()
        if inside_m2[rows_of.to_numpy()].sum() >= LEAST_TOLD_M2
    )


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


def _inside(boundary: shapely.Geometry, crs: CRS, grid: Grid) -> NDArray[np.bool_]:
    """Return the cells whose centre lies within ``boundary``."""
    ground = GeoSeries([boundary], crs=crs).to_crs(grid.crs)
    return rasterio.features.geometry_mask(ground, (grid.height, grid.width), grid.transform, invert=True)


def _new(rasters: Span[Raster], window: Window) -> NDArray[np.bool_]:
    """Return the cells consumed at the last date that were known and free at the first."""
    after = rasters.last.data.read(window)
    if rasters.first is None:
        return np.zeros(after.shape, dtype=np.bool_)
    before = rasters.first.data.read(window)
    return ~_is_consumed(before) & _is_consumed(after) & ~np.ma.getmaskarray(before)


def _places(cells: NDArray[np.bool_], grid: Grid, crs: CRS) -> tuple[shapely.Geometry, ...]:
    """Return one point for all cells that lie near each other."""
    shapes = rasterio.features.shapes(cells.astype(np.uint8), mask=cells, transform=grid.transform)
    patches = GeoSeries([shapely.geometry.shape(outline) for outline, _ in shapes], crs=grid.crs)
    if patches.empty:
        return ()
    together = shapely.union_all(patches.to_crs(crs).buffer(_SAME_PLACE_M / 2).to_numpy())
    return tuple(shapely.centroid(part) for part in shapely.get_parts(together))


def _is_consumed(cells: np.ma.MaskedArray) -> NDArray[np.bool_]:
    return np.isin(cells.filled(0), np.array(CODES)[IS_CONSUMED])
