"""What binds the scenario B: each goal with the most there can be, and every limit in words with its shadow price."""

from __future__ import annotations

import pandas as pd
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text, say
from puc_tool.scenarios.scenario_bounds import Bound, bounds
from ui.look import Look
from ui.panels.panel import scrolling
from ui.parts import Icon, box, clear, inset, words
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

HEAD = Text("Che cosa vincola «{s}»", "What binds “{s}”")
HOW = Text(
    "Il massimo sotto tutti i limiti insieme (programmazione lineare); accanto a ogni limite, quanto vale allentarlo.",
    "The most under all limits together (linear programming); beside each limit, what it is worth to ease it.",
)
WAIT = Text("Cerco i limiti.", "Looking for the limits.")
UNKNOWN = Text("I distretti non hanno i dati per dirlo.", "The districts lack the data to tell.")
DISTRICT = Text("Distretto {c}", "District {c}")


class BoundsPage(QWidget):
    """Follows the work on scenarios; asks only while it is looked at."""

    def __init__(self, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__()
        self._work, self._look, self._lang = work, look, lang
        body = QWidget()
        self._rows = inset(QVBoxLayout(body), INSET, GAP_8, INSET, GAP_12, GAP_8)
        column = inset(QVBoxLayout(self), 0, 0, 0, 0)
        column.addWidget(scrolling(body))
        self.told: tuple[str, ...] = ()
        work.changed.connect(self.follow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask what binds."""
        super().showEvent(event)
        self.follow()

    def follow(self) -> None:
        """Ask what binds the scenario as it stands."""
        if self.isVisible():
            self._lay_out(WAIT, ())
            self._work.ask_what_binds(self._show)

    def _show(self, found: pd.DataFrame) -> None:
        told = bounds(found)
        self._lay_out(HOW if told else UNKNOWN, told)

    def _lay_out(self, note: Text, found: tuple[Bound, ...]) -> None:
        clear(self._rows)
        title = self._work.title_of(self._work.pair[1])
        self._rows.addWidget(words(say(HEAD.it, HEAD.en, s=title).to(self._lang), "strong", wrap=True))
        self._rows.addWidget(words(note.to(self._lang), "small", "ink2", wrap=True))
        self.told = tuple(each.told.to(self._lang) for each in found)
        district = ""
        for each in found:
            if each.district != district:
                district = each.district
                self._rows.addWidget(words(say(DISTRICT.it, DISTRICT.en, c=district).to(self._lang), "label", "ink2"))
            self._rows.addWidget(self._card(each))
        self._rows.addStretch()

    def _card(self, bound: Bound) -> QWidget:
        column = inset(QVBoxLayout(), GAP_12, GAP_8, GAP_12, GAP_8, GAP_4)
        head = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        icon, ink = ("scales", "ink2") if bound.is_possible else ("x-circle", "error")
        head.addWidget(Icon(self._look, icon, ink))
        head.addWidget(words(bound.told.to(self._lang), "strong", wrap=True), 1)
        column.addLayout(head)
        for limit in bound.limits:
            column.addWidget(words(limit.to(self._lang), "note", "ink2", wrap=True))
        return box("inset", column)
