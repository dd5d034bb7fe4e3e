"""The sheet as it will be printed: its page, its table, its sentence; on which paper, at which scale, of which part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from analyses.analysis import Analysis
from layers.problems import Problem, errors
from layers.text import NOTHING, Lang, Text, number, same, say
from puc_tool.maps.frame import papers, standard_scales
from puc_tool.printing.coverage import COVERAGES
from puc_tool.printing.sheet_preview import Preview
from puc_tool.printing.sheets import SheetKind
from ui.choice import Choice
from ui.look import Look
from ui.panels.findings import card, counted
from ui.panels.panel import scrolling
from ui.parts import Elided, PushButton, clear, inset, rule, words
from ui.segments import Segments
from ui.sheets.data_table import data_table, fill
from ui.sheets.page_tools import PageTools
from ui.sheets.page_view import PageView
from ui.sheets.sheets_desk import SheetsDesk
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET, READING_W

PAGE, DATA, SENTENCE = Text("Tavola", "Sheet"), Text("Dati", "Data"), Text("Testo alternativo", "Alternative text")
PAPER, SCALE, WHAT, PART = (
    Text("Foglio", "Paper"), Text("Scala", "Scale"), Text("Inquadra", "Frame"), Text("Quale", "Which"),
)  # fmt: skip
FITTING = Text("automatica", "automatic")
WHOLE = Text("Tutto il comune", "The whole commune")
UNITS = {
    "neighbourhood": Text("Quartieri", "Neighbourhoods"),
    "district": Text("Distretti", "Districts"),
    "zone": Text("Zone", "Zones"),
    "site": Text("Siti per orti", "Garden sites"),
    "grid": Text("Quadro di unione", "Sheet index"),
}
GO = Text("Apri l'analisi: {a}", "Open the analysis: {a}")
_TO_RUN = ("results-missing", "results-stale")
DRAWING = Text("Disegno la tavola.", "Drawing the sheet.")
UNDRAWN = Text("Fermato: scegliere una tavola nell'elenco.", "Stopped: choose a sheet in the list.")
NO_TABLE = Text("La tavola non ha una tabella.", "The sheet has no table.")
FIT = Text("Stampa: 0 errori", "Print: 0 errors")
TOLD = Text("Stampa: {c}", "Print: {c}")
EXPORT = Text("Esporta tavola", "Export sheet")
EXPORT_ALL = Text("Esporta le tavole ({n})", "Export the sheets ({n})")


class PreviewPanel(QFrame):
    """Follows a `SheetsDesk`; its choices change how the sheet is cut. ``analysis_wanted`` tells what to run first."""

    analysis_wanted = Signal(object)

    def __init__(self, sheets: SheetsDesk, look: Look, lang: Lang, export: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("box", "app")
        self._sheets, self._look, self._lang = sheets, look, lang
        self.view = PageView()
        self._tools = PageTools(self.view, look, lang)
        self.table = data_table(DATA.to(lang))
        self.sentence = words("", "body", wrap=True)
        self.said = inset(QVBoxLayout(), INSET, INSET, INSET, INSET, GAP_8)
        self._pages = QStackedWidget()
        for page in (self.view, self._table_page(), self._sentence_page(), self._said_page()):
            self._pages.addWidget(page)
        self._segments = Segments(self._turn, lang)
        self._segments.offer([each.to(lang) for each in (PAGE, DATA, SENTENCE)], 0)
        self._shown = 0
        self._page = NOTHING
        self.title = Elided("", "note", "ink2")
        self.badge = words("", "head")
        self.badge.setProperty("badge", "ok")
        self.paper = self._choice(PAPER, [(same(name), name) for name in papers()], self._take_paper)
        scales = [(_one_to(scale), scale) for scale in sorted(standard_scales())]
        self.scale = self._choice(SCALE, [(FITTING, None), *scales], self._take_scale)
        units = [(UNITS[each], each) for each in COVERAGES]
        self.coverage = self._choice(WHAT, [(WHOLE, ""), *units], self._take_coverage)
        self.part = self._choice(PART, [], self._take_part)
        self.part.hide()
        self.view.zoomed.connect(self._say_size)
        self.paper.setCurrentText(sheets.cut.paper)
        self._lay_out(export)
        sheets.asked.connect(self._wait)
        sheets.previewed.connect(self.show_preview)
        sheets.lacking.connect(self.show_problems)
        sheets.undrawn.connect(lambda: self.title.say(UNDRAWN.to(lang)))

    def show_preview(self, made: Preview) -> None:
        """Show a page that was made."""
        scale = _one_to(made.denominator)
        self._page = say("{c}, {p}, {s}", "{c}, {p}, {s}", c=made.code, p=self._sheets.cut.paper, s=scale)
        self.view.show_page(made.picture, f"{made.kind.title.to(self._lang)}. {made.words.alt}")
        fill(self.table, made.words)
        self.table_title.setText(made.words.title or NO_TABLE.to(self._lang))
        self.sentence.setText(made.words.alt)
        self._offer_parts(made)
        self._offer_export(len(made.parts))
        self._tell(made.problems)
        clear(self.said)
        self._turn(self._shown)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say why there is no page."""
        self.view.clear()
        self.title.say("")
        self._tell(problems)
        clear(self.said)
        for problem in problems:
            self.said.addWidget(card(problem, self._look, self._lang))
        kind = self._sheets.kind
        if isinstance(kind, SheetKind) and {each.code for each in problems} <= set(_TO_RUN):
            self.said.addLayout(self._way_to(kind.analysis))
        self.said.addStretch()
        self._pages.setCurrentIndex(3)

    def _say_size(self, percent: int) -> None:
        self.title.say(say("{w} · {n}\u202f%", "{w} · {n}\u202f%", w=self._page, n=number(percent)).to(self._lang))

    def _way_to(self, analysis: Analysis) -> QHBoxLayout:
        """Return the button that leads to the analysis whose results are missing."""
        button = PushButton(self._look, say(GO.it, GO.en, a=analysis.title).to(self._lang), "primary")
        button.clicked.connect(lambda: self.analysis_wanted.emit(analysis))
        row = inset(QHBoxLayout(), 0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch()
        return row

    def _wait(self) -> None:
        self.title.say(DRAWING.to(self._lang))
        self.export_button.setEnabled(False)

    def _offer_export(self, count: int) -> None:
        """Offer to write what is seen: a sheet, or all those that it is cut into."""
        told = say(EXPORT_ALL.it, EXPORT_ALL.en, n=number(count)) if count > 1 else EXPORT
        self.export_button.setText(told.to(self._lang))
        self.export_button.setEnabled(True)

    def _turn(self, place: int) -> None:
        self._shown = place
        self._pages.setCurrentIndex(place)

    def _tell(self, problems: Sequence[Problem]) -> None:
        worst = "error" if errors(problems) else "warning" if problems else "ok"
        told = say(TOLD.it, TOLD.en, c=counted(problems, self._lang)) if problems else FIT
        self.badge.setText(told.to(self._lang))
        self.badge.setToolTip("\n".join(each.sentence(self._lang) for each in problems))
        self.badge.setProperty("badge", worst)
        self.badge.style().polish(self.badge)
        self.badge.show()

    def _offer_parts(self, made: Preview) -> None:
        self.part.blockSignals(True)
        self.part.clear()
        for place, part in enumerate(made.parts):
            self.part.addItem((part.title or WHOLE).to(self._lang), place)
        self.part.setCurrentIndex(made.place)
        self.part.setVisible(len(made.parts) > 1)
        self.part.blockSignals(False)

    def _take_paper(self, place: int) -> None:
        self._sheets.cut_as(paper=self.paper.itemData(place))

    def _take_scale(self, place: int) -> None:
        self._sheets.cut_as(denominator=self.scale.itemData(place))

    def _take_coverage(self, place: int) -> None:
        self._sheets.cut_as(coverage=self.coverage.itemData(place))

    def _take_part(self, place: int) -> None:
        self._sheets.turn(place)

    def _choice(self, name: Text, entries: Sequence[tuple[Text, object]], take: Callable[[int], None]) -> Choice:
        box = Choice(self._look, name.to(self._lang))
        for title, value in entries:
            box.addItem(title.to(self._lang), value)
        box.activated.connect(take)
        return box

    def _lay_out(self, export: Callable[[], None]) -> None:
        column = inset(QVBoxLayout(self), 0, 0, 0, 0)
        top = QFrame()
        top.setProperty("box", "surface")
        rows = inset(QVBoxLayout(top), INSET, GAP_8, INSET, GAP_8, GAP_8)
        rows.addLayout(self._first_row(export))
        rows.addLayout(self._second_row())
        column.addWidget(top)
        column.addWidget(rule())
        column.addWidget(self._pages, 1)

    def _first_row(self, export: Callable[[], None]) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
        row.addWidget(self._segments)
        row.addStretch()
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.export_button = PushButton(self._look, EXPORT.to(self._lang), "secondary", "file-pdf")
        self.export_button.clicked.connect(export)
        self.export_button.setEnabled(False)
        row.addWidget(self.export_button)
        return row

    def _second_row(self) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        named = ((PAPER, self.paper), (SCALE, self.scale), (WHAT, self.coverage), (NOTHING, self.part))
        for name, box in named:
            if name:
                row.addWidget(words(name.to(self._lang), "label", "ink2"))
            row.addWidget(box, int(box is self.part))
        self.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.title, 1)
        return row

    def _table_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("box", "surface")
        column = inset(QVBoxLayout(page), INSET, GAP_12, INSET, 0, GAP_8)
        self.table_title = words("", "strong")
        column.addWidget(self.table_title)
        column.addWidget(self.table)
        return page

    def _sentence_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("box", "surface")
        column = inset(QVBoxLayout(page), INSET, INSET, INSET, INSET, GAP_4)
        self.sentence.setMaximumWidth(READING_W)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.sentence)
        column.addStretch()
        return scrolling(page)

    def _said_page(self) -> QWidget:
        page = QWidget()
        page.setLayout(self.said)
        return scrolling(page)


def _one_to(denominator: int) -> Text:
    return say("1:{n}", "1:{n}", n=number(denominator))
