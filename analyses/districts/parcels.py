"""Equalisation: what each owner of a district brings, may build and has to cede.

Method: one index for all owners. An owner's share is the area brought over St; rights = floor area × share, cession =
Ac × share. Areas are measured, parcel ∩ district; ground of the district in no parcel is a last row, so that a
district's rows add up to St, its floor area and its Ac. Parcels that overlap share the ground they dispute.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.attributes import words
from analyses.districts.case import Case
from analyses.districts.scenarios import Plan
from analyses.districts.tables import EQUALISATION

NOT_STATED = "(proprietario non indicato)"
NO_PARCEL = "(nessuna particella)"
_LEAST_M2 = 0.01


def equalisation(case: Case, parcels: GeoDataFrame) -> pd.DataFrame:
    """Return a row per scenario, district and owner: ground brought, building rights and cession, in m².

    Of scenarios only districts that are not as in the plan; a parcel without ``owner`` counts under «not stated».
    """
    owners = words(parcels, "owner")
    numbers, names = pd.factorize(owners.where(owners != "", NOT_STATED), sort=True)
    brought = (parcels.geometry.to_numpy(), numbers, list(names))
    frames = [
        _of_district(plan, place, brought).assign(scenario=scenario.id)
        for scenario, plan in zip(case.scenarios, case.plans.values(), strict=True)
        for place in range(len(plan.frame))
        if scenario.is_base or not _is_same(case.plan, plan, place)
    ]
    return pd.concat(frames, ignore_index=True)[[column.id for column in EQUALISATION.columns]]


def _is_same(base: Plan, plan: Plan, place: int) -> bool:
    stated = ["ut_m2_m2", "ac_pct"]
    is_new = place >= len(base.frame)
    return (
        not is_new
        and base.outlines[place] is plan.outlines[place]
        and bool(base.frame.loc[place, stated].equals(plan.frame.loc[place, stated]))
    )


def _of_district(plan: Plan, place: int, parcels: tuple[np.ndarray, np.ndarray, list[str]]) -> pd.DataFrame:
    outline, row = plan.outlines[place], plan.frame.iloc[place]
    grounds, owner, names = parcels
    near = shapely.STRtree(grounds).query(outline, predicate="intersects")
    piece_m2 = shapely.area(shapely.intersection(grounds[near], outline))
    counts = np.bincount(owner[near][piece_m2 > _LEAST_M2], minlength=len(names) + 1)
    area_m2 = _closed(np.bincount(owner[near], piece_m2, minlength=len(names) + 1), float(shapely.area(outline)))
    there = area_m2 > _LEAST_M2
    frame = pd.DataFrame({"owner": [*names, NO_PARCEL], "parcels": counts, "area_m2": area_m2})[there]
    return frame.assign(
        district=row["code"],
        rights_m2=frame["area_m2"] * row["ut_m2_m2"],
        cession_m2=frame["area_m2"] * row["ac_pct"] / 100.0,
    )


def _closed(brought_m2: np.ndarray, st_m2: float) -> np.ndarray:
    """Return the owners' areas with, last, what nobody brings; parcels that overlap share St in proportion."""
    whole_m2 = float(brought_m2.sum())
    shared = brought_m2 * min(1.0, st_m2 / whole_m2) if whole_m2 > 0.0 else brought_m2
    shared[-1] = max(0.0, st_m2 - float(shared.sum()))
    return shared
