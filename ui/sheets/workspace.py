"""The workspace of sheets: the list left, the page in the middle, the pack right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from layers.text import Lang
from puc_tool.printing.sheets import Kind
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.look import Look
from ui.panels.panel import Panel
from ui.sheets.pack_panel import PackPanel
from ui.sheets.preview_panel import PreviewPanel
from ui.sheets.sheet_rows import NAME, SheetRows
from ui.sheets.sheets_desk import SheetsDesk
from ui.tokens import left_width, right_width


class SheetsWorkspace(QSplitter):
    """Follows a session while it is looked at."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.sheets = SheetsDesk(session, desk, lang, self)
        self.rows = SheetRows(look, lang)
        self.preview = PreviewPanel(self.sheets, look, lang, self.export_one)
        self.pack = PackPanel(self.sheets, look, lang)
        self._left = Panel(NAME.to(lang))
        self._left.put_body(self.rows, scrolls=False)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, panel in enumerate((self._left, self.preview, self.pack)):
            self.addWidget(panel)
            self.setStretchFactor(place, int(place == 1))
        self.rows.chosen.connect(self._choose)
        self.sheets.ended.connect(lambda problems: self._list_anew())
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.enter)
        session.results_changed.connect(self._follow)
        session.layers_arranged.connect(self._follow)
        session.history.changed.connect(lambda places: self._follow())

    @property
    def panels(self) -> tuple[QWidget, ...]:
        """The list, the page and the pack."""
        return self._left, self.preview, self.pack

    def enter(self) -> None:
        """Show the sheets as they stand now."""
        self._list_anew()
        if not self.sheets.is_packing:
            self.pack.offer(self.sheets.listed(), self.sheets.offered())
            self.sheets.ask()
        self.rows.setFocus()

    @property
    def can_export(self) -> bool:
        """Tell whether a page is seen, and seen as the study has it."""
        return self.sheets.seen is not None

    def export_one(self) -> None:
        """Write the sheet that is seen."""
        self.sheets.export_one(self.pack.chosen_formats or ("pdf",))

    def arrange(self, width: int) -> None:
        """Give every panel the room it has at first in a window so wide (pixels)."""
        left, right = left_width(width), right_width(width)
        self._left.setMinimumWidth(left)
        self.pack.setMinimumWidth(right)
        self.setSizes([left, width - left - right, right])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the side panels at the width that the window's size asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange(event.size().width())

    def _choose(self, kind: Kind) -> None:
        self.sheets.choose(kind)

    def _list_anew(self) -> None:
        self.rows.show_all(self.sheets.listed(), self.sheets.kind)

    def _follow(self) -> None:
        """Have the page made anew: something it shows may have changed. Several changes at once ask once."""
        if self.isVisible():
            self.sheets.forget()
            self._soon.start()
