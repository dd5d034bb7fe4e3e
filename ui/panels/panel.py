"""A panel: head with its title, a rule, a body that scrolls, and, where there is something to do, a foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.parts import Elided, inset, rule
from ui.tokens import FOOT_H, GAP_8, GAP_12, INSET, PANEL_HEAD_H


class Panel(QFrame):
    """The frame that every panel shares."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("box", "surface")
        self.setAccessibleName(title)
        self.heading = Elided(title, "panel")
        self.head = inset(QHBoxLayout(), INSET, 0, GAP_12, 0, GAP_8)
        self.head.addWidget(self.heading, 1)
        top = QWidget()
        top.setFixedHeight(PANEL_HEAD_H)
        top.setLayout(self.head)
        self.column = inset(QVBoxLayout(self), 0, 0, 0, 0)
        self.column.addWidget(top)
        self.column.addWidget(rule())

    def put_body(self, body: QWidget, *, scrolls: bool = True) -> None:
        """Put ``body`` under the head."""
        self.column.addWidget(scrolling(body) if scrolls else body, 1)

    def put_foot(self, layout: QHBoxLayout) -> None:
        """Pin ``layout`` to the bottom."""
        foot = QWidget()
        foot.setFixedHeight(FOOT_H)
        foot.setLayout(inset(layout, INSET, 0, INSET, 0, GAP_8))
        self.column.addWidget(rule())
        self.column.addWidget(foot)


def scrolling(body: QWidget) -> QScrollArea:
    """Return ``body`` in a frame that scrolls up and down; setting another body in it deletes the one before."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
