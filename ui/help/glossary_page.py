"""The glossary as a page: every term with its explanation, narrowed by what is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.report import glossary
from puc_tool.report.document import Entry
from puc_tool.working.expression import plain
from ui.parts import inset, words
from ui.tokens import GAP_4, GAP_12, INSET, READING_W

NAME = Text("Glossario", "Glossary")


class GlossaryPage(QScrollArea):
    """The terms in alphabetical order of the language."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.setAccessibleName(NAME.to(lang))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_12)
        entries = sorted(glossary.entries(), key=lambda each: plain(each.term.to(lang)))
        self.rows = {each.term.to(lang): _row(each, lang) for each in entries}
        self._said = {
            term: plain(f"{term} {each.words.to(lang)}") for term, each in zip(self.rows, entries, strict=True)
        }
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch()
        self.setWidget(body)

    def search(self, typed: str) -> int:
        """Show the terms that hold every word that is typed; return how many there are."""
        wanted = plain(typed).split()
        for term, row in self.rows.items():
            row.setVisible(all(word in self._said[term] for word in wanted))
        self.verticalScrollBar().setValue(0)
        return sum(not row.isHidden() for row in self.rows.values())


def _row(entry: Entry, lang: Lang) -> QWidget:
    row = QWidget()
    row.setMaximumWidth(READING_W)
    column = inset(QVBoxLayout(row), 0, 0, 0, 0, GAP_4)
    said = words(entry.words.to(lang), "body", "ink2", wrap=True)
    for label in (words(entry.term.to(lang), "strong", wrap=True), said):
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
    return row
