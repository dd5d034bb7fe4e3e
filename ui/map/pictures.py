"""Layers made ready for painting, once: a path for each feature, cells as numbers of classes. Made in the worker."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS
from PySide6.QtGui import QPainterPath
from rasterio.warp import Resampling, reproject, transform_bounds

from layers import roles
from layers.intake import Intake
from layers.raster import FileRaster, Raster
from ui.map.projection import Bounds
from ui.map.themes import OTHER, SOIL_CODES, ClassStyle, Drawn, theme_of

LayerKey = tuple[str, int | None]
_LIGHT_FROM_DEG, _LIGHT_UP_DEG = 315.0, 45.0
_MOST_CELLS = 16_000_000


@dataclass(frozen=True)
class Features:
    """Vector features: ``paths[i]`` in metres, its bounds (n × 4), the place of its class in ``Picture.classes``.

    ``points`` are the coordinates (m × 2) of those that are points, whose paths are empty.
    """

    paths: tuple[QPainterPath, ...]
    bounds: NDArray[np.float64]
    classes: NDArray[np.int64]
    points: NDArray[np.float64]


@dataclass(frozen=True)
class Cells:
    """Cells on a north-up grid of the study's CRS: 0 is nothing, ``k`` the k-th class, or a grey for relief."""

    values: NDArray[np.uint8]
    left: float
    top: float
    size: float


@dataclass(frozen=True)
class Picture:
    """A layer ready to be painted, and what its legend says: classes that occur, and their areas (m²)."""

    drawn: Drawn
    classes: tuple[ClassStyle, ...]
    areas_m2: tuple[float | None, ...]
    features: Features | None = None
    cells: Cells | None = None
    ink: str = "ink2"
    width: float = 1.0


def picture(intake: Intake, crs: CRS) -> Picture | None:
    """Return the picture of a layer in ``crs``; None if it could not be read."""
    if intake.layer is None:
        return None
    if isinstance(intake.layer, FileRaster):
        return _raster(intake.role.id, intake.layer.thinned(_MOST_CELLS), crs)
    return _vector(intake.role.id, intake.layer)


def path_of(geometry: shapely.Geometry) -> QPainterPath:
    """Return the outline of a geometry as a path; points give an empty one."""
    path = QPainterPath()
    for ring in _rings(geometry):
        xy = shapely.get_coordinates(ring).tolist()
        path.moveTo(*xy[0])
        for x, y in xy[1:]:
            path.lineTo(x, y)
    return path


def _rings(geometry: shapely.Geometry) -> Iterable[shapely.Geometry]:
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        if part.geom_type == "Polygon":
            yield from (part.exterior, *part.interiors)
        elif part.geom_type in ("LineString", "LinearRing") and not part.is_empty:
            yield part


def _vector(role_id: str, layer: GeoDataFrame) -> Picture:
    theme = theme_of(role_id, layer)
    if theme.undrawn and theme.field in layer:
        layer = layer[~layer[theme.field].isin(theme.undrawn)]
    shapes = layer.geometry.to_numpy()
    classes, places = _classes(layer, theme.field, theme.classes, theme.class_of)
    areas_m2 = np.bincount(places, weights=shapely.area(shapes), minlength=len(classes))
    points = shapely.get_coordinates(shapes[shapely.get_dimensions(shapes) == 0])
    features = Features(tuple(map(path_of, shapes)), shapely.bounds(shapes), places, points)
    told = tuple(areas_m2.tolist()) if theme.field else (None,) * len(classes)
    return Picture(theme.drawn, classes, told, features, None, theme.ink, theme.width)


def _classes(
    layer: GeoDataFrame, field: str, known: tuple[ClassStyle, ...], class_of: object
) -> tuple[tuple[ClassStyle, ...], NDArray[np.int64]]:
    """Return the classes that occur, in the codelist's order, and the place of each feature among them."""
    if not field or field not in layer:
        return known[:1] or (ClassStyle("", roles.REFERENCE.title),), np.zeros(len(layer), np.int64)
    assert callable(class_of)
    styles: Mapping[str, ClassStyle] = {style.code: style for style in reversed(known)}
    found = [styles.get(class_of(str(value)), OTHER) for value in layer[field].fillna("")]
    classes = tuple(style for style in dict.fromkeys((*known, OTHER)) if style in set(found))
    return classes, np.array([classes.index(style) for style in found], np.int64)


def _raster(role_id: str, raster: Raster, crs: CRS) -> Picture | None:
    theme = theme_of(role_id, None)
    if role_id == roles.SOIL_CONSUMPTION.id:
        cells = _north_up(_soil_classes(raster), raster, crs)
        places = [place for place in range(len(theme.classes)) if (cells.values == place + 1).any()]
        classes = tuple(theme.classes[place] for place in places)
        table = np.zeros(256, np.uint8)
        table[np.array(places, int) + 1] = np.arange(1, len(places) + 1)
        seen = Cells(table[cells.values], cells.left, cells.top, cells.size)
        return Picture(Drawn.CELLS, classes, (None,) * len(classes), cells=seen)
    if role_id == roles.ELEVATION.id:
        return Picture(Drawn.CELLS, (), (), cells=_north_up(_relief(raster), raster, crs))
    return None


def _soil_classes(raster: Raster) -> NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    table[list(SOIL_CODES)] = list(SOIL_CODES.values())
    return table[raster.read(raster.grid.whole).filled(0).astype(np.int64).clip(0, 255)]


def _relief(raster: Raster) -> NDArray[np.uint8]:
    """Return shadow from 1 (none) to 255 (full), 0 without height: Lambert's cosine, sun in the north-west at 45°."""
    read = raster.read(raster.grid.whole)
    heights = np.asarray(read.filled(read.min()), np.float64)
    down, right = np.gradient(heights, raster.grid.cell_size)
    slope, aspect = np.arctan(np.hypot(right, down)), np.arctan2(down, -right)
    sun_up, sun_from = np.radians(_LIGHT_UP_DEG), np.radians(360.0 - _LIGHT_FROM_DEG + 90.0)
    light = np.sin(sun_up) * np.cos(slope) + np.cos(sun_up) * np.sin(slope) * np.cos(sun_from - aspect)
    shadow = (1 + 254 * (1 - light.clip(0, 1))).astype(np.uint8)
    return np.where(np.ma.getmaskarray(read), 0, shadow).astype(np.uint8)


def _north_up(values: NDArray[np.uint8], raster: Raster, crs: CRS) -> Cells:
    """Return the cells on a grid of ``crs`` with square cells, by nearest neighbour; for looking at, not measuring."""
    grid, size = raster.grid, raster.grid.cell_size
    left, bottom, right, top = transform_bounds(grid.crs.to_wkt(), crs.to_wkt(), *grid.bounds)
    target = Affine(size, 0.0, left, 0.0, -size, top)
    width, height = math.ceil((right - left) / size), math.ceil((top - bottom) / size)
    moved = np.zeros((height, width), np.uint8)
    reproject(
        values, moved, src_transform=grid.transform, src_crs=grid.crs.to_wkt(), dst_transform=target,
        dst_crs=crs.to_wkt(), resampling=Resampling.nearest,
    )  # fmt: skip
    return Cells(moved, left, top, size)


def bounds_of(geometry: shapely.Geometry) -> Bounds:
    """Return left, bottom, right, top (m)."""
    left, bottom, right, top = shapely.bounds(geometry).tolist()
    return left, bottom, right, top
