"""Strips of ground by their distance from the sea, and the ground within 150 m of rivers and lakes.

Classes: ``soil_overlay_classes.csv`` (those of ISPRA's report). Method: the distance is Euclidean, on the ground of
the study only; a strip is the ground within its far edge that is in no nearer strip. Arcs of equal distance are drawn
with ``ARC_STEPS`` chords a quarter circle, which is 0.03 % short of the distance at most (9 cm at 300 m).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.overlay import polygonal
from analyses.units import Units, with_rest
from layers.codelist import Row, label, rows
from layers.union import rest_of

ARC_STEPS = 32
SEA = "sea"


def coast_strips(coastline: GeoDataFrame, ground: shapely.Geometry) -> Units:
    """Return the strips of ``ground`` by distance from the coastline (lines in a metric CRS), nearest first.

    The coastline should reach beyond the boundary: distance is measured to what of it there is.
    """
    return _strips("coast_strip", _classes("coast"), coastline, ground)


def waterside(hydrography: GeoDataFrame, ground: shapely.Geometry) -> Units:
    """Return the ground within 150 m of a watercourse, covered ones too, or a lake; the sea is not among them.

    ``hydrography`` has lines or polygons in a metric CRS and, where it tells, ``kind``.
    """
    kinds = hydrography["kind"] if "kind" in hydrography.columns else pd.Series("", index=hydrography.index)
    return _strips("water_150", _classes("water_150"), hydrography[kinds != SEA], ground)


def _classes(overlay: str) -> list[Row]:
    return [row for row in rows("soil_overlay_classes") if row["overlay"] == overlay]


def _strips(unit_id: str, classes: list[Row], source: GeoDataFrame, ground: shapely.Geometry) -> Units:
    lines = shapely.union_all(source.geometry.to_numpy())
    left, strips = ground, []
    for row in classes:
        near = _within(left, lines, row["max"])
        strips.append(near)
        left = polygonal(np.array([rest_of(left, near)]))[0]
    columns = {"code": [row["class_id"] for row in classes], "name": [label(row).it for row in classes]}
    return with_rest(Units(unit_id, GeoDataFrame(columns, geometry=GeoSeries(strips, crs=source.crs))), ground)


def _within(ground: shapely.Geometry, lines: shapely.Geometry, most_m: str) -> shapely.Geometry:
    """Return the ground within ``most_m`` metres of ``lines``; without a limit all of it, if there are lines."""
    if not most_m:
        return shapely.MultiPolygon() if shapely.is_empty(lines) else ground
    reach = shapely.buffer(lines, float(most_m), quad_segs=ARC_STEPS)
    return polygonal(np.array([shapely.intersection(ground, reach)]))[0]
