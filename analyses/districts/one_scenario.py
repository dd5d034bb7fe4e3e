"""One scenario as results have a plan: its sheets, what they sum up to, its outlines and the services it adds."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from geopandas import GeoDataFrame

from analyses.districts.figures import FIGURES
from analyses.districts.live import LiveScenario
from analyses.districts.scenarios import AddedService
from analyses.districts.tables import BY_DISTRICT
from analyses.result import Figure, Result, Table
from analyses.standards.areas import CATEGORY_OF

DISTRICTS, SERVICES, SPLIT = "districts", "services_added", "split"


def result_of(live: LiveScenario) -> Result:
    """Return the sheets of all districts as the scenario makes them, in m²; nothing is measured.

    Layers: ``districts``, and ``services_added``, points with ``district``, ``kind``, ``category``, ``name`` and
    ``area_m2``, where the scenario adds some; a service without a place stands inside its district. ``split``, the
    districts that it parts and their parts, where there are any.
    """
    sheet = live.sheet.assign(scenario=live.scenario.id)
    columns = [column.id for column in BY_DISTRICT.columns if column.id in sheet and not sheet[column.id].isna().all()]
    layers = {DISTRICTS: GeoDataFrame(sheet[columns], geometry=live.plan.outlines, crs=live.crs)}
    if live.scenario.services:
        layers[SERVICES] = _services(live)
    split = {code for each in live.scenario.parted for code in (each.district, each.part_of)}
    if split:
        districts = layers[DISTRICTS]
        layers[SPLIT] = districts.loc[districts["code"].isin(split), ["code", "name", "geometry"]]
    return Result(tuple(_figures(sheet)), (Table(BY_DISTRICT, sheet[columns]),), layers)


def _services(live: LiveScenario) -> GeoDataFrame:
    inside = dict(zip(live.plan.frame["code"], live.plan.outlines, strict=True))
    rows = [_service(each) for each in live.scenario.services]
    places = [each.place or inside[each.district].point_on_surface() for each in live.scenario.services]
    return GeoDataFrame(rows, geometry=places, crs=live.crs)


def _service(service: AddedService) -> dict[str, object]:
    return {
        "district": service.district,
        "kind": service.kind,
        "category": CATEGORY_OF.get(service.kind, ""),
        "name": service.name or service.kind,
        "area_m2": service.area_m2,
    }


def _figures(sheet: pd.DataFrame) -> Iterator[Figure]:
    """Yield the figures that are sums over the districts; what no district knows is left out."""
    for spec in FIGURES:
        if spec.id in sheet and not sheet[spec.id].isna().all():
            yield Figure(spec, float(sheet[spec.id].sum(min_count=1)))
    yield Figure(FIGURES[0], float(len(sheet)))
