"""Redrawing an outline on the map: a click takes a corner, or makes one on an edge, the next click puts it down."""

from __future__ import annotations

from collections.abc import Callable

import shapely
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF

from analyses.districts.redrawing import Vertex, moved, nearest_edge, vertices, with_vertex, without_vertex
from layers.problems import PucError
from layers.text import Lang
from puc_tool.working.measuring import Point
from ui.map.paths import cosmetic
from ui.map.projection import View
from ui.map.tool import Tool
from ui.tokens import Tokens

_REACH_PX, _CORNER_PX, _HELD_PX = 9.0, 3.5, 6.0
_MOST_CORNERS = 4000


class Reshape(Tool):
    """Shows an outline; with ``is_editing`` its corners can be taken, put down elsewhere, or taken away.

    ``taken`` carries another outline, ``refused`` why it can't be so, ``pointed`` a click when nothing is edited.
    ``fit`` brings a place to that of a neighbour within a reach (m).
    """

    refused = Signal(object)
    pointed = Signal(object)

    def __init__(self, fit: Callable[[Point, float], Point], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fit = fit
        self._outline: shapely.Geometry | None = None
        self.is_editing = False
        self.held: Vertex | None = None
        self._pointer: Point | None = None
        self._metres = 1.0

    def show(self, outline: shapely.Geometry | None) -> None:
        """Show another outline, with nothing in hand."""
        self._outline, self.held = outline, None
        self.changed.emit()

    def edit(self, *, on: bool) -> None:
        """Let corners be taken, or not."""
        self.is_editing, self.held = on, None
        self.changed.emit()

    def click(self, at: Point) -> None:
        """Take a corner, or put the one in hand down."""
        if not self.is_editing or self._outline is None:
            self.pointed.emit(at)
        elif self.held is None:
            self._take(at, self._outline)
        else:
            self._try(lambda outline, held: moved(outline, held, self._fit(at, self._reach_m)))

    def move(self, at: Point) -> None:
        """Follow the pointer with the corner in hand."""
        self._pointer = self._fit(at, self._reach_m) if self.held else at
        if self.held is not None:
            self.changed.emit()

    def finish(self) -> None:
        """Let the corner in hand go; it stays where it was."""
        self.held = None
        self.changed.emit()

    def step_back(self) -> bool:
        """Take the corner in hand away."""
        if self.held is None:
            return False
        self._try(without_vertex)
        return True

    @property
    def _reach_m(self) -> float:
        return _REACH_PX * self._metres

    def _take(self, at: Point, outline: shapely.Geometry) -> None:
        near = [(_distance(at, point), vertex) for vertex, point in vertices(outline)]
        far, vertex = min(near, key=lambda each: each[0])
        if far <= self._reach_m:
            self.held = vertex
        else:
            behind, on_edge = nearest_edge(outline, at)
            if _distance(at, on_edge) <= self._reach_m:
                self._outline = with_vertex(outline, behind, on_edge)
                self.held = Vertex(behind.part, behind.ring, behind.place + 1)
        self.changed.emit()

    def _try(self, act: Callable[[shapely.Geometry, Vertex], shapely.Geometry]) -> None:
        """Hand on what ``act`` makes of the outline, or say why not."""
        outline, held = self._outline, self.held
        assert outline is not None
        assert held is not None, "asked only with a corner in hand"
        try:
            made = act(outline, held)
        except PucError as error:
            self.refused.emit(error)
            return
        self.held = None
        self.taken.emit(made)

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint the outline, its corners, and the one in hand with what it would make."""
        self._metres = view.metres
        if self._outline is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [QPolygonF([view.transform.map(QPointF(*each)) for each in ring.coords])
                 for part in shapely.get_parts(self._outline) for ring in (part.exterior, *part.interiors)]  # fmt: skip
        for token, width in ((tokens.halo, 6.0), (tokens.accent, 2.5)):
            painter.setPen(cosmetic(QColor(token), width))
            for each in lines:
                painter.drawPolyline(each)
        if self.is_editing:
            self._paint_corners(painter, view, tokens)

    def _paint_corners(self, painter: QPainter, view: View, tokens: Tokens) -> None:
        painter.setPen(cosmetic(QColor(tokens.accent), 1.5))
        painter.setBrush(QColor(tokens.halo))
        corners = vertices(self._outline)
        for _, point in corners[:_MOST_CORNERS]:
            painter.drawEllipse(view.transform.map(QPointF(*point)), _CORNER_PX, _CORNER_PX)
        held = next((point for vertex, point in corners if vertex == self.held), None)
        if held is not None and self._pointer is not None:
            to = view.transform.map(QPointF(*self._pointer))
            painter.setPen(cosmetic(QColor(tokens.accent), 2.0))
            painter.drawLine(view.transform.map(QPointF(*held)), to)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(to, _HELD_PX, _HELD_PX)


def _distance(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
