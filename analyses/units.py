"""Units: the pieces of ground a table has a row for. They always add up to the boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.analysis import Edition
from analyses.attributes import first_said, words
from analyses.fragments import Partition
from analyses.overlay import polygonal
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, number, same, say
from layers.union import rest_of, union_of_parts

OUTSIDE = Text("(fuori da ogni unità)", "(outside every unit)")
SMALLEST_REST_M2 = 1.0
NO_GROUND = shapely.MultiPolygon()
_NOISE_M2 = 1e-3
"""Less ground than this in no unit comes from arithmetic; it is kept, but not spoken of."""

_TITLES = {
    "flood_class": roles.FLOOD_HAZARD.title,
    "landslide_class": roles.LANDSLIDE_HAZARD.title,
    "coast_strip": roles.COASTLINE.title,
    "water_150": roles.HYDROGRAPHY.title,
    "neighbourhood": roles.NEIGHBOURHOODS.title,
    "zone": roles.ZONING.title,
    "district": roles.DISTRICTS.title,
}


@dataclass(frozen=True)
class Units:
    """``frame`` has code, name, geometry (unit ∩ boundary); ground in no unit is its last row, code empty.

    Where that ground is no more than ``SMALLEST_REST_M2`` it has no row; it is kept as ``slivers``, and told.
    """

    id: str
    frame: GeoDataFrame
    problems: tuple[Problem, ...] = ()
    slivers: shapely.Geometry = NO_GROUND

    @property
    def area_m2(self) -> pd.Series:
        """Planar area of each unit in the study's CRS."""
        return self.frame.area

    @property
    def codes(self) -> NDArray[np.object_]:
        """Return the code of each row, and after them the empty one of the slivers."""
        return np.append(self.frame["code"].to_numpy(dtype=object), "")

    def partition(self, name: str = "") -> Partition:
        """Return polygons that tile the boundary, each with its row; that of the slivers is after the last."""
        grounds = np.append(self.frame.geometry.to_numpy(), self.slivers)
        return Partition(name or self.id, *shapely.get_parts(grounds, return_index=True))


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
        found.append(units("neighbourhood", neighbourhoods, ground))
    if zoning:
        found.append(zones(zoning[-1].data, ground))
    if districts is not None:
        found.append(units("district", districts, ground))
    return tuple(found)


def communes(boundary: GeoDataFrame) -> Units:
    """Return the communes of the study; together they are the boundary."""
    return Units("commune", _dissolved(boundary, _codes(boundary, "code", "name"), words(boundary, "name")))


def zones(plan: GeoDataFrame, boundary: shapely.Geometry) -> Units:
    """Return the zones of a plan on the ground of ``boundary``."""
    return units("zone", plan, boundary, code="zone")


def units(
    unit_id: str, layer: GeoDataFrame, boundary: shapely.Geometry, *, code: str = "code", name: str = "name"
) -> Units:
    """Return the units of ``layer`` on the ground of ``boundary``, and the rest that lies in none.

    Polygons with the same words in the fields ``code`` and ``name`` are one unit. ``layer`` must be a partition (no
    overlaps): reading sees to that. What lies outside the boundary is left out, and said so; a unit all outside stays,
    without ground.
    """
    whole = _dissolved(layer, _codes(layer, code, name), words(layer, name))
    inside = polygonal(shapely.intersection(whole.geometry.to_numpy(), boundary))
    left_out_m2 = float(whole.area.sum() - shapely.area(inside).sum())
    kept = whole.set_geometry(GeoSeries(inside, index=whole.index, crs=layer.crs))
    said = [_outside_told(unit_id, left_out_m2)] if left_out_m2 > SMALLEST_REST_M2 else []
    return with_rest(Units(unit_id, kept, tuple(said)), boundary)


def with_rest(found: Units, boundary: shapely.Geometry) -> Units:
    """Return ``found``, which lies inside ``boundary``, with the ground that is in none of its units."""
    frame, inside = found.frame, found.frame.geometry.to_numpy()
    rest = polygonal(np.array([rest_of(boundary, union_of_parts(inside)) if len(inside) else boundary]))[0]
    rest_m2 = float(shapely.area(rest))
    if rest_m2 > SMALLEST_REST_M2:
        frame = pd.concat([frame, _row("", OUTSIDE.it, rest, frame.crs)], ignore_index=True)
        return Units(found.id, frame, (*found.problems, _rest_told(found.id, rest_m2)))
    said = (_slivers_told(found.id, rest_m2),) if rest_m2 > _NOISE_M2 else ()
    return Units(found.id, frame, (*found.problems, *said), rest)


def _codes(layer: GeoDataFrame, code: str, name: str) -> pd.Series:
    """Return the codes; a layer without codes is known by its names."""
    return first_said(words(layer, code), words(layer, name))


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


def _slivers_told(unit_id: str, area_m2: float) -> Problem:
    return Problem(
        "units-slivers-dropped",
        _title(unit_id),
        say("{m2} m² non stanno in alcuna unità.", "{m2} m² are in no unit.", m2=number(area_m2, 3)),
        Text("Sono troppo pochi per una riga: alla tabella mancano.", "Too little for a row: the table lacks them."),
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
