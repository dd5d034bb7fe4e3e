"""Who reaches which service with each scenario: the city is walked once, a scenario searches only what it changes.

Homes have ways leading to them and none through them, so that a place where people are added changes nobody's walk:
the places of all scenarios stand on the network from the start, with nobody in them, and each scenario fills its own. A
service added changes the walk to its kind alone: other kinds keep the minutes found for the city as it stands.

The minutes are those of ``service_coverage`` on patched layers to the last bit. Sums over homes may differ in the last
digits, since the places stand after the homes of the census and not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.effects.city import City, Columns
from analyses.effects.patch import CityPatch, added
from analyses.effects.tables import INDICATORS
from analyses.homes import Homes, homes_of, with_places
from analyses.progress import Report
from analyses.services.cycle_ways import cycle_ways
from analyses.services.measuring import Setting
from analyses.services.params import UNTOUCHED
from analyses.services.reach import walking
from analyses.services.sums import Measured, by_neighbourhood

_KNOWN = {column.id for column in INDICATORS} - {"population"}


@dataclass(frozen=True)
class Walked:
    """The city's services as they are, from its homes and from every place of ``rows`` (by its well-known bytes)."""

    setting: Setting
    services: GeoDataFrame
    today: Measured
    rows: Mapping[bytes, int]

    def columns(self, patch: CityPatch) -> Columns:
        """Return who is served in each neighbourhood with the patch; nothing where nobody lives."""
        measured = self._measured(patch)
        if not measured.inside.any():
            return {}
        table = by_neighbourhood(measured)
        return {name: table[name].to_numpy(float) for name in table if name in _KNOWN}

    def _measured(self, patch: CityPatch) -> Measured:
        """Return what was measured, with the patch's people in their places and its services searched from."""
        found = self.today
        if len(patch.services):
            found = self.setting.measured(added(self.services, patch.services), before=found.found)
        return replace(found, homes=self._with_people(patch.people))

    def _with_people(self, more: GeoDataFrame) -> Homes:
        homes = self.setting.homes
        people = homes.people.copy()
        rows = np.array([self.rows[place] for place in shapely.to_wkb(more.geometry.to_numpy())], dtype=np.intp)
        np.add.at(people[:, 0], rows, more["population"].to_numpy(float))
        return replace(homes, people=people)


def walked(city: City, patches: Iterable[CityPatch], report: Report) -> Walked | None:
    """Walk the city from its homes and from every place where a patch puts people; None without services."""
    if city.services is None:
        return None
    places = {shapely.to_wkb(point): point for patch in patches for point in patch.people.geometry}
    homes = homes_of(city.census, city.neighbourhoods, city.buildings, city.where)
    everyone = with_places(homes, np.array(list(places.values()), dtype=object), city.where)
    ways = walking(city.streets, city.elevation, everyone, UNTOUCHED)
    setting = Setting(city.where, everyone, ways, city.green, cycle_ways(city.streets))
    first = len(everyone.points) - len(places)
    rows = {place: first + row for row, place in enumerate(places)}
    return Walked(setting, city.services, setting.measured(city.services, report=report), rows)
