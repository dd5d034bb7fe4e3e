"""The heads of the table of results: up to two lines, the unit after the last in lighter type."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.look import Look, font
from ui.panels.shown_table import Head
from ui.tokens import GAP_8, HEAD_H, INSET

_ARROWS = {Qt.SortOrder.AscendingOrder: "↑", Qt.SortOrder.DescendingOrder: "↓"}


def two_lines(words: str, metrics: QFontMetrics) -> list[str]:
    """Return ``words`` in the two lines that are together the narrowest."""
    parts = words.split(" ")
    cuts = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts) + 1)]
    best = min(cuts, key=lambda cut: max(map(metrics.horizontalAdvance, cut)))
    return [line for line in best if line]


def two_lines_width(head: Head) -> int:
    """Return how wide the head of a column must be (pixels)."""
    metrics = QFontMetrics(font("head"))
    lines = two_lines(head.label, metrics) if head.is_number else [head.label]
    unit = QFontMetrics(font("small")).horizontalAdvance(f" {head.unit}")
    return max(metrics.horizontalAdvance(lines[0]), metrics.horizontalAdvance(lines[-1]) + unit)


class ResultHeads(QHeaderView):
    """Heads in up to two lines, the unit after the last in lighter type, an arrow where rows are sorted."""

    def __init__(self, look: Look, heads: Callable[[], Sequence[Head]], parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._heads = look, heads
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the height of two lines."""
        return QSize(super().sizeHint().width(), HEAD_H)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 (Qt's name)
        """Paint one head."""
        painter.save()
        painter.fillRect(rect, self._look.colour("raised"))
        painter.setPen(self._look.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        heads = self._heads()
        if section < len(heads):
            self._write(painter, rect, section, heads[section])
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, section: int, head: Head) -> None:
        bold, light = QFontMetrics(font("head")), QFontMetrics(font("small"))
        lines = two_lines(head.label, bold) if head.is_number else [head.label]
        arrow = _ARROWS[self.sortIndicatorOrder()] if self.sortIndicatorSection() == section else ""
        tail = " ".join(filter(None, (head.unit, arrow)))
        top = rect.center().y() - (len(lines) * bold.height()) // 2 + bold.ascent() + 1
        for place, line in enumerate(lines):
            end = f" {tail}" if tail and place == len(lines) - 1 else ""
            width = bold.horizontalAdvance(line) + light.horizontalAdvance(end)
            left = rect.right() - GAP_8 - width if head.is_number else rect.left() + (GAP_8 if section else INSET)
            base = top + place * bold.height()
            painter.setFont(font("head"))
            painter.setPen(self._look.colour("ink2"))
            painter.drawText(QPoint(left, base), line)
            painter.setFont(font("small"))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(QPoint(left + bold.horizontalAdvance(line), base), end)
