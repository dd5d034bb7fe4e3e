"""The left side of the start page: what can be opened, how far what is being made is, the ways to the help."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.studies.recent_studies import Recent
from ui.look import Look
from ui.making_line import MakingLine
from ui.parts import Icon, inset, words
from ui.recent_list import RecentList
from ui.start_cards import Card
from ui.start_links import StartLinks
from ui.tokens import GAP_8, GAP_12, GAP_24, GAP_32, ICON_LARGE, START_W

ABOUT = Text("Analisi per il Piano Urbanistico Comunale", "Analyses for the Italian municipal plan")
BEGIN = Text("Per cominciare", "To begin")
DEMO = Text("Apri lo studio dimostrativo", "Open the demonstration study")
DEMO_MORE = Text("La Spezia, dati inventati", "La Spezia, made-up data")
OPEN = Text("Apri uno studio…", "Open a study…")
OPEN_MORE = Text("Ctrl+O, o trascinare qui la sua cartella", "Ctrl+O, or drop its folder here")
OFFLINE = Text("Versione {v}. Funziona senza rete.", "Version {v}. Works without a network.")


class StartSide(QFrame):
    """Recent studies, the demonstration, another study; ``page`` listens to the keys of the links."""

    def __init__(self, page: QWidget, look: Look, lang: Lang, recent: Sequence[Recent] = ()) -> None:
        super().__init__()
        self.setProperty("box", "app")
        self.setFixedWidth(START_W)
        self.recent = RecentList(recent, look, lang)
        self.demo_card = Card(look, "play-circle", DEMO.to(lang), DEMO_MORE.to(lang))
        self.open_card = Card(look, "folder-open", OPEN.to(lang), OPEN_MORE.to(lang))
        self.making = MakingLine(look, lang)
        self.links = StartLinks(page, look, lang)
        column = inset(QVBoxLayout(self), GAP_32, GAP_32, GAP_24, GAP_24, GAP_8)
        column.addLayout(_brand(look, lang))
        column.addSpacing(GAP_24)
        column.addWidget(self.recent)
        column.addWidget(words(BEGIN.to(lang), "label", "ink2"))
        for widget in (self.demo_card, self.open_card, self.making):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(self.links)
        column.addWidget(words(OFFLINE.to(lang).format(v=version("puc-tool")), "note", "ink3"))

    def allow(self, *, is_free: bool) -> None:
        """Let something be opened, or nothing while a study is being made."""
        for card in (*self.recent.cards, self.demo_card, self.open_card):
            card.setEnabled(is_free)

    def keep_focus(self) -> None:
        """Put the keyboard on the demonstration once no recent study is left for it."""
        if not self.recent.cards:
            self.demo_card.setFocus()


def _brand(look: Look, lang: Lang) -> QHBoxLayout:
    row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
    row.addWidget(Icon(look, "map-trifold", "accent", ICON_LARGE), 0, Qt.AlignmentFlag.AlignVCenter)
    column = inset(QVBoxLayout(), 0, 0, 0, 0, 0)
    column.addWidget(words("PUC Tool", "page"))
    column.addWidget(words(ABOUT.to(lang), "note", "ink2"))
    row.addLayout(column, 1)
    return row
