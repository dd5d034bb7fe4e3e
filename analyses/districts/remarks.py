"""What the sheets of the districts have to say besides their numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.districts.params import SchedaParams
from analyses.params import abouts
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, listing, say
from layers.union import outside, union_of_parts

_LEAST_M2 = 1.0
_NEEDED = ("floor_area_m2", "people", "soil_newly_consumed_m2", "ac_m2")


def remarks(
    boundary: GeoDataFrame, districts: GeoDataFrame, base: pd.DataFrame, params: SchedaParams
) -> Iterator[Problem]:
    """Yield what lies beyond the boundary, what is not known, and what the plan does not say."""
    yield from _beyond(boundary, districts)
    yield from _unknown(base)
    if bool(base["ac_m2"].notna().any()):
        yield _assumed()
    yield _unverified(params)


def _beyond(boundary: GeoDataFrame, districts: GeoDataFrame) -> Iterator[Problem]:
    ground = union_of_parts(boundary.geometry.to_numpy())
    beyond_m2 = sum(float(shapely.area(outside(each, ground))) for each in districts.geometry)
    if beyond_m2 > _LEAST_M2:
        yield Problem(
            "district-beyond-boundary",
            roles.DISTRICTS.title,
            say("{ha} stanno oltre il confine.", "{ha} lie beyond the boundary.", ha=hectares(beyond_m2)),
            Text("Contano: St è tutto il perimetro disegnato.", "They count: St is the whole outline drawn."),
            Text("Se non devono, ritagliare i distretti.", "If they should not, cut the districts."),
            Severity.WARNING,
        )


def _unknown(base: pd.DataFrame) -> Iterator[Problem]:
    lacking = base["name"][base[list(_NEEDED)].isna().any(axis=1)].tolist()
    if lacking:
        yield Problem(
            "district-incomplete",
            roles.DISTRICTS.title,
            say("dati mancanti: {n}.", "data missing: {n}.", n=listing(lacking)),
            Text("Le loro cifre restano vuote, le somme non le contano.", "Their figures stay empty; no sum has them."),
            Text("Completare indice, quote, Ac, Sp, o aggiungere il consumo di suolo.",
                 "Complete index, shares, Ac and Sp, or add soil consumption."),
            Severity.WARNING,
        )  # fmt: skip


def _assumed() -> Problem:
    return Problem(
        "district-assumed",
        roles.DISTRICTS.title,
        Text(
            "il piano non dice come si divide Ac, né dove si costruisce.",
            "the plan does not say how Ac is divided, nor where it builds.",
        ),
        Text(
            "Ac si divide come le dotazioni dovute; si costruisce prima sul suolo già consumato.",
            "Ac is divided as the standards are due; building goes first on soil already consumed.",
        ),
        NOTHING,
        Severity.INFO,
    )


def _unverified(params: SchedaParams) -> Problem:
    names = [about.label.it for about in abouts(type(params)).values() if not about.is_verified]
    return Problem(
        "district-unverified",
        roles.DISTRICTS.title,
        say("parametri non letti alla fonte: {n}.", "parameters not read at their source: {n}.",
            n=listing(names, most=30)),
        Text("Le cifre che ne dipendono sono ordini di grandezza.", "Their figures are orders of magnitude."),
        Text("Verificarli prima di usarli in un atto.", "Check them before they go into an act."),
        Severity.INFO,
    )  # fmt: skip
