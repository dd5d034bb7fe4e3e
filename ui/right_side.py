"""The right of the map, one panel at a time: the form of the analysis, or what takes its place for a while.

What is asked, tried, compared or edited is told there, and what it shows on the map goes when its panel goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from analyses.districts.scenarios import BASE
from layers import roles
from layers.problems import PucError
from layers.text import Lang
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from puc_tool.working.trying import Tried
from puc_tool.working.view import LayerKey
from ui.desk import Desk
from ui.look import Look
from ui.map.bounds import look_at
from ui.map.view import MapView
from ui.origins import Origins, Told
from ui.panels.analysis import AnalysisPanel
from ui.panels.live import LivePanel
from ui.panels.origin import OriginPanel
from ui.panels.place import PlacePanel
from ui.panels.results import ResultsPanel
from ui.place_desk import Answer
from ui.scenarios.badge import ScenarioBadge
from ui.scenarios.panel import ScenariosPanel
from ui.scenarios.work import ScenarioWork
from ui.side.tool_side import ToolSide
from ui.side.workbench import Workbench
from ui.toolbox import Toolbox
from ui.trying import Trying


@dataclass(frozen=True)
class Neighbours:
    """What the right side shows things on, and what it hears of."""

    map_view: MapView
    results: ResultsPanel
    toolbox: Toolbox
    side: ToolSide
    workbench: Workbench
    below: QWidget


class RightSide(QObject):
    """Decides which of ``panels`` is seen. The form is seen while the results are, unless another has its place.

    ``pictured`` carries the pictures that the map shows of results, or of what is tried or looked at in their place.
    """

    pictured = Signal(tuple)

    def __init__(self, session: Session, desk: Desk, neighbours: Neighbours, look: Look, lang: Lang) -> None:
        super().__init__(neighbours.map_view)
        self._map, self._results, self._toolbox = neighbours.map_view, neighbours.results, neighbours.toolbox
        self.side, self.workbench, self._below = neighbours.side, neighbours.workbench, neighbours.below
        self.analysis = AnalysisPanel(session, desk, look, lang)
        self.place = PlacePanel(self._toolbox.places, look, lang)
        self.origins = Origins(session, desk, self)
        self.origin = OriginPanel(self.origins, look, lang)
        self.scenario_work = ScenarioWork(session, desk, self)
        self.trying = Trying(session, desk, self.scenario_work, self)
        self.live = LivePanel(self.trying, desk, look, lang)
        self._session, self._desk, self._lang, self._is_comparing = session, desk, lang, False
        self.scenarios = ScenariosPanel(session, self.scenario_work, look, lang)
        self.badge = ScenarioBadge(neighbours.map_view, self.scenario_work, look, lang)
        self.panels: tuple[QWidget, ...] = (
            self.analysis, self.place, self.origin, self.live, self.side, self.workbench, self.scenarios,
        )  # fmt: skip
        self._pictures: tuple[ResultPicture, ...] = ()
        self._uncovered: frozenset[LayerKey] | None = None
        """What results covered before a scenario was shown; None while none is."""
        self.analysis.offer_trying(self.trying)
        self.analysis.offer_scenarios(self.scenario_work, self.compare)
        self._connect()

    def _connect(self) -> None:
        """Join what the panels and the tools say to what is shown."""
        self._toolbox.places.answered.connect(self._show_place)
        self._results.asked.connect(self.origins.ask)
        self.place.closed.connect(self.put_down)
        self.side.opened.connect(lambda: self._show(self.side))
        self.side.closed.connect(self.put_down)
        self.workbench.shown.connect(lambda: self._show(self.workbench))
        self.workbench.closed.connect(self.put_down)
        self.scenarios.closed.connect(self._leave_scenarios)
        self.scenarios.edit_wanted.connect(self._edit_scenario)
        self.scenario_work.shown.connect(self._show_scenario)
        self.trying.opened.connect(self._show_live)
        self.trying.closed.connect(self._leave_trying)
        self.trying.tried.connect(self._show_tried)
        self.live.closed.connect(self.trying.close)
        self.live.save_wanted.connect(self._save_tried)
        self.origins.told.connect(self._show_origin)
        self.origins.left.connect(self._leave_origin)
        self.origin.closed.connect(self.origins.leave)
        self.origin.map_wanted.connect(self._look_at_pieces)

    def back(self) -> None:
        """Show what is in hand: the sliders while something is tried, the scenarios, else the analysis."""
        home = self.live if self.trying.is_open else self.scenarios if self._is_comparing else self.analysis
        self._put(None if self._below.isHidden() else home)

    def leave(self) -> None:
        """Leave what has the form's place."""
        self._is_comparing = False
        self.origins.leave()
        self.trying.close()

    def put_down(self) -> None:
        """Put the tool down, and what was in hand back in its place."""
        self._toolbox.put_down()
        self.back()

    def escape(self) -> bool:
        """Leave the innermost thing one is in; return whether there was one."""
        is_tool_in_hand = self._toolbox.is_in_hand
        if self.origins.now is not None:
            self.origins.leave()
        elif self.trying.is_open and not is_tool_in_hand:
            self.trying.close()
        elif self.scenarios.isVisible() or (self.scenario_work.chosen != BASE and not is_tool_in_hand):
            self._leave_scenario()
        elif is_tool_in_hand or any(each.isVisible() for each in (self.place, self.side, self.workbench)):
            self.put_down()
        else:
            return False
        return True

    def compare(self) -> None:
        """Put the scenarios in the place of the form."""
        self.trying.close()
        self._is_comparing = True
        self._show(self.scenarios)
        self.scenario_work.open()
        self.scenarios.list.setFocus()

    def show_results(self, pictures: tuple[ResultPicture, ...]) -> None:
        """Show other results on the map; what they cover is said anew."""
        self._pictures, self._uncovered = pictures, None
        self._map.show_results(pictures)

    def _put(self, panel: QWidget | None) -> None:
        """Show one panel, or none."""
        for each in self.panels:
            each.setVisible(each is panel)

    def _show(self, panel: QWidget) -> None:
        self.origins.leave()
        self._put(panel)

    def _show_place(self, _: Answer) -> None:
        self._show(self.place)

    def _show_live(self) -> None:
        """Show the sliders: they move the scenario that is shown, or the plan in force."""
        self.origins.leave()
        self.back()

    def _leave_trying(self) -> None:
        """Put what was in hand back in its place, on the map too."""
        self.back()
        if self.scenario_work.chosen != BASE:
            self.scenario_work.look_again()

    def _leave_scenario(self) -> None:
        """Look at the plan in force again; once it is looked at, leave the scenarios."""
        if self.scenario_work.chosen != BASE:
            self.scenario_work.choose(BASE)
        else:
            self._leave_scenarios()

    def _leave_scenarios(self) -> None:
        self._is_comparing = False
        self.back()

    def _save_tried(self, name: str) -> None:
        """Keep what is tried in a scenario, and take that in hand among the others."""
        try:
            self.trying.save(name, self._lang)
        except PucError as error:
            self._desk.say_why_not(error)
            return
        self.compare()

    def _edit_scenario(self, name: str, code: str) -> None:
        """Edit a scenario in the place of the list, which comes back after it."""
        self.workbench.edit_scenario()
        self.workbench.scenario.choose(name, code)

    def _show_scenario(self, found: Tried | None) -> None:
        """Show a scenario in the place of the plan's districts and results, or those again; what is tried stays."""
        self._cover(is_scenario=found is not None)
        if not self.trying.is_open:
            self._session.show_tried(found.results if found else None)
            self._show_tried(found.pictures if found else None)

    def _cover(self, *, is_scenario: bool) -> None:
        """Let a scenario cover the plan's districts, and the layers that results cover; the plan covers what it did."""
        if not is_scenario and self._uncovered is not None:
            self._session.cover(self._uncovered)
            self._uncovered = None
        elif is_scenario and self._uncovered is None:
            self._uncovered = self._session.covered
            of_plan = (ref.key for ref in self._session.study.of_role(roles.DISTRICTS.id))
            self._session.cover({*self._uncovered, *self._session.covered_by_results(), *of_plan})

    def _show_tried(self, pictures: tuple[ResultPicture, ...] | None) -> None:
        """Show on the map what is tried, or the results; the list of layers follows."""
        shown = self._pictures if pictures is None else pictures
        self._map.show_results(shown)
        self.pictured.emit(shown)

    def _show_origin(self, told: Told) -> None:
        """Show where a number comes from, and light its pieces up, alone: themes of the results would cover them."""
        self._put(self.origin)
        self._map.show_results(told.pictures or self._pictures)

    def _leave_origin(self) -> None:
        """Put the lights out, and the analysis back in its place."""
        self._map.show_results(self._pictures)
        self.back()
        self._results.table.setFocus()

    def _look_at_pieces(self) -> None:
        found = self.origins.now.origin.sum if self.origins.now else None
        if found is not None:
            look_at(self._map, found.pieces.frame.total_bounds)
