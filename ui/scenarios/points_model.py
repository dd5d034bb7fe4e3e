"""The points of the chart as a table, for those who would rather read numbers: scenario, two criteria, state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from layers.text import NOTHING, Lang, Text, number, say
from puc_tool.scenarios.scenario_chart import HEADS, Chart, Criterion, Point
from ui.headed_table import ROOT, HeadedTable, Index
from ui.look import Look, font
from ui.scenarios.list_model import DOMINATED, FREE

SCENARIO, STATE = Text("Scenario", "Scenario"), Text("Stato", "State")
ON_FRONT = Text("sul fronte", "on the front")
_ACROSS, _UP, _STATE = 1, 2, 3


class PointsModel(HeadedTable):
    """Shows a `Chart`."""

    numbers = frozenset({_ACROSS, _UP, _STATE})

    def __init__(self, look: Look, lang: Lang, parent: QObject) -> None:
        super().__init__(lang, parent)
        self._look = look
        self.show_chart(None)

    def show_chart(self, chart: Chart | None) -> None:
        """Show other points."""
        self.beginResetModel()
        self.chart: Chart | None = chart
        across, up = (_head(chart.across), _head(chart.up)) if chart else (NOTHING, NOTHING)
        self.heads = (SCENARIO, across, up, STATE)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of points."""
        return 0 if parent.isValid() or self.chart is None else len(self.chart.points)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column; its tooltip calls the criterion by its whole name."""
        if role != Qt.ItemDataRole.ToolTipRole or orientation is not Qt.Orientation.Horizontal or self.chart is None:
            return super().headerData(section, orientation, role)
        return (SCENARIO, self.chart.across.label, self.chart.up.label, STATE)[section].to(self._lang)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; what is dominated is pale."""
        if not index.isValid() or self.chart is None:
            return None
        point = self.chart.points[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._look.colour("ink3" if point.is_dominated else "ink")
        if role == Qt.ItemDataRole.FontRole:
            return font("body")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(self.chart, point, index.column()).to(self._lang)
        return None

    def _words(self, chart: Chart, point: Point, column: int) -> Text:
        if column == _ACROSS:
            return number(point.x, chart.across.measure.decimals)
        if column == _UP:
            return number(point.y, chart.up.measure.decimals)
        if column == _STATE:
            return DOMINATED if point.is_dominated else ON_FRONT if point.scenario in chart.front else FREE
        return point.title


def _head(criterion: Criterion) -> Text:
    unit, label = criterion.measure.unit, HEADS[criterion.id]
    return say("{l}, {u}", "{l}, {u}", l=label, u=unit) if unit else label
