"""About the program: version and edition of its code, licence, libraries, whose fonts and data it carries."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool import about
from ui.look import Look
from ui.panels.panel import scrolling
from ui.parts import Icon, PushButton, inset, rule, words
from ui.tokens import FOOT_H, GAP_4, GAP_8, GAP_12, GAP_24, ICON_LARGE, INSET

NAME = Text("Analisi per il Piano Urbanistico Comunale", "Analyses for the Italian municipal plan")
VERSION = Text("Versione {v} · edizione del codice {e}", "Version {v} · edition of the code {e}")
LICENCE = Text("Software libero, licenza {l}.", "Free software, licence {l}.")
CREDITS, LIBRARIES = Text("Crediti", "Credits"), Text("Librerie", "Libraries")
COPY = Text("Copia", "Copy")


class AboutPage(QWidget):
    """All of it in one column, which can be copied."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setAccessibleName("PUC Tool")
        self._lang = lang
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, INSET, INSET, GAP_12, GAP_4)
        column.addLayout(_brand(look, lang))
        column.addSpacing(GAP_12)
        column.addWidget(words(self._version(), "body", wrap=True))
        column.addWidget(words(LICENCE.to(lang).format(l=about.LICENCE), "body", wrap=True))
        column.addSpacing(GAP_12)
        column.addWidget(words(CREDITS.to(lang), "strong"))
        column.addLayout(_grid([(each.what.to(lang), each.whose) for each in about.CREDITS]))
        column.addSpacing(GAP_12)
        column.addWidget(words(LIBRARIES.to(lang), "strong"))
        column.addLayout(_grid(self._libraries()))
        column.addStretch()
        outer = inset(QVBoxLayout(self), 0, 0, 0, 0)
        outer.addWidget(scrolling(body), 1)
        outer.addWidget(rule())
        outer.addWidget(self._foot(look))

    def told(self) -> str:
        """Return what can be copied: versions, a library a line."""
        return "\n".join([self._version(), *("  ".join(row) for row in self._libraries())])

    def copy(self) -> None:
        """Put it into the clipboard."""
        QGuiApplication.clipboard().setText(self.told())

    def _version(self) -> str:
        return f"PUC Tool. {VERSION.to(self._lang).format(v=about.tool_version(), e=about.code_edition())}"

    def _libraries(self) -> list[tuple[str, ...]]:
        ours = [("Python", platform.python_version(), "PSF-2.0"), ("Qt", qVersion(), "LGPL-3.0")]
        return [*ours, *((each.name, each.version, each.licence.to(self._lang)) for each in about.parts())]

    def _foot(self, look: Look) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(FOOT_H)
        row = inset(QHBoxLayout(foot), INSET, 0, INSET, 0, GAP_8)
        self.copy_button = PushButton(look, COPY.to(self._lang), "secondary", "copy")
        self.copy_button.clicked.connect(self.copy)
        row.addWidget(self.copy_button)
        row.addStretch()
        return foot


def _brand(look: Look, lang: Lang) -> QHBoxLayout:
    row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
    row.addWidget(Icon(look, "map-trifold", "accent", ICON_LARGE), 0, Qt.AlignmentFlag.AlignVCenter)
    column = inset(QVBoxLayout(), 0, 0, 0, 0)
    column.addWidget(words("PUC Tool", "page"))
    column.addWidget(words(NAME.to(lang), "note", "ink2"))
    row.addLayout(column, 1)
    return row


def _grid(rows: list[tuple[str, ...]]) -> QGridLayout:
    """Return rows of words, the last column as wide as there is room."""
    grid = QGridLayout()
    inset(grid, 0, GAP_4, 0, 0, GAP_4)
    grid.setHorizontalSpacing(GAP_24)
    for place, row in enumerate(rows):
        for column, said in enumerate(row):
            grid.addWidget(
                words(said, "note", "" if column == 0 else "ink2", wrap=column == len(row) - 1), place, column
            )
        grid.setColumnStretch(len(row) - 1, 1)
    return grid
