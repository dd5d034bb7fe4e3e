"""What the plan in force would still consume, what of that can be spared, what can be given back.

Definitions, ours (no official ones were found), as a planner uses the words:

committed
    ground not consumed in buildable zones: the plan already allows it to be built on. A zone is buildable as its field
    ``buildable`` says; without it, by its class of DM 1444/1968: B, C, D, F yes, A, E no. Without either it counts as
    not buildable, and that is told.
avoidable
    the committed ground that a decision on the plan can still spare: in zones for new settlement (all buildable ones
    but classes A and B, whose free ground is gardens and plots of the town that is there) and outside transformation
    districts, where the plan has already chosen to build. It is part of committed; and in a buildable zone committed,
    consumed and no-data ground add up to the zone.
recoverable
    reversibly consumed soil (12x) in zones that are not buildable: candidates for desealing. ISPRA's code 1 does not
    tell what is reversible and is left out, which is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.kinds import Kind
from analyses.soil.pieces import Pieces
from analyses.soil.states import CONSUMED
from analyses.units import Units, units
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, same, say

NEW, TOWN, KEPT, UNSAID = "new", "town", "kept", "unsaid"
"""How a zone stands to building: for new settlement, within the town that is there, not buildable, not said."""

STANDING = "standing"
_TOWN_CLASSES = ("A", "B")
_BUILDABLE_BY_CLASS = {"A": "no", "B": "yes", "C": "yes", "D": "yes", "E": "no", "F": "yes"}
_LEAST_TOLD_M2 = 1.0


def standing_of(buildable: str, dm1444: str) -> str:
    """Return how a zone stands to building, from its two fields; "" is a field without a value."""
    answer = buildable or _BUILDABLE_BY_CLASS.get(dm1444, "")
    if answer == "yes":
        return TOWN if dm1444 in _TOWN_CLASSES else NEW
    return KEPT if answer == "no" else UNSAID


def standings(plan: GeoDataFrame, ground: shapely.Geometry) -> Units:
    """Return the ground of ``plan`` by how its zones stand to building."""
    fields = [words(plan, name) for name in ("buildable", "dm1444")]
    found = [standing_of(*pair) for pair in zip(*fields, strict=True)]
    layer = GeoDataFrame({STANDING: found}, geometry=plan.geometry.to_numpy(), crs=plan.crs)
    return units(STANDING, layer, ground, code=STANDING, name=STANDING)


@dataclass(frozen=True)
class Commitment:
    """Which pieces of ground the plan commits, which of them can be spared, which can be given back.

    ``recoverable`` is None where nothing is known of what is reversible.
    """

    pieces: Pieces
    committed: NDArray[np.bool_]
    avoidable: NDArray[np.bool_]
    recoverable: NDArray[np.bool_] | None

    def sums(self, by: NDArray[np.intp], count: int) -> pd.DataFrame:
        """Return committed_m2, avoidable_m2, recoverable_m2 of ``count`` rows, ``by`` being the row of each piece."""
        chosen = {"committed_m2": self.committed, "avoidable_m2": self.avoidable, "recoverable_m2": self.recoverable}
        return pd.DataFrame(
            {name: self.pieces.sum_of(each, by, count) for name, each in chosen.items() if each is not None}
        )


def commitment(
    pieces: Pieces, standing: Units, in_district: NDArray[np.bool_], *, knows_reversible: bool
) -> Commitment:
    """Return what the plan commits; ``in_district`` tells which pieces lie in a transformation district."""
    stands = standing.codes[pieces.rows[STANDING]]
    committed = pieces.is_free & np.isin(stands, (NEW, TOWN))
    avoidable = pieces.is_free & (stands == NEW) & ~in_district
    recoverable = pieces.is_reversible & (stands == KEPT) if knows_reversible else None
    return Commitment(pieces, committed, avoidable, recoverable)


def plan_rows(plan: Commitment, zone: Kind) -> pd.DataFrame:
    """Return code, name, committed_m2, avoidable_m2, recoverable_m2 of each zone."""
    return zone.table(plan.sums(plan.pieces.rows[zone.id], len(zone.codes)))


def remarks(plan: GeoDataFrame, pieces: Pieces, standing: Units, rows: pd.DataFrame) -> Iterator[Problem]:
    """Tell what the plan does not say, and the one decision that spares most."""
    if (words(plan, "buildable") == "").any():
        yield _BUILDABLE_BY_DEFAULT
    stands = standing.codes[pieces.rows[STANDING]]
    unsaid_m2 = float(pieces.area_m2[stands == UNSAID].sum())
    if unsaid_m2 > _LEAST_TOLD_M2:
        yield _unsaid(unsaid_m2)
    unclear_m2 = float(pieces.area_m2[(stands == KEPT) & (pieces.after == CONSUMED)].sum())
    if "recoverable_m2" in rows and unclear_m2 > _LEAST_TOLD_M2:
        yield _unclear(unclear_m2)
    best = rows.loc[rows["avoidable_m2"].idxmax()] if len(rows) else None
    if best is not None and best["avoidable_m2"] > _LEAST_TOLD_M2:
        yield _best(best, float(rows["avoidable_m2"].sum()))


_BUILDABLE_BY_DEFAULT = Problem(
    "plan-buildable-by-class",
    roles.ZONING.title,
    Text("non di tutte le zone è detto se sono edificabili.", "not every zone says whether it is buildable."),
    Text(
        "Dove manca vale la classe DM 1444: B, C, D, F edificabili, A, E no.",
        "Where it is missing the DM 1444 class holds: B, C, D, F buildable, A, E not.",
    ),
    Text("Se non è così, aggiungere il campo «buildable».", "If that is not so, add the field “buildable”."),
    Severity.INFO,
)


def _unsaid(area_m2: float) -> Problem:
    return Problem(
        "plan-buildable-unknown",
        roles.ZONING.title,
        say(
            "{ha} stanno in zone senza «buildable» e senza classe DM 1444.",
            "{ha} are in zones with neither “buildable” nor a DM 1444 class.",
            ha=hectares(area_m2),
        ),
        Text("Contano come non edificabili.", "They count as not buildable."),
        Text("Aggiungere uno dei due campi alla zonizzazione.", "Add one of the two fields to the zoning."),
        Severity.WARNING,
    )


def _unclear(area_m2: float) -> Problem:
    return Problem(
        "plan-reversible-unknown",
        roles.SOIL_CONSUMPTION.title,
        say(
            "in zone non edificabili {ha} sono consumati senza che si sappia se in modo reversibile (codice 1).",
            "in zones not buildable {ha} are consumed without telling whether reversibly (code 1).",
            ha=hectares(area_m2),
        ),
        Text("Non contano fra il suolo recuperabile.", "They are not counted as recoverable."),
        NOTHING,
        Severity.WARNING,
    )


def _best(row: pd.Series, all_m2: float) -> Problem:
    code, name = str(row["code"]), str(row["name"])
    return Problem(
        "plan-best-saving",
        roles.ZONING.title,
        say(
            "la singola scelta che risparmia più suolo è togliere l'edificabilità alla zona {z}: {ha}.",
            "the single decision that spares most soil is to make zone {z} not buildable: {ha}.",
            z=same(code if name in ("", code) else f"{code} ({name})"),
            ha=hectares(float(row["avoidable_m2"])),
        ),
        say("In tutto il piano il suolo evitabile è {ha}.", "The whole plan has {ha} to spare.", ha=hectares(all_m2)),
        NOTHING,
        Severity.INFO,
    )
