"""A window of its own over the one at work, which goes on: a title, a body, Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.parts import inset, rule, words
from ui.tokens import GAP_8, INSET, PANEL_HEAD_H


class SideDialog(QDialog):
    """Stops nobody, and is thrown away when it is closed or its window is."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{title} · PUC Tool")
        self.setAccessibleName(title)
        self.setModal(False)
        self.head = inset(QHBoxLayout(), INSET, GAP_8, INSET, GAP_8, GAP_8)
        self.column = inset(QVBoxLayout(self), 0, 0, 0, 0)
        top = QWidget()
        top.setMinimumHeight(PANEL_HEAD_H)
        top.setLayout(self.head)
        self.column.addWidget(top)
        self.column.addWidget(rule())

    def put_title(self, title: str) -> None:
        """Begin the head with a title."""
        self.head.addWidget(words(title, "panel"))
        self.head.addStretch()
