"""Which scenario and which of its districts are in hand: two lists, offered anew as scenarios and districts change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.working import edited_district
from puc_tool.working.session import Session
from ui.forms.choice import Choice, under_label
from ui.look import Look
from ui.parts import IconButton, inset
from ui.tokens import GAP_4, GAP_12

SCENARIO, DISTRICT = Text("Scenario", "Scenario"), Text("Distretto", "District")
NEW = Text("Nuovo scenario", "New scenario")


class DistrictChoice(QWidget):
    """``turned`` tells that somebody chose another scenario or district, ``new_wanted`` that a new one is wanted."""

    turned = Signal()
    new_wanted = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._session = session
        self._names: list[str] = []
        self.codes: list[str] = []
        self.scenarios = Choice(SCENARIO.to(lang), lambda _: self.turned.emit(), look)
        self.districts = Choice(DISTRICT.to(lang), lambda _: self.turned.emit(), look)
        new = IconButton(look, "plus", NEW.to(lang))
        new.clicked.connect(self.new_wanted)
        held = QWidget()
        row = inset(QHBoxLayout(held), 0, 0, 0, 0, GAP_4)
        row.addWidget(self.scenarios, 1)
        row.addWidget(new)
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_12)
        column.addWidget(under_label(SCENARIO.to(lang), held))
        column.addWidget(under_label(DISTRICT.to(lang), self.districts))

    @property
    def name(self) -> str:
        """The scenario in hand, or nothing."""
        return _at(self._names, self.scenarios.currentIndex())

    @property
    def code(self) -> str:
        """The district in hand, or nothing."""
        return _at(self.codes, self.districts.currentIndex())

    def offer(self) -> None:
        """Offer the scenarios and districts there are; what is chosen stays."""
        name, code = self.name, self.code
        known = edited_district.scenarios(self._session)
        self._names = [each for each, _ in known]
        self.scenarios.offer([title for _, title in known], _place(self._names, name))
        offered = edited_district.districts(self._session, self.name)
        self.codes = [each for each, _ in offered]
        self.districts.offer([f"{each} {title}" for each, title in offered], _place(self.codes, code))

    def take(self, name: str, code: str = "") -> None:
        """Take a scenario in hand, and a district where one is named; those that are not offered change nothing."""
        if name in self._names:
            self.scenarios.setCurrentIndex(self._names.index(name))
        self.take_district(code)

    def take_district(self, code: str | None) -> bool:
        """Take a district of the scenario in hand; tell whether it is offered."""
        is_offered = code in self.codes
        if code in self.codes:
            self.districts.setCurrentIndex(self.codes.index(code))
        return is_offered


def _at(ids: Sequence[str], place: int) -> str:
    return ids[place] if 0 <= place < len(ids) else ""


def _place(ids: Sequence[str], chosen: str) -> int:
    return ids.index(chosen) if chosen in ids else 0
