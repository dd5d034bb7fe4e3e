"""Numbered discs on the map, by rank: the best first, none upon another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from puc_tool.maps.canvas.results import Pin
from ui.look import font
from ui.map.projection import View
from ui.tokens import Tokens

_SIZE_PX, _EDGE_PX = 20.0, 1.5


@dataclass(frozen=True)
class Mark:
    """A pin and where its disc lies on the screen."""

    pin: Pin
    box: QRectF


def place(pins: Sequence[Pin], view: View, taken: Sequence[QRectF]) -> list[Mark]:
    """Return the pins that find room, the best ranks first."""
    room, found = QRectF(0, 0, view.width, view.height), list[Mark]()
    for pin in sorted(pins, key=lambda each: each.rank):
        middle = view.transform.map(QPointF(*pin.point))
        box = QRectF(middle.x() - _SIZE_PX / 2, middle.y() - _SIZE_PX / 2, _SIZE_PX, _SIZE_PX)
        others = [*taken, *(mark.box for mark in found)]
        if room.contains(box) and not any(box.intersects(other) for other in others):
            found.append(Mark(pin, box))
    return found


def paint(painter: QPainter, placed: Sequence[Mark], tokens: Tokens) -> None:
    """Paint the discs with their ranks."""
    painter.setFont(font("head"))
    for mark in placed:
        painter.setPen(QPen(QColor(tokens.halo), _EDGE_PX))
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(mark.box)
        painter.setPen(QColor(tokens.on_accent))
        painter.drawText(mark.box, Qt.AlignmentFlag.AlignCenter, str(mark.pin.rank))
