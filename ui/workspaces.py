"""The workspaces of a window: the map between its panels, with the analysis or without, or the sheets instead."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ui.panels.attributes import AttributesPanel
from ui.panels.layers import LayersPanel
from ui.panels.results import ResultsPanel
from ui.right_side import RightSide
from ui.sheets.workspace import SheetsWorkspace
from ui.tokens import EMPTY_H, MENU_H, STATUS_H, TOP_H, left_width, right_width
from ui.top_bar import TopBar

_RESULTS_SHARE = 0.4


@dataclass(frozen=True)
class Rooms:
    """What stands where: the layers left, the maps over the results, the right side; the sheets; which is on."""

    layers: LayersPanel
    maps: QSplitter
    below: QStackedWidget
    results: ResultsPanel
    attributes: AttributesPanel
    right: RightSide
    sheets: SheetsWorkspace
    top: TopBar


class Workspaces(QStackedWidget):
    """Shows one workspace at a time and gives every panel its room."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__()
        self._rooms, self.below = rooms, rooms.below
        self._middle = splitter(Qt.Orientation.Vertical, rooms.maps, rooms.below)
        self._across = splitter(Qt.Orientation.Horizontal, rooms.layers, self._middle, *rooms.right.panels)
        for page in (self._across, rooms.sheets):
            self.addWidget(page)

    @property
    def is_at_map(self) -> bool:
        """Tell whether the map is what is looked at."""
        return self.currentWidget() is self._across

    def arrange(self, *, analysis: bool) -> None:
        """Show the analysis and its results, or give the map all the room."""
        self.setCurrentWidget(self._across)
        self._rooms.right.leave()
        self.leave_attributes()
        self.below.setVisible(analysis)
        self._rooms.right.back()
        self._rooms.top.mark(analysis=analysis)

    @property
    def is_at_attributes(self) -> bool:
        """Tell whether the attributes of a layer are what is seen under the map."""
        return self.below.currentWidget() is self._rooms.attributes

    def show_attributes(self) -> None:
        """Show the attributes in the place of the results."""
        self.setCurrentWidget(self._across)
        self.below.setCurrentWidget(self._rooms.attributes)
        self.below.show()

    def leave_attributes(self) -> bool:
        """Show the results in their place again; return whether they were not there."""
        if not self.is_at_attributes:
            return False
        self._rooms.attributes.leave()
        self.below.setCurrentWidget(self._rooms.results)
        return True

    def show_sheets(self) -> None:
        """Show the sheets and the pack in the place of the map."""
        self.setCurrentWidget(self._rooms.sheets)
        self._rooms.top.mark_sheets()
        self._rooms.sheets.enter()

    def reset(self, window: QWidget, *, has_results: bool) -> None:
        """Give every panel the room it has at first in a window so large."""
        left, right, panels = left_width(window.width()), right_width(window.width()), self._rooms.right.panels
        self._rooms.layers.setMinimumWidth(left)
        for panel in panels[:-1]:
            panel.setMinimumWidth(right)
        self._across.setSizes([left, window.width() - left - right, *[right] * len(panels)])
        height = window.height() - MENU_H - TOP_H - STATUS_H
        below = round(height * _RESULTS_SHARE) if has_results or self.is_at_attributes else EMPTY_H
        self._middle.setSizes([height - below, below])


def splitter(direction: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    """Return a splitter of one pixel; what is in the middle, or first from the top, takes the room that is left."""
    made = QSplitter(direction)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    grows = 0 if direction is Qt.Orientation.Vertical else 1
    for place, widget in enumerate(widgets):
        made.addWidget(widget)
        made.setStretchFactor(place, int(place == grows))
    return made
