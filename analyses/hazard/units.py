"""Hazard classes as units: the ground of each, the most restrictive where several lie over each other.

National classes (``pgra_flood.csv``, ``pai_landslide.csv``) all have a row, also where the study has no ground of
them; a class of the source without a national equivalent has its own. ``hazard_classes`` says how they are read.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label, national_classes, zones
from analyses.units import NO_GROUND, Units, units


def flood_classes(layer: GeoDataFrame, ground: shapely.Geometry) -> Units:
    """Return the flood-hazard classes on ``ground``."""
    return _classes("flood_class", layer, FLOOD, ground)


def landslide_classes(layer: GeoDataFrame, ground: shapely.Geometry) -> Units:
    """Return the landslide-hazard classes on ``ground``."""
    return _classes("landslide_class", layer, LANDSLIDE, ground)


def _classes(unit_id: str, layer: GeoDataFrame, codelist: str, ground: shapely.Geometry) -> Units:
    found = zones(layer, codelist)
    missing = [code for code in national_classes(codelist) if code not in set(found.frame["class"])]
    codes = [*found.frame["class"], *missing]
    grounds = np.append(found.frame.geometry.to_numpy(), np.full(len(missing), NO_GROUND, dtype=object))
    named = {"code": codes, "name": [class_label(code, codelist).it for code in codes]}
    told = units(unit_id, GeoDataFrame(named, geometry=GeoSeries(grounds, crs=layer.crs)), ground)
    return Units(told.id, told.frame, (*found.problems, *told.problems), told.slivers)
