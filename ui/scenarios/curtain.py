"""Two scenarios held apart by the map's curtain: each with its own districts, results and services added.

What is compared the history says; the comparison of the map shows it, and tells what somebody chooses there.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import QObject

from analyses.progress import Report
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import roles
from layers.text import Text, say
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.scenarios.scenario_list import Row
from puc_tool.scenarios.scenario_shown import shown
from puc_tool.working.scenario_view import UNSAVED
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.canvas import Units
from ui.map.comparison import Comparison
from ui.map.renderer import Content, Laid
from ui.map.scene import is_shown
from ui.map.shown import laid_result, place_among
from ui.map.sides import without_ground
from ui.result_units import units_of
from ui.scenarios.work import ScenarioWork
from ui.worker import Job

CURTAIN = "scenario curtain"
FAULTY = Text("{t}: da correggere", "{t}: to be mended")
_THEMES = frozenset(each.id for each in BY_ANALYSIS[TRANSFORMATION_DISTRICTS.id])


@dataclass(frozen=True)
class Seen:
    """A scenario made ready for the map: the pictures of its results, and its districts."""

    pictures: tuple[ResultPicture, ...] = ()
    units: Units = field(default_factory=dict)


@dataclass(frozen=True)
class ScenarioSide:
    """A scenario at one side of the curtain; ``laid`` are its pictures, the lowest first."""

    title: Text
    names: frozenset[Hashable] = _THEMES
    laid: tuple[Laid, ...] = ()
    units: Units = field(default_factory=dict)

    def put_into(self, content: Content) -> Content:
        """Return the content with the scenario's pictures, each where results of its kind lie."""
        layers = list(without_ground(content.pictures, self.laid))
        for each in self.laid:
            layers.insert(place_among(each.picture, layers), each)
        return replace(content, pictures=tuple(layers))


class ScenarioCurtain(QObject):
    """Follows the work on scenarios, and puts its pair at both sides of the curtain while one is drawn."""

    def __init__(self, session: Session, desk: Desk, work: ScenarioWork, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._session, self._jobs, self._work, self._comparison = session, desk.jobs, work, comparison
        self._seen: Mapping[str, Seen] = {}
        self._known: tuple[object, ...] = ()
        self._is_seen = False
        comparison.picked.connect(self._pick)
        comparison.left.connect(work.end_curtain)
        work.changed.connect(self.follow)
        desk.opened.connect(self.follow)
        session.result_shown.connect(self._show)
        session.scenario_view_changed.connect(self.follow)

    def turn(self) -> None:
        """Draw the curtain between A and B, or draw it away."""
        if self._work.has_curtain:
            self._work.end_curtain()
        else:
            first, second = self._work.pair
            others = [each.id for each in self._work.rivals if each.id != first]
            self._work.draw_curtain(first, second if second != first else [*others, first][0])

    def hold_tried(self) -> None:
        """Draw the curtain between the scenario that something is tried on and what is tried."""
        self._work.draw_curtain(self._work.base, UNSAVED)

    def follow(self, *_: object) -> None:
        """Show the pair as it stands; where there is none any more, the map alone."""
        held = self._work.held
        if not self._work.has_curtain:
            self._let_go()
        elif held is not None and (held, *self._work.pair) != self._known:
            self._known, self._is_seen = (held, *self._work.pair), False
            wanted = dict.fromkeys(each for each in self._work.pair if each in held.case.plans)
            titles = {each: self._work.title_of(each) for each in wanted}
            make = partial(seen_of, held, titles)
            self._jobs.ask(Job(CURTAIN, make, partial(self._put, self._known)))
        else:
            self._show()

    def _let_go(self) -> None:
        self._known, self._seen, self._is_seen = (), {}, False
        if self._comparison.is_held:
            self._comparison.end()

    def _put(self, known: tuple[object, ...], found: Mapping[str, Seen]) -> None:
        if known == self._known:
            self._seen, self._is_seen = found, True
            self._show()

    def _show(self, *_: object) -> None:
        """Put both sides on the map, as the session draws themes of results, once both are made ready."""
        if not self._work.has_curtain or not self._is_seen:
            return
        rivals, pair = self._work.rivals, self._work.pair
        ids = [each.id for each in rivals]
        names = _THEMES | {ref.key for ref in self._session.study.of_role(roles.DISTRICTS.id)}
        sides = [self._side(self._told(each), names, self._seen.get(each.id, Seen())) for each in rivals]
        self._comparison.hold(sides, (ids.index(pair[0]), ids.index(pair[1])))

    def _side(self, title: Text, names: frozenset[Hashable], seen: Seen) -> ScenarioSide:
        visible = [each for each in reversed(seen.pictures) if is_shown(each, self._session)]
        return ScenarioSide(title, names, tuple(laid_result(each, self._session) for each in visible), seen.units)

    def _told(self, row: Row) -> Text:
        """Return what a scenario is called, and that it can't be shown where it has faults."""
        is_faulty = self._work.held is not None and row.id in self._work.held.faults
        return say(FAULTY.it, FAULTY.en, t=row.title) if is_faulty else row.title

    def _pick(self, left: int, right: int) -> None:
        rivals = self._work.rivals
        self._work.compare(rivals[left].id, rivals[right].id)


def seen_of(desk: ScenarioDesk, titles: Mapping[str, Text], report: Report) -> Mapping[str, Seen]:
    """Return scenarios made ready for the map, by id."""
    found = {name: shown(desk, name, title) for name, title in titles.items()}
    return {name: Seen(each.pictures, units_of(each.results, frozenset(), report)) for name, each in found.items()}
