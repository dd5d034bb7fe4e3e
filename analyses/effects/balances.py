"""Residents and standards of every neighbourhood with what a scenario brings."""

from __future__ import annotations

from analyses.districts.params import DUE_NAMES
from analyses.effects.city import City, Columns, columns_of
from analyses.effects.patch import CityPatch, added, nothing
from analyses.planning_standards import standards
from analyses.standards.params import StandardsParams
from analyses.standards.tables import CATEGORIES


def balances(city: City, patch: CityPatch) -> Columns:
    """Return residents and the balance of each category, with what the patch cedes and adds."""
    there = city.services is not None or city.green is not None
    services = city.services if city.services is not None else nothing(city.boundary.crs).services
    result = standards(
        boundary=city.boundary,
        neighbourhoods=city.neighbourhoods,
        census=patch.census(city.census),
        services=added(added(services, patch.services), patch.ceded),
        green=city.green,
        params=StandardsParams(**{name: getattr(city.params, name) for name in DUE_NAMES}),
    )
    return columns_of(result, ("population", *(f"{name}_balance_m2" for name in CATEGORIES if there)))
