"""Printing what the map shows: the paper and the scale are chosen already, one button writes the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.problems import Problem
from layers.text import Lang, Text, number, same, say
from puc_tool.maps.frame import standard_scales
from puc_tool.printing.view_sheet import PAPERS, Printed
from ui.choice import Choice
from ui.look import Look
from ui.panels.findings import card
from ui.panels.panel import Panel
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE, CLOSE = Text("Stampa la vista", "Print the view"), Text("Chiudi (Esc)", "Close (Esc)")
ABOUT = Text(
    "Quello che si vede, anche due mappe a confronto, con scala, legenda, fonti e cartiglio.",
    "What is seen, two maps compared too, with scale, legend, sources and title block.",
)
PAPER, SCALE = Text("Foglio", "Paper"), Text("Scala", "Scale")
PRINT, OPEN = Text("Scrivi il PDF", "Write the PDF"), Text("Apri il PDF", "Open the PDF")
FITS = Text("{s} (la vista intera)", "{s} (the whole view)")


class PrintPanel(Panel):
    """``wanted`` asks for a sheet of this paper and scale; ``closed`` says that the panel is no longer wanted.

    ``fitting`` tells the largest scale at which all that is seen finds room on a paper; None before anything is.
    """

    closed = Signal()
    wanted = Signal(str, int)

    def __init__(self, look: Look, lang: Lang, fitting: Callable[[str], int | None]) -> None:
        super().__init__(TITLE.to(lang))
        self._look, self._lang, self._fitting = look, lang, fitting
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        self.paper, self.scale = Choice(look, PAPER.to(lang)), Choice(look, SCALE.to(lang))
        for name in PAPERS:
            self.paper.addItem(same(name).to(lang), name)
        self.paper.activated.connect(self.offer)
        self._said = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_8)
        column.addWidget(words(ABOUT.to(lang), "note", "ink2", wrap=True))
        for label, box in ((PAPER, self.paper), (SCALE, self.scale)):
            column.addSpacing(GAP_4)
            column.addWidget(words(label.to(lang), "label"))
            column.addWidget(box)
        column.addLayout(self._said)
        column.addStretch()
        self.put_body(body)
        foot = QHBoxLayout()
        self.print_button = PushButton(look, PRINT.to(lang), "primary", "file-pdf", "on_accent")
        self.print_button.clicked.connect(self._ask)
        foot.addWidget(self.print_button)
        foot.addStretch()
        self.put_foot(foot)

    def offer(self) -> None:
        """Offer the scales at which all that is seen finds room, the largest first chosen."""
        fitting = self._fitting(self.paper.currentData())
        self.print_button.setEnabled(fitting is not None)
        self.scale.clear()
        if fitting is None:
            return
        for scale in standard_scales():
            if scale < fitting:
                continue
            words_of = say("1:{n}", "1:{n}", n=number(scale))
            title = say(FITS.it, FITS.en, s=words_of) if scale == fitting else words_of
            self.scale.addItem(title.to(self._lang), scale)
        self.scale.setCurrentIndex(self.scale.findData(fitting))

    def follow(self, *_: object) -> None:
        """Offer the scales of what is seen now; one that somebody chose stays while all that is seen finds room."""
        if self.isVisible():
            chosen = self.scale.currentData() if self.scale.currentIndex() > 0 else None
            self.offer()
            place = self.scale.findData(chosen)
            if place > 0:
                self.scale.setCurrentIndex(place)

    def show_printed(self, done: Printed) -> None:
        """Say what was written, and what there is to say of it."""
        self.show_problems(done.problems)
        link = PushButton(self._look, OPEN.to(self._lang), "link")
        link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(done.path))))
        self._said.insertWidget(0, link)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, or what to look at."""
        clear(self._said)
        for problem in problems:
            self._said.addWidget(card(problem, self._look, self._lang))

    def _ask(self) -> None:
        clear(self._said)
        self.wanted.emit(self.paper.currentData(), self.scale.currentData())
