"""A choice out of a list in one line: the words that are chosen, and a caret that follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from ui.look import Look, font
from ui.tokens import GAP_4, GAP_8, GAP_24, ICON

_CARET = ICON - 4


class Choice(QComboBox):
    """A combo box; words that find no room are cut in the middle, for a year stands last; whole in the tooltip."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setFont(font("body"))
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentTextChanged.connect(self.setToolTip)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Leave room for the caret."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        return QSize(widest + 2 * GAP_8 + GAP_24, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the frame by the style sheet, words and caret by hand."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.subControls = QStyle.SubControl.SC_ComboBoxFrame
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.rect().adjusted(GAP_8 + 1, 0, -GAP_24, 0)
        painter.setPen(self._look.colour("ink" if self.isEnabled() else "ink3"))
        said = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        place = QRect(self.width() - _CARET - GAP_8 + GAP_4 // 2, (self.height() - _CARET) // 2, _CARET, _CARET)
        self._look.icon("caret-down", "ink2" if self.isEnabled() else "border").paint(painter, place)
        painter.end()
