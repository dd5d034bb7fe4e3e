"""The frame of a map that has the keyboard, and the cross in its middle where keys click."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.tokens import Tokens

_FRAME_PX, _ARM_PX = 2.0, 9.0


def paint(painter: QPainter, room: QRectF, tokens: Tokens, *, with_cross: bool) -> None:
    """Paint the frame around ``room``, and the cross if it is wanted."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.accent), _FRAME_PX))
    painter.drawRect(room.adjusted(1, 1, -1, -1))
    if with_cross:
        for ink, width in ((tokens.halo, 2 * _FRAME_PX), (tokens.select, _FRAME_PX)):
            painter.setPen(QPen(QColor(ink), width))
            for arm in (QPointF(_ARM_PX, 0), QPointF(0, _ARM_PX)):
                painter.drawLine(room.center() - arm, room.center() + arm)
