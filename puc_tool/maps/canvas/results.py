"""What an analysis found, ready for the map: one picture for each of its themes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS

from analyses.analysis import Analysis
from analyses.gardens.classes import CLASSES, EXCLUDED, UNDECIDED
from layers.raster import Raster
from puc_tool.maps.canvas.file_cells import north_up
from puc_tool.maps.canvas.pictures import Picture, classed_cells, drawn_by
from puc_tool.maps.classing import Measured, breaks, labels, places
from puc_tool.maps.result_themes import AMOUNTS, AMOUNTS_ON_DARK, BY_ANALYSIS, SUITABILITY, Graduated, ResultTheme
from puc_tool.maps.themes import ClassStyle, Theme

_MOST_PINS = 20


@dataclass(frozen=True)
class Pin:
    """A feature that the map shows by its rank, at a point inside it (m)."""

    rank: int
    name: str
    point: tuple[float, float]


@dataclass(frozen=True)
class ResultPicture:
    """A theme of the results with its picture, how many features it has, and the pins of its best."""

    theme: ResultTheme
    picture: Picture
    count: int
    pins: tuple[Pin, ...] = ()


class Found(Protocol):
    """Results to be looked at: those that lie on disk, or those that are tried."""

    @property
    def analysis(self) -> Analysis:
        """Whose they are."""
        ...

    def layer(self, name: str) -> GeoDataFrame | None:
        """Return a layer, or None if there is none of that name."""
        ...

    def raster(self, name: str) -> Raster | None:
        """Return a raster, or None if there is none of that name."""
        ...


def result_pictures(found: Found, crs: CRS) -> tuple[ResultPicture, ...]:
    """Return the pictures of the themes whose layer the run has."""
    made = (_made(theme, found, crs) for theme in BY_ANALYSIS.get(found.analysis.id, ()))
    return tuple(each for each in made if each is not None)


def _made(theme: ResultTheme, found: Found, crs: CRS) -> ResultPicture | None:
    if not theme.layer:
        picture = _suitability(found, crs, theme.theme)
        return ResultPicture(theme, picture, 0) if picture else None
    layer = found.layer(theme.layer)
    if layer is None:
        return None
    if theme.only is not None:
        layer = layer[layer[theme.only[0]] == theme.only[1]]
    if layer.empty or (theme.graduated is not None and theme.graduated.column not in layer):
        return None
    return ResultPicture(theme, drawn_by(*_classed(layer, theme)), len(layer), _pins(layer, theme))


def _classed(layer: GeoDataFrame, theme: ResultTheme) -> tuple[Theme, GeoDataFrame]:
    """Return the theme with the classes of its amounts, and the layer with the class of each feature."""
    if theme.graduated is None:
        return theme.theme, layer
    values = layer[theme.graduated.column].to_numpy(float)
    ends = breaks(values, len(AMOUNTS))
    place = places(values, ends)
    codes = np.where(place < 0, "", place.astype(str))
    styles = _steps(np.nanmin(values) if len(ends) else 0.0, ends, theme.graduated)
    return replace(theme.theme, field="_class", classes=styles), layer.assign(_class=codes)


def _steps(low: float, ends: NDArray[np.float64], graduated: Graduated) -> tuple[ClassStyle, ...]:
    """Return a class for each step, the palest first; few classes take colours from the whole range."""
    colours = np.linspace(0, len(AMOUNTS) - 1, len(ends)).round().astype(int) if len(ends) > 1 else [len(AMOUNTS) - 1]
    told = labels(low, ends, Measured(graduated.unit, graduated.decimals))
    return tuple(
        ClassStyle(str(place), label, AMOUNTS[colour], colour_on_dark=AMOUNTS_ON_DARK[colour])
        for place, (label, colour) in enumerate(zip(told, colours, strict=True))
    )


def _pins(layer: GeoDataFrame, theme: ResultTheme) -> tuple[Pin, ...]:
    if not theme.rank or theme.rank not in layer:
        return ()
    best = layer.sort_values(theme.rank).head(_MOST_PINS)
    points = shapely.get_coordinates(shapely.point_on_surface(best.geometry.to_numpy())).tolist()
    listed = zip(best[theme.rank], best[theme.name], points, strict=True)
    return tuple(Pin(int(rank), str(name), (x, y)) for rank, name, (x, y) in listed)


def _suitability(found: Found, crs: CRS, theme: Theme) -> Picture | None:
    """Return the classes of the map: the five of the score, what is excluded, what the data do not decide."""
    numbers = found.raster("class")
    if numbers is None:
        return None
    read = numbers.read(numbers.grid.whole)
    places = _PLACE_OF_CLASS[np.where(np.ma.getmaskarray(read), 0, read.filled(0)).clip(0, len(CLASSES))]
    return classed_cells(theme, north_up(places, numbers.grid, crs))


_KNOWN_AS = {EXCLUDED.code: "x", UNDECIDED.code: "?"}
_CODES = [style.code for style in SUITABILITY]
_PLACE_OF_CLASS = np.array([0, *(_CODES.index(_KNOWN_AS.get(each.code, each.code)) + 1 for each in CLASSES)], np.uint8)
"""From the number of a class in the raster to its place, counted from one, among those of the map."""
