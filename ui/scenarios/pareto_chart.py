"""The chart of all scenarios by two criteria: better is up and right, the front is joined, the dominated are hollow."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from layers.text import Lang, Text, joined, number, say
from puc_tool.scenarios.scenario_chart import Chart, Point
from ui.look import Look, font
from ui.scenarios.axis import Axis, axis_of
from ui.scenarios.chart_words import named, summary, valued
from ui.scenarios.clusters import Cluster, clustered
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_4, GAP_8, GAP_12

NAME = Text("Scenari per due criteri", "Scenarios by two criteria")
TOGETHER = Text("Nello stesso punto: {s}.", "In one point: {s}.")
NEXT = Text("Un altro clic passa al successivo.", "Another click goes on to the next.")
_NAMES_H = 16.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 34, 20, 38
_DOT_R, _LETTER_R, _REACH_PX, _RING, _INDENT = 4.5, 9.0, 12.0, 3.0, 14
LEAST_H = 170


class ParetoChart(QWidget):
    """Paints a `Chart`. A click takes a scenario in hand everywhere; arrows walk along the points.

    Points that coincide are one sign with their number and names; each further click takes the next of them in hand.
    """

    def __init__(self, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__()
        self._work, self._look, self._lang = work, look, lang
        self._chart: Chart | None = None
        self.setMinimumHeight(LEAST_H)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME.to(lang))
        look.changed.connect(self.update)

    def show_chart(self, chart: Chart | None) -> None:
        """Show other points."""
        self._chart = chart
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Say in words what is painted, and which scenarios are one point."""
        if self._chart is None:
            self.setAccessibleDescription("")
            return
        many = [each for each in self.clusters() if len(each.points) > 1]
        told = (say(TOGETHER.it, TOGETHER.en, s=joined(each.titles, ", ")) for each in many)
        self.setAccessibleDescription(joined((summary(self._chart), *told), " ").to(self._lang))

    def clusters(self) -> tuple[Cluster, ...]:
        """Return the signs that are painted: points that can't be told apart are one."""
        return clustered(self._chart.points, self.place_of) if self._chart else ()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Say anew which points coincide."""
        self._describe()

    def place_of(self, point: Point) -> QPointF:
        """Return where a point is painted."""
        across, up = self._axes()
        return QPointF(across.at(point.x), up.at(point.y))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Take the scenario that is clicked in hand; of several in one point the next."""
        cluster = self._near(event.position())
        if cluster is not None:
            self._work.choose(cluster.after(self._work.chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Walk along the points, from left to right as they are painted."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None or self._chart is None or not self._chart.points:
            super().keyPressEvent(event)
            return
        order = sorted(self._chart.points, key=lambda each: self.place_of(each).x())
        places = [place for place, each in enumerate(order) if each.scenario == self._work.chosen]
        place = max(0, min(places[0] + step, len(order) - 1)) if places else 0
        self._work.choose(order[place].scenario)

    def event(self, event: QEvent) -> bool:
        """Say which scenario lies under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cluster = self._near(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(cluster) if cluster else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the axes, the front, the points, and A and B."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart is not None and self._chart.points:
            self._paint_axes(painter, self._chart)
            self._paint_front(painter, self._chart)
            clusters = self.clusters()
            for cluster in clusters:
                self._paint_sign(painter, cluster)
            self._paint_letters(painter, self._chart)
            for cluster in clusters:
                self._paint_names(painter, cluster)
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _axes(self) -> tuple[Axis, Axis]:
        assert self._chart is not None, "only what is shown is painted"
        chart, bottom = self._chart, self.height() - _BOTTOM
        across = axis_of(
            [each.x for each in chart.points],
            _LEFT + _INDENT,
            self.width() - _RIGHT,
            is_turned=not chart.across.more_is_better,
        )
        up = axis_of([each.y for each in chart.points], bottom, _TOP, is_turned=not chart.up.more_is_better)
        return across, up

    def _paint_axes(self, painter: QPainter, chart: Chart) -> None:
        across, up = self._axes()
        left, right, bottom = _LEFT, self.width() - _RIGHT, self.height() - _BOTTOM
        painter.setFont(font("small"))
        for tick in up.ticks:
            y = up.at(tick)
            painter.setPen(self._look.colour("line"))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            self._write(
                painter, QRectF(0, y - 8, left - GAP_8, 16), number(tick, up.decimals), Qt.AlignmentFlag.AlignRight
            )
        painter.setPen(self._look.colour("border"))
        painter.drawLine(QPointF(left, bottom), QPointF(right, bottom))
        for tick in across.ticks:
            box = QRectF(across.at(tick) - 40, bottom + GAP_4, 80, 14)
            self._write(painter, box, number(tick, across.decimals), Qt.AlignmentFlag.AlignHCenter)
        wide = QRectF(GAP_4, 0, self.width() - GAP_12, 16)
        self._write(painter, wide.translated(0, 2), named(chart.up), Qt.AlignmentFlag.AlignLeft, "ink2")
        self._write(
            painter, wide.translated(0, self.height() - 18), named(chart.across), Qt.AlignmentFlag.AlignRight, "ink2"
        )

    def _write(self, painter: QPainter, box: QRectF, words: Text, side: Qt.AlignmentFlag, ink: str = "ink3") -> None:
        painter.setPen(self._look.colour(ink))
        shown = painter.fontMetrics().elidedText(words.to(self._lang), Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_front(self, painter: QPainter, chart: Chart) -> None:
        """Join the scenarios that nothing beats in both criteria."""
        places = {each.scenario: self.place_of(each) for each in chart.points}
        painter.setPen(QPen(self._look.colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([places[each] for each in chart.front]))

    def _paint_sign(self, painter: QPainter, cluster: Cluster) -> None:
        """Paint the dot of a point, or a larger one with their number where several coincide."""
        at, count = cluster.at, len(cluster.points)
        if all(each.is_dominated for each in cluster.points):
            painter.setPen(QPen(self._look.colour("ink3"), 1.5))
            painter.setBrush(self._look.colour("surface"))
        else:
            painter.setPen(QPen(self._look.colour("surface"), 1.5))
            painter.setBrush(self._look.colour("accent"))
        radius = _DOT_R if count == 1 else _LETTER_R
        painter.drawEllipse(at, radius, radius)
        if count > 1:
            painter.setFont(font("head"))
            painter.drawText(QRectF(at.x() - 10, at.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, str(count))

    def _paint_names(self, painter: QPainter, cluster: Cluster) -> None:
        """Write above a sign of several which ones they are, towards the side that has room."""
        if len(cluster.points) == 1:
            return
        is_left = cluster.at.x() < self.width() / 2
        room = self.width() - _RIGHT - cluster.at.x() if is_left else cluster.at.x() - _LEFT
        top = cluster.at.y() - _LETTER_R - _RING - _NAMES_H
        if top < _TOP - _NAMES_H:
            top = cluster.at.y() + _LETTER_R + _RING
        box = QRectF(cluster.at.x() - _LETTER_R if is_left else _LEFT, top, room + _LETTER_R, _NAMES_H)
        said = say("{n}: {s}", "{n}: {s}", n=len(cluster.points), s=joined(cluster.titles, ", "))
        side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        painter.setFont(font("small"))
        self._write(painter, box, said, side, "ink2")

    def _paint_letters(self, painter: QPainter, chart: Chart) -> None:
        """Paint A and B over their points, side by side where both are one place, and a ring round what is in hand."""
        painter.setFont(font("head"))
        for letter, at, is_chosen in self._letters(chart):
            ink = "select" if letter == "B" else "ink2"
            painter.setPen(QPen(self._look.colour("surface"), 1.5))
            painter.setBrush(self._look.colour(ink))
            painter.drawEllipse(at, _LETTER_R, _LETTER_R)
            painter.setPen(self._look.colour("surface"))
            painter.drawText(QRectF(at.x() - 10, at.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, letter)
            if is_chosen:
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, _LETTER_R + _RING, _LETTER_R + _RING)

    def _letters(self, chart: Chart) -> Iterator[tuple[str, QPointF, bool]]:
        places = {each.scenario: self.place_of(each) for each in chart.points}
        there = [places.get(each) for each in self._work.pair]
        for letter, scenario, at, other, side in zip(
            "AB", self._work.pair, there, reversed(there), (-1, 1), strict=True
        ):
            if at is not None:
                is_close = other is not None and (at - other).manhattanLength() < 2 * _LETTER_R
                shift = QPointF(side * (_LETTER_R + 1) if is_close else 0.0, 0.0)
                yield letter, at + shift, scenario == self._work.chosen

    def _near(self, at: QPointF) -> Cluster | None:
        near = [each for each in self.clusters() if (each.at - at).manhattanLength() <= _REACH_PX]
        return min(near, key=lambda each: (each.at - at).manhattanLength(), default=None)

    def _told(self, cluster: Cluster) -> str:
        assert self._chart is not None, "a point is of a chart"
        point = cluster.points[0]
        lines = [valued(self._chart.across, point.x), valued(self._chart.up, point.y)]
        more = [NEXT] if len(cluster.points) > 1 else []
        return joined([*cluster.titles, *lines, *more], "\n").to(self._lang)

    def centre_of(self, scenario: str) -> QPoint:
        """Return where the point of a scenario is, to the pixel; raises KeyError for one that is not shown."""
        points = {each.scenario: each for each in self._chart.points} if self._chart else {}
        return self.place_of(points[scenario]).toPoint()
