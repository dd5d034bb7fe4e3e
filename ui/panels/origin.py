"""«Da dove viene questo numero?»: the number, its rule, its pieces and their sum, parameters, sources, run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text, say
from puc_tool.figures.operands import Known
from puc_tool.figures.origin import Origin, Source, rule_lines, sentences
from puc_tool.figures.piece_sums import Sum, count_of
from puc_tool.figures.pieces import Asked
from ui.look import Look
from ui.origins import Origins, Told
from ui.panels.operand_link import OperandLink
from ui.panels.panel import Panel
from ui.parts import Icon, IconButton, PushButton, box, clear, inset, rule, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE = Text("Da dove viene?", "Where from?")
CLOSE, BACK = Text("Chiudi (Esc)", "Close (Esc)"), Text("Torna alla cifra di prima", "Back to the number before")
WORKED_OUT_FROM = Text("Si ricava da", "Worked out from")
ASK = Text("Da dove viene: {l}", "Where it comes from: {l}")
TO_MAP, COPY = Text("Porta alla mappa", "Show on the map"), Text("Copia", "Copy")
COPIED = Text("Copiato negli appunti.", "Copied to the clipboard.")
LIT = Text("{n}, accesi sulla mappa", "{n}, lit on the map")
LIT_ONE = Text("{n}, acceso sulla mappa", "{n}, lit on the map")
SHADED = Text("Più scuro dove conta una parte più grande del pezzo.", "Darker where more of the piece counts.")
TOGETHER = Text("Somma", "Sum")
CLOSES = Text("La somma dei pezzi è questa cifra.", "The pieces add up to this number.")
DERIVED = Text("La cifra si ricava da questa somma con la regola qui sopra.", "The number follows from it by the rule.")
DIFFERS = Text(
    "La somma dei pezzi non è questa cifra: i file dei risultati sono cambiati. Eseguire di nuovo l'analisi.",
    "The pieces do not add up to this number: the files of results have changed. Run the analysis again.",
)
ABOUT = Text(
    "La cifra riguarda questo territorio nel suo insieme: non è una somma dei pezzi.",
    "The number is about this ground as a whole: it is no sum of the pieces.",
)
PARAMETERS, SOURCES = Text("Parametri", "Parameters"), Text("Fonti", "Sources")
METHOD, RUN = Text("Come si calcola", "How it is worked out"), Text("Calcolata il {d}", "Computed on {d}")


class OriginPanel(Panel):
    """Follows the question that is asked. ``closed`` says that it is no longer wanted, ``map_wanted`` asks to look."""

    closed = Signal()
    map_wanted = Signal()

    def __init__(self, origins: Origins, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._origins, self._look, self._lang = origins, look, lang
        self.close_button = IconButton(look, "x", CLOSE.to(lang))
        self.close_button.clicked.connect(self.closed)
        self.back_button = IconButton(look, "arrow-left", BACK.to(lang))
        self.back_button.clicked.connect(origins.back)
        self.head.addWidget(self.back_button)
        self.head.addWidget(self.close_button)
        body = QWidget()
        self._rows = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_4)
        self.put_body(body)
        self.map_button = PushButton(look, TO_MAP.to(lang), "secondary", "crosshair")
        self.map_button.clicked.connect(self.map_wanted)
        self.copy_button = PushButton(look, COPY.to(lang), "secondary", "copy")
        self.copy_button.clicked.connect(self.copy)
        foot = QHBoxLayout()
        foot.addWidget(self.map_button)
        foot.addWidget(self.copy_button)
        foot.addStretch()
        self.put_foot(foot)
        origins.told.connect(self.show_told)
        self.hide()

    def show_told(self, told: Told) -> None:
        """Show where another number comes from."""
        origin = told.origin
        clear(self._rows)
        self.back_button.setVisible(self._origins.can_go_back)
        self._number(origin)
        self._formula(origin)
        self._operands(origin)
        self._section(None)
        if origin.sum is None:
            self._line(origin.no_pieces, "body", "ink2")
        else:
            self._pieces(origin.sum, is_shaded=told.is_shaded)
        self._listed(PARAMETERS, origin.parameters)
        self._section(SOURCES)
        for source in origin.sources:
            self._source(source)
        self._section(METHOD)
        self._line(origin.method, "note", "ink2")
        if origin.run:
            self._line(say(RUN.it, RUN.en, d=origin.run), "note", "ink3")
        self._rows.addStretch()
        self.map_button.setEnabled(bool(told.pictures))
        self._walk_in_order()

    def _walk_in_order(self) -> None:
        """Let the keyboard walk from the head over what can be asked about to the foot."""
        links = self.findChildren(OperandLink)
        for before, after in pairwise((self.back_button, self.close_button, *links, self.map_button, self.copy_button)):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Take the keyboard: who asked by keys reads on by keys."""
        super().showEvent(event)
        self.close_button.setFocus()

    def copy(self) -> None:
        """Copy all of it as text."""
        if self._origins.now is not None:
            lines = (each.to(self._lang) for each in sentences(self._origins.now.origin))
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _number(self, origin: Origin) -> None:
        self._line(origin.amount, "figure", "")
        self._line(origin.label, "strong", "")
        if origin.of:
            self._line(origin.of, "body", "ink2")

    def _formula(self, origin: Origin) -> None:
        lines = list(rule_lines(origin))
        if not lines:
            return
        column = inset(QVBoxLayout(), GAP_12, GAP_8, GAP_12, GAP_8, GAP_4)
        for line in lines:
            is_worked_out = line is lines[-1] and bool(origin.rule.with_values)
            style = ("strong", "") if is_worked_out else ("note", "ink2")
            column.addWidget(words(line.to(self._lang), *style, wrap=True))
        self._rows.addSpacing(GAP_8)
        self._rows.addWidget(box("inset", column))

    def _operands(self, origin: Origin) -> None:
        """Show what the number is worked out from; what has an origin of its own is asked about by a click."""
        if not origin.rule.operands:
            return
        self._rows.addSpacing(GAP_8)
        self._line(WORKED_OUT_FROM, "note", "ink2")
        for operand in origin.rule.operands:
            if operand.asked is None:
                self._pair(operand.label, operand.amount, role="note")
            else:
                self._rows.addLayout(self._question(operand, operand.asked))

    def _question(self, operand: Known, asked: Asked) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        tip = say(ASK.it, ASK.en, l=operand.label).to(self._lang)
        link = OperandLink(self._look, operand.label.to(self._lang), tip)
        link.clicked.connect(lambda: self._origins.follow(asked))
        row.addWidget(link, 1)
        row.addWidget(words(operand.amount.to(self._lang), "note"))
        return row

    def _pieces(self, found: Sum, *, is_shaded: bool) -> None:
        title = LIT_ONE if len(found.pieces.ids) == 1 else LIT
        self._line(say(title.it, title.en, n=count_of(found)), "strong", "")
        if is_shaded:
            self._line(SHADED, "small", "ink3")
        for part in found.parts:
            self._pair(part.name, part.amount)
        if not found.pieces.is_sum:
            self._remark("info", "info", ABOUT)
            return
        self._rows.addWidget(rule())
        self._pair(TOGETHER, found.total, role="strong")
        self._check(found.closes)

    def _check(self, closes: bool | None) -> None:
        """Say whether the sum is the number."""
        icon, token, said = {
            True: ("check-circle", "ok", CLOSES),
            False: ("warning", "warn", DIFFERS),
            None: ("info", "info", DERIVED),
        }[closes]
        self._remark(icon, token, said)

    def _remark(self, icon: str, token: str, said: Text) -> None:
        row = inset(QHBoxLayout(), 0, GAP_4, 0, 0, GAP_8)
        row.addWidget(Icon(self._look, icon, token), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words(said.to(self._lang), "note", "ink2", wrap=True), 1)
        self._rows.addLayout(row)

    def _listed(self, title: Text, pairs: Iterable[tuple[Text, Text]]) -> None:
        shown = list(pairs)
        if shown:
            self._section(title)
        for name, value in shown:
            self._pair(name, value, role="note")

    def _source(self, source: Source) -> None:
        self._line(source.title, "note", "")
        self._line(Text(source.name, source.name), "small", "ink3")

    def _section(self, title: Text | None) -> None:
        self._rows.addSpacing(GAP_12)
        if title is not None:
            self._line(title, "strong", "")

    def _pair(self, name: Text, value: Text, *, role: str = "body") -> None:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        row.addWidget(words(name.to(self._lang), role, "ink2" if role != "strong" else "", wrap=True), 1)
        row.addWidget(words(value.to(self._lang), role), 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(row)

    def _line(self, said: Text, role: str, ink: str) -> None:
        self._rows.addWidget(words(said.to(self._lang), role, ink, wrap=True))
