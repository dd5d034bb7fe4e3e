"""What each zone of the earlier plan became in the later one: the table every variant of a plan needs.

Zones are known by their codes. Ground that only one of the two plans has a zone for keeps an empty code on the other
side, so the table adds up to the boundary; it is told, and is no change of zone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.fragments import fragments
from analyses.progress import Report, silent
from analyses.result import Figure, FigureSpec
from analyses.soil.editions import Span
from analyses.units import Units, zones
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, say

CHANGED = FigureSpec(
    "zoning_changed_m2",
    Text("Superficie che cambia zona", "Ground that changes its zone"),
    "m²",
    0,
    "area(zone code in the earlier zoning <> zone code in the later), where both have one",
    made_of="zoning_changes.changed_m2",
    rule=Text(
        "Superficie che nei due piani ha una zona, e non la stessa.",
        "Area that has a zone in both plans, and not the same.",
    ),
)
TITLE = Text("Confronto fra i due piani", "Comparison of the two plans")
NO_SECOND_PLAN = Text("Serve la zonizzazione di due anni.", "The zoning of two years is needed.")
_LEAST_TOLD_M2 = 1.0


@dataclass(frozen=True)
class ZoningTransition:
    """``frame`` has zone_from, zone_to, area_m2; an empty code is ground without a zone that year.

    ``pieces`` are the polygons it is the sum of, with an id and ``changed_m2``, what of each has changed its zone.
    """

    frame: pd.DataFrame
    pieces: GeoDataFrame
    problems: tuple[Problem, ...] = ()

    @property
    def changed_m2(self) -> float:
        """Ground (m²) with a zone in both years, and not the same."""
        return float(self.frame.loc[_zoned_twice(self.frame) & _differs(self.frame), "area_m2"].sum())

    @property
    def zoned_once_m2(self) -> float:
        """Ground (m²) with a zone in one of the years only."""
        return float(self.frame.loc[~_zoned_twice(self.frame) & _differs(self.frame), "area_m2"].sum())


def zoning_transition(
    ground: shapely.Geometry, plans: Span[GeoDataFrame], *, report: Report = silent
) -> ZoningTransition | None:
    """Return what became of each zone on ``ground``, or None where there is one plan alone.

    Areas are planar, m² of the layers' CRS, and add up to the ground.
    """
    if plans.first is None:
        return None
    before, after = zones(plans.first.data, ground), zones(plans.last.data, ground)
    pieces = _pieces(ground, before, after, report)
    frame = pieces.groupby(["zone_from", "zone_to"], sort=True)["area_m2"].sum().reset_index()
    found = ZoningTransition(frame, pieces)
    return ZoningTransition(frame, pieces, tuple(_remarks(found, plans)))


def figure(found: ZoningTransition | None) -> Figure:
    """Return the ground that changes its zone."""
    return Figure(CHANGED, None, NO_SECOND_PLAN) if found is None else Figure(CHANGED, found.changed_m2)


def _pieces(ground: shapely.Geometry, before: Units, after: Units, report: Report) -> GeoDataFrame:
    cut = fragments(ground, [before.partition("from"), after.partition("to")], report=report)
    moves = {"zone_from": before.codes[cut.rows["from"]], "zone_to": after.codes[cut.rows["to"]]}
    frame = pd.DataFrame({"id": np.arange(1, len(cut.area_m2) + 1), **moves, "area_m2": cut.area_m2})
    changed = _zoned_twice(frame) & _differs(frame)
    frame["changed_m2"] = frame["area_m2"].where(changed, 0.0)
    return GeoDataFrame(frame, geometry=cut.polygons, crs=before.frame.crs)


def _zoned_twice(frame: pd.DataFrame) -> pd.Series:
    return (frame["zone_from"] != "") & (frame["zone_to"] != "")


def _differs(frame: pd.DataFrame) -> pd.Series:
    return frame["zone_from"] != frame["zone_to"]


def _remarks(found: ZoningTransition, plans: Span[GeoDataFrame]) -> list[Problem]:
    said = [] if _shares_codes(plans) else [_NO_CODE_IN_COMMON]
    return [*said, _zoned_once(found.zoned_once_m2)] if found.zoned_once_m2 > _LEAST_TOLD_M2 else said


def _shares_codes(plans: Span[GeoDataFrame]) -> bool:
    assert plans.first is not None
    return bool(np.isin(_codes(plans.first), _codes(plans.last)).any())


def _codes(plan: Edition[GeoDataFrame]) -> list[str]:
    return [str(code) for code in plan.data["zone"].dropna()]


_NO_CODE_IN_COMMON = Problem(
    "zoning-codes-differ",
    roles.ZONING.title,
    Text("le due zonizzazioni non hanno alcun codice in comune.", "the two zonings have no code in common."),
    Text(
        "Ogni superficie risulta cambiata di zona, anche dove è cambiata solo la sigla.",
        "All ground counts as changed, even where only the name of the zone did.",
    ),
    Text("Per confrontare le zone, tradurre i codici con --code.", "To compare zones, translate codes with --code."),
    Severity.WARNING,
)


def _zoned_once(area_m2: float) -> Problem:
    return Problem(
        "zoning-one-year",
        roles.ZONING.title,
        say(
            "{ha} hanno una zona in uno solo dei due anni.", "{ha} have a zone in one year only.", ha=hectares(area_m2)
        ),
        Text(
            "In tabella hanno un codice vuoto; non contano come cambio di zona.",
            "The table gives them an empty code; they are no change of zone.",
        ),
        NOTHING,
        Severity.INFO,
    )
