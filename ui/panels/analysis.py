"""The right panel: what the analysis answers, what it takes, its parameters, what speaks against it, Run."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.spec import Role
from layers.text import Lang, Text
from puc_tool.session import Entry, Session
from ui.desk import RUN, Desk
from ui.forms.param_form import ParamForm
from ui.look import Look
from ui.panels.findings import CHECKING, Findings
from ui.panels.panel import Panel
from ui.parts import Elided, Icon, PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

RUN_IT, STOP_IT = Text("Esegui", "Run"), Text("Ferma", "Stop")
DATA, PARAMETERS = Text("Dati", "Data"), Text("Parametri", "Parameters")
MISSING = Text("non c'è", "not there")
KEY = Text("Ctrl+Invio", "Ctrl+Enter")


class AnalysisPanel(Panel):
    """Form of the session's analysis."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(session.analysis.title.to(lang))
        self._session, self._desk, self._look, self._lang = session, desk, look, lang
        self.form = ParamForm(session.analysis.params, look, lang, session.words)
        self.form.changed.connect(session.set_parameter)
        self.findings = Findings(look, lang)
        self._inputs = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self.put_body(self._body())
        self.run_button = PushButton(look, RUN_IT.to(lang), "primary", "play", "on_accent")
        self.run_button.clicked.connect(desk.run)
        self.stop_button = PushButton(look, STOP_IT.to(lang), "secondary", "stop-circle")
        self.stop_button.clicked.connect(desk.cancel)
        self.put_foot(self._foot())
        session.problems_changed.connect(self._show_problems)
        session.layer_added.connect(self._show_inputs)
        desk.jobs.started.connect(self._follow)
        desk.jobs.ended.connect(self._follow)
        self._show_inputs()
        self._follow("")

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, INSET, GAP_12)
        column.addWidget(words(self._session.analysis.about.to(self._lang), "body", "ink2", wrap=True))
        column.addWidget(words(DATA.to(self._lang), "strong"))
        column.addLayout(self._inputs)
        column.addWidget(words(PARAMETERS.to(self._lang), "strong"))
        column.addWidget(self.form)
        column.addWidget(self.findings)
        column.addStretch()
        return body

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.run_button)
        row.addWidget(self.stop_button)
        row.addWidget(words(KEY.to(self._lang), "note", "ink3"))
        row.addStretch()
        return row

    def _show_problems(self) -> None:
        self.findings.show_all(self._session.problems)
        self._follow("")

    def _show_inputs(self) -> None:
        clear(self._inputs)
        for role in self._session.analysis.inputs:
            self._inputs.addWidget(self._input(role))

    def _input(self, role: Role) -> QWidget:
        """Return one line: the role, and the years of its layers or that there is none."""
        found = [entry for entry in self._session.entries if entry.intake.role is role]
        years = ", ".join(str(entry.ref.year) for entry in sorted(found, key=_year) if entry.ref.year)
        line = QWidget()
        row = inset(QHBoxLayout(line), 0, 0, 0, 0, GAP_8)
        row.addWidget(Icon(self._look, "check" if found else "minus", "ok" if found else "ink3"))
        row.addWidget(Elided(role.title.to(self._lang).partition(" (")[0], "body", "" if found else "ink3"), 1)
        row.addWidget(words(years if found else MISSING.to(self._lang), "note", "ink3"))
        return line

    def _follow(self, job: str) -> None:
        is_running = self._desk.jobs.running == RUN
        self.run_button.setVisible(not is_running)
        self.stop_button.setVisible(is_running)
        self.run_button.setEnabled(self._desk.can_run)
        if not self._desk.is_checked:
            self.findings.say(CHECKING)


def _year(entry: Entry) -> int:
    return entry.ref.year or 0
