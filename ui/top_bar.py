"""The bar over everything: which study, which workspace, undo and redo, the theme."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.keys import written
from ui.look import Look, font
from ui.map.credit import DEMONSTRATION
from ui.parts import Elided, IconButton, PushButton, inset, rule, words
from ui.tokens import FIND_W, GAP_8, INSET, TITLE_W, TOP_H

FIND = Text("Cerca comandi e luoghi", "Find commands, places")
FIND_TIP = Text("Cerca comandi, livelli e luoghi (Ctrl+K)", "Search commands, layers and places (Ctrl+K)")
LIGHT, DARK = Text("Tema chiaro", "Light theme"), Text("Tema scuro", "Dark theme")
SHEETS = Text("Tavole", "Sheets")
EXPLORE, ANALYSIS = Text("Esplora", "Explore"), Text("Analisi", "Analysis")


class TopBar(QWidget):
    """``arranged`` tells the workspace that is wanted: with the analysis or not."""

    arranged = Signal(bool)
    sheets_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    theme_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session, self._look, self._lang = session, look, lang
        self.setFixedHeight(TOP_H)
        row = inset(QHBoxLayout(self), INSET, 0, INSET, 0, GAP_8)
        row.addLayout(self._names())
        row.addWidget(rule(vertical=True))
        self._workspaces = {
            False: self._workspace(EXPLORE, "map-trifold", False),
            True: self._workspace(ANALYSIS, "chart-bar", True),
        }
        self._sheets = self._button(SHEETS, "file-pdf")
        self._sheets.clicked.connect(self.sheets_wanted)
        for button in (*self._workspaces.values(), self._sheets):
            row.addWidget(button)
        row.addStretch()
        self._steps = {
            "edit.undo": IconButton(look, "arrow-counter-clockwise", ""),
            "edit.redo": IconButton(look, "arrow-clockwise", ""),
        }
        self._theme = IconButton(look, "moon", "")
        look.changed.connect(self._follow_theme)
        self._follow_theme()
        for wanted, act in zip(
            (*self._steps.values(), self._theme), (self.undo_wanted, self.redo_wanted, self.theme_wanted), strict=True
        ):
            wanted.clicked.connect(act)
            row.addWidget(wanted)
        row.addWidget(self._find())

    def _follow_theme(self) -> None:
        """Offer the theme that is not on."""
        offered, icon = (LIGHT, "sun") if self._look.is_dark else (DARK, "moon")
        self._theme.picture(icon)
        self._theme.setToolTip(offered.to(self._lang))
        self._theme.setAccessibleName(offered.to(self._lang))

    def _find(self) -> PushButton:
        """Return what opens the search over everything."""
        button = PushButton(self._look, FIND.to(self._lang), "find", "magnifying-glass")
        button.setFont(font("body"))
        button.setFixedWidth(FIND_W)
        button.setToolTip(FIND_TIP.to(self._lang))
        button.clicked.connect(self.search_wanted)
        key = inset(QHBoxLayout(button), 0, 0, GAP_8, 0)
        key.addStretch()
        key.addWidget(words("Ctrl K", "small", "ink3"))
        return button

    def mark(self, *, analysis: bool) -> None:
        """Show which workspace is on."""
        self._sheets.setChecked(False)
        for is_of_analysis, button in self._workspaces.items():
            button.setChecked(is_of_analysis is analysis)

    def mark_sheets(self) -> None:
        """Show that the workspace of sheets is on."""
        for button in self._workspaces.values():
            button.setChecked(False)
        self._sheets.setChecked(True)

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Offer the steps that the menu offers, in its words."""
        for name, button in self._steps.items():
            words_of = actions[name].text().replace("&&", "&")
            key = written(actions[name].shortcut().toString(), self._lang)
            button.setEnabled(actions[name].isEnabled())
            button.setToolTip(f"{words_of} ({key})")
            button.setAccessibleName(words_of)

    def _names(self) -> QVBoxLayout:
        study = self._session.study
        column = inset(QVBoxLayout(), 0, GAP_8, GAP_8, GAP_8, 0)
        called = study.named.to(self._lang)
        title = Elided(called, "strong")
        title.setFixedWidth(min(TITLE_W, title.fontMetrics().horizontalAdvance(called) + 1))
        column.addWidget(title)
        under = DEMONSTRATION.to(self._lang) if study.is_demonstration else study.folder.name
        column.addWidget(words(under, "note", "ink2"))
        return column

    def _workspace(self, title: Text, icon: str, analysis: bool) -> QToolButton:
        button = self._button(title, icon)
        button.clicked.connect(lambda: self.arranged.emit(analysis))
        return button

    def _button(self, title: Text, icon: str) -> QToolButton:
        button = IconButton(self._look, icon, title.to(self._lang), on="accent_text")
        button.setText(title.to(self._lang))
        button.setFont(font("strong"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setProperty("kind", "workspace")
        return button
