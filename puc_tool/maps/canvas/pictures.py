"""Layers made ready for painting, once: geometry made flat, cells as numbers of classes. Made in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS

from layers import roles
from layers.intake import Intake
from layers.raster import FileRaster, Raster
from puc_tool.maps.canvas.amounts import Amounts
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.file_cells import FileCells, coded, north_up
from puc_tool.maps.canvas.photo import Photo
from puc_tool.maps.canvas.shapes import Bounds, Shapes, shapes_of
from puc_tool.maps.themes import OTHER, SOIL, SOIL_CODES, ClassStyle, Drawn, Theme, theme_of

LayerKey = tuple[str, int | None]
_LIGHT_FROM_DEG, _LIGHT_UP_DEG = 315.0, 45.0
_MOST_CELLS = 16_000_000


@dataclass(frozen=True)
class Picture:
    """A layer ready to be painted, and what its legend says: classes that occur, and their areas (m²).

    ``amounts`` are the cells that somebody may class, where they are amounts.
    """

    drawn: Drawn
    classes: tuple[ClassStyle, ...]
    areas_m2: tuple[float | None, ...]
    shapes: Shapes | None = None
    cells: Cells | None = None
    file_cells: FileCells | None = None
    photo: Photo | None = None
    ink: str = "ink2"
    width: float = 1.0
    is_clipped: bool = True
    opacity: float | None = None
    amounts: Amounts | None = None


def drawn_as(intake: Intake) -> Drawn:
    """Return what a layer is drawn as on the map."""
    if intake.role is roles.REFERENCE and isinstance(intake.layer, FileRaster):
        return Drawn.PHOTO
    return theme_of(intake.role.id, intake.layer).drawn


def picture(intake: Intake, crs: CRS) -> Picture | None:
    """Return the picture of a layer in ``crs``; None if it could not be read."""
    if intake.layer is None:
        return None
    if isinstance(intake.layer, FileRaster):
        if intake.role is roles.REFERENCE:
            return _photo(Photo(intake.layer, crs))
        seen = _raster(intake.role.id, intake.layer.thinned(_MOST_CELLS), crs)
        if seen is not None and intake.role is roles.ELEVATION:
            return replace(seen, amounts=_amounts(intake.layer, crs))
        is_large = intake.layer.grid.width * intake.layer.grid.height > _MOST_CELLS
        return _from_file(seen, intake.layer, crs) if seen and seen.classes and is_large else seen
    return _vector(intake.role.id, intake.layer)


def _photo(photo: Photo) -> Picture:
    """Return the picture of a photo; a raster of one band without colours of its own holds amounts."""
    amounts = _amounts(photo.raster, photo.crs) if photo.is_one_band else None
    return Picture(Drawn.PHOTO, (), (), photo=photo, is_clipped=False, amounts=amounts)


def _amounts(raster: Raster, crs: CRS) -> Amounts:
    return Amounts(lambda: raster, crs)


def _vector(role_id: str, layer: GeoDataFrame) -> Picture:
    return drawn_by(theme_of(role_id, layer), layer)


def drawn_by(theme: Theme, layer: GeoDataFrame) -> Picture:
    """Return the picture of features as ``theme`` draws them; classes that nothing has are left out."""
    if theme.undrawn and theme.field in layer:
        layer = layer[~layer[theme.field].isin(theme.undrawn)]
    geometries = layer.geometry.to_numpy()
    classes, places = classed(layer, theme)
    areas_m2 = np.bincount(places, weights=shapely.area(geometries), minlength=len(classes))
    told = tuple((area or None) if theme.field else None for area in areas_m2.tolist())
    shapes = shapes_of(geometries, places)
    return dressed(Picture(theme.drawn, classes, told, shapes), theme)


def reclassed(picture: Picture, theme: Theme, layer: GeoDataFrame) -> Picture:
    """Return the picture of the same features with the classes of ``theme``; what was made flat stays, where it can."""
    shapes = picture.shapes
    if shapes is None or len(shapes.signs) or len(shapes.bounds) != len(layer):
        return replace(drawn_by(theme, layer), ink=picture.ink, width=picture.width, opacity=picture.opacity)
    classes, places = classed(layer, theme)
    areas_m2 = np.bincount(places, weights=shapely.area(layer.geometry.to_numpy()), minlength=len(classes))
    told = tuple((area or None) for area in areas_m2.tolist())
    return replace(picture, classes=classes, areas_m2=told, shapes=replace(shapes, classes=places.astype(np.uint8)))


def classed_cells(theme: Theme, cells: Cells) -> Picture:
    """Return the picture of cells that hold the place, counted from one, of their class in ``theme``."""
    places = [place for place in range(len(theme.classes)) if (cells.values == place + 1).any()]
    classes = tuple(theme.classes[place] for place in places)
    table = np.zeros(256, np.uint8)
    table[np.array(places, int) + 1] = np.arange(1, len(places) + 1)
    seen = replace(cells, values=table[cells.values])
    return dressed(Picture(Drawn.CELLS, classes, (None,) * len(classes), cells=seen), theme)


def dressed(picture: Picture, theme: Theme) -> Picture:
    """Return the picture with what ``theme`` says of all its classes."""
    return replace(picture, ink=theme.ink, width=theme.width, is_clipped=theme.is_clipped, opacity=theme.opacity)


def classed(layer: GeoDataFrame, theme: Theme) -> tuple[tuple[ClassStyle, ...], NDArray[np.int64]]:
    """Return the classes that occur, in the codelist's order, and the place of each feature among them."""
    if not theme.field or theme.field not in layer:
        return theme.classes[:1] or (ClassStyle("", roles.REFERENCE.title),), np.zeros(len(layer), np.int64)
    styles: Mapping[str, ClassStyle] = {style.code: style for style in reversed(theme.classes)}
    codes, values = pd.factorize(layer[theme.field].fillna("").astype(str))
    of_value = [styles.get(theme.class_of(value), OTHER) for value in values]
    classes = tuple(style for style in dict.fromkeys((*theme.classes, OTHER)) if style in set(of_value))
    return classes, np.array([classes.index(style) for style in of_value], np.int64)[codes]


def _raster(role_id: str, raster: Raster, crs: CRS) -> Picture | None:
    theme = theme_of(role_id, None)
    if role_id == roles.SOIL_CONSUMPTION.id:
        return classed_cells(theme, north_up(_soil_classes(raster), raster.grid, crs))
    if role_id == roles.ELEVATION.id:
        return Picture(Drawn.CELLS, (), (), cells=north_up(_relief(raster), raster.grid, crs))
    return None


def _soil_classes(raster: Raster) -> NDArray[np.uint8]:
    return coded(raster.read(raster.grid.whole), _SOIL_TABLE)


def _from_file(seen: Picture, raster: FileRaster, crs: CRS) -> Picture:
    """Return the picture of a raster too large to hold: its cells are read as they are looked at."""
    places = [SOIL.index(style) + 1 for style in seen.classes]
    table = np.zeros(256, np.uint8)
    table[places] = np.arange(1, len(places) + 1)
    return replace(seen, cells=None, file_cells=FileCells(raster, crs, table[_SOIL_TABLE]))


_SOIL_TABLE = np.zeros(256, np.uint8)
_SOIL_TABLE[list(SOIL_CODES)] = list(SOIL_CODES.values())


def _relief(raster: Raster) -> NDArray[np.uint8]:
    """Return shadow from 1 (none) to 255 (full), 0 without height: Lambert's cosine, sun in the north-west at 45°."""
    read = raster.read(raster.grid.whole)
    heights = np.asarray(read.filled(read.min()), np.float64)
    # A single row or column of cells has no slope to be told.
    is_thin = min(heights.shape) < 2
    down, right = np.zeros((2, *heights.shape)) if is_thin else np.gradient(heights, raster.grid.cell_size)
    slope, aspect = np.arctan(np.hypot(right, down)), np.arctan2(down, -right)
    sun_up, sun_from = np.radians(_LIGHT_UP_DEG), np.radians(360.0 - _LIGHT_FROM_DEG + 90.0)
    light = np.sin(sun_up) * np.cos(slope) + np.cos(sun_up) * np.sin(slope) * np.cos(sun_from - aspect)
    shadow = (1 + 254 * (1 - light.clip(0, 1))).astype(np.uint8)
    return np.where(np.ma.getmaskarray(read), 0, shadow).astype(np.uint8)


def bounds_of(geometry: shapely.Geometry) -> Bounds:
    """Return left, bottom, right, top (m)."""
    left, bottom, right, top = shapely.bounds(geometry).tolist()
    return left, bottom, right, top
