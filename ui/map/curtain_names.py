"""What lies left of the curtain and what right, written at its head."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.look import Look
from ui.parts import floating, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, HANDLE

_TOP_PX, _LEAST_PX, _MOST_PX, _TOOLS_PX = 96, 48, 260, 64
"""Below the badge and the chip of the selection; narrower than the least no name can be read; the tools' width."""


class CurtainNames(QObject):
    """Two plates that move with the curtain; one that has no room is not shown."""

    def __init__(self, over: QWidget, look: Look) -> None:
        super().__init__(over)
        self._map, self._beside = over, over
        self.plates = (NamePlate(over, look), NamePlate(over, look))
        self._at = 0

    def say(self, left: str, right: str) -> None:
        """Say other names."""
        for plate, name in zip(self.plates, (left, right), strict=True):
            plate.name = name
        self.stand_at(self._at, self._beside)

    def stand_at(self, x: int, right: QWidget) -> None:
        """Stand at a pixel of the map; the second name lies on ``right``, the same map or the one beside it."""
        self._at, self._beside = x, right
        first, second = self.plates
        if second.parentWidget() is not right:
            second.setParent(right)
        start = x if right is self._map else 0
        gap = HANDLE // 2 + GAP_4 if right is self._map else GAP_8
        left_gap = gap if right is self._map else _TOOLS_PX  # beside the other map stand this one's buttons
        first.fit(x - left_gap - _TOOLS_PX)
        first.move(x - left_gap - first.width(), _TOP_PX)
        second.fit(right.width() - start - gap - _TOOLS_PX)
        second.move(start + gap, _TOP_PX)

    def hide(self) -> None:
        """Say nothing any more; the plates stay on the map, for the one beside it goes."""
        for plate in self.plates:
            plate.name = ""
            plate.setParent(self._map)
            plate.hide()
        self._beside = self._map


class NamePlate(QFrame):
    """A name on a plate, cut in the middle where there is no room for it, whole in the tooltip."""

    def __init__(self, over: QWidget, look: Look) -> None:
        super().__init__(over)
        self.name = ""
        self.setProperty("box", "floating")
        self.label: QLabel = words("", "strong")
        inset(QHBoxLayout(self), GAP_12, GAP_4, GAP_12, GAP_4).addWidget(self.label)
        floating(self, look)
        self.hide()

    def fit(self, room: int) -> None:
        """Take no more room than this (pixels)."""
        most = min(room, _MOST_PX) - 2 * GAP_12
        self.label.setText(self.label.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideMiddle, max(0, most)))
        self.label.setAccessibleName(self.name)
        self.setToolTip(self.name)
        self.adjustSize()
        self.setVisible(bool(self.name) and room >= _LEAST_PX)
