"""The tools of the map, one in hand at a time: asking what applies at a place, measuring, going to a coordinate."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from layers.problems import PucError
from layers.text import Lang, Text, say
from puc_tool import places
from puc_tool.working.coordinates import place_of
from puc_tool.working.measuring import Point
from puc_tool.working.session import Session
from ui.asked_words import Question, asked_words
from ui.desk import Desk
from ui.map.ruler import Ruler
from ui.map.tool import Pick, Tool, Trace
from ui.map.view import MapView
from ui.place_desk import PlaceDesk

GO = Text("Vai", "Go")
GO_TO = Text("Vai alla coordinata", "Go to a coordinate")
HOW = Text("Est e nord in metri, oppure latitudine e longitudine in gradi:", "East and north in metres, or degrees:")
_PICK = Text("Fai clic su un punto: che cosa vale lì?", "Click a point: what applies there?")
_TRACE = Text("Disegna un'area; doppio clic per chiuderla.", "Draw an area; a double click closes it.")
_MEASURE = Text("Fai clic per misurare; doppio clic per finire.", "Click to measure; a double click ends it.")


class Toolbox(QObject):
    """Puts tools into the map's hand and takes what they bring to the desk."""

    def __init__(self, session: Session, desk: Desk, map_view: MapView, lang: Lang) -> None:
        super().__init__(map_view)
        self._session, self._desk, self._map, self._lang = session, desk, map_view, lang
        self.places = PlaceDesk(session, desk, lang)

    @property
    def is_in_hand(self) -> bool:
        """Tell whether a tool is in hand."""
        return self._map.tool is not None

    def ask_at_point(self) -> None:
        """Ask what applies where the next click falls."""
        self._take(Pick(self), self._ask, _PICK)

    def ask_in_area(self) -> None:
        """Ask what applies in an area to be drawn."""
        self._take(Trace(is_closed=True, parent=self), self._ask, _TRACE)

    def measure_length(self) -> None:
        """Measure a line."""
        self._take(Ruler(self._session.study.crs, is_closed=False, parent=self), None, _MEASURE)

    def measure_area(self) -> None:
        """Measure an area."""
        self._take(Ruler(self._session.study.crs, is_closed=True, parent=self), None, _MEASURE)

    def go_to(self) -> None:
        """Ask for coordinates and put them in the middle of the map."""
        words = asked_words(self._map, Question(GO_TO, HOW, GO), self._lang)
        if words is None:
            return
        try:
            self._map.go_to(*place_of(words, self._session.study.crs))
        except PucError as error:
            self._say_why_not(error)

    def put_down(self) -> None:
        """Take the tool out of hand; a click selects again."""
        self._map.take(None)

    def _take(self, tool: Tool, use: Callable[[list[Point]], None] | None, hint: Text) -> None:
        if use is not None:
            tool.taken.connect(use)
        self._map.take(tool)
        self._map.setFocus()
        self._desk.hinted.emit(hint)

    def _ask(self, corners: list[Point]) -> None:
        try:
            self.places.ask(places.of_corners(corners))
        except PucError as error:
            self._say_why_not(error)

    def _say_why_not(self, error: PucError) -> None:
        worst = error.problems[0]
        self._desk.said.emit(say("{w}: {m} {r}", "{w}: {m} {r}", w=worst.where, m=worst.message, r=worst.remedy))
