"""One dataset of the folder, told whole: why its role, how its fields are taken, what is wrong with it, which CRS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from layers.problems import Problem
from layers.proposal import Proposal
from layers.text import NOTHING, Lang, Text, joined, number, say
from puc_tool.intake.crs_question import Question
from puc_tool.intake.folder_joins import JoinOffer
from puc_tool.intake.outcomes import Outcome
from ui.forms.crs_answers import CrsAnswers
from ui.forms.map_preview import MapPreview
from ui.forms.previewing import Seen
from ui.look import Look, font
from ui.panels.findings import card
from ui.panels.panel import scrolling
from ui.parts import clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, PREVIEW_H

WHY = Text("Perché «{r}»? Sicurezza {c} %", "Why “{r}”? Confidence {c} %")
FIELDS = Text("Campi: {f}.", "Fields: {f}.")
LACKING = Text("Da confermare: {l}.", "To confirm: {l}.")
PICK = Text("Scegliere un file per vederlo sulla mappa.", "Choose a file to see it on the map.")
WAIT = Text("L'anteprima arriva dopo il file in lettura.", "The preview comes after the file being read.")
_PICK_ROLE = Text("Scegliere il ruolo nella tabella qui sopra.", "Choose its role in the table above.")
_REMEDIES = {
    "role-unclear": _PICK_ROLE,
    "role-several": Text(
        "Per prendere questo: scegliere qui il ruolo e togliere la spunta all'altro.",
        "To take this one: choose its role here, and untick the other.",
    ),
    "layer-elsewhere": NOTHING,
    "table-without-place": Text(
        "Se le sue chiavi sono quelle di un livello, qui sopra si può unirla.",
        "If its keys are those of a layer, it can be joined above.",
    ),
}
"""What to do about it here, where other words say what to do on the command line."""
MAKING = Text("Preparo l'anteprima…", "Making the preview…")


class DatasetDetail(QWidget):
    """``placed`` tells the CRS that somebody chose for what is shown, ``joined`` what a table is joined to."""

    placed = Signal(object)
    joined = Signal(object)

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self.map = MapPreview(look, lang)
        self.answers = CrsAnswers(look, lang)
        self.answers.answered.connect(self.placed)
        self.setFixedHeight(PREVIEW_H)
        body = QWidget()
        column = inset(QVBoxLayout(body), 0, 0, GAP_12, 0, GAP_8)
        self._name = words(PICK.to(lang), "strong")
        self._told = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._joins, self.join_boxes = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4), list[QCheckBox]()
        self._cards = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        column.addWidget(self._name)
        column.addWidget(self.answers)
        column.addLayout(self._joins)
        column.addLayout(self._told)
        column.addLayout(self._cards)
        column.addStretch()
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_12)
        row.addWidget(scrolling(body), 1)
        row.addWidget(self.map)
        self.answers.hide()

    def show_words(self, outcome: Outcome, proposal: Proposal | None, *, is_reading: bool) -> None:
        """Tell of a dataset what is known before its picture is made."""
        self._name.setText(outcome.name)
        self.answers.hide()
        clear(self._told)
        for sentence, ink in self._sentences(proposal):
            self._told.addWidget(words(sentence.to(self._lang), "note", ink, wrap=True))
        self._show_problems(_problems(outcome))
        self.map.show_picture(None, WAIT if is_reading else MAKING)

    def show_seen(self, outcome: Outcome, seen: Seen) -> None:
        """Show the picture, and ask for the CRS where it is not known."""
        self.map.show_picture(seen.image, seen.said)
        known = _problems(outcome)
        self._show_problems((*known, *(each for each in seen.problems if each not in known)))
        if seen.question is not None:
            self._ask(seen.question, outcome)

    def offer_joins(self, offers: Sequence[JoinOffer], chosen: JoinOffer | None) -> None:
        """Offer to join a table to layers that share its keys: to one or to none."""
        clear(self._joins)
        self.join_boxes = [self._join_box(offer, chosen) for offer in offers]
        for box in self.join_boxes:
            self._joins.addWidget(box)

    def _join_box(self, offer: JoinOffer, chosen: JoinOffer | None) -> QCheckBox:
        box = QCheckBox(offer.title.to(self._lang))
        box.setFont(font("body"))
        box.setChecked(offer == chosen)
        box.clicked.connect(lambda wanted: self._choose_join(box, offer if wanted else None))
        return box

    def _choose_join(self, box: QCheckBox, offer: JoinOffer | None) -> None:
        for other in self.join_boxes:
            other.setChecked(other is box and offer is not None)
        self.joined.emit(offer)

    def forget(self) -> None:
        """Show nothing."""
        self._name.setText(PICK.to(self._lang))
        self.answers.hide()
        for layout in (self._joins, self._told, self._cards):
            clear(layout)
        self.map.show_picture(None)

    def _ask(self, question: Question, outcome: Outcome) -> None:
        self.answers.ask(question, outcome.found.given if outcome.found is not None else None)
        self.answers.show()

    def _sentences(self, proposal: Proposal | None) -> Iterator[tuple[Text, str]]:
        if proposal is None:
            return
        confidence = number(100 * proposal.guess.confidence)
        yield say(WHY.it, WHY.en, r=proposal.role.title, c=confidence), ""
        reasons = zip(proposal.guess.why.it.split("; "), proposal.guess.why.en.split("; "), strict=False)
        for it, en in reasons:
            yield Text(f"· {it}", f"· {en}"), "ink2"
        taken = [
            say("{f} da «{c}»", "{f} from “{c}”", f=match.field.label, c=match.column)
            for match in proposal.guess.fields
        ]
        if taken:
            yield say(FIELDS.it, FIELDS.en, f=joined(taken, ", ")), "ink2"
        if proposal.lacking:
            lacking = Text(*("; ".join(each.to(lang) for each in proposal.lacking) for lang in ("it", "en")))
            yield say(LACKING.it, LACKING.en, l=lacking), "warn"

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        clear(self._cards)
        for problem in problems:
            self._cards.addWidget(card(problem, self._look, self._lang))


def _problems(outcome: Outcome) -> tuple[Problem, ...]:
    """Return what there is to say of a dataset: what became of it, and what looking at it showed."""
    seen = outcome.found.problems if outcome.found is not None else ()
    codes = {each.code for each in outcome.problems}
    told = (*outcome.problems, *(each for each in seen if each.code not in codes))
    return tuple(replace(each, remedy=_REMEDIES.get(each.code, each.remedy)) for each in told)
