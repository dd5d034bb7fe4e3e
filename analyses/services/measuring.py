"""Measuring who is served: what stays as it is while services are tried elsewhere, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geopandas import GeoDataFrame

from analyses.homes import Homes, homes_of
from analyses.progress import Report, silent
from analyses.services.cycle_ways import cycle_ways
from analyses.services.params import CoverageParams
from analyses.services.reach import Reach, Reached, near_green, reached, walking
from analyses.services.service_kinds import public_green, services_of
from analyses.services.sums import Measured
from analyses.units import Units, communes, units
from layers.text import Text
from layers.union import union_of_parts


@dataclass(frozen=True)
class Setting:
    """Units, homes, how one walks between them, parks and cycle ways: nothing that moving a service changes."""

    where: Units
    homes: Homes
    reach: Reach
    green: GeoDataFrame | None
    cycle_ways: GeoDataFrame | None = None

    def measured(self, services: GeoDataFrame, *, report: Report = silent, before: Reached | None = None) -> Measured:
        """Return who is served by ``services``; ``before`` is what was found with others, where some stay."""
        params = self.reach.params
        found = services_of(services, self.green, params.least_green_ha, self.cycle_ways)
        parks = public_green(services, self.green, params.least_green_ha)
        minutes = reached(self.reach, found, report, before)
        near = near_green(self.homes, parks, params.green_straight_m)
        return Measured(self.where, found, self.homes, self.reach, minutes, near)


def units_of(boundary: GeoDataFrame, neighbourhoods: GeoDataFrame | None) -> Units:
    """Return the neighbourhoods within the boundary, without them the communes."""
    if neighbourhoods is None:
        return communes(boundary)
    return units("neighbourhood", neighbourhoods, union_of_parts(boundary.geometry.to_numpy()))


def setting_of(
    where: Units, inputs: Mapping[str, Any], params: CoverageParams, report: Report = silent
) -> Setting | None:
    """Return homes and ways of the layers ``inputs`` (by role, as an analysis takes them); None without people."""
    homes = homes_of(inputs["census"], inputs["neighbourhoods"], inputs["buildings"], where)
    if homes is None or not (homes.unit >= 0).any():
        return None
    report(0.1, Text("Rete pedonale", "Walking network"))
    ways = walking(inputs["streets"], inputs["elevation"], homes, params)
    return Setting(where, homes, ways, inputs["green"], cycle_ways(inputs["streets"]))
