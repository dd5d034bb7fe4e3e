"""What geometries of a layer are: point, line or ground; and whether there is one at all."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.spec import Shape

_SHAPE_OF = {
    "Point": Shape.POINT,
    "MultiPoint": Shape.POINT,
    "LineString": Shape.LINE,
    "MultiLineString": Shape.LINE,
    "LinearRing": Shape.LINE,
    "Polygon": Shape.POLYGON,
    "MultiPolygon": Shape.POLYGON,
}

_TITLES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip
"""The geometry types in the order of GEOS's numbers for them."""


def shape_of(geometry_type: str) -> Shape | None:
    """Return the shape that a geometry type has, or None for a mixed one."""
    return _SHAPE_OF.get(geometry_type)


def type_ids(shapes: Collection[Shape]) -> list[int]:
    """Return GEOS's numbers of the geometry types that have one of ``shapes``."""
    return [number for number, title in enumerate(_TITLES) if _SHAPE_OF.get(title) in shapes]


def has_geometry(layer: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell of each feature whether it has a geometry that is not empty."""
    geometry = layer.geometry.to_numpy()
    return ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))


def kinds(geometry: NDArray[np.object_]) -> dict[str, int]:
    """Return how many geometries there are of each type."""
    found, count = np.unique(shapely.get_type_id(geometry), return_counts=True)
    return {_TITLES[kind]: number for kind, number in zip(found.tolist(), count.tolist(), strict=True)}
