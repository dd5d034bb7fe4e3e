"""The small picture of a layer or a class beside its name: as the map draws it, over the map's own ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen

from ui.map.pictures import Picture
from ui.map.renderer import HATCHES
from ui.map.themes import Drawn
from ui.tokens import RADIUS_BADGE, Tokens

_EDGE = 1.0


def paint(painter: QPainter, rect: QRectF, picture: Picture, place: int | None, tokens: Tokens) -> None:
    """Paint class ``place`` of ``picture``, or for None the layer as a whole (its first class)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _PAINTERS[picture.drawn](painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), picture, place or 0, tokens)
    painter.restore()


def _filled(painter: QPainter, rect: QRectF, brush: QBrush | QColor, tokens: Tokens, opacity: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.inland))
    painter.drawRoundedRect(rect, RADIUS_BADGE - 1, RADIUS_BADGE - 1)
    painter.setOpacity(opacity)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, RADIUS_BADGE - 1, RADIUS_BADGE - 1)
    painter.setOpacity(1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.control), _EDGE))
    painter.drawRoundedRect(rect, RADIUS_BADGE - 1, RADIUS_BADGE - 1)


def _cells(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    if picture.classes:
        _filled(painter, rect, QColor(picture.classes[place].colour), tokens, tokens.cells_opacity)
        return
    relief = QLinearGradient(rect.topLeft(), rect.bottomRight())
    relief.setColorAt(0.0, QColor(tokens.inland))
    relief.setColorAt(1.0, QColor(tokens.control))
    _filled(painter, rect, QBrush(relief), tokens, 1.0)


def _area(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    colour = QColor(picture.classes[place].colour or tokens.bar)
    _filled(painter, rect, colour, tokens, tokens.area_opacity)


def _hatch(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    brush = QBrush(QColor(picture.classes[place].colour or tokens.bar), HATCHES[picture.drawn])
    _filled(painter, rect, brush, tokens, 1.0)


def _outline(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    painter.setBrush(QColor(tokens.inland))
    painter.setPen(QPen(QColor(getattr(tokens, picture.ink)), 1.2))
    painter.drawRoundedRect(rect, RADIUS_BADGE - 1, RADIUS_BADGE - 1)


def _line(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    middle = rect.center().y()
    painter.setPen(QPen(QColor(getattr(tokens, picture.ink)), 2.0))
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))


def _point(painter: QPainter, rect: QRectF, picture: Picture, place: int, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.halo), 1.5))
    painter.setBrush(QColor(tokens.accent))
    painter.drawEllipse(rect.center(), 4.5, 4.5)


_PAINTERS = {
    Drawn.CELLS: _cells,
    Drawn.AREA: _area,
    Drawn.HATCH: _hatch,
    Drawn.BACK_HATCH: _hatch,
    Drawn.OUTLINE: _outline,
    Drawn.LINE: _line,
    Drawn.POINT: _point,
}
