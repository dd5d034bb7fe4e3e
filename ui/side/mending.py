"""What can be mended in a layer: each mend with what it would do, the safe ones chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from layers.mends.mend import Proposal
from layers.problems import PucError
from layers.reference import LayerRef
from layers.text import NOTHING, Lang, Text
from puc_tool.working.session import Session
from ui.layer_desk import LayerDesk
from ui.look import Look
from ui.panels.findings import card
from ui.parts import PushButton, clear, inset, words
from ui.side.mend_row import MendRow
from ui.side.side_panel import SidePanel
from ui.tokens import GAP_12

TITLE = Text("Rimedia un livello", "Mend a layer")
MEND = Text("Rimedia", "Mend")
LOOKING = Text("Guardo che cosa si può rimediare.", "Looking at what can be mended.")
SOUND = Text("Niente da rimediare in questo livello.", "Nothing to mend in this layer.")
PROMISE = Text("Si può annullare. L'originale non viene toccato.", "It can be undone. The original is not touched.")


class MendPanel(SidePanel):
    """Follows what the desk proposes for one layer."""

    def __init__(self, session: Session, desk: LayerDesk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE, look, lang)
        self._session, self._desk = session, desk
        self._ref: LayerRef | None = None
        self.mends: dict[str, MendRow] = {}
        self._about = words("", "strong", wrap=True)
        self._list = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_12)
        self.rows.addWidget(self._about)
        self.rows.addLayout(self._list)
        self._promise = words(PROMISE.to(lang), "note", "ink3", wrap=True)
        self.rows.addWidget(self._promise)
        self.rows.addStretch()
        self.button = PushButton(look, MEND.to(lang), "primary", "wrench", "on_accent")
        self.button.clicked.connect(self.mend)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch()
        self.put_foot(foot)
        desk.proposed.connect(self.show_proposals)
        desk.refused.connect(self._show_refusal)

    def ask(self, row: int) -> None:
        """Ask what can be mended in the layer of a row of the session."""
        entry = self._session.entries[row]
        self._ref = entry.ref
        self._about.setText(entry.title.to(self._lang))
        self._say(LOOKING)
        self._desk.propose(entry.ref)

    def show_proposals(self, proposals: tuple[Proposal, ...]) -> None:
        """Show what can be done; only what would change something can be chosen."""
        self._say(NOTHING if proposals else SOUND)
        for proposal in proposals:
            row = self.mends[proposal.mend.id] = MendRow(proposal, self._look, self._lang)
            row.changed.connect(self._follow)
            self._list.addWidget(row)
        self._follow()

    def mend(self) -> None:
        """Do what is chosen."""
        if self._ref is not None and self._wanted:
            self._desk.mend(self._ref, self._wanted)

    @property
    def _wanted(self) -> Mapping[str, tuple[str, ...]]:
        return {name: row.words for name, row in self.mends.items() if row.is_wanted}

    def _say(self, sentence: Text) -> None:
        clear(self._list)
        self.mends = {}
        if sentence:
            self._list.addWidget(words(sentence.to(self._lang), "note", "ink3", wrap=True))
        self._follow()

    def _follow(self) -> None:
        self._promise.setVisible(bool(self.mends))
        self.button.setEnabled(bool(self._wanted) and not self._session.is_read_only)

    def _show_refusal(self, error: PucError) -> None:
        if self.isVisible():
            self._say(NOTHING)
            for problem in error.problems:
                self._list.addWidget(card(problem, self._look, self._lang))
