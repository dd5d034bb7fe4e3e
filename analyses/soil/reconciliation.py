"""Our figures beside the published ones: the difference, and which causes make how much of it.

Published figures: ``published_soil_figures.csv``, of the communes and years at hand. Causes, each as far as it can be
computed; they add up to the difference with the rest:

boundary
    our ground is not as large as the published land area (``la_spezia_facts.csv``): hectares at the mean share of
    consumed soil, for a percentage the change of its denominator. An estimate: what lies between the two outlines is
    not known.
projection
    our areas are planar, in the study's CRS; true ones are larger or smaller (``analyses.equal_area``). Percentages
    have none.
resolution
    the publisher counts whole cells by their centre, we count their covered parts.
rest
    another edition of the maps, other codes, and whatever else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from affine import Affine
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.areal_scale import outlines_on
from analyses.equal_area import true_area_m2
from analyses.kernels.coverage import class_areas
from analyses.raster_classes import Classes
from analyses.soil.editions import Span
from analyses.soil.indicators import M2_A_HA
from analyses.soil.states import IS_USED, N_STATES, STATE_OF_CODE
from layers.codelist import Row, rows
from layers.grid import Window
from layers.raster import Raster

BOUNDARY, PROJECTION, RESOLUTION = "confine", "proiezione", "risoluzione"
REST = "edizione, codici e resto"
COLUMNS = ("figure", "ours", "published", "edition", "difference", "cause", "share")

_FIGURES = {
    "suolo_consumato": "suolo_consumato_ha",
    "suolo_consumato_pct": "suolo_consumato_pct",
    "consumo_netto": "consumo_netto_ha",
}
_FACTORS = {"ha": 1.0, "km2": 100.0, "%": 1.0}
_M2_A_KM2 = 1e6
_ALONE = " (comune)"

Areas = NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """What was counted in the communes, in m².

    ``frame`` has code, name and polygons; ``consumed_m2`` the consumed soil of each commune by year, ``net_m2`` its net
    consumption between the two years, None where there is one.
    """

    frame: GeoDataFrame
    consumed_m2: Mapping[int, Areas]
    net_m2: Areas | None


def reconciliation(counted: Counted, rasters: Span[Raster]) -> pd.DataFrame:
    """Return figure, ours, published, edition, difference, cause, share: one row a cause, none if nothing compares.

    ``ours`` and ``published`` are in the figure's own unit; ``share`` is the part of the difference that is due to the
    cause, NaN where there is no difference. The shares of a figure add up to 1.
    """
    dated = {each.year: each.data for each in (rasters.first, rasters.last) if each is not None}
    found = [
        line
        for place, name in enumerate(counted.frame["name"])
        for row in _published(str(name))
        for line in _lines(_Commune(counted, place), row, dated)
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


@dataclass(frozen=True)
class _Commune:
    """One commune of those counted."""

    counted: Counted
    place: int

    @property
    def ground(self) -> GeoSeries:
        """The commune as one polygon."""
        return self.counted.frame.geometry.iloc[[self.place]]

    @property
    def area_m2(self) -> float:
        """Planar area."""
        return float(self.ground.area.iloc[0])

    @cached_property
    def true_m2(self) -> float:
        """Area on the ellipsoid."""
        return float(true_area_m2(self.ground)[0])

    @property
    def published_m2(self) -> float | None:
        """The published land area, where it is known."""
        facts = {row["key"]: row["value"] for row in rows("la_spezia_facts")}
        is_known = str(self.counted.frame["code"].iloc[self.place]) == facts["istat_code"]
        return float(facts["area"]) * _M2_A_KM2 if is_known else None

    def value(self, indicator: str, year: str) -> float | None:
        """Return our figure in ha or %, None if the year is another."""
        if indicator == "consumo_netto":
            asked = "-".join(str(each) for each in sorted(self.counted.consumed_m2))
            net_m2 = self.counted.net_m2
            return None if net_m2 is None or year != asked else float(net_m2[self.place]) / M2_A_HA
        consumed = self.counted.consumed_m2.get(int(year)) if year.isdigit() else None
        if consumed is None:
            return None
        consumed_m2 = float(consumed[self.place])
        return 100.0 * consumed_m2 / self.area_m2 if indicator.endswith("_pct") else consumed_m2 / M2_A_HA


def _published(name: str) -> list[Row]:
    """Return what is published of a commune."""
    return [
        row
        for row in rows("published_soil_figures")
        if row["territory"].removesuffix(_ALONE).casefold() == name.casefold()
        and row["indicator"] in _FIGURES
        and row["unit"] in _FACTORS
    ]


def _lines(commune: _Commune, row: Row, dated: Mapping[int | None, Raster]) -> Iterator[tuple[object, ...]]:
    ours = commune.value(row["indicator"], row["year"])
    if ours is None:
        return
    published = float(row["value"]) * _FACTORS[row["unit"]]
    difference = ours - published
    is_share = row["unit"] == "%"
    causes = {**_of_outline(commune, ours, is_share), **_of_cells(commune, row, dated)}
    causes[REST] = difference - sum(causes.values())
    for cause, effect in causes.items():
        share = effect / difference if difference else np.nan
        yield _FIGURES[row["indicator"]], ours, published, row["edition_it"], difference, cause, share


def _of_outline(commune: _Commune, ours: float, is_share: bool) -> dict[str, float]:
    """Return what boundary and projection do to a figure; a share has one denominator, and no projection."""
    published_m2, scale = commune.published_m2, commune.true_m2 / commune.area_m2
    if is_share:
        return {} if published_m2 is None else {BOUNDARY: ours * (1.0 - commune.true_m2 / published_m2)}
    of_projection = {PROJECTION: ours * (1.0 - scale)}
    if published_m2 is None:
        return of_projection
    return {BOUNDARY: ours * scale * (1.0 - published_m2 / commune.true_m2)} | of_projection


def _of_cells(commune: _Commune, row: Row, dated: Mapping[int | None, Raster]) -> dict[str, float]:
    """Return what counting covered parts instead of centres does to consumed soil."""
    if row["indicator"] == "consumo_netto":
        return {}
    more_m2 = beyond_centres_m2(commune.ground, dated[int(row["year"])])
    return {RESOLUTION: 100.0 * more_m2 / commune.area_m2 if row["unit"] == "%" else more_m2 / M2_A_HA}


def beyond_centres_m2(ground: GeoSeries, raster: Raster) -> float:
    """Return consumed soil by the covered parts of cells less that by cells whose centre lies in the ground (m²).

    ``ground`` is one polygon in a metric CRS. All cells count with their mean size here: it is a small difference.
    """
    outlines = outlines_on(raster.grid, ground)
    left, top, right, bottom = shapely.total_bounds(outlines.polygons).tolist()
    col, row = math.floor(left), math.floor(top)
    window = Window(col, row, math.ceil(right) - col, math.ceil(bottom) - row)
    places = np.arange(window.width * window.height, dtype=np.int32).reshape(window.height, window.width)
    covered = class_areas(outlines.polygons, places, Affine.translation(col, row), places.size).sum(axis=0)
    is_used = IS_USED[Classes(raster, STATE_OF_CODE, N_STATES).read(window)].ravel()
    at = np.unravel_index(np.flatnonzero(is_used & (covered > 0.0)), places.shape)
    shapely.prepare(outlines.polygons)
    centres = shapely.contains_xy(outlines.polygons[0], at[1] + col + 0.5, at[0] + row + 0.5)
    cells = float(covered[is_used].sum()) - int(centres.sum())
    return cells * float(ground.area.iloc[0]) / float(covered.sum())
