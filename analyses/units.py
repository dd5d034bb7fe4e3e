"""Units: the pieces of ground a table has a row for. They always add up to the boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.analysis import Edition
from analyses.overlay import polygonal
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, same, say
from layers.union import rest_of, union_of_parts

OUTSIDE = Text("(fuori da ogni unità)", "(outside every unit)")
SMALLEST_REST_M2 = 1.0

_TITLES = {
    "neighbourhood": roles.NEIGHBOURHOODS.title,
    "zone": roles.ZONING.title,
    "district": roles.DISTRICTS.title,
}


@dataclass(frozen=True)
class Units:
    """``frame`` has code, name, geometry (unit ∩ boundary); ground in no unit is its last row, code empty."""

    id: str
    frame: GeoDataFrame
    problems: tuple[Problem, ...] = ()

    @property
    def area_m2(self) -> pd.Series:
        """Planar area of each unit in the study's CRS."""
        return self.frame.area


def all_units(
    boundary: GeoDataFrame,
    neighbourhoods: GeoDataFrame | None,
    zoning: Sequence[Edition[GeoDataFrame]],
    districts: GeoDataFrame | None,
) -> tuple[Units, ...]:
    """Return the communes and, after them, whatever else the study has units of; of the plan, the latest year."""
    ground = union_of_parts(boundary.geometry.to_numpy())
    found = [communes(boundary)]
    if neighbourhoods is not None:
        found.append(units("neighbourhood", neighbourhoods, ground, "code", "name"))
    if zoning:
        found.append(units("zone", zoning[-1].data, ground, "zone", "name"))
    if districts is not None:
        found.append(units("district", districts, ground, "code", "name"))
    return tuple(found)


def communes(boundary: GeoDataFrame) -> Units:
    """Return the communes of the study; together they are the boundary."""
    return Units("commune", _dissolved(boundary, _codes(boundary, "code", "name"), _column(boundary, "name")))


def units(unit_id: str, layer: GeoDataFrame, boundary: shapely.Geometry, code: str, name: str) -> Units:
    """Return the units of ``layer`` on the ground of ``boundary``, and the rest that lies in none.

    Polygons with the same code and name are one unit. ``layer`` must be a partition (no overlaps): reading sees to
    that. What lies outside the boundary is left out, and said so; a unit all outside stays, without ground.
    """
    whole = _dissolved(layer, _codes(layer, code, name), _column(layer, name))
    inside = polygonal(shapely.intersection(whole.geometry.to_numpy(), boundary))
    left_out_m2 = float(whole.area.sum() - shapely.area(inside).sum())
    kept = whole.set_geometry(GeoSeries(inside, index=whole.index, crs=layer.crs))
    rest = rest_of(boundary, union_of_parts(inside))
    said = [_outside_told(unit_id, left_out_m2)] if left_out_m2 > SMALLEST_REST_M2 else []
    if shapely.area(rest) > SMALLEST_REST_M2:
        kept = pd.concat([kept, _row("", OUTSIDE.it, rest, layer.crs)], ignore_index=True)
        said.append(_rest_told(unit_id, float(shapely.area(rest))))
    return Units(unit_id, kept, tuple(said))


def _codes(layer: GeoDataFrame, code: str, name: str) -> pd.Series:
    """Return the codes; a layer without codes is known by its names."""
    codes = _column(layer, code)
    return codes.where(codes != "", _column(layer, name))


def _column(layer: GeoDataFrame, name: str) -> pd.Series:
    if name not in layer.columns:
        return pd.Series("", index=layer.index, dtype=object)
    return layer[name].map(lambda value: "" if pd.isna(value) else str(value)).astype(object)


def _dissolved(layer: GeoDataFrame, codes: pd.Series, names: pd.Series) -> GeoDataFrame:
    keys = pd.MultiIndex.from_arrays([codes, names.where(names != "", codes)])
    number, distinct = keys.factorize(sort=True)
    order = np.argsort(number, kind="stable")
    parts = np.split(layer.geometry.to_numpy()[order], np.flatnonzero(np.diff(number[order])) + 1)
    geometry = [part[0] if len(part) == 1 else union_of_parts(part) for part in parts]
    columns = {"code": [key[0] for key in distinct], "name": [key[1] for key in distinct]}
    return GeoDataFrame(columns, geometry=GeoSeries(geometry, crs=layer.crs))


def _row(code: str, name: str, geometry: shapely.Geometry, crs: object) -> GeoDataFrame:
    return GeoDataFrame({"code": [code], "name": [name]}, geometry=GeoSeries([geometry], crs=crs))


def _title(unit_id: str) -> Text:
    return _TITLES.get(unit_id, same(unit_id))


def _outside_told(unit_id: str, area_m2: float) -> Problem:
    return Problem(
        "units-beyond-boundary",
        _title(unit_id),
        say("{ha} cadono fuori dal confine.", "{ha} lie beyond the boundary.", ha=hectares(area_m2)),
        Text("Non vengono contati.", "They are not counted."),
        NOTHING,
        Severity.INFO,
    )


def _rest_told(unit_id: str, area_m2: float) -> Problem:
    return Problem(
        "units-rest",
        _title(unit_id),
        say(
            "{ha} del territorio non stanno in alcuna unità.",
            "{ha} of the ground are in no unit.",
            ha=hectares(area_m2),
        ),
        say("Sono contati nella riga «{o}».", "They are counted in the row “{o}”.", o=OUTSIDE),
        NOTHING,
        Severity.INFO,
    )
