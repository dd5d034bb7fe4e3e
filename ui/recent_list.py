"""The studies opened last, on the start page: a card each, to be opened or taken off the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.studies.recent_studies import Recent
from ui.look import Look
from ui.parts import inset, words
from ui.start_cards import RecentCard
from ui.tokens import GAP_8, GAP_12

RECENT = Text("Studi recenti", "Recent studies")


class RecentList(QWidget):
    """``wanted`` tells the folder of the study to open, ``forgotten`` that of one taken off; unseen while empty."""

    wanted = Signal(str)
    forgotten = Signal(str)

    def __init__(self, recent: Sequence[Recent], look: Look, lang: Lang) -> None:
        super().__init__()
        self.cards = [self._card(each, look, lang) for each in recent]
        column = inset(QVBoxLayout(self), 0, 0, 0, GAP_12, GAP_8)
        for widget in (words(RECENT.to(lang), "label", "ink2"), *self.cards):
            column.addWidget(widget)
        self.setVisible(bool(self.cards))

    def forget_all(self) -> None:
        """Show no recent study any more."""
        while self.cards:
            self._take_off(self.cards[0])

    def _card(self, study: Recent, look: Look, lang: Lang) -> RecentCard:
        card = RecentCard(study, look, lang)
        card.clicked.connect(partial(self._open, str(study.folder)))
        card.removed.connect(partial(self._forget, card, str(study.folder)))
        return card

    def _open(self, folder: str, checked: bool = False) -> None:
        self.wanted.emit(folder)

    def _forget(self, card: RecentCard, folder: str) -> None:
        self._take_off(card)
        if self.cards:
            self.cards[0].setFocus()
        self.forgotten.emit(folder)

    def _take_off(self, card: RecentCard) -> None:
        self.cards.remove(card)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self.cards))
