"""A scenario as somebody edits it: a district's fields in a table, its outline on the map. The plan stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import shapely
from PySide6.QtWidgets import QVBoxLayout

from analyses.districts import redrawing
from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.scenarios import parted_districts, scenario_texts
from puc_tool.working import edited_district, scenario_steps
from puc_tool.working.edited_district import neighbours, outline
from puc_tool.working.measuring import Point
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.forms.choice import under_label
from ui.look import Look
from ui.map.reshape import Reshape
from ui.map.tool import Tool, Trace
from ui.map.view import MapView
from ui.panels.findings import card
from ui.parts import clear, inset, words
from ui.side.district_choice import DistrictChoice
from ui.side.outline_tools import CORNERS, SPLIT, OutlineTools
from ui.side.scenario_model import ScenarioModel
from ui.side.scenario_table import table_of
from ui.side.side_panel import SidePanel
from ui.tokens import GAP_8, HEAD_H, ROW_H

TITLE = Text("Scenario", "Scenario")
OUTLINE, VALUES = (
    Text("Contorno", "Outline"),
    Text("Valori: si scrivono nell'ultima colonna", "Values: type in the last column"),
)
CUT = Text("Diviso: {d} resta con {a} ha; {b} ha sono il nuovo distretto {n}.",
           "Split: {d} stays with {a} ha; {b} ha are the new district {n}.")  # fmt: skip
NEW_TITLE = Text("Scenario senza titolo", "Untitled scenario")
NO_SCENARIO = Text("Non ci sono ancora scenari: «+» ne fa uno.", "There are no scenarios yet: “+” makes one.")
NONE = Text("Lo studio non ha distretti di trasformazione.", "The study has no transformation districts.")
PROMISE = Text("Si può annullare. Il piano non viene toccato.", "It can be undone. The plan is not touched.")
_REACH_M, _NEAR_M = 2.0, 500.0
_EMPTY: np.ndarray = np.empty(0, object)


class ScenarioPanel(SidePanel):
    """Follows the scenarios of the session; what is drawn on the map becomes a step of its history."""

    def __init__(self, session: Session, desk: Desk, map_view: MapView, look: Look, lang: Lang) -> None:
        super().__init__(TITLE, look, lang)
        self._session, self._desk, self._map = session, desk, map_view
        self._near: np.ndarray = _EMPTY
        self._other = ""
        self.model = ScenarioModel(session, lang, self)
        self.model.refused.connect(self._refuse)
        self.in_hand = DistrictChoice(session, look, lang)
        self.table = table_of(self.model, VALUES.to(lang))
        self.reshape = Reshape(lambda at, reach_m: redrawing.snapped_point(at, self._near, reach_m), self)
        self.cutter = Trace(is_closed=False, parent=self)
        self._area = words("", "strong")
        self._refusals = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        self.tools = OutlineTools(look, lang)
        self._put_rows()
        self._connect()

    def _connect(self) -> None:
        """Join the tools with what they do."""
        self.in_hand.turned.connect(self._turn)
        self.in_hand.new_wanted.connect(self.make_new)
        self.tools.corners.clicked.connect(lambda: self._hold(self.reshape))
        self.tools.split.clicked.connect(lambda: self._hold(self.cutter))
        self.tools.fit.clicked.connect(self.fit_to_neighbours)
        self.tools.plan.clicked.connect(self.restore)
        self.tools.other.clicked.connect(self.keep_other)
        self.reshape.taken.connect(self._draw)
        self.reshape.refused.connect(self._refuse)
        self.reshape.pointed.connect(self._choose_at)
        self.cutter.taken.connect(self._split)
        self._session.scenarios_changed.connect(self.follow)

    def begin(self) -> None:
        """Show the scenarios and put the outline on the map."""
        self.in_hand.offer()
        self._turn()

    def end(self) -> None:
        """Take the outlines off the map."""
        self._map.mark(())
        if self._map.tool in (self.reshape, self.cutter):
            self._map.take(None)

    def follow(self) -> None:
        """Show what the scenario says now."""
        if self.isVisible():
            self.in_hand.offer()
            self._show()

    @property
    def name(self) -> str:
        """The scenario in hand, or nothing."""
        return self.in_hand.name

    @property
    def code(self) -> str:
        """The district in hand, or nothing."""
        return self.in_hand.code

    def choose(self, name: str, code: str) -> None:
        """Take a scenario in hand, and a district where one is named."""
        self.in_hand.take(name, code)
        self._turn()

    def make_new(self) -> None:
        """Add a scenario that changes nothing yet."""
        name = scenario_steps.make(self._session, NEW_TITLE.to(self._lang))
        self.in_hand.offer()
        self.in_hand.take(name)
        self._turn()

    def fit_to_neighbours(self) -> None:
        """Fit the whole outline to what lies beside it."""
        drawn = outline(self._session, self.name, self.code)
        if drawn is not None:
            self._try(lambda: redrawing.snapped(drawn, self._near, _REACH_M))

    def restore(self) -> None:
        """Give the district the outline of the plan back; a new one is joined again to that it was parted from."""
        self._act(lambda: self._choose(parted_districts.restored(self._session, self.name, self.code)))

    def keep_other(self) -> None:
        """Let what was split last and the new district have each other's part."""
        if self._other:
            self._act(lambda: parted_districts.swap(self._session, self.name, self.code, self._other))

    def _put_rows(self) -> None:
        lang = self._lang
        self.rows.addWidget(self.in_hand)
        self._outline, self._values = (
            under_label(OUTLINE.to(lang), self.tools),
            under_label(VALUES.to(lang), self.table),
        )
        self.rows.addWidget(self._outline)
        self.rows.addWidget(self._area)
        self.rows.addLayout(self._refusals)
        self.rows.addWidget(self._values)
        self.rows.addWidget(words(PROMISE.to(lang), "note", "ink3", wrap=True))
        self.rows.addStretch()

    def _hold(self, tool: Tool) -> None:
        """Take a tool, or lay it down when its button is pressed again."""
        button = self.tools.corners if tool is self.reshape else self.tools.split
        wanted = button.isChecked()
        self.tools.corners.setChecked(wanted and tool is self.reshape)
        self.tools.split.setChecked(wanted and tool is self.cutter)
        self.reshape.edit(on=self.tools.corners.isChecked())
        self._map.take(self.cutter if self.tools.split.isChecked() else self.reshape)
        if wanted:
            self._desk.said.emit(CORNERS if tool is self.reshape else SPLIT)
        self._map.setFocus()

    def _turn(self) -> None:
        """Show another scenario or district."""
        self._other = ""
        self.in_hand.offer()
        self._show()
        if self._map.tool is not self.cutter:
            self._map.take(self.reshape)

    def _show(self) -> None:
        clear(self._refusals)
        self.model.show(self.name, self.code)
        self.table.setFixedHeight(HEAD_H + self.model.rowCount() * ROW_H + 2)
        drawn = outline(self._session, self.name, self.code) if self.code else None
        self._near = neighbours(self._session, self.name, self.code, _NEAR_M) if self.code else _EMPTY
        self.reshape.show(drawn)
        self._map.mark(edited_district.new_outlines(self._session, self.name))
        self._area.setText(edited_district.told_area(self._session, self.name, self.code).to(self._lang))
        can_edit = bool(self.name and self.code) and not self._session.is_read_only
        self.tools.setEnabled(can_edit)
        self.tools.other.setVisible(self._other in self.in_hand.codes)
        for part in (self._outline, self._values):
            part.setVisible(bool(self.name))
        if not self.in_hand.codes or not self.name:
            lack = NO_SCENARIO if self.in_hand.codes else NONE
            self._refusals.addWidget(words(lack.to(self._lang), "note", "ink3", wrap=True))

    def _choose_at(self, at: Point) -> None:
        """Take the district in hand that a click means."""
        self._choose(edited_district.district_at(self._session, self.name, *at))

    def _choose(self, code: str | None) -> None:
        if self.in_hand.take_district(code):
            self._turn()

    def _split(self, corners: list[Point]) -> None:
        drawn = outline(self._session, self.name, self.code)
        self.cutter.step_back()
        if drawn is None:
            return
        self._act(lambda: self._part(redrawing.split(drawn, corners)))

    def _part(self, parts: tuple[shapely.Polygon, ...]) -> None:
        """Let the largest part be the district, and the rest a new one."""
        rest = parts[1] if len(parts) == 2 else shapely.MultiPolygon(parts[1:])
        code = self.code
        new = parted_districts.part_off(self._session, self.name, code, (parts[0], rest))
        self._other = new
        self.follow()
        amounts = {"a": number(parts[0].area / 10_000, 2), "b": number(rest.area / 10_000, 2)}
        self._desk.said.emit(say(CUT.it, CUT.en, d=code, n=new, **amounts))

    def _draw(self, drawn: shapely.Geometry | None) -> None:
        self._try(lambda: drawn)

    def _try(self, made: Callable[[], shapely.Geometry | None]) -> None:
        """Let the scenario have the outline that is made, or say why not."""
        self._act(lambda: edited_district.edit(self._session, self.name, partial(self._with_outline, made())))

    def _act(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PucError as error:
            self._refuse(error)

    def _with_outline(self, drawn: shapely.Geometry | None, text: str) -> str:
        return scenario_texts.with_outline(self.name, text, self.code, drawn)

    def _refuse(self, error: PucError) -> None:
        clear(self._refusals)
        for problem in error.problems:
            self._refusals.addWidget(card(problem, self._look, self._lang))
