"""Bars beside the table: one number of every unit, largest first, with the value printed at the end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.look import Look, font
from ui.panels.cell_questions import is_question
from ui.panels.shown_table import ShownTable
from ui.tokens import BAR_H, BAR_ROW_H, GAP_4, GAP_8, GAP_12, HEAD_H

_NAMES_SHARE = 0.42


@dataclass(frozen=True)
class Bar:
    """A bar: whose it is, its name, its value, the value as the table writes it, and the row it comes from."""

    unit: Unit
    name: str
    value: float
    words: str
    row: int = 0


@dataclass(frozen=True)
class Bars:
    """What the chart shows: its title, the unit of its numbers, the bars, largest first, and their column.

    ``tells_rows``: units have several rows each, which the ends of the bars' names tell apart.
    """

    title: str = ""
    measure: str = ""
    bars: tuple[Bar, ...] = ()
    column: int = 0
    tells_rows: bool = False


def bars_of(table: ShownTable) -> Bars:
    """Return the bars of the last number of a table by unit; none without units, or where each row has its own measure.

    Where rows bear one name, each bar has the words of its row as well, but those that all rows have. A row whose
    number is missing has no bar.
    The last number is the outcome («Consumo netto»): the table is sorted by another, so the chart says something new.
    """
    places = [place for place, head in enumerate(table.heads) if head.is_number]
    rows = [(place, row) for place, row in enumerate(table.rows) if row.unit is not None]
    if not places or not rows or any(head.id == "unit" for head in table.heads):
        return Bars()
    last = places[-1]
    names = [place for place, head in enumerate(table.heads) if not head.is_number] or [0]
    tells_rows = len({row.cells[names[0]] for _, row in rows}) < len(rows)
    apart = [name for name in names[1:] if len({row.cells[name] for _, row in rows}) > 1]
    names = [names[0], *(apart if tells_rows else ())]
    found = [
        Bar(row.unit, " · ".join(row.cells[name] for name in names if row.cells[name]), float(row.keys[last]),
            row.cells[last], place)
        for place, row in rows if row.unit and math.isfinite(row.keys[last])
    ]  # fmt: skip
    head = table.heads[last]
    return Bars(head.label, head.unit, tuple(sorted(found, key=lambda bar: -bar.value)), last, tells_rows)


class BarChart(QWidget):
    """Paints `Bars`; a click selects the unit everywhere, one with Ctrl adds it; arrows walk along the bars.

    ``asked`` carries the row and the column of the number that a double click, or Alt+Enter, asks about.
    """

    asked = Signal(int, int)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self._bars = Bars()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        selected = [bar for bar in self._bars.bars[room:] if self._is_selected(bar)][:room]
        return [*shown[: room - len(selected)], *selected]

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Select the unit of the bar that is clicked."""
        bar = self._bar_at(event)
        if bar is not None:
            is_also = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self._session.select_also if is_also else self._session.select)(bar.unit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask where the value of the bar comes from."""
        bar = self._bar_at(event)
        if bar is not None:
            self.asked.emit(bar.row, self._bars.column)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Walk along the bars; ask about the selected one."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        chosen = [place for place, bar in enumerate(self._bars.bars) if self._is_selected(bar)]
        if is_question(event):
            self.ask()
        elif step is not None and self._bars.bars:
            place = max(0, min(chosen[-1] + step, len(self._bars.bars) - 1)) if chosen else 0
            self._session.select(self._bars.bars[place].unit)
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Ask where the value of the selected bar comes from."""
        chosen = [bar for bar in self._bars.bars if self._is_selected(bar)]
        if chosen:
            self.asked.emit(chosen[-1].row, self._bars.column)

    def _bar_at(self, event: QMouseEvent) -> Bar | None:
        shown = self.bars_in_view()
        place = (round(event.position().y()) - HEAD_H - GAP_4) // BAR_ROW_H
        return shown[place] if 0 <= place < len(shown) else None

    def _is_selected(self, bar: Bar) -> bool:
        return bar.unit in self._session.selection

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint head, bars and the line of zero."""
        painter = QPainter(self)
        self._paint_head(painter)
        shown = self.bars_in_view()
        if shown:
            self._paint_bars(painter, shown)
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
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
        is_selected = self._is_selected(bar)
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
        # The middle goes where the end tells the rows of a unit apart.
        where = Qt.TextElideMode.ElideMiddle if self._bars.tells_rows else Qt.TextElideMode.ElideRight
        painter.drawText(names, middle, metrics.elidedText(bar.name, where, names.width()))
        words = metrics.horizontalAdvance(bar.words)
        at = left + width + GAP_4 if bar.value >= 0 else left - GAP_4 - words
        painter.drawText(QRect(at, top, words + GAP_4, BAR_ROW_H), middle, bar.words)
