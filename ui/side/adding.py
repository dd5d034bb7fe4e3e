"""A file as it may enter the study: which of its tables, in which role, of which year."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.intake.layer_adding import Offer
from puc_tool.working.session import Session
from ui.forms.choice import Choice, under_label
from ui.forms.year import YearField
from ui.layer_desk import LayerDesk
from ui.look import Look
from ui.panels.findings import card
from ui.parts import PushButton, clear, inset, words
from ui.side.side_panel import SidePanel
from ui.tokens import GAP_4, GAP_8

TITLE = Text("Aggiungi un livello", "Add a layer")
TABLE, ROLE, YEAR = Text("Tabella", "Table"), Text("Ruolo nello studio", "Role in the study"), Text("Anno", "Year")
ADD, REPLACE = Text("Aggiungi", "Add"), Text("Sostituisci", "Replace")
THERE = Text(
    "Lo studio ha già questo livello: il nuovo prende il suo posto.",
    "The study has this layer already: the new one takes its place.",
)
PROMISE = Text("Si può annullare. L'originale non viene toccato.", "It can be undone. The original is not touched.")
FEATURE = Text("{n} elemento in «{f}».", "{n} feature in “{f}”.")
FEATURES = Text("Elementi in «{f}»: {n}.", "Features in “{f}”: {n}.")


class AddPanel(SidePanel):
    """Follows what the desk finds in a file. ``wanted`` asks for it to be shown."""

    wanted = Signal()

    def __init__(self, session: Session, desk: LayerDesk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE, look, lang)
        self._session, self._desk = session, desk
        self._offers: tuple[Offer, ...] = ()
        self._about = words("", "body", "ink2", wrap=True)
        self.tables = Choice(TABLE.to(lang), self._choose_table, look)
        self.roles = Choice(ROLE.to(lang), lambda _: self._follow(), look)
        self.year = YearField(YEAR.to(lang), lambda _: self._follow())
        self._table_row = under_label(TABLE.to(lang), self.tables)
        self._year_row = under_label(YEAR.to(lang), self.year)
        self._remarks = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        for part in (self._about, self._table_row, under_label(ROLE.to(lang), self.roles), self._year_row):
            self.rows.addWidget(part)
        self.rows.addLayout(self._remarks)
        self.rows.addStretch()
        self.button = PushButton(look, ADD.to(lang), "primary", "plus", "on_accent")
        self.button.clicked.connect(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch()
        self.put_foot(foot)
        desk.offered.connect(self.show_offers)
        desk.refused.connect(self._show_refusal)

    @property
    def chosen(self) -> Offer | None:
        """The table and role that are chosen, with the year that was typed."""
        of_table = self._of_table
        if not of_table:
            return None
        offer = of_table[max(0, self.roles.currentIndex())]
        return offer.of_year(self.year.value) if offer.role.yearly else offer

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show what another file can be."""
        self._offers = offers
        names = list(dict.fromkeys(offer.found.name for offer in offers))
        self.tables.offer(names)
        self._table_row.setVisible(len(names) > 1)
        self._choose_table(0)
        self.wanted.emit()

    def add(self) -> None:
        """Give the study the chosen layer."""
        if self.chosen is not None:
            self._desk.add(self.chosen)

    @property
    def _of_table(self) -> list[Offer]:
        return [offer for offer in self._offers if offer.found.name == self.tables.currentText()]

    def _choose_table(self, place: int) -> None:
        self.roles.offer([offer.role.title.to(self._lang) for offer in self._of_table])
        first = next(iter(self._of_table), None)
        self.year.put(first.ref.year if first else None)
        self._follow()

    def _follow(self) -> None:
        """Say what the chosen layer would be."""
        clear(self._remarks)
        offer = self.chosen
        self.button.setEnabled(offer is not None and not self._session.is_read_only)
        self._year_row.setVisible(offer is not None and offer.role.yearly)
        if offer is None:
            return
        count, name = number(offer.found.subject.features), offer.found.path.name
        told = FEATURE if offer.found.subject.features == 1 else FEATURES
        self._about.setText(say(told.it, told.en, n=count, f=name).to(self._lang))
        is_there = any(ref.key == offer.ref.key for ref in self._session.study.layers)
        self.button.setText((REPLACE if is_there else ADD).to(self._lang))
        for remark in (*offer.lacking, *((THERE,) if is_there else ()), PROMISE):
            self._remarks.addWidget(words(remark.to(self._lang), "note", "ink2", wrap=True))
        self._remarks.addSpacing(GAP_4)

    def _show_refusal(self, error: PucError) -> None:
        if self.isVisible():
            clear(self._remarks)
            for problem in error.problems:
                self._remarks.addWidget(card(problem, self._look, self._lang))
