"""The work done on the map beside looking: choosing by area or condition, identifying, places, comparing, printing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QSplitter

from layers.problems import PucError
from layers.text import Lang, Text, hectares, number, same, say
from puc_tool import places
from puc_tool.printing.shown_view import ShownView
from puc_tool.printing.view_sheet import Printed, print_view, scale_for
from puc_tool.working import bookmarks
from puc_tool.working.bookmarks import Bookmark
from puc_tool.working.identifying import AtLayer, identify
from puc_tool.working.measuring import Point
from puc_tool.working.selecting import units_in
from puc_tool.working.session import Session
from ui.asked_words import Question, asked_words
from ui.described import Described
from ui.desk import PRINT, Desk
from ui.look import Look
from ui.map.as_shown import shown_view
from ui.map.comparison import Comparison
from ui.map.picking import Box, Identify
from ui.map.projection import View
from ui.map.tool import Tool, Trace
from ui.map.view import MapView
from ui.panels.expression import ExpressionPanel
from ui.panels.features import FeaturesPanel
from ui.panels.print_view import PrintPanel
from ui.side.tool_side import ToolSide
from ui.tokens import GAP_8, GAP_12, TOOL
from ui.worker import Job

IDENTIFY = "identify"
_REACH_PX = 6.0
_BESIDE_TOOLS = 2 * GAP_12 + TOOL + GAP_8
_BOX = Text("Fai clic su due angoli: il riquadro sceglie le unità.", "Click two corners: the box chooses the units.")
_AREA = Text("Disegna un'area; doppio clic per scegliere le unità.", "Draw an area; a double click chooses the units.")
_IDENTIFY = Text("Fai clic su un punto: che cosa c'è nei livelli visibili?", "Click a point: what is in the layers?")
_NO_UNITS = Text(
    "Mostrare quartieri, distretti o zone per sceglierli.", "Show neighbourhoods, districts or zones first."
)
_CHOSEN = Text("Unità scelte: {n} ({a}).", "Units chosen: {n} ({a}).")
_NONE = Text("Nessuna unità qui.", "No unit here.")
_NO_PAIR = Text("Servono almeno due livelli da confrontare.", "At least two layers are wanted to compare.")
NEW = Text("Aggiungi segnalibro…", "Add a bookmark…")
_BOOKMARK = Question(
    Text("Aggiungi segnalibro", "Add a bookmark"),
    Text("Nome del segnalibro", "Name of the bookmark"),
    Text("Aggiungi", "Add"),
)
REMOVE, VIEW_N = Text("Togli", "Remove"), Text("Vista {n}", "View {n}")
_WRITTEN = Text("Scritto: {f}, scala 1:{s}.", "Written: {f}, scale 1:{s}.")


class MapWork(QObject):
    """Puts tools into the map's hand, and shows what they bring at the right."""

    def __init__(self, session: Session, desk: Desk, view: MapView, maps: QSplitter, look: Look, lang: Lang) -> None:
        super().__init__(view)
        self._session, self._desk, self._map, self._lang = session, desk, view, lang
        self.maps = maps
        self.comparison = Comparison(session, view, maps, look, lang)
        self.described = Described(session, view, lang)
        self.side = ToolSide(
            FeaturesPanel(look, lang), ExpressionPanel(session, look, lang), PrintPanel(look, lang, self._fitting)
        )
        self.side.printing.wanted.connect(self._print)
        self.comparison.changed.connect(self.side.printing.follow)
        view.looked.connect(self.side.printing.follow)
        self.bookmarks_menu = QMenu(view)
        self.bookmarks_menu.aboutToShow.connect(self._list_bookmarks)
        self._list_bookmarks()

    def select_in_box(self) -> None:
        """Select the units in a box."""
        self._take(Box(self), _BOX)

    def select_in_area(self) -> None:
        """Select the units in a polygon."""
        self._take(Trace(is_closed=True, parent=self), _AREA)

    def select_by_expression(self) -> None:
        """Select rows of the table by a condition."""
        self.side.open(self.side.expression)
        self.side.expression.line.setFocus()

    def identify(self) -> None:
        """Ask for the features of every visible layer where the next click falls."""
        tool = Identify(self)
        tool.taken.connect(partial(self._identify, tool))
        self._map.take(tool)
        self._map.setFocus()
        self._desk.hinted.emit(_IDENTIFY)

    def open_bookmarks(self) -> None:
        """Show the bookmarks."""
        self.bookmarks_menu.popup(self._map.mapToGlobal(QPoint(_BESIDE_TOOLS, GAP_12)))

    def add_bookmark(self) -> None:
        """Keep where the map looks under a name."""
        view = self._map.view
        if view is None:
            return
        first = self._session.selected.name if self._session.selected else self._next_name()
        name = asked_words(self._map, _BOOKMARK, self._lang, first)
        if name and name.strip():
            bookmarks.keep(self._session.history, Bookmark(name.strip(), view.x, view.y, view.metres))

    def go_to(self, bookmark: Bookmark) -> None:
        """Look where a bookmark looks."""
        if self._map.view is not None:
            width, height = self._map.width(), self._map.height()
            self._map.look_at(View(bookmark.x, bookmark.y, bookmark.metres, width, height))

    def compare(self, *, curtain: bool) -> None:
        """Compare two themes by a curtain or side by side; asked again, show the map alone."""
        if self.comparison.is_on and self.comparison.is_curtain is curtain:
            self.comparison.leave()
        elif not self.comparison.begin(curtain=curtain):
            self._desk.said.emit(_NO_PAIR)

    def print_view(self) -> None:
        """Offer what the map shows as a sheet."""
        self.side.printing.offer()
        self.side.open(self.side.printing)
        self.side.printing.print_button.setFocus()

    def summarise(self) -> None:
        """Say in words what the map shows: in the status line, to screen readers, and on the clipboard."""
        told = self.described.tell()
        if told:
            QGuiApplication.clipboard().setText(told.to(self._lang))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._map, told.to(self._lang)))
            self._desk.said.emit(told)

    def _take(self, tool: Tool, hint: Text) -> None:
        tool.taken.connect(self._select)
        self._map.take(tool)
        self._map.setFocus()
        self._desk.hinted.emit(hint)

    def _select(self, corners: list[Point]) -> None:
        shapes = self._map.units
        if not shapes:
            self._desk.said.emit(_NO_UNITS)
            return
        try:
            area = places.of_corners(corners)
        except PucError as error:
            self._desk.said.emit(error.problems[0].message)
            return
        found = [shapes[at] for at in units_in(area, [each.geometry for each in shapes])]
        self._session.select_all([each.unit for each in found if each.unit.code])
        total = hectares(sum(each.area_m2 for each in found))
        self._desk.said.emit(say(_CHOSEN.it, _CHOSEN.en, n=number(len(found)), a=total) if found else _NONE)

    def _identify(self, tool: Identify, at: list[Point]) -> None:
        view = self._map.view
        if view is None:
            return
        layers = [(each.title, each.intake) for each in self._session.entries if each.is_visible]
        crs, reach = self._session.study.crs, _REACH_PX * view.metres
        self._desk.jobs.ask(
            Job(IDENTIFY, lambda report: identify(layers, crs, at[0], reach), partial(self._show_features, tool))
        )

    def _show_features(self, tool: Identify, found: tuple[AtLayer, ...]) -> None:
        outlines = [each.outline for layer in found for each in layer.features if each.outline is not None]
        tool.show_outlines(outlines)
        self.side.features.show_found(found)
        self.side.open(self.side.features)

    def _list_bookmarks(self) -> None:
        menu = self.bookmarks_menu
        menu.clear()
        menu.addAction(NEW.to(self._lang)).triggered.connect(self.add_bookmark)
        kept = bookmarks.bookmarks(self._session.history)
        if not kept:
            return
        menu.addSeparator()
        for each in kept:
            menu.addAction(each.name.replace("&", "&&")).triggered.connect(partial(self._go, each))
        menu.addSeparator()
        removing = menu.addMenu(REMOVE.to(self._lang))
        for each in kept:
            removing.addAction(each.name.replace("&", "&&")).triggered.connect(partial(self._remove, each.name))

    def _go(self, bookmark: Bookmark, checked: bool = False) -> None:
        self.go_to(bookmark)

    def _remove(self, name: str, checked: bool = False) -> None:
        bookmarks.remove(self._session.history, name)

    def _next_name(self) -> str:
        count = len(bookmarks.bookmarks(self._session.history)) + 1
        return say(VIEW_N.it, VIEW_N.en, n=count).to(self._lang)

    def shown(self) -> ShownView | None:
        """Return what the map shows, or both maps that are compared, as a sheet prints it."""
        return shown_view(self._map, self.comparison, self._session)

    def _fitting(self, paper: str) -> int | None:
        """Return the largest scale at which all that is seen finds room on a paper."""
        view, comparison = self._map.view, self.comparison
        is_beside = comparison.is_on and not comparison.is_curtain
        return scale_for(view.bounds, paper, is_beside=is_beside) if view is not None else None

    def _print(self, paper: str, scale: int) -> None:
        shown = self.shown()
        if shown is None:
            return
        shelf, lang = self._session.shelf, self._lang
        self._desk.jobs.ask(
            Job(
                PRINT,
                lambda report: print_view(shelf, shown, (paper, scale), lang, report=report),
                self._printed,
                lambda error: self.side.printing.show_problems(error.problems),
            )
        )

    def _printed(self, done: Printed) -> None:
        said = say(_WRITTEN.it, _WRITTEN.en, f=same(done.path.name), s=number(done.denominator))
        self._desk.said.emit(said)
        self.side.printing.show_printed(done)
