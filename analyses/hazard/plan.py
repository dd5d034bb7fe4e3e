"""What the plan would add inside a hazard class: floor area and people of its districts.

Method: a district's new floor area (``ut_m2_m2`` × St, less ``floor_area_existing_m2`` where the index counts it) lies
evenly over the district, so a class gets its share of the area; people = floor area × ``residential_pct`` / 100 /
floor area per person (DM 1444/1968 art. 3: 25 m²).
"""

from __future__ import annotations

import pandas as pd
from geopandas import GeoDataFrame

from analyses.planned import floor_area_new_m2, people_new
from analyses.units import Units
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, say


def densities(units: Units, districts: GeoDataFrame, floor_area_per_person_m2: float) -> pd.DataFrame:
    """Return ``floor_area_new_m2`` and ``people_new`` that each m² of a unit gets, by the row of ``units``.

    NaN where a district has no index, or no residential share; 0 on the ground of no district. Without any index the
    frame has no columns; without any residential share no people.
    """
    if "ut_m2_m2" not in districts or districts["ut_m2_m2"].isna().all():
        return pd.DataFrame(index=units.frame.index)
    st_m2 = districts.area
    columns = {"floor_area_new_m2": floor_area_new_m2(districts)}
    if "residential_pct" in districts:
        columns["people_new"] = people_new(districts, floor_area_per_person_m2)
    by_code = pd.DataFrame(columns | {"st_m2": st_m2}).groupby(districts["code"].astype(str)).sum(min_count=1)
    per_m2 = by_code[list(columns)].div(by_code["st_m2"], axis=0)
    found = per_m2.reindex(units.frame["code"]).set_axis(units.frame.index, axis=0)
    found.loc[(units.frame["code"] == "").to_numpy()] = 0.0
    return found


def problems(units: Units, per_m2: pd.DataFrame) -> list[Problem]:
    """Return the remark on districts whose index is not known."""
    if per_m2.empty or "floor_area_new_m2" not in per_m2:
        return [_no_index([])] if len(units.frame) else []
    lacking = units.frame["name"][per_m2["floor_area_new_m2"].isna()]
    return [_no_index(list(lacking))] if len(lacking) else []


def _no_index(names: list[str]) -> Problem:
    which = say(" ({n})", " ({n})", n=listing(names)) if names else NOTHING
    return Problem(
        "district-without-index",
        roles.DISTRICTS.title,
        say("manca l'indice Ut{w}.", "the index Ut is missing{w}.", w=which),
        Text(
            "Superficie utile e abitanti previsti nelle classi non si calcolano.",
            "Planned floor area and people in the classes are not computed.",
        ),
        NOTHING,
        Severity.INFO,
    )
