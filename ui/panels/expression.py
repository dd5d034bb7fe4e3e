"""Selecting rows of the table by a condition on its fields: what it keeps is told while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.working.expression import Field, Value, condition
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.look import Look, font
from ui.panels.findings import card
from ui.panels.panel import Panel
from ui.panels.shown_table import Head, Row, ShownTable, choices, shown
from ui.panels.spreadsheet import value_of
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE = Text("Seleziona con un'espressione", "Select by an expression")
CLOSE, SELECT = Text("Chiudi (Esc)", "Close (Esc)"), Text("Seleziona", "Select")
ABOUT = Text(
    "Confronti: <  <=  >  >=  =  <>  contiene\nSi uniscono con: e, o, non, parentesi",
    "Comparisons: <  <=  >  >=  =  <>  contains\nJoined by: and, or, not, brackets",
)
CONDITION, FIELDS = Text("Condizione", "Condition"), Text("Campi della tabella", "Fields of the table")
NO_TABLE = Text("Non ci sono ancora risultati: premi Esegui.", "There are no results yet: press Run.")
NO_UNITS = Text("Le righe di questa tabella non stanno sulla mappa.", "The rows of this table are not on the map.")
KEPT = Text("righe: {n} di {t}", "rows: {n} of {t}")
_SETTLE_MS = 150


class ExpressionPanel(Panel):
    """Follows the table that is looked at; what it selects is selected everywhere."""

    closed = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._session, self._look, self._lang = session, look, lang
        self._table = ShownTable()
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        self.line = QLineEdit()
        self.line.setFont(font("body"))
        self.line.setAccessibleName(CONDITION.to(lang))
        self.line.returnPressed.connect(self.select)
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.tell)
        self.line.textChanged.connect(self._settling.start)
        self._said = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._fields = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._fields_title = words(FIELDS.to(lang), "label")
        self.put_body(self._body())
        foot = QHBoxLayout()
        self.select_button = PushButton(look, SELECT.to(lang), "primary", "cursor", "on_accent")
        self.select_button.clicked.connect(self.select)
        foot.addWidget(self.select_button)
        foot.addStretch()
        self.put_foot(foot)
        session.results_changed.connect(self._follow)
        session.table_changed.connect(self._follow)
        self._follow()

    def kept(self) -> list[Unit]:
        """Return the units whose rows meet the condition; raises PucError."""
        heads = self._table.heads
        keeps = condition(
            self.line.text(), [Field((_named(head), head.label, head.id), head.is_number) for head in heads]
        )
        rows = (row for row in self._table.rows if row.unit is not None)
        return [row.unit for row in rows if row.unit and keeps(self._values(row))]

    def select(self) -> None:
        """Select what meets the condition; one that is not understood selects nothing and says why."""
        with suppress(PucError):
            self._session.select_all(self.kept())
        self.tell()

    def tell(self) -> None:
        """Say how many rows meet the condition, or what is not understood of it."""
        clear(self._said)
        self.select_button.setEnabled(False)
        if not self._units:
            said = NO_UNITS if self._table.rows else NO_TABLE
            self._said.addWidget(words(said.to(self._lang), "note", "ink3", wrap=True))
        elif self.line.text().strip():
            self._tell_kept()

    def _tell_kept(self) -> None:
        try:
            count = len(self.kept())
        except PucError as error:
            self._said.addWidget(card(error.problems[0], self._look, self._lang))
            return
        told = say(KEPT.it, KEPT.en, n=number(count), t=number(self._units))
        self._said.addWidget(words(told.to(self._lang), "note", "ink2"))
        self.select_button.setEnabled(count > 0)

    @property
    def _units(self) -> int:
        return sum(row.unit is not None for row in self._table.rows)

    def _values(self, row: Row) -> Sequence[Value]:
        heads = enumerate(self._table.heads)
        return [value_of(row, head, at) if head.is_number else wordings(row, at) for at, head in heads]

    def _follow(self) -> None:
        offered = [table_id for table_id, _ in choices(self._session.results)]
        table_id = self._session.table_id if self._session.table_id in offered else next(iter(offered), "")
        self._table = shown(self._session.results, table_id, self._lang)
        first = next((_named(head) for head in self._table.heads if head.is_number), "")
        self.line.setPlaceholderText(f"{first} > 100" if first else "")
        self._fields_title.setVisible(bool(self._table.heads))
        clear(self._fields)
        for head in self._table.heads:
            button = PushButton(self._look, _named(head), "link")
            button.clicked.connect(partial(self._insert, _named(head)))
            self._fields.addWidget(button)
        self.tell()

    def _insert(self, name: str, checked: bool = False) -> None:
        self.line.insert(f"{name} ")
        self.line.setFocus()

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_8)
        column.addWidget(words(ABOUT.to(self._lang), "note", "ink2", wrap=True))
        column.addWidget(words(CONDITION.to(self._lang), "label"))
        column.addWidget(self.line)
        column.addLayout(self._said)
        column.addWidget(self._fields_title)
        column.addLayout(self._fields)
        column.addStretch()
        return body


def wordings(row: Row, at: int) -> Value:
    """Return what a cell says, and what files have in its place."""
    return (row.cells[at], row.codes[at]) if at in row.codes else row.cells[at]


def _named(head: Head) -> str:
    """Return how a column is called with its unit: two of one name are told apart by it."""
    return f"{head.label} {head.unit}".rstrip()
