"""What is due, what exists and what lacks in each unit: residents and the plan's people against facilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.analysis import Edition
from analyses.attributes import words
from analyses.people import Shares, inner_points, shares_on
from analyses.planned import people_new as of_plan
from analyses.standards import remarks
from analyses.standards.areas import Facilities
from analyses.standards.params import StandardsParams
from analyses.standards.tables import PARTS, TOTAL
from analyses.units import Units
from layers.problems import Problem

_TWICE_IN = ("A", "B")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Places:
    """What stands in each unit: residents, the plan's people, the area that counts of each category (units × parts)."""

    people: Floats
    people_new: Floats
    existing_m2: Floats


def counted(
    found: Facilities, zoning: tuple[Edition[GeoDataFrame], ...], params: StandardsParams
) -> tuple[Floats, list[Problem]]:
    """Return the area that counts of each facility: with art. 4, its part in zones A and B twice."""
    real_m2 = found.frame["area_m2"].to_numpy(float)
    if not params.double_in_zones_a_b:
        return real_m2, []
    plan = zoning[-1].data if zoning else None
    if plan is None or "dm1444" not in plan:
        return real_m2, [remarks.no_zones()]
    old = plan.geometry.to_numpy()[plan["dm1444"].isin(_TWICE_IN).to_numpy()]
    within = shares_on(found.frame.geometry.to_numpy(), old)
    share = np.minimum(1.0, np.bincount(within.place, within.share, minlength=len(real_m2)))
    counted_m2 = real_m2 * (1.0 + share)
    return counted_m2, [remarks.counted_twice(float(counted_m2.sum() - real_m2.sum()))]


def new_people(districts: GeoDataFrame | None, params: StandardsParams) -> tuple[Floats, list[Problem]]:
    """Return the people of each district, 0 where they are not known, and which those are."""
    if districts is None:
        return np.empty(0), []
    new = of_plan(districts, params.floor_area_per_person_m2)
    unknown = words(districts, "name")[new.isna()].tolist()
    return new.fillna(0.0).to_numpy(float), [remarks.unknown_people(unknown)] if unknown else []


def places(
    where: Units,
    sections: GeoDataFrame,
    planned: tuple[GeoDataFrame | None, Floats],
    found: tuple[Facilities, Floats],
) -> tuple[Places, Places]:
    """Return what stands in each unit, and, as one more unit, what stands in none."""
    grounds = where.frame.geometry.to_numpy()
    people = _sums(sections.geometry.to_numpy(), sections[["population"]].to_numpy(float), grounds)
    districts, new = planned
    outlines = np.empty(0, object) if districts is None else districts.geometry.to_numpy()
    people_new = _sums(outlines, new[:, None], grounds)
    there, counted_m2 = found
    parts = (there.frame["category"].to_numpy()[:, None] == np.array(PARTS)) * counted_m2[:, None]
    existing_m2 = _units_of(there, grounds).sums(parts, len(grounds))
    inside = Places(people[:-1, 0], people_new[:-1, 0], existing_m2[:-1])
    return inside, Places(people[-1:, 0], people_new[-1:, 0], existing_m2[-1:])


def of_units(where: Units, found: Facilities, counted_m2: Floats) -> Mapping[str, NDArray[np.generic]]:
    """Return the unit of each facility, and what it brings to the existing area of each category there.

    A facility in no unit brings nothing: the rows of the units do not have it.
    """
    code, on = np.full(len(found.frame), "", dtype=object), _units_of(found, where.frame.geometry.to_numpy())
    code[on.place] = where.frame["code"].to_numpy(dtype=object)[on.ground]
    there_m2 = np.bincount(on.place, on.share, minlength=len(code)) * counted_m2
    category = found.frame["category"].to_numpy()
    parts = {f"{name}_existing_m2": np.where(category == name, there_m2, 0.0) for name in PARTS}
    return {"unit": code, **parts, f"{TOTAL}_existing_m2": there_m2}


def _units_of(found: Facilities, grounds: NDArray[np.object_]) -> Shares:
    """Return which unit the inner point of each facility lies in."""
    return shares_on(inner_points(found.frame), grounds)


def _sums(geometry: NDArray[np.object_], values: Floats, grounds: NDArray[np.object_]) -> Floats:
    return shares_on(geometry, grounds).sums(values, len(grounds))


def balances(existing_m2: Floats, people: Floats, params: StandardsParams) -> dict[str, Floats]:
    """Return due, existing and balance (m², one for each unit) of each category; the total is the sum of the parts.

    ``existing_m2`` is (units, parts of the standard), ``people`` (units,). Method: due = m² a person × people; the
    balance is what exists less what is due. Source: DM 1444/1968, as the parameters have it.
    """
    existing = {name: existing_m2[:, place] for place, name in enumerate(PARTS)} | {TOTAL: existing_m2.sum(axis=1)}
    columns: dict[str, Floats] = {}
    for name, due_m2 in params.due_m2().items():
        columns[f"{name}_due_m2"] = due_m2 * people
        columns[f"{name}_existing_m2"] = existing[name]
        columns[f"{name}_balance_m2"] = existing[name] - due_m2 * people
    return columns
