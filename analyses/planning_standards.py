"""Which standards of DM 1444/1968 are met: due, existing and balance, for today's people and the plan's.

Method: art. 3 gives each resident 4.5 m² of education, 2 of common interest, 9 of green and sport, 2.5 of parking, 18
in all. Due = residents × that; existing = the ground of public facilities; balance = existing − due. Residents are
those of the census sections, by area where a section is cut; a facility is of the neighbourhood that holds its inner
point, unclipped.
Art. 4: what lies in zones A and B may count twice; an option, the real area is printed beside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.analysis import Analysis, Edition, Population
from analyses.people import spread
from analyses.progress import Report, silent
from analyses.result import Figure, Result, Table
from analyses.standards import remarks
from analyses.standards.areas import Facilities, facilities
from analyses.standards.balances import Places, balances, counted, new_people, of_units, places
from analyses.standards.params import UNTOUCHED, StandardsParams
from analyses.standards.tables import BY_NEIGHBOURHOOD, CATEGORIES, COUNTED, FIGURES, PLAN, TABLES, TOTAL
from analyses.units import Units, communes, units
from layers import roles
from layers.problems import Problem
from layers.text import Text
from layers.union import union_of_parts

_NO_PEOPLE = Text(
    "Nel territorio dello studio non risulta alcun residente.", "The ground of the study has no resident."
)
_NO_DISTRICTS = Text("Lo studio non ha distretti di trasformazione.", "The study has no transformation districts.")

Floats = NDArray[np.float64]


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
    params: StandardsParams = UNTOUCHED,
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
    where = communes(boundary) if neighbourhoods is None else units("neighbourhood", neighbourhoods, ground)
    report(0.1, Text("Attrezzature esistenti", "Existing facilities"))
    found = facilities(services, green, boundary.crs)
    counted_m2, said = counted(found, zoning, params)
    report(0.4, Text("Residenti nei quartieri", "Residents in the neighbourhoods"))
    residents = spread(census[-1].data, None)
    new, of_plan = new_people(districts, params)
    stand, beyond = places(where, residents.frame, (districts, new), (found, counted_m2))
    report(0.9, Text("Saldi", "Balances"))
    tables = (*_tables(where, stand, params, districts), Table(COUNTED, _by_category(found, counted_m2)))
    told = (*where.problems, *residents.problems, *found.problems, *of_plan, *said, *_beyond_told(beyond))
    layers = {where.id: GeoDataFrame(tables[0].frame, geometry=where.frame.geometry.to_numpy(), crs=boundary.crs)}
    if len(found.frame):
        layers["facilities"] = found.frame.assign(counted_m2=counted_m2, **of_units(where, found, counted_m2))
    return Result(_figures(stand, params, districts), tables, layers, told)


def _tables(where: Units, places: Places, params: StandardsParams, districts: GeoDataFrame | None) -> list[Table]:
    head = pd.DataFrame(where.frame[["code", "name"]]).assign(population=places.people)
    today = head.assign(**balances(places.existing_m2, places.people, params))
    tables = [Table(BY_NEIGHBOURHOOD, today[[column.id for column in BY_NEIGHBOURHOOD.columns]])]
    if districts is not None:
        plan = head.assign(people_new=places.people_new)
        plan = plan.assign(**balances(places.existing_m2, places.people + places.people_new, params))
        tables.append(Table(PLAN, plan[[column.id for column in PLAN.columns]]))
    return tables


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


def _figures(places: Places, params: StandardsParams, districts: GeoDataFrame | None) -> tuple[Figure, ...]:
    people, new = float(places.people.sum()), float(places.people_new.sum())
    whole = places.existing_m2.sum(axis=0, keepdims=True)
    today = balances(whole, np.array([people]), params)
    plan = balances(whole, np.array([people + new]), params)
    answers: dict[str, float | Text] = {}
    for name in CATEGORIES:
        existing_m2 = float(today[f"{name}_existing_m2"][0])
        answers[f"standard_{name}_m2_per_person"] = existing_m2 / people if people else _NO_PEOPLE
        answers[f"standard_{name}_balance_m2"] = float(today[f"{name}_balance_m2"][0])
        of_plan = float(plan[f"{name}_balance_m2"][0])
        answers[f"standard_{name}_balance_plan_m2"] = _NO_DISTRICTS if districts is None else of_plan
    return tuple(Figure.of(spec, answers[spec.id]) for spec in FIGURES)


def _beyond_told(beyond: Places) -> list[Problem]:
    people, area_m2 = float(beyond.people.sum()), float(beyond.existing_m2.sum())
    return [remarks.in_no_unit(people, area_m2)] if people >= 0.5 or area_m2 >= 1.0 else []


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
