"""Names on the map: at most one in a place, none under a tool or the scale bar; larger areas come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

_HALO_PX = 3.0
_AIR_PX = 3.0


@dataclass(frozen=True)
class Name:
    """Words that stand around a point of the screen. ``always``: it is written wherever it falls."""

    words: str
    point: QPointF
    font: QFont
    colour: QColor
    always: bool = False


@dataclass(frozen=True)
class Placed:
    """A name and the corner its line begins at."""

    name: Name
    box: QRectF
    start: QPointF


def place(names: Sequence[Name], taken: Sequence[QRectF], room: QRectF) -> list[Placed]:
    """Return the names that find room, in the order given; those that are always written come first."""
    boxes, placed = list(taken), list[Placed]()
    for name in sorted(names, key=lambda each: not each.always):
        found = _around_its_point(name)
        is_free = room.contains(found.box) and not any(found.box.intersects(box) for box in boxes)
        if name.always or is_free:
            placed.append(found)
            boxes.append(found.box)
    return placed


def paint(painter: QPainter, placed: Sequence[Placed], halo: QColor) -> None:
    """Write the names over their halos."""
    soft = QColor(halo)
    soft.setAlphaF(0.92)
    pen = QPen(soft, _HALO_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for each in placed:
        path = QPainterPath()
        path.addText(each.start, each.name.font, each.name.words)
        painter.strokePath(path, pen)
        painter.fillPath(path, each.name.colour)


def _around_its_point(name: Name) -> Placed:
    metrics = QFontMetricsF(name.font)
    width, height = metrics.horizontalAdvance(name.words), metrics.capHeight()
    start = QPointF(name.point.x() - width / 2, name.point.y() + height / 2)
    box = QRectF(start.x(), start.y() - height, width, height)
    return Placed(name, box.adjusted(-_AIR_PX, -_AIR_PX, _AIR_PX, _AIR_PX), start)
