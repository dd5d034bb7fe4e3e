"""Who lives in hazard today and with a scenario's people, in every neighbourhood."""

from __future__ import annotations

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.districts.causes import HAZARDS, Cause, netted_off
from analyses.effects.city import City, Columns, table_of
from analyses.effects.patch import CityPatch
from analyses.hazard.classes import FLOOD, LANDSLIDE, ROLES
from analyses.hazard.figures import NAMES
from analyses.hazard_exposure import hazard_exposure
from analyses.people import shares_on
from analyses.units import Units

_COLUMNS = ("flood_people", "landslide_people")


def in_hazard(city: City) -> Columns:
    """Return who lives today in the classes from which nothing is built, for each hazard that the study has."""
    layers = {ROLES[codelist].id: layer for codelist, layer in city.hazards.items() if layer is not None}
    if not layers:
        return {}
    result = hazard_exposure(
        boundary=city.boundary, neighbourhoods=city.neighbourhoods, census=city.census, buildings=city.buildings,
        **layers,
    )  # fmt: skip
    frame = table_of(result).frame
    lowest = {FLOOD: city.params.flood_from, LANDSLIDE: city.params.landslide_from}
    return {
        f"{NAMES[codelist]}_people": _people_in(frame, codelist, netted_off(codelist, lowest[codelist]), city.where)
        for codelist, layer in city.hazards.items()
        if layer is not None
    }


def in_hazard_after(city: City, causes: tuple[Cause, ...], patch: CityPatch, today: Columns) -> Columns:
    """Return who lives in hazard with the people of the patch."""
    grounds = {cause.id: cause.ground for cause in causes}
    people = patch.people
    after = dict(today)
    for name, role_id in zip(_COLUMNS, HAZARDS, strict=True):
        if name in today and role_id in grounds and len(people):
            caught = people[people.intersects(grounds[role_id])]
            after[name] = today[name] + _on_units(caught, city.where)
    return after


def _people_in(frame: pd.DataFrame, codelist: str, classes: tuple[str, ...], where: Units) -> np.ndarray:
    chosen = frame[(frame["hazard"] == NAMES[codelist]) & frame["class"].isin(classes)]
    sums = chosen.groupby(["code", "name"])["people"].sum()
    return sums.reindex(list(zip(where.frame["code"], where.frame["name"], strict=True)), fill_value=0.0).to_numpy()


def _on_units(people: GeoDataFrame, where: Units) -> np.ndarray:
    grounds = where.frame.geometry.to_numpy()
    values = people[["population"]].to_numpy(float)
    return shares_on(people.geometry.to_numpy(), grounds).sums(values, len(grounds))[:-1, 0]
