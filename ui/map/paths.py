"""Outlines as Qt's paths, for the few things that are drawn anew with every move."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen


def path_of(geometry: shapely.Geometry) -> QPainterPath:
    """Return the outline of a geometry as a path; points give an empty one."""
    path = QPainterPath()
    for ring in _rings(geometry):
        xy = shapely.get_coordinates(ring).tolist()
        path.moveTo(*xy[0])
        for x, y in xy[1:]:
            path.lineTo(x, y)
    return path


def cosmetic(colour: QColor, width: float) -> QPen:
    """Return a pen of ``width`` screen pixels whatever the scale."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _rings(geometry: shapely.Geometry) -> Iterator[shapely.Geometry]:
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        if part.geom_type == "Polygon":
            yield from (part.exterior, *part.interiors)
        elif part.geom_type in ("LineString", "LinearRing") and not part.is_empty:
            yield part
