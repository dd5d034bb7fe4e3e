"""Which standards of DM 1444/1968 are met: due, existing and balance, for today's people and the plan's.

Method: art. 3 gives each resident 4.5 m² of education, 2 of common interest, 9 of green and sport, 2.5 of parking, 18
in all. Due = residents × that; existing = the ground of public facilities; balance = existing − due. Residents are
those of the census sections, by area where a section is cut; a facility is of the neighbourhood that holds its inner
point, unclipped.
Art. 4: what lies in zones A and B may count twice; an option, the real area is printed beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses import standards_remarks
from analyses.analysis import Analysis, Edition, Population
from analyses.attributes import words
from analyses.params import param
from analyses.people import inner_points, shares_on, spread
from analyses.planned import people_new
from analyses.progress import Report, silent
from analyses.result import Figure, FigureSpec, Result, Table
from analyses.standards_areas import Facilities, facilities
from analyses.standards_tables import BY_NEIGHBOURHOOD, CATEGORIES, COUNTED, FIGURES, PARTS, PLAN, TABLES, TOTAL
from analyses.units import Units, communes, units
from layers import roles
from layers.problems import Problem
from layers.text import Text
from layers.union import union_of_parts

_TWICE_IN = ("A", "B")
_NO_PEOPLE = Text(
    "Nel territorio dello studio non risulta alcun residente.", "The ground of the study has no resident."
)
_NO_DISTRICTS = Text("Lo studio non ha distretti di trasformazione.", "The study has no transformation districts.")

Floats = NDArray[np.float64]


def _due(category: str) -> Any:
    known = CATEGORIES[category]
    label = Text(f"{known.label.it}, dovuti a persona", f"{known.label.en}, due per person")
    return param(known.due_m2, label, unit="m²", low=0, high=100, is_verified=known.is_verified)


@dataclass(frozen=True)
class StandardsParams:
    """What is due to each person, how the plan's people are counted, and whether art. 4 is applied."""

    istruzione_m2_per_person: float = _due("istruzione")
    interesse_comune_m2_per_person: float = _due("interesse_comune")
    verde_m2_per_person: float = _due("verde")
    parcheggi_m2_per_person: float = _due("parcheggi")
    floor_area_per_person_m2: float = param(
        25.0, Text("Superficie per abitante del piano", "Floor area per person of the plan"), unit="m²", low=1, high=500
    )
    double_in_zones_a_b: bool = param(
        False,
        Text("Conta due volte le aree nelle zone A e B (art. 4)", "Count areas in zones A and B twice (art. 4)"),
        is_verified=False,
    )

    def due_m2(self) -> Mapping[str, float]:
        """Return the m² due to each person, by category; the total is the sum."""
        due = {name: float(getattr(self, f"{name}_m2_per_person")) for name in PARTS}
        return {**due, TOTAL: sum(due.values())}


@dataclass(frozen=True)
class _Places:
    """What stands in each unit: residents, the plan's people, the area that counts of each category (units × parts)."""

    people: Floats
    people_new: Floats
    existing_m2: Floats


def standards(
    *,
    boundary: GeoDataFrame,
    census: tuple[Edition[GeoDataFrame], ...],
    services: GeoDataFrame | None = None,
    green: GeoDataFrame | None = None,
    neighbourhoods: GeoDataFrame | None = None,
    zoning: tuple[Edition[GeoDataFrame], ...] = (),
    districts: GeoDataFrame | None = None,
    population: Population | None = None,
    params: StandardsParams = StandardsParams(),
    report: Report = silent,
) -> Result:
    """Hold what exists against what is due, in each neighbourhood and in the commune.

    Parameters
    ----------
    boundary : communes (name, code), polygons in a metric CRS; every other layer is in the same
    census : sections with ``population``; of several years the latest counts
    services, green : what exists: points with ``area_m2`` and polygons of ``kind``; polygons, ``public`` or not
    neighbourhoods : units; without them the communes
    zoning : with ``dm1444``, for art. 4; of several years the latest counts
    districts : for the plan's people
    population : not used: residents are needed where they live
    params : m² due to each person, and the options
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        m² with the parts adding up to the commune; the last row is what lies in no unit. Layers: the
        units, ``facilities``.
    """
    ground = union_of_parts(boundary.geometry.to_numpy())
    where = (
        communes(boundary) if neighbourhoods is None else units("neighbourhood", neighbourhoods, ground, "code", "name")
    )
    report(0.1, Text("Attrezzature esistenti", "Existing facilities"))
    found = facilities(services, green, boundary.crs)
    counted_m2, said = _counted(found, zoning, params)
    report(0.4, Text("Residenti nei quartieri", "Residents in the neighbourhoods"))
    residents = spread(census[-1].data, None)
    new, of_plan = _new_people(districts, params)
    places, beyond = _places(where, residents.frame, (districts, new), (found, counted_m2))
    report(0.9, Text("Saldi", "Balances"))
    tables = (*_tables(where, places, params, districts), Table(COUNTED, _by_category(found, counted_m2)))
    told = (*where.problems, *residents.problems, *found.problems, *of_plan, *said, *_beyond_told(beyond))
    layers = {where.id: GeoDataFrame(tables[0].frame, geometry=where.frame.geometry.to_numpy(), crs=boundary.crs)}
    if len(found.frame):
        layers["facilities"] = found.frame.assign(counted_m2=counted_m2)
    return Result(_figures(places, params, districts), tables, layers, told)


def _counted(
    found: Facilities, zoning: tuple[Edition[GeoDataFrame], ...], params: StandardsParams
) -> tuple[Floats, list[Problem]]:
    """Return the area that counts of each facility: with art. 4, its part in zones A and B twice."""
    real_m2 = found.frame["area_m2"].to_numpy(float)
    if not params.double_in_zones_a_b:
        return real_m2, []
    plan = zoning[-1].data if zoning else None
    if plan is None or "dm1444" not in plan:
        return real_m2, [standards_remarks.no_zones()]
    old = plan.geometry.to_numpy()[plan["dm1444"].isin(_TWICE_IN).to_numpy()]
    within = shares_on(found.frame.geometry.to_numpy(), old)
    share = np.minimum(1.0, np.bincount(within.place, within.share, minlength=len(real_m2)))
    counted_m2 = real_m2 * (1.0 + share)
    return counted_m2, [standards_remarks.counted_twice(float(counted_m2.sum() - real_m2.sum()))]


def _new_people(districts: GeoDataFrame | None, params: StandardsParams) -> tuple[Floats, list[Problem]]:
    """Return the people of each district, 0 where they are not known, and which those are."""
    if districts is None:
        return np.empty(0), []
    new = people_new(districts, params.floor_area_per_person_m2)
    unknown = words(districts, "name")[new.isna()].tolist()
    return new.fillna(0.0).to_numpy(float), [standards_remarks.unknown_people(unknown)] if unknown else []


def _places(
    where: Units,
    sections: GeoDataFrame,
    planned: tuple[GeoDataFrame | None, Floats],
    found: tuple[Facilities, Floats],
) -> tuple[_Places, _Places]:
    """Return what stands in each unit, and, as one more unit, what stands in none."""
    grounds = where.frame.geometry.to_numpy()
    people = _sums(sections.geometry.to_numpy(), sections[["population"]].to_numpy(float), grounds)
    districts, new = planned
    outlines = np.empty(0, object) if districts is None else districts.geometry.to_numpy()
    people_new = _sums(outlines, new[:, None], grounds)
    there, counted_m2 = found
    parts = (there.frame["category"].to_numpy()[:, None] == np.array(PARTS)) * counted_m2[:, None]
    existing_m2 = _sums(inner_points(there.frame), parts, grounds)
    inside = _Places(people[:-1, 0], people_new[:-1, 0], existing_m2[:-1])
    return inside, _Places(people[-1:, 0], people_new[-1:, 0], existing_m2[-1:])


def _sums(geometry: NDArray[np.object_], values: Floats, grounds: NDArray[np.object_]) -> Floats:
    return shares_on(geometry, grounds).sums(values, len(grounds))


def _tables(where: Units, places: _Places, params: StandardsParams, districts: GeoDataFrame | None) -> list[Table]:
    head = pd.DataFrame(where.frame[["code", "name"]]).assign(population=places.people)
    today = head.assign(**_balances(places.existing_m2, places.people, params))
    tables = [Table(BY_NEIGHBOURHOOD, today[[column.id for column in BY_NEIGHBOURHOOD.columns]])]
    if districts is not None:
        plan = head.assign(people_new=places.people_new)
        plan = plan.assign(**_balances(places.existing_m2, places.people + places.people_new, params))
        tables.append(Table(PLAN, plan[[column.id for column in PLAN.columns]]))
    return tables


def _balances(existing_m2: Floats, people: Floats, params: StandardsParams) -> dict[str, Floats]:
    """Return due, existing and balance of each category; the total is the sum of the parts."""
    existing = {name: existing_m2[:, place] for place, name in enumerate(PARTS)} | {TOTAL: existing_m2.sum(axis=1)}
    columns: dict[str, Floats] = {}
    for name, due_m2 in params.due_m2().items():
        columns[f"{name}_due_m2"] = due_m2 * people
        columns[f"{name}_existing_m2"] = existing[name]
        columns[f"{name}_balance_m2"] = existing[name] - due_m2 * people
    return columns


def _by_category(found: Facilities, counted_m2: Floats) -> pd.DataFrame:
    category = found.frame["category"].to_numpy()
    real_m2 = found.frame["area_m2"].to_numpy(float)
    chosen = [np.ones(len(category), bool) if name == TOTAL else category == name for name in CATEGORIES]
    return pd.DataFrame(
        {
            "category": list(CATEGORIES),
            "facilities": [int(each.sum()) for each in chosen],
            "real_m2": [float(real_m2[each].sum()) for each in chosen],
            "counted_m2": [float(counted_m2[each].sum()) for each in chosen],
        }
    )


def _figures(places: _Places, params: StandardsParams, districts: GeoDataFrame | None) -> tuple[Figure, ...]:
    people, new = float(places.people.sum()), float(places.people_new.sum())
    whole = places.existing_m2.sum(axis=0, keepdims=True)
    today = _balances(whole, np.array([people]), params)
    plan = _balances(whole, np.array([people + new]), params)
    answers: dict[str, float | Text] = {}
    for name in CATEGORIES:
        existing_m2 = float(today[f"{name}_existing_m2"][0])
        answers[f"standard_{name}_m2_per_person"] = existing_m2 / people if people else _NO_PEOPLE
        answers[f"standard_{name}_balance_m2"] = float(today[f"{name}_balance_m2"][0])
        of_plan = float(plan[f"{name}_balance_m2"][0])
        answers[f"standard_{name}_balance_plan_m2"] = _NO_DISTRICTS if districts is None else of_plan
    return tuple(_figure(spec, answers[spec.id]) for spec in FIGURES)


def _figure(spec: FigureSpec, answer: float | Text) -> Figure:
    return Figure(spec, None, answer) if isinstance(answer, Text) else Figure(spec, answer)


def _beyond_told(beyond: _Places) -> list[Problem]:
    people, area_m2 = float(beyond.people.sum()), float(beyond.existing_m2.sum())
    return [standards_remarks.in_no_unit(people, area_m2)] if people >= 0.5 or area_m2 >= 1.0 else []


STANDARDS = Analysis(
    id="standards",
    title=Text("Standard urbanistici", "Planning standards"),
    about=Text(
        "Quali standard del DM 1444/68 sono soddisfatti, quartiere per quartiere, oggi e con gli abitanti del piano.",
        "Which standards of DM 1444/68 are met in each neighbourhood, today and with the plan's people.",
    ),
    method=Text(
        "Le aree per servizi che esistono si confrontano con quelle dovute a ogni residente dal DM "
        "1444/1968, art. 3: istruzione, interesse comune, verde, parcheggi. Il saldo è la differenza fra "
        "esistente e dovuto.",
        "The areas for services that exist are compared with those due to every resident under DM "
        "1444/1968, art. 3: education, common interest, green, parking. The balance is what exists less "
        "what is due.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.CENSUS,
        roles.SERVICES,
        roles.GREEN,
        roles.NEIGHBOURHOODS,
        roles.ZONING,
        roles.DISTRICTS,
    ),
    needs=((roles.BOUNDARY,), (roles.CENSUS,), (roles.SERVICES, roles.GREEN)),
    params=StandardsParams,
    run=standards,
    figures=FIGURES,
    tables=TABLES,
    headlines=(
        "standard_totale_m2_per_person",
        "standard_verde_balance_m2",
        "standard_istruzione_balance_m2",
        "standard_parcheggi_balance_m2",
    ),
)
