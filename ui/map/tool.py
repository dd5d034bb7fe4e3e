"""What a click on the map means: a tool takes the clicks, paints over the map, and says when it has what it wanted.

Without a tool a click selects. Dragging and the wheel move the map whatever tool is in hand.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from layers.text import Lang
from puc_tool.working.measuring import Point
from ui.map.paths import cosmetic
from ui.map.projection import View
from ui.tokens import Tokens

_CORNER_PX, _RING_PX = 3.0, 8.0


class Tool(QObject):
    """Takes points of the ground. ``changed`` asks for the map to be painted, ``taken`` carries what was wanted."""

    changed = Signal()
    taken = Signal(object)

    def click(self, at: Point) -> None:
        """Take the place of a click: east and north, m."""
        raise NotImplementedError

    def move(self, at: Point) -> None:
        """Follow the pointer."""

    def finish(self) -> None:
        """End what was begun: a double click, or Enter."""

    def step_back(self) -> bool:
        """Take the last point back; False if there is none."""
        return False

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint over the map."""


class Pick(Tool):
    """One click is all it wants; the place stays marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: Point | None = None

    def click(self, at: Point) -> None:
        """Hand on the place."""
        self._at = at
        self.changed.emit()
        self.taken.emit([at])

    def step_back(self) -> bool:
        """Forget the place."""
        was_there, self._at = self._at is not None, None
        self.changed.emit()
        return was_there

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Mark the place with a ring and a dot."""
        if self._at is None:
            return
        middle = view.transform.map(QPointF(*self._at))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width in ((tokens.halo, 5.0), (tokens.select, 2.0)):
            painter.setPen(cosmetic(QColor(token), width))
            painter.drawEllipse(middle, _RING_PX, _RING_PX)
            painter.drawPoint(middle)


class Trace(Tool):
    """A line, or the outline of a polygon, point by point; what is finished stays until the next click."""

    def __init__(self, *, is_closed: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_closed = is_closed
        self.points: list[Point] = []
        self.is_finished = False
        self._pointer: Point | None = None

    @property
    def drawn(self) -> list[Point]:
        """The points, with the one under the pointer as long as the line goes on."""
        return [*self.points, self._pointer] if self._pointer and self.points and not self.is_finished else self.points

    def click(self, at: Point) -> None:
        """Add a point; a click on the last one adds nothing."""
        if self.is_finished:
            self.points, self.is_finished = [], False
        if not self.points or self.points[-1] != at:
            self.points = [*self.points, at]
        self.changed.emit()

    def move(self, at: Point) -> None:
        """Follow the pointer with the end of the line."""
        self._pointer = at
        if self.points and not self.is_finished:
            self.changed.emit()

    def finish(self) -> None:
        """End the line; one of too few points goes on."""
        if not self.is_finished and len(self.points) >= (3 if self.is_closed else 2):
            self.is_finished = True
            self.changed.emit()
            self.taken.emit(self.points)

    def step_back(self) -> bool:
        """Take the last point back; of what is finished, all."""
        if not self.points:
            return False
        self.points = [] if self.is_finished else self.points[:-1]
        self.is_finished = False
        self.changed.emit()
        return True

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint the line, the ground inside it, and its corners."""
        corners = [view.transform.map(QPointF(*each)) for each in self.drawn]
        if self.is_closed and len(corners) > 2:
            inside = QColor(tokens.select)
            inside.setAlphaF(0.15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inside)
            painter.drawPolygon(corners)
            corners = [*corners, corners[0]]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width in ((tokens.halo, 5.0), (tokens.select, 2.0)):
            painter.setPen(cosmetic(QColor(token), width))
            painter.drawPolyline(corners)
        painter.setBrush(QColor(tokens.halo))
        for corner in corners:
            painter.drawEllipse(corner, _CORNER_PX, _CORNER_PX)
