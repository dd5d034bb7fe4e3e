"""What applies at a place: theme by theme, with shares, norms and sources, to read, to copy, to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text, joined, number, say
from puc_tool import what_applies
from ui.look import Look
from ui.panels.findings import card
from ui.panels.panel import Panel
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.place_desk import Answer, PlaceDesk
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE = Text("Che cosa vale qui", "What applies here")
CLOSE = Text("Chiudi (Esc)", "Close (Esc)")
COPY, PRINT = Text("Copia", "Copy"), Text("Pagina PDF…", "PDF page…")
COPIED = Text("Copiato negli appunti.", "Copied to the clipboard.")
FILE = Text("che-cosa-vale-qui.pdf", "what-applies-here.pdf")


class PlacePanel(Panel):
    """Follows the desk's answers. ``closed`` says that it is no longer wanted."""

    closed = Signal()

    def __init__(self, desk: PlaceDesk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._desk, self._look, self._lang = desk, look, lang
        self._answer: Answer | None = None
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        body = QWidget()
        self._rows = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_4)
        self.put_body(body)
        foot = QHBoxLayout()
        for title, icon, act in ((COPY, "copy", self.copy), (PRINT, "file-pdf", self.print)):
            foot.addWidget(self._button(title, icon, act))
        foot.addStretch()
        self.put_foot(foot)
        desk.answered.connect(self.show_answer)
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        """Show another answer."""
        self._answer = answer
        clear(self._rows)
        self._rows.addWidget(words(what_applies.about(answer.place).to(self._lang), "note", "ink2", wrap=True))
        for (role, year), rows in what_applies.by_theme(answer.found):
            self._theme(what_applies.theme_title(role, year), rows)
        self._rows.addSpacing(GAP_8)
        for problem in answer.found.problems:
            self._rows.addWidget(card(problem, self._look, self._lang))
        self._rows.addWidget(words(what_applies.DISCLAIMER.to(self._lang), "small", "ink3", wrap=True))
        self._rows.addStretch()

    def copy(self) -> None:
        """Copy the answer as text."""
        if self._answer is not None:
            lines = (each.to(self._lang) for each in what_applies.sentences(self._answer.found, self._answer.place))
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._desk.say(COPIED)

    def print(self) -> None:
        """Write the answer as a page, where the user says."""
        title, name = PRINT.to(self._lang).rstrip("…"), FILE.to(self._lang)
        path, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), "PDF (*.pdf)")
        if path and self._answer is not None:
            self._desk.print(self._answer, Path(path))

    def _button(self, title: Text, icon: str, act: Callable[[], None]) -> PushButton:
        button = PushButton(self._look, title.to(self._lang), "secondary", icon)
        button.clicked.connect(act)
        return button

    def _theme(self, title: Text, rows: pd.DataFrame) -> None:
        self._rows.addSpacing(GAP_8)
        self._rows.addWidget(words(title.to(self._lang), "strong", wrap=True))
        for row in rows.to_dict("records"):
            self._rows.addLayout(self._row({str(name): value for name, value in row.items()}))

    def _row(self, row: Mapping[str, Any]) -> QVBoxLayout:
        line = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        line.addWidget(words(what_applies.title(row).to(self._lang), "body", wrap=True), 1)
        column = inset(QVBoxLayout(), 0, 0, 0, 0)
        column.addLayout(line)
        much = what_applies.amount(row).to(self._lang)
        if _is_share(row) and much:
            share = say("{p} %", "{p} %", p=number(row["pct"], 1)).to(self._lang)
            line.addWidget(words(share, "body"), 0, Qt.AlignmentFlag.AlignTop)
            column.addWidget(words(much, "note", "ink2"))
        else:
            line.addWidget(words(much, "body"), 0, Qt.AlignmentFlag.AlignTop)
        told = (what_applies.said_of(row, key) for key in ("norm", "source") if row[key] and not pd.isna(row[key]))
        under = joined(told, " · ").to(self._lang)
        if under:
            column.addWidget(words(under, "small", "ink3", wrap=True))
        return column


def _is_share(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is a part of the place's ground."""
    return not pd.isna(row["pct"]) and pd.isna(row["length_m"])
