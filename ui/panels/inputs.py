"""The data an analysis takes: which roles the study has, from which years. A long list is folded to what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.spec import Role
from layers.text import Lang, Text, say
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from ui.look import Look
from ui.parts import Elided, Icon, IconButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12

DATA, MISSING = Text("Dati", "Data"), Text("non c'è", "not there")
THERE = Text("{n} di {of}", "{n} of {of}")
UNFOLD, FOLD = Text("Elenca i dati", "List the data"), Text("Riduci l'elenco dei dati", "Fold the list of data")
_FEW = 4


class Inputs(QWidget):
    """Follows the layers of the session; whoever turns to another analysis calls ``show_all``."""

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session, self._look, self._lang = session, look, lang
        self._is_unfolded = False
        self._shown: tuple[tuple[Role, str | None], ...] = ()
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_12)
        column.addLayout(self._head())
        self._lines = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        column.addLayout(self._lines)
        session.layer_added.connect(self.show_all)
        session.layer_removed.connect(self.show_all)
        self.show_all()

    def show_all(self) -> None:
        """Show what the analysis in hand takes, as the study has it; the list stays folded or not."""
        self.show()
        there = tuple((role, self._years(role)) for role in self._session.analysis.inputs)
        if there != self._shown:  # else a layer that is no input of the analysis came or went
            self._shown = there
            self._list()

    @property
    def listed(self) -> int:
        """How many lines are seen."""
        return self._lines.count()

    def _head(self) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_4)
        row.addWidget(words(DATA.to(self._lang), "strong"), 1)
        self._count = words("", "note", "ink2")
        self.fold_button = IconButton(self._look, "caret-right", "")
        self.fold_button.clicked.connect(self._fold)
        for widget in (self._count, self.fold_button):
            row.addWidget(widget)
        return row

    def _fold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._list()

    def _list(self) -> None:
        """List the data; of a list that is folded only what is not there is seen."""
        is_long = len(self._shown) > _FEW
        is_whole = self._is_unfolded or not is_long
        clear(self._lines)
        for role, years in self._shown:
            if is_whole or years is None:
                self._lines.addWidget(self._line(role, years))
        found = sum(years is not None for _, years in self._shown)
        self._count.setText(say(THERE.it, THERE.en, n=found, of=len(self._shown)).to(self._lang))
        tip = (FOLD if is_whole else UNFOLD).to(self._lang)
        self.fold_button.picture("caret-down" if is_whole else "caret-right")
        self.fold_button.setToolTip(tip)
        self.fold_button.setAccessibleName(tip)
        for widget in (self._count, self.fold_button):
            widget.setVisible(is_long)

    def _years(self, role: Role) -> str | None:
        """Return the years of the layers of ``role``, or None if there is none."""
        found = [entry for entry in self._session.entries if entry.intake.role is role]
        years = (str(entry.ref.year) for entry in sorted(found, key=_year) if entry.ref.year)
        return ", ".join(years) if found else None

    def _line(self, role: Role, years: str | None) -> QWidget:
        """Return one line: the role, and the years of its layers or that there is none."""
        found = years is not None
        line = QWidget()
        row = inset(QHBoxLayout(line), 0, 0, 0, 0, GAP_8)
        row.addWidget(Icon(self._look, "check" if found else "minus", "ok" if found else "ink3"))
        row.addWidget(Elided(role.title.to(self._lang).partition(" (")[0], "body", "" if found else "ink3"), 1)
        row.addWidget(words(MISSING.to(self._lang) if years is None else years, "small", "ink3"))
        return line


def _year(entry: Entry) -> int:
    return entry.ref.year or 0
