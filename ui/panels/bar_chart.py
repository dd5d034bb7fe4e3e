"""Bars beside the table: one number of every unit, largest first, with the value printed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from puc_tool.session import Session, Unit
from ui.look import Look, font
from ui.panels.shown_table import ShownTable
from ui.tokens import BAR_H, BAR_ROW_H, GAP_4, GAP_8, GAP_12, HEAD_H

_NAMES_SHARE = 0.42


@dataclass(frozen=True)
class Bar:
    """A bar: whose it is, its name, its value, and the value as the table writes it."""

    unit: Unit
    name: str
    value: float
    words: str


@dataclass(frozen=True)
class Bars:
    """What the chart shows: its title, the unit of its numbers, the bars, largest first."""

    title: str = ""
    measure: str = ""
    bars: tuple[Bar, ...] = ()


def bars_of(table: ShownTable) -> Bars:
    """Return the bars of the last number of a table by unit; none for a table without units.

    The last number is the outcome («Consumo netto»): the table is sorted by another, so the chart says something new.
    """
    places = [place for place, head in enumerate(table.heads) if head.is_number]
    rows = [row for row in table.rows if row.unit is not None]
    if not places or not rows:
        return Bars()
    last = places[-1]
    name = next((place for place, head in enumerate(table.heads) if not head.is_number), 0)
    found = [Bar(row.unit, row.cells[name], float(row.keys[last]), row.cells[last]) for row in rows if row.unit]
    head = table.heads[last]
    return Bars(head.label, head.unit, tuple(sorted(found, key=lambda bar: -bar.value)))


class BarChart(QWidget):
    """Paints `Bars`; a click selects the unit everywhere, one with Ctrl adds it."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self._bars = Bars()
        look.changed.connect(self.update)
        session.selection_changed.connect(self._follow)

    def show_bars(self, bars: Bars) -> None:
        """Show other bars."""
        self._bars = bars
        self.setAccessibleName(f"{bars.title} {bars.measure}".rstrip())
        self.update()

    def bars_in_view(self) -> Sequence[Bar]:
        """Return the bars that have room: those with the largest values, and the selected one in any case."""
        room = max(0, (self.height() - HEAD_H - GAP_8) // BAR_ROW_H)
        shown = list(self._bars.bars[:room])
        selected = [bar for bar in self._bars.bars[room:] if bar.unit in self._session.selection][:room]
        return [*shown[: room - len(selected)], *selected]

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Select the unit of the bar that is clicked."""
        shown = self.bars_in_view()
        place = (round(event.position().y()) - HEAD_H - GAP_4) // BAR_ROW_H
        if 0 <= place < len(shown):
            is_also = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self._session.select_also if is_also else self._session.select)(shown[place].unit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint head, bars and the line of zero."""
        painter = QPainter(self)
        self._paint_head(painter)
        shown = self.bars_in_view()
        if shown:
            self._paint_bars(painter, shown)
        painter.end()

    def _follow(self) -> None:
        self.update()

    def _paint_head(self, painter: QPainter) -> None:
        rect = QRect(0, 0, self.width(), HEAD_H)
        painter.fillRect(rect, self._look.colour("raised"))
        painter.setPen(self._look.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        base = rect.center().y() + GAP_4
        painter.setFont(font("head"))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(QPoint(GAP_12, base), self._bars.title)
        left = GAP_12 + QFontMetrics(font("head")).horizontalAdvance(self._bars.title + " ")
        painter.setFont(font("small"))
        painter.setPen(self._look.colour("ink3"))
        painter.drawText(QPoint(left, base), self._bars.measure)

    def _paint_bars(self, painter: QPainter, shown: Sequence[Bar]) -> None:
        metrics = QFontMetrics(font("small"))
        tail = max(metrics.horizontalAdvance(bar.words) for bar in shown) + GAP_8
        start = round(self.width() * _NAMES_SHARE)
        room = max(1, self.width() - start - tail - GAP_12 - (tail if shown[-1].value < 0 else 0))
        low, high = min(0.0, shown[-1].value), max(0.0, shown[0].value)
        scale = room / ((high - low) or 1.0)
        zero = round(start + (tail if low < 0 else 0) - low * scale)
        for place, bar in enumerate(shown):
            self._paint_bar(painter, bar, HEAD_H + GAP_4 + place * BAR_ROW_H, zero, scale)
        painter.setPen(self._look.colour("control"))
        painter.drawLine(zero, HEAD_H + GAP_4, zero, HEAD_H + GAP_4 + len(shown) * BAR_ROW_H)

    def _paint_bar(self, painter: QPainter, bar: Bar, top: int, zero: int, scale: float) -> None:
        is_selected = bar.unit in self._session.selection
        row = QRect(0, top, self.width(), BAR_ROW_H)
        if is_selected:
            painter.fillRect(row, self._look.colour("accent_soft"))
        width = round(abs(bar.value) * scale)
        left = zero if bar.value >= 0 else zero - width
        painter.fillRect(
            QRect(left, top + (BAR_ROW_H - BAR_H) // 2, width, BAR_H),
            self._look.colour("accent" if is_selected else "bar"),
        )
        painter.setFont(font("head" if is_selected else "small"))
        painter.setPen(self._look.colour("ink"))
        metrics = QFontMetrics(painter.font())
        names = QRect(GAP_12, top, round(self.width() * _NAMES_SHARE) - GAP_12 - GAP_8, BAR_ROW_H)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(names, middle, metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names.width()))
        words = metrics.horizontalAdvance(bar.words)
        at = left + width + GAP_4 if bar.value >= 0 else left - GAP_4 - words
        painter.drawText(QRect(at, top, words + GAP_4, BAR_ROW_H), middle, bar.words)
