"""Problems as cards: what, with which effect, and what to do about it. The worst come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.problems import Problem, Severity
from layers.text import Lang, Text
from ui.look import Look
from ui.parts import Icon, box, clear, inset, words
from ui.remedies import here
from ui.tokens import GAP_4, GAP_8, GAP_12

TITLE = Text("Prima di eseguire", "Before running")
FIT = Text("Nulla da segnalare.", "Nothing to report.")
CHECKING = Text("Controllo i dati.", "Checking the data.")
_SIGNS = {
    Severity.ERROR: ("x-circle", "error"),
    Severity.WARNING: ("warning", "warn"),
    Severity.INFO: ("info", "info"),
}
_COUNTED = {
    Severity.ERROR: (Text("errore", "error"), Text("errori", "errors")),
    Severity.WARNING: (Text("avviso", "warning"), Text("avvisi", "warnings")),
    Severity.INFO: (Text("nota", "note"), Text("note", "notes")),
}


class Findings(QWidget):
    """A heading with the count, and a card for each problem."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_8)
        head = inset(QHBoxLayout(), 0, 0, 0, 0)
        head.addWidget(words(TITLE.to(lang), "strong"))
        head.addStretch()
        self._count = words("", "note", "ink2")
        head.addWidget(self._count)
        column.addLayout(head)
        self._cards = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        column.addLayout(self._cards)
        self.say(CHECKING)

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Show ``problems`` instead of those before."""
        if not problems:
            self.say(FIT)
            return
        clear(self._cards)
        self._count.setText(counted(problems, self._lang))
        for problem in sorted(problems, key=lambda each: list(_SIGNS).index(each.severity)):
            self._cards.addWidget(card(problem, self._look, self._lang))

    def say(self, sentence: Text) -> None:
        """Show one plain sentence instead of cards."""
        clear(self._cards)
        self._count.setText("")
        self._cards.addWidget(words(sentence.to(self._lang), "note", "ink3", wrap=True))


def card(problem: Problem, look: Look, lang: Lang) -> QWidget:
    """Return the card of one problem, with what can be done about it in the window."""
    problem = here(problem)
    name, token = _SIGNS[problem.severity]
    row = inset(QHBoxLayout(), GAP_12, GAP_8, GAP_12, GAP_8, GAP_8)
    row.addWidget(Icon(look, name, token), 0, Qt.AlignmentFlag.AlignTop)
    column = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
    told = " ".join(part.to(lang) for part in (problem.message, problem.effect) if part)
    column.addWidget(words(f"{problem.where.to(lang)}: {told}", "note", wrap=True))
    if problem.remedy:
        column.addLayout(_remedy(problem.remedy.to(lang), look))
    row.addLayout(column, 1)
    frame = box("finding", row)
    frame.setProperty("severity", problem.severity.value)
    frame.setAccessibleName(problem.sentence(lang))
    return frame


def counted(problems: Sequence[Problem], lang: Lang) -> str:
    """Return «1 avviso, 2 note»."""
    counts = Counter(problem.severity for problem in problems)
    parts = [f"{counts[each]} {_COUNTED[each][counts[each] > 1].to(lang)}" for each in _SIGNS if counts[each]]
    return ", ".join(parts)


def _remedy(sentence: str, look: Look) -> QHBoxLayout:
    row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_4)
    row.addWidget(Icon(look, "wrench", "accent_text", GAP_12), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words(sentence, "label", "accent", wrap=True), 1)
    return row
