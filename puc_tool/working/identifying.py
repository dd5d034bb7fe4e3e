"""What lies at a point of the map, layer by layer: each feature with its attributes, each cell with its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from layers import roles
from layers.grid import Window
from layers.intake import Intake
from layers.raster import FileRaster
from layers.spec import Role
from layers.text import NOTHING, Text, hectares, number, same, say
from puc_tool.figures.amounts import said_unit, with_unit
from puc_tool.maps.themes import BY_ROLE, SOIL, SOIL_CODES

MOST_A_LAYER = 20
_NAMES = ("name", "zone", "code", "kind")
_AREA, _LENGTH = Text("Superficie", "Area"), Text("Lunghezza", "Length")
_VALUE = Text("Valore", "Value")
_MISSING = Text("n.d.", "n/a")


@dataclass(frozen=True)
class Feature:
    """One feature: what it is called, its attributes by label, and its outline in the study's CRS (None: a cell)."""

    title: Text
    attributes: tuple[tuple[Text, Text], ...]
    outline: BaseGeometry | None = None


@dataclass(frozen=True)
class AtLayer:
    """The features of one layer at a point, the topmost first; ``others`` are so many more."""

    title: Text
    features: tuple[Feature, ...]
    others: int = 0


def identify(
    layers: Sequence[tuple[Text, Intake]], crs: CRS, at: tuple[float, float], reach_m: float
) -> tuple[AtLayer, ...]:
    """Return what lies at ``at`` (m of ``crs``) in each of these layers, or within ``reach_m`` of lines and points."""
    found = (_at_layer(title, intake, crs, at, reach_m) for title, intake in layers)
    return tuple(each for each in found if each.features)


def _at_layer(title: Text, intake: Intake, crs: CRS, at: tuple[float, float], reach_m: float) -> AtLayer:
    if isinstance(intake.layer, GeoDataFrame):
        places = _under(intake.layer, at, reach_m)
        features = tuple(_feature(intake.layer, place, intake.role, title) for place in places[:MOST_A_LAYER])
        return AtLayer(title, features, len(places) - len(features))
    cell = _cell(intake.layer, intake.role, crs, at) if isinstance(intake.layer, FileRaster) else None
    return AtLayer(title, (Feature(title, ((_VALUE, cell),)),) if cell else ())


def _under(layer: GeoDataFrame, at: tuple[float, float], reach_m: float) -> list[int]:
    """Return the places of the areas that hold the point, and of the lines and points near it; the topmost first."""
    near = np.sort(layer.sindex.query(shapely.Point(at), predicate="dwithin", distance=reach_m))[::-1]
    geometries = layer.geometry.to_numpy()[near]
    is_flat = shapely.get_dimensions(geometries) == 2
    return [int(place) for place in near[shapely.intersects_xy(geometries, *at) | ~is_flat]]


def _feature(layer: GeoDataFrame, place: int, role: Role, title: Text) -> Feature:
    row = layer.iloc[place]
    outline = row[layer.geometry.name]
    attributes = tuple(_attributes(row, layer, role))
    named = next((str(row[name]) for name in _NAMES if name in row and _is_told(row[name])), "")
    return Feature(same(named) if named else title, (*attributes, *_size(outline)), outline)


def _attributes(row: pd.Series, layer: GeoDataFrame, role: Role) -> Iterator[tuple[Text, Text]]:
    for name in (each for each in layer.columns if each != layer.geometry.name):
        field = role.field(str(name))
        unit = said_unit(field.unit) if field else NOTHING
        words = _words(row[name])
        meaning = _meaning(role, str(name), row[name])
        label = field.label if field else same(name)
        value = with_unit(words, unit) if _is_told(row[name]) else _MISSING
        yield label, say("{v} · {m}", "{v} · {m}", v=value, m=meaning) if meaning else value


def _meaning(role: Role, name: str, value: object) -> Text:
    """Return what a code means, where the theme of the role knows it."""
    theme = BY_ROLE.get(role.id)
    if theme is None or theme.field != name or not _is_told(value):
        return NOTHING
    code = theme.class_of(str(value))
    found = next((style.label for style in theme.classes if style.code == code), NOTHING)
    return found if found != same(value) else NOTHING


def _words(value: object) -> Text:
    if isinstance(value, bool | np.bool_):
        return Text("sì", "yes") if value else Text("no", "no")
    if isinstance(value, int | float | np.number):
        return number(float(value), 0 if float(value).is_integer() else 2)
    return same(value)


def _is_told(value: object) -> bool:
    return value is not None and not (np.isscalar(value) and pd.isna(value)) and value != ""


def _size(outline: BaseGeometry) -> Iterator[tuple[Text, Text]]:
    if outline.area:
        small = outline.area < 10_000
        yield _AREA, say("{n}\u202fm²", "{n}\u202fm²", n=number(outline.area)) if small else hectares(outline.area)
    elif outline.length:
        yield _LENGTH, say("{n}\u202fm", "{n}\u202fm", n=number(outline.length, 1))


def _cell(raster: FileRaster, role: Role, crs: CRS, at: tuple[float, float]) -> Text | None:
    """Return what the cell at the point holds; None beside the raster, or where it has no data."""
    x, y = Transformer.from_crs(crs, raster.grid.crs, always_xy=True).transform(*at)
    column, row = (int(np.floor(each)) for each in ~raster.grid.transform @ (x, y))
    if not (0 <= column < raster.grid.width and 0 <= row < raster.grid.height):
        return None
    value = raster.read(Window(column, row, 1, 1))[0, 0]
    if value is np.ma.masked:
        return None
    if role is roles.SOIL_CONSUMPTION:
        return _soil(int(value))
    return say("{n}{u}", "{n}{u}", n=number(float(value), 1), u="\u202fm" if role is roles.ELEVATION else "")


def _soil(code: int) -> Text:
    place = SOIL_CODES.get(code)
    name = SOIL[place - 1].label if place else Text("Suolo non consumato", "Soil not consumed")
    return say("{c} · {n}", "{c} · {n}", c=code, n=name)
