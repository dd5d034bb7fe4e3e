"""The city that scenarios are put into: its layers, the same whatever is built, and columns by neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.districts.params import SchedaParams
from analyses.result import Result, Table
from analyses.units import Units
from layers.raster import Raster

Columns = Mapping[str, Any]
"""A value for each neighbourhood, by the indicator's name."""


@dataclass(frozen=True)
class City:
    """The layers that are the same whatever is built. ``where``: the neighbourhoods within the boundary."""

    boundary: GeoDataFrame
    neighbourhoods: GeoDataFrame
    where: Units
    census: tuple[Edition[GeoDataFrame], ...]
    services: GeoDataFrame | None
    green: GeoDataFrame | None
    streets: GeoDataFrame | None
    elevation: Raster | None
    buildings: GeoDataFrame | None
    soil: tuple[Edition[Raster], ...]
    hazards: Mapping[str, GeoDataFrame | None]
    params: SchedaParams

    @property
    def head(self) -> Columns:
        """Code and name of each unit."""
        return {name: self.where.frame[name].to_numpy() for name in ("code", "name")}


def table_of(result: Result) -> Table:
    """Return a result's table by neighbourhood, whose rows are those of the city's units."""
    table = result.table("by_neighbourhood")
    assert table is not None, "the study has neighbourhoods"
    return table


def columns_of(result: Result, names: Iterable[str]) -> Columns:
    """Return columns of a result's table by neighbourhood."""
    frame = table_of(result).frame
    return {name: frame[name].to_numpy(float) for name in names}
