"""What stands in the place of the analysis while it is wanted: one panel at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from layers.text import Lang, Text
from ui.look import Look
from ui.panels.panel import Panel
from ui.parts import IconButton, inset
from ui.tokens import GAP_12, INSET

CLOSE = Text("Chiudi (Esc)", "Close (Esc)")


class SidePanel(Panel):
    """A panel with a close button. ``closed`` says that it is no longer wanted."""

    closed = Signal()

    def __init__(self, title: Text, look: Look, lang: Lang) -> None:
        super().__init__(title.to(lang))
        self._look, self._lang = look, lang
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        body = QWidget()
        self.rows = inset(QVBoxLayout(body), INSET, GAP_12, INSET, INSET, GAP_12)
        self.put_body(body)


class SidePanels(QStackedWidget):
    """The panels that share one place. ``shown`` and ``closed`` tell who has the place."""

    shown = Signal()
    closed = Signal()

    def hold(self, panel: SidePanel) -> None:
        """Give ``panel`` a place here."""
        self.addWidget(panel)
        panel.closed.connect(self.closed)

    def bring(self, panel: SidePanel) -> None:
        """Show ``panel``."""
        self.setCurrentWidget(panel)
        self.shown.emit()
