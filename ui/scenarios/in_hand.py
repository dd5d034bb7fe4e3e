"""Which scenario is in hand and which two are compared, as the history says, of what is measured and what is tried."""

from __future__ import annotations

from PySide6.QtCore import QObject

from analyses.districts.scenarios import BASE
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import roles
from layers.text import Text
from puc_tool.scenarios import scenario_list
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.scenarios.scenario_list import Row, units_of
from puc_tool.working import scenario_view, trying
from puc_tool.working.scenario_view import UNSAVED
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.desk import Desk

_Held = tuple[tuple[object, ...], ScenarioDesk]


class InHand(QObject):
    """``rows`` is the list: the plan, then the scenarios; ``measured`` what is known of their figures, or None."""

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self.measured: ScenarioDesk | None = None
        self.rows = scenario_list.rows(session, None)
        self._held: _Held | None = None
        self._pair = (BASE, BASE)
        """Those compared while no curtain is drawn."""

    @property
    def can_open(self) -> bool:
        """Tell whether the study in hand has districts to make scenarios of."""
        return self._desk.is_open and bool(self._session.study.of_role(roles.DISTRICTS.id))

    @property
    def chosen(self) -> str:
        """The scenario in hand: it is on the map, in table and figures."""
        found = scenario_view.shown(self._session.history)
        return found if self._is_in_hand and any(each.id == found for each in self.rows) else BASE

    @property
    def base(self) -> str:
        """The scenario that trying starts from: the one in hand, or the plan where that can't be reckoned."""
        return self.chosen if self.measured is not None and self.chosen in self.measured.case.plans else BASE

    @property
    def rivals(self) -> tuple[Row, ...]:
        """What can be compared: the plan, the scenarios, and what is tried and not saved yet."""
        tried = trying.edits(self._session, self.base) if self._is_in_hand else {}
        return (*self.rows, scenario_list.tried_row(self._session, self.base)) if tried else self.rows

    @property
    def held(self) -> ScenarioDesk | None:
        """What was measured, with what is tried and not saved yet as one scenario more."""
        tried = trying.edits(self._session, self.base)
        if self.measured is None or not tried:
            return self.measured
        known = (self.measured, self.base, tuple(tried.items()))
        if self._held is None or self._held[0] != known:
            title = scenario_list.tried_row(self._session, self.base).title.it
            self._held = known, self.measured.with_tried(self.base, tried, UNSAVED, title)
        return self._held[1]

    @property
    def pair(self) -> tuple[str, str]:
        """The two that are compared, A and B; of what is gone the plan takes the place."""
        there = {each.id for each in self.rivals}
        drawn = scenario_view.curtain(self._session.history)
        first, second = (each if each in there else BASE for each in drawn or self._pair)
        return first, second

    @property
    def has_curtain(self) -> bool:
        """Tell whether the map holds A and B apart by the curtain."""
        return self._is_in_hand and scenario_view.curtain(self._session.history) is not None

    def title_of(self, scenario: str) -> Text:
        """Return what one of the rivals is called."""
        return next((each.title for each in self.rivals if each.id == scenario), self.rows[0].title)

    @property
    def row(self) -> Row:
        """The scenario in hand."""
        return next((each for each in self.rows if each.id == self.chosen), self.rows[0])

    @property
    def code(self) -> str:
        """The district in hand; nothing where it is all of them."""
        known = {unit.code for unit in self.districts}
        codes = [unit.code for unit in self._session.selection if unit.kind == "district" and unit.code in known]
        return codes[-1] if codes else ""

    @property
    def districts(self) -> tuple[Unit, ...]:
        """The districts, as units of the session; those that scenarios in hand or compared make come last."""
        return units_of(self.measured, self.chosen, *(scenario_view.curtain(self._session.history) or self._pair))

    @property
    def can_compare(self) -> bool:
        """Tell whether the figures of both of the pair are known."""
        return self.held is not None and all(each in self.held.case.plans for each in self.pair)

    @property
    def _is_in_hand(self) -> bool:
        return self._session.analysis.id == TRANSFORMATION_DISTRICTS.id
