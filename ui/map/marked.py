"""Features that somebody points at from outside the map: outlined, points in a ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.map.paths import cosmetic, path_of
from ui.map.projection import View
from ui.tokens import Tokens

_RING_PX = 9.0


@dataclass(frozen=True)
class Marked:
    """Outlines and points in the study's CRS (m)."""

    paths: tuple[QPainterPath, ...] = ()
    points: tuple[QPointF, ...] = ()

    def paint(self, painter: QPainter, view: View, tokens: Tokens) -> None:
        """Paint them over the map, as wide on the screen whatever the scale."""
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = [view.transform.map(each) for each in self.points]
        for token, width in ((tokens.halo, 5.0), (tokens.accent, 2.0)):
            painter.setPen(cosmetic(QColor(token), width))
            for point in at:
                painter.drawEllipse(point, _RING_PX, _RING_PX)
            painter.setTransform(view.transform)
            for path in self.paths:
                painter.strokePath(path, cosmetic(QColor(token), width))
            painter.resetTransform()
        painter.restore()


def marked(geometries: Sequence[shapely.Geometry]) -> Marked:
    """Return what is to be painted for these features."""
    parts = [part for each in geometries for part in shapely.get_parts(each) if not part.is_empty]
    points = tuple(QPointF(part.x, part.y) for part in parts if part.geom_type == "Point")
    return Marked(tuple(path_of(part) for part in parts if part.geom_type != "Point"), points)
