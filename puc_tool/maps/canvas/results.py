"""What an analysis found, ready for the map: one picture for each of its themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses.analysis import Analysis
from analyses.gardens.classes import CLASSES, EXCLUDED, UNDECIDED
from analyses.result import Column
from layers.raster import Raster
from puc_tool.maps.canvas.amounts import Amounts
from puc_tool.maps.canvas.file_cells import north_up
from puc_tool.maps.canvas.pictures import Picture, classed_cells, drawn_by
from puc_tool.maps.cell_themes import CellSteps, amount_cells, stepped
from puc_tool.maps.classing import Measured
from puc_tool.maps.dressing import Cloth, by_field, is_amount
from puc_tool.maps.ramps import KINDS
from puc_tool.maps.result_themes import BY_ANALYSIS, SUITABILITY, ResultTheme
from puc_tool.maps.themes import Theme
from puc_tool.working.layer_style import OFFICIAL
from puc_tool.working.view import ThemeKey

_MOST_PINS = 20


@dataclass(frozen=True)
class Pin:
    """A feature that the map shows by its rank, at a point inside it (m)."""

    rank: int
    name: str
    point: tuple[float, float]


@dataclass(frozen=True)
class ResultPicture:
    """A theme of the results with its picture, how many features it has, and the pins of its best.

    ``cloth`` is what the picture was made of, ``key`` what its style goes by; without a key it has none.
    """

    theme: ResultTheme
    picture: Picture
    count: int
    pins: tuple[Pin, ...] = ()
    cloth: Cloth | None = None
    key: ThemeKey | None = None


class Found(Protocol):
    """Results to be looked at: those that lie on disk, or those that are tried."""

    @property
    def analysis(self) -> Analysis:
        """Whose they are."""
        ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What they were computed with."""
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
    key = ThemeKey(found.analysis.id, theme.id)
    if theme.layer:
        return _of_features(theme, key, found)
    picture, drawn = _cells(theme, theme.cells, found, crs) if theme.cells else _suitability(found, crs, theme.theme)
    cloth = Cloth(
        None, drawn, measured=_measured(theme), is_ordered=theme.cells is not None,
        begins=theme.cells.begins_of(found.parameters) if theme.cells and picture else (),
        numbers={} if theme.cells else _NUMBERS,
    )  # fmt: skip
    return ResultPicture(theme, picture, 0, cloth=cloth, key=key) if picture else None


def _of_features(theme: ResultTheme, key: ThemeKey, found: Found) -> ResultPicture | None:
    layer = found.layer(theme.layer)
    cloth = None if layer is None else cloth_of_result(found.analysis, theme, layer, found.parameters)
    if cloth is None or cloth.layer is None:
        return None
    drawn, classed = cloth.theme, cloth.layer
    if cloth.amount:
        drawn, classed = by_field(drawn, classed, cloth.style(OFFICIAL), cloth.measured)
    return ResultPicture(theme, drawn_by(drawn, classed), len(classed), _pins(cloth.layer, theme), cloth, key)


def cloth_of_result(
    analysis: Analysis, theme: ResultTheme, layer: GeoDataFrame, parameters: Mapping[str, Any]
) -> Cloth | None:
    """Return what a theme shows of a layer of results of a run with ``parameters``; None if there is nothing."""
    only = None
    if theme.only is not None and not layer.empty:
        column, value = theme.only
        wanted = str(parameters.get(theme.only_as, "")) if theme.only_as else value
        only = column, layer[column].iloc[0] if theme.only_as and wanted not in set(layer[column]) else wanted
        layer = layer[layer[column] == only[1]]
    amount = theme.graduated.column if theme.graduated is not None else ""
    if layer.empty or (amount and amount not in layer):
        return None
    columns = tuple(_columns(analysis, theme.layer, layer))
    return Cloth(layer, theme.theme, amount, _measured(theme), only=only, columns=columns)


def _columns(analysis: Analysis, name: str, layer: GeoDataFrame) -> Iterator[Column]:
    """Yield the declared columns that a layer has and classes can be made by: numbers, and words with few of a kind.

    A column is as the layer's own table declares it, else as any other does.
    """
    tables = sorted((*analysis.tables, *analysis.layers), key=lambda table: table.id in (name, f"by_{name}"))
    declared = {column.id: column for table in tables for column in table.columns}
    for field in layer.columns.drop(layer.geometry.name):
        column = declared.get(str(field))
        if column is not None and (is_amount(layer, column.id) or 1 < layer[column.id].nunique() <= len(KINDS)):
            yield column


def _measured(theme: ResultTheme) -> Measured | None:
    told = theme.graduated or theme.cells
    return Measured(told.unit, told.decimals) if told is not None else None


def _pins(layer: GeoDataFrame, theme: ResultTheme) -> tuple[Pin, ...]:
    if not theme.rank or theme.rank not in layer:
        return ()
    best = layer.sort_values(theme.rank).head(_MOST_PINS)
    points = shapely.get_coordinates(shapely.point_on_surface(best.geometry.to_numpy())).tolist()
    listed = zip(best[theme.rank], best[theme.name], points, strict=True)
    return tuple(Pin(int(rank), str(name), (x, y)) for rank, name, (x, y) in listed)


def _suitability(found: Found, crs: CRS, theme: Theme) -> tuple[Picture | None, Theme]:
    """Return the classes of the map: the five of the score, what is excluded, what the data do not decide."""
    numbers = found.raster("class")
    if numbers is None:
        return None, theme
    read = numbers.read(numbers.grid.whole)
    places = _PLACE_OF_CLASS[np.where(np.ma.getmaskarray(read), 0, read.filled(0)).clip(0, len(CLASSES))]
    return classed_cells(theme, north_up(places, numbers.grid, crs)), theme


def _cells(theme: ResultTheme, steps: CellSteps, found: Found, crs: CRS) -> tuple[Picture | None, Theme]:
    """Return cells of amounts in the classes they are declared in, and how somebody may class them otherwise."""
    cells = amount_cells(steps, found)
    drawn = replace(theme.theme, classes=steps.told(found.parameters) if cells is not None else ())
    if cells is None:
        return None, drawn
    places = stepped(cells.read(cells.grid.whole), steps.begins_of(found.parameters))
    picture = classed_cells(drawn, north_up(places, cells.grid, crs))
    return replace(picture, amounts=Amounts(lambda: cells, crs)), drawn


_KNOWN_AS = {EXCLUDED.code: "x", UNDECIDED.code: "?"}
_CODES = [style.code for style in SUITABILITY]
_PLACE_OF_CLASS = np.array([0, *(_CODES.index(_KNOWN_AS.get(each.code, each.code)) + 1 for each in CLASSES)], np.uint8)
"""From the number of a class in the raster to its place, counted from one, among those of the map."""
_NUMBERS = {
    code: tuple(np.flatnonzero(place == _PLACE_OF_CLASS).tolist()) for place, code in enumerate(_CODES, start=1)
}
