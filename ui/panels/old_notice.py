"""The line over results that no longer count: why, and the button that makes them anew."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.look import Look
from ui.parts import Icon, PushButton, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

AGAIN = Text("Esegui di nuovo", "Run again")


class OldNotice(QFrame):
    """Shown while the session has old results and no others, and nothing is tried or looked at in their place."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setProperty("box", "notice")
        self.setProperty("severity", "warning")
        self._session, self._desk, self._lang = session, desk, lang
        row = inset(QHBoxLayout(self), INSET, GAP_4, GAP_12, GAP_4, GAP_8)
        self._said = words("", "body", wrap=True)
        self.again_button = PushButton(look, AGAIN.to(lang), "secondary", "play")
        self.again_button.clicked.connect(desk.run)
        row.addWidget(Icon(look, "warning", "warn"))
        row.addWidget(self._said, 1)
        row.addWidget(self.again_button)
        for changed in (
            session.results_changed,
            session.tried_changed,
            session.problems_changed,
            session.keeping_changed,
        ):
            changed.connect(self.follow)
        desk.jobs.started.connect(self._follow_job)
        desk.jobs.ended.connect(self._follow_job)
        self.follow()

    def follow(self) -> None:
        """Say what there is to say."""
        old = self._session.old_shown
        self.setVisible(old is not None)
        self._said.setText(old.why.to(self._lang) if old is not None else "")
        self.again_button.setEnabled(self._desk.can_run)

    def _follow_job(self, job: str) -> None:
        self.follow()
