"""The question of the CRS: every answer with where it would put the data, another one to type, none chosen by us."""

from __future__ import annotations

from pyproj import CRS
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from layers import crs as coordinate_systems
from layers.problems import PucError
from layers.text import Lang, Text
from puc_tool.intake.crs_question import Choice, Question
from ui.look import Look, font
from ui.panels.findings import card
from ui.parts import Icon, clear, inset, words
from ui.tokens import CODE_W, GAP_4, GAP_8, GAP_24

OTHER = Text("Un altro, per codice:", "Another, by its code:")
HINT = Text("EPSG:…", "EPSG:…")


class CrsAnswers(QWidget):
    """``answered`` tells the CRS that was chosen; None is what the file states."""

    answered = Signal(object)

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self.buttons: list[QRadioButton] = []
        self._column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_4)

    def ask(self, question: Question, given: CRS | None) -> None:
        """Ask; ``given`` is what was answered before."""
        clear(self._column)
        self._group, self.buttons = QButtonGroup(self), []
        head = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        head.addWidget(Icon(self._look, "warning", "warn"))
        head.addWidget(words(question.asked.to(self._lang), "strong", wrap=True), 1)
        self._column.addLayout(head)
        for choice in question.choices:
            self._column.addWidget(self._answer(choice, given))
        self._column.addLayout(self._other(given, question))
        self._faults = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._column.addLayout(self._faults)

    def _answer(self, choice: Choice, given: CRS | None) -> QWidget:
        held = QWidget()
        column = inset(QVBoxLayout(held), 0, 0, 0, 0)
        button = QRadioButton(choice.title.to(self._lang))
        button.setFont(font("body"))
        button.setAccessibleDescription(choice.why.to(self._lang))
        button.setChecked(choice.crs == given)
        button.clicked.connect(lambda _: self.answered.emit(choice.crs))
        self._group.addButton(button)
        self.buttons.append(button)
        why = words(choice.why.to(self._lang), "note", "ink2", wrap=True)
        why.setContentsMargins(GAP_24, 0, 0, 0)
        column.addWidget(button)
        column.addWidget(why)
        return held

    def _other(self, given: CRS | None, question: Question) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, GAP_4, 0, 0, GAP_8)
        label = words(OTHER.to(self._lang), "note", "ink2")
        self.code = QLineEdit()
        self.code.setFont(font("body"))
        self.code.setFixedWidth(CODE_W)
        self.code.setPlaceholderText(HINT.to(self._lang))
        self.code.setAccessibleName(OTHER.to(self._lang))
        if given is not None and all(each.crs != given for each in question.choices):
            self.code.setText(coordinate_systems.name_of(given))
        self.code.returnPressed.connect(self._typed)
        row.addWidget(label)
        row.addWidget(self.code)
        row.addStretch()
        return row

    def _typed(self) -> None:
        clear(self._faults)
        try:
            chosen = coordinate_systems.parse(self.code.text().strip(), OTHER)
        except PucError as error:
            for problem in error.problems:
                self._faults.addWidget(card(problem, self._look, self._lang))
            return
        self.answered.emit(chosen)
