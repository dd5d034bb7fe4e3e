"""What is measured of each district on the ground: St, causes that net off, soil already consumed, residents.

Districts that scenarios redraw are measured beside those of the plan; equal outlines are measured once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.analysis import Edition
from analyses.districts.causes import Cause, measured
from analyses.people import shares_on, spread
from analyses.progress import Report, part_of, tracked
from analyses.soil import ledger
from analyses.soil.codes import CLASS_OF, CODES
from layers.raster import Raster
from layers.text import Text

_MEASURING = Text("Suolo dei distretti", "Ground of the districts")


@dataclass(frozen=True)
class Ground:
    """Measures by outline (its well-known bytes): a row of ``frame``, and its causes."""

    frame: pd.DataFrame
    causes: Sequence[pd.DataFrame]
    place: Mapping[bytes, int]

    def of(self, outlines: np.ndarray) -> pd.DataFrame:
        """Return the measures of ``outlines``, in their order."""
        return self.frame.iloc[self._places(outlines)].reset_index(drop=True)

    def causes_of(self, outlines: np.ndarray) -> list[pd.DataFrame]:
        """Return the causes on each of ``outlines``."""
        return [self.causes[place] for place in self._places(outlines)]

    def with_more(self, other: Ground) -> Ground:
        """Return the measures of both; of an outline that both have, these."""
        shift = len(self.causes)
        place = {key: at + shift for key, at in other.place.items()} | dict(self.place)
        return Ground(pd.concat([self.frame, other.frame], ignore_index=True), [*self.causes, *other.causes], place)

    def _places(self, outlines: np.ndarray) -> list[int]:
        return [self.place[shapely.to_wkb(outline)] for outline in outlines]


def ground(
    outlines: GeoSeries,
    found: tuple[Cause, ...],
    soil: tuple[Edition[Raster], ...],
    census: tuple[Edition[GeoDataFrame], ...],
    report: Report,
) -> Ground:
    """Measure every distinct outline (valid polygons in a metric CRS): m², residents; NaN where there is no layer."""
    whole = {shapely.to_wkb(outline): outline for outline in outlines}
    distinct = GeoSeries(list(whole.values()), crs=outlines.crs)
    netted = [measured(outline, found) for outline in tracked(list(distinct), part_of(report, 0.0, 0.5), _MEASURING)]
    frame = pd.DataFrame([left for left, _ in netted]).assign(
        st_m2=distinct.area.to_numpy(),
        consumed_m2=consumed_m2(distinct, soil, part_of(report, 0.5, 1.0)),
        residents=_residents(distinct, census),
    )
    return Ground(frame, [rows for _, rows in netted], {key: place for place, key in enumerate(whole)})


def consumed_m2(outlines: GeoSeries, soil: tuple[Edition[Raster], ...], report: Report) -> np.ndarray:
    """Return the consumed soil on each outline (m²) at the latest date; NaN without soil."""
    if not soil:
        return np.full(len(outlines), np.nan)
    # Numba takes a second to import; reading this file's declarations needs none of it.
    from analyses.zonal import zonal_areas

    areas = zonal_areas(outlines, soil[-1].data, CLASS_OF, len(CODES), report=report)
    return ledger.of_one_date(areas)["consumed_m2"].to_numpy(float)


def _residents(outlines: GeoSeries, census: tuple[Edition[GeoDataFrame], ...]) -> np.ndarray:
    if not census:
        return np.full(len(outlines), np.nan)
    people = spread(census[-1].data, None).frame
    values = people[["population"]].to_numpy(float)
    # Redrawn outlines lie on those of the plan: each is asked on its own.
    return np.array(
        [shares_on(people.geometry.to_numpy(), np.array([each])).sums(values, 1)[0, 0] for each in outlines]
    )
