"""What a GeoPackage can hold: names that differ in more than case, none that it keeps for itself, plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from geopandas import GeoDataFrame, GeoSeries
from geopandas.array import GeometryDtype

from layers.reference import LayerRef
from layers.spec import Role

GEOMETRY = "geom"
_RESERVED = ("fid", GEOMETRY)


def storable(layer: GeoDataFrame, role: Role, ref: LayerRef) -> tuple[GeoDataFrame, LayerRef, Mapping[str, str]]:
    """Return ``layer`` as a GeoPackage takes it, ``ref`` with the new names, and the names that had to change.

    Columns keep their order; text that is not plain (lists, dates without a type of their own) is written out.
    """
    table = pd.DataFrame(layer.drop(columns=layer.geometry.name))
    names = _names([str(name) for name in table.columns], [field.name for field in role.fields])
    columns = {names[str(name)]: plain(table[name]) for name in table.columns}
    held = GeoDataFrame(columns, geometry=layer.geometry.to_numpy(), crs=layer.crs, index=layer.index)
    changed = {old: new for old, new in names.items() if old != new}
    sources = {field.name: ref.fields.get(field.name, field.name) for field in role.fields}
    moved = {name: changed[source] for name, source in sources.items() if source in changed}
    fields = {**ref.fields, **moved}
    return held.rename_geometry(GEOMETRY), replace(ref, fields=fields), changed


def _names(present: list[str], wanted: list[str]) -> dict[str, str]:
    """Return the name of each column in the file; names that the role reads are given first."""
    names, taken = dict[str, str](), set(_RESERVED)
    for name in sorted(present, key=lambda each: each not in wanted):
        new, number = name, 1
        while new.casefold() in taken:
            new, number = f"{name}_{number}", number + 1
        names[name] = new
        taken.add(new.casefold())
    return names


def plain(column: pd.Series) -> pd.Series:
    """Return ``column`` with text in place of what has no type of its own in a table."""
    if isinstance(column.dtype, GeometryDtype):
        return GeoSeries(column).to_wkt()
    if isinstance(column.dtype, pd.CategoricalDtype) or column.dtype.kind in "mc":
        column = column.astype(object)
    return column.map(_text, na_action="ignore") if column.dtype == object else column


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)
