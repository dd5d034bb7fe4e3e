"""What a scenario brings to the city: its people where they may live, its services where they lie, the ground it cedes.

People: those that the new floor area holds, evenly on points of the district's net ground, ``homes.STEP_M`` apart;
where nothing is net, on the whole district. What of Ac art. 5 does not take serves the categories of art. 3, as it is
due; of a ceded area only the district is known, so it counts evenly on all of it and covers nobody on foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.districts.case import Case
from analyses.districts.scenarios import Scenario
from analyses.homes import standing
from analyses.standards.areas import CATEGORY_OF
from analyses.standards.tables import PARTS
from layers.union import outside

_KIND_OF = {category: kind for kind, category in reversed(list(CATEGORY_OF.items()))}
"""A kind of service that counts in the category: the first of the catalogue."""


@dataclass(frozen=True)
class CityPatch:
    """Points with ``population``; points with ``kind``, ``name`` and ``area_m2``: services, and ground ceded."""

    people: GeoDataFrame
    services: GeoDataFrame
    ceded: GeoDataFrame

    def census(self, today: tuple[Edition[GeoDataFrame], ...]) -> tuple[Edition[GeoDataFrame], ...]:
        """Return the latest census with the scenario's people added; their ages and households are not known."""
        return (Edition(today[-1].year, added(today[-1].data, self.people), today[-1].credit),)


def nothing(crs: object) -> CityPatch:
    """Return the patch of the city as it stands."""
    return CityPatch(_people([], crs), _services([], crs), _services([], crs))


def city_patch(case: Case, scenario: Scenario, crs: object) -> CityPatch:
    """Return what the plan brings as ``scenario`` makes it."""
    outlines, sheet = case.plans[scenario.id].outlines, case.sheets[scenario.id]
    places = dict(zip(sheet["code"], outlines, strict=True))
    people = [
        (point, float(share))
        for outline, new in zip(outlines, sheet["people_new"], strict=True)
        for point, share in _lived_in(case, outline, float(new))
    ]
    services = [
        (each.place or shapely.point_on_surface(places[each.district]), each.kind, each.name, each.area_m2)
        for each in scenario.services
    ]
    return CityPatch(_people(people, crs), _services(services, crs), _services(list(_ceded(sheet, outlines)), crs))


def added(layer: GeoDataFrame, rows: GeoDataFrame) -> GeoDataFrame:
    """Return ``layer`` with ``rows`` after its own."""
    return pd.concat([layer, rows], ignore_index=True) if len(rows) else layer


def net_ground(case: Case, outline: shapely.Geometry) -> shapely.Geometry:
    """Return what no cause nets off of a district, or all of it where nothing is left."""
    left = outside(outline, shapely.intersection(case.bound, outline))
    return outline if shapely.is_empty(left) else left


def _lived_in(case: Case, outline: shapely.Geometry, people: float) -> Iterator[tuple[shapely.Point, float]]:
    if people > 0.0:
        points = standing(net_ground(case, outline))
        yield from ((point, people / len(points)) for point in points)


def _ceded(sheet: pd.DataFrame, outlines: np.ndarray) -> Iterator[tuple[shapely.Point, str, str, float]]:
    for outline, row in zip(outlines, sheet.to_dict("records"), strict=True):
        own_m2 = {part: row[f"{part}_planned_m2"] - row[f"{part}_added_m2"] for part in PARTS}
        whole_m2 = sum(own_m2.values())
        left = max(0.0, 1.0 - row["art5_due_m2"] / whole_m2) if whole_m2 > 0.0 else 0.0
        points = standing(outline) if left > 0.0 else ()
        for part, area_m2 in own_m2.items():
            yield from ((point, _KIND_OF[part], f"Ac {row['name']}", area_m2 * left / len(points)) for point in points)


def _people(rows: list[tuple[shapely.Point, float]], crs: object) -> GeoDataFrame:
    return GeoDataFrame({"population": [people for _, people in rows]}, geometry=[at for at, _ in rows], crs=crs)


def _services(rows: list[tuple[shapely.Point, str, str, float]], crs: object) -> GeoDataFrame:
    columns = {
        "kind": [kind for _, kind, _, _ in rows],
        "name": [name for _, _, name, _ in rows],
        "area_m2": [area_m2 for _, _, _, area_m2 in rows],
    }
    return GeoDataFrame(columns, geometry=[at for at, *_ in rows], crs=crs)
