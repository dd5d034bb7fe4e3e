"""What stands at the right while a tool of the map is used: one panel at a time, in the place of the analysis."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.panels.expression import ExpressionPanel
from ui.panels.features import FeaturesPanel
from ui.panels.print_view import PrintPanel


class ToolSide(QStackedWidget):
    """``opened`` and ``closed`` tell the window whose place it takes."""

    opened = Signal()
    closed = Signal()

    def __init__(self, features: FeaturesPanel, expression: ExpressionPanel, printing: PrintPanel) -> None:
        super().__init__()
        self.features, self.expression, self.printing = features, expression, printing
        for panel in (features, expression, printing):
            self.addWidget(panel)
            panel.closed.connect(self.closed)
        self.hide()

    def open(self, panel: FeaturesPanel | ExpressionPanel | PrintPanel) -> None:
        """Show a panel."""
        self.setCurrentWidget(panel)
        self.opened.emit()
        self.show()
