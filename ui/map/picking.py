"""Tools that choose: a box by two corners, and a place whose features light up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from shapely.geometry.base import BaseGeometry

from layers.text import Lang
from puc_tool.working.measuring import Point
from ui.map.paths import cosmetic, path_of
from ui.map.projection import View
from ui.map.tool import Pick, Tool
from ui.tokens import Tokens

_INSIDE = 0.15


class Box(Tool):
    """Two clicks are two corners; what is taken are all four, and the box stays until the next click."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first: Point | None = None
        self._second: Point | None = None
        self._is_finished = False

    def click(self, at: Point) -> None:
        """Take a corner."""
        if self._first is None or self._is_finished:
            self._first, self._second, self._is_finished = at, None, False
        elif at[0] != self._first[0] and at[1] != self._first[1]:
            self._second, self._is_finished = at, True
            (left, bottom), (right, top) = self._first, at
            self.taken.emit([(left, bottom), (right, bottom), (right, top), (left, top)])
        self.changed.emit()

    def move(self, at: Point) -> None:
        """Follow the pointer with the second corner."""
        if self._first is not None and not self._is_finished:
            self._second = at
            self.changed.emit()

    def step_back(self) -> bool:
        """Forget the corners."""
        was_there = self._first is not None
        self._first, self._second, self._is_finished = None, None, False
        self.changed.emit()
        return was_there

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint the box."""
        if self._first is None or self._second is None:
            return
        corners = [view.transform.map(QPointF(*each)) for each in (self._first, self._second)]
        room = QRectF(*corners).normalized()
        inside = QColor(tokens.select)
        inside.setAlphaF(_INSIDE)
        painter.fillRect(room, inside)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width in ((tokens.halo, 5.0), (tokens.select, 2.0)):
            painter.setPen(cosmetic(QColor(token), width))
            painter.drawRect(room)


class Identify(Pick):
    """A click is all it wants; what was found there is outlined."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[QPainterPath, ...] = ()

    def show_outlines(self, outlines: Sequence[BaseGeometry]) -> None:
        """Outline what was found."""
        self._paths = tuple(path_of(each) for each in outlines)
        self.changed.emit()

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint the outlines, and the place over them."""
        painter.save()
        painter.setTransform(view.transform, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path in self._paths:
            for token, width in ((tokens.halo, 5.0), (tokens.accent, 2.0)):
                painter.strokePath(path, cosmetic(QColor(token), width))
        painter.restore()
        super().paint(painter, view, tokens, lang)
