"""What stands on pieces of ground: people, buildings, services, consumed soil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.analysis import Edition
from analyses.overlay import Polygons
from analyses.people import Residents, inner_points, shares_on, spread
from analyses.progress import Report, silent
from analyses.soil import ledger
from analyses.soil.codes import CLASS_OF, CODES
from layers import roles
from layers.problems import Problem, Severity
from layers.raster import Raster
from layers.spec import Role
from layers.text import FEATURES, NOTHING, RESIDENTS, Text, counted, say

_LEAST_PEOPLE = 0.5


@dataclass(frozen=True)
class Exposed:
    """What can be hit. None where the study does not know it; ``buildings`` and ``services`` are points inside."""

    residents: Residents | None
    buildings: Polygons | None
    services: Polygons | None
    soil: Raster | None

    def on(self, grounds: GeoSeries, report: Report = silent) -> pd.DataFrame:
        """Return people, buildings, services and consumed_m2 of each ground, as far as they are known.

        ``grounds`` are polygons that do not overlap. A building or service counts where its inner point lies.
        """
        shapes, columns = grounds.to_numpy(), {}
        if self.residents is not None:
            columns["people"] = _sums(self.residents, shapes)[:-1]
        for name, points in (("buildings", self.buildings), ("services", self.services)):
            if points is not None:
                columns[name] = _count(points, shapes)
        if self.soil is not None:
            columns["consumed_m2"] = _consumed_m2(grounds, self.soil, report)
        return pd.DataFrame(columns, index=range(len(shapes)))

    def problems(self, ground: shapely.Geometry) -> Iterator[Problem]:
        """Yield how people were spread, and what lies beyond the ground of the study."""
        whole = np.array([ground])
        if self.residents is not None:
            yield from self.residents.problems
            lost = float(_sums(self.residents, whole)[-1])
            if lost >= _LEAST_PEOPLE:
                yield _beyond(roles.CENSUS, counted(lost, RESIDENTS))
        for role, points in ((roles.BUILDINGS, self.buildings), (roles.SERVICES, self.services)):
            if points is not None:
                lost_count = len(points) - int(_count(points, whole)[0])
                if lost_count:
                    yield _beyond(role, counted(lost_count, FEATURES))


def exposed(
    census: Sequence[Edition[GeoDataFrame]],
    neighbourhoods: GeoDataFrame | None,
    buildings: GeoDataFrame | None,
    services: GeoDataFrame | None,
    soil: Sequence[Edition[Raster]],
) -> Exposed:
    """Return what stands on the ground: of dated layers the latest, of people the census, else the neighbourhoods'."""
    return Exposed(
        residents_of(census, neighbourhoods, buildings),
        None if buildings is None else inner_points(buildings),
        None if services is None else inner_points(services),
        soil[-1].data if soil else None,
    )


def residents_of(
    census: Sequence[Edition[GeoDataFrame]], neighbourhoods: GeoDataFrame | None, buildings: GeoDataFrame | None
) -> Residents | None:
    """Return where people live: by the latest census, else by the neighbourhoods; None where nobody knows."""
    if census:
        return spread(census[-1].data, buildings)
    if neighbourhoods is not None and "population" in neighbourhoods and neighbourhoods["population"].notna().any():
        return spread(neighbourhoods, buildings, role=roles.NEIGHBOURHOODS)
    return None


def _sums(residents: Residents, grounds: Polygons) -> np.ndarray:
    places, people = residents.frame.geometry.to_numpy(), residents.frame[["population"]].to_numpy()
    return shares_on(places, grounds).sums(people, len(grounds))[:, 0]


def _count(points: Polygons, grounds: Polygons) -> np.ndarray:
    return np.bincount(shares_on(points, grounds).ground, minlength=len(grounds)).astype(float)


def _consumed_m2(grounds: GeoSeries, soil: Raster, report: Report) -> np.ndarray:
    # Numba takes a second to import; reading this file's declarations needs none of it.
    from analyses.zonal import zonal_areas

    areas = ledger.of_one_date(zonal_areas(grounds, soil, CLASS_OF, len(CODES), report=report))
    return areas["consumed_m2"].to_numpy()


def _beyond(role: Role, what: Text) -> Problem:
    return Problem(
        "exposed-beyond-boundary",
        role.title,
        say("fuori dal confine: {w}.", "beyond the boundary: {w}.", w=what),
        Text(
            "Ciò che è fuori non sta in alcuna unità e non viene contato.",
            "What lies beyond is in no unit and is not counted.",
        ),
        NOTHING,
        Severity.INFO,
    )
