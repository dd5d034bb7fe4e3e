"""The badge on the map while a scenario is looked at: which one, that it is no result, and the way back to the plan."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from analyses.districts.scenarios import BASE
from layers.text import Lang, Text, say
from ui.look import Look
from ui.map.furniture import Badge
from ui.parts import Icon, IconButton, floating, inset, words
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_4, GAP_8, GAP_12, RADIUS_CARD

SHOWN = Text("Scenario: {s}", "Scenario: {s}")
BACK = Text("Torna al piano vigente (Esc)", "Back to the plan in force (Esc)")
RUN, NOT_RUN = Text("come eseguito", "as run"), Text("non ancora eseguito", "not run yet")
FAULTY = Text("da correggere: la mappa mostra il piano", "to be mended: the map shows the plan")
_MOST_W, _LEAST_W, _FIXED_W = 260, 120, 72
"""Of the title; the rest is icon, cross and gaps."""


class ScenarioBadge(Badge):
    """Follows the work on scenarios; hidden while the plan in force is looked at."""

    def __init__(self, over: QWidget, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__(over)
        self._work, self._look, self._lang = work, look, lang
        self._room = _MOST_W
        self.setProperty("box", "floating")
        row = inset(QHBoxLayout(self), GAP_12, GAP_4, GAP_4, GAP_4, GAP_8)
        self._title, self._state = words("", "strong", "accent"), words("", "note", "ink2")
        self.close_button = IconButton(look, "x", BACK.to(lang), token="accent_text", size=14)
        self.close_button.clicked.connect(lambda: work.choose(BASE))
        row.addWidget(Icon(look, "git-branch", "accent_text"))
        for widget in (self._title, self._state, self.close_button):
            row.addWidget(widget)
        floating(self, look)
        work.changed.connect(self.follow)
        look.changed.connect(self.update)
        self.hide()

    @property
    def told(self) -> str:
        """What the badge says."""
        return f"{self._title.accessibleName()}, {self._state.text()}"

    def follow(self) -> None:
        """Show the scenario in hand."""
        row = self._work.row
        said = say(SHOWN.it, SHOWN.en, s=row.title).to(self._lang)
        self._title.setAccessibleName(said)
        self._show_title()
        self._title.setToolTip(said)
        state = FAULTY if row.faults else RUN if row.is_run else NOT_RUN
        self._state.setText(state.to(self._lang))
        self.setAccessibleName(self.told)
        self.setVisible(not row.is_base)

    def fit(self, room: int) -> None:
        """Take no more room than this (pixels): the title is cut, and where there is none for it the state goes."""
        state = self._state.fontMetrics().horizontalAdvance(self._state.text()) + GAP_8
        self._state.setVisible(room - _FIXED_W - state >= _LEAST_W)
        self._room = min(_MOST_W, max(_LEAST_W // 2, room - _FIXED_W - (0 if self._state.isHidden() else state)))
        self._show_title()

    def _show_title(self) -> None:
        said = self._title.accessibleName()
        shown = self._title.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, self._room)
        if shown != self._title.text():
            self._title.setText(shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the ground in the colour of what is in hand, so that nobody takes it for the plan."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent"), 1.5))
        painter.setBrush(self._look.colour("accent_soft"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS_CARD, RADIUS_CARD)
        painter.end()
