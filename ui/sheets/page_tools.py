"""What floats over a page: larger, smaller, whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout

from layers.text import Lang, Text
from ui.look import Look
from ui.parts import IconButton, box, floating, inset
from ui.sheets.page_view import PageView
from ui.tokens import GAP_4, GAP_12, ICON_MAP

CLOSER, FARTHER = Text("Ingrandisci (+)", "Larger (+)"), Text("Rimpicciolisci (−)", "Smaller (−)")
ALL = Text("Tutta la pagina (0)", "The whole page (0)")


class PageTools(QObject):
    """Keeps the buttons in the page's upper right corner."""

    def __init__(self, view: PageView, look: Look, lang: Lang) -> None:
        super().__init__(view)
        self._view = view
        column = inset(QVBoxLayout(), GAP_4, GAP_4, GAP_4, GAP_4)
        self._frame = box("floating", column)
        self._frame.setParent(view)
        acts = (("plus", CLOSER, view.closer), ("minus", FARTHER, view.farther), ("corners-out", ALL, view.fit))
        for icon, tip, act in acts:
            button = IconButton(look, icon, tip.to(lang), size=ICON_MAP)
            button.setProperty("kind", "tool")
            button.clicked.connect(act)
            column.addWidget(button)
        floating(self._frame, look)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the page's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._frame.adjustSize()
            self._frame.move(self._view.width() - self._frame.width() - GAP_12, GAP_12)
        return False
