"""Consumed soil of each neighbourhood once its districts are built.

A district's sheet says how much it consumes newly or gives back, not where. It is shared over the neighbourhoods it
lies in: new consumption by the ground that is still free, soil given back by the ground that is consumed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray

from analyses.analysis import Edition
from analyses.districts.ground import consumed_m2
from analyses.effects.city import City, Columns
from analyses.overlay import polygonal
from analyses.progress import silent
from layers.raster import Raster

Floats = NDArray[np.float64]


def consumed_today(city: City) -> Floats | None:
    """Return the consumed soil of each neighbourhood (m²), None without soil."""
    return consumed_m2(city.where.frame.geometry, city.soil, silent) if city.soil else None


def consumed_after(city: City, today: Floats | None, built: tuple[np.ndarray, pd.DataFrame] | None) -> Columns:
    """Return the consumed soil of each neighbourhood once the districts ``built`` (outlines, sheets) stand."""
    if today is None:
        return {}
    where = city.where.frame.geometry
    after = today if built is None else today + soil_change_m2(*built, where, city.soil)
    return {"consumed_m2": after, "consumed_pct": 100.0 * after / city.where.area_m2.to_numpy()}


def soil_change_m2(
    outlines: np.ndarray, sheet: pd.DataFrame, where: GeoSeries, soil: tuple[Edition[Raster], ...]
) -> Floats:
    """Return how much more soil each unit of ``where`` has consumed (m²); what lies in no unit changes none.

    ``sheet`` has ``soil_newly_consumed_m2`` and ``desealed_m2`` for each of ``outlines``; unknown counts as nothing.
    """
    grounds = where.to_numpy()
    district, unit = shapely.STRtree(grounds).query(outlines, predicate="intersects")
    pieces = polygonal(shapely.intersection(outlines[district], grounds[unit]))
    consumed = consumed_m2(GeoSeries(pieces, crs=where.crs), soil, silent)
    more = _shared(sheet["soil_newly_consumed_m2"], shapely.area(pieces) - consumed, district)
    less = _shared(sheet["desealed_m2"], consumed, district)
    return np.bincount(unit, more - less, minlength=len(grounds)).astype(float)


def _shared(amount_m2: pd.Series, by_m2: Floats, district: NDArray[np.intp]) -> Floats:
    """Return the part of each piece in its district's amount."""
    by_m2 = by_m2.clip(min=0.0)
    whole = np.bincount(district, by_m2, minlength=len(amount_m2))[district]
    share = np.divide(by_m2, whole, out=np.zeros(len(by_m2)), where=whole > 0.0)
    return share * amount_m2.fillna(0.0).to_numpy(float)[district]
