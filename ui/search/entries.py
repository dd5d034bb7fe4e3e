"""Everything that can be sought in a window: what can be done, where one can go, what can be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from layers.text import Text, same
from puc_tool.working import bookmarks
from ui.commanded import Window
from ui.commands import COMMANDS
from ui.map.bounds import look_at
from ui.map.scene import UnitShape
from ui.panels.shown_table import choices
from ui.search.entry import Entry

SEARCH = "edit.search"
PANE, LAYER, TABLE, SHEET = (
    Text("Riquadro", "Pane"), Text("Livello", "Layer"), Text("Tabella", "Table"), Text("Tavola", "Sheet"),
)  # fmt: skip
BOOKMARK = Text("Segnalibro", "Bookmark")
UNITS = {
    "commune": Text("Comune", "Commune"),
    "neighbourhood": Text("Quartiere", "Neighbourhood"),
    "district": Text("Distretto", "District"),
    "zone": Text("Zona", "Zone"),
}
PLACE = Text("Luogo", "Place")


def entries(window: Window) -> Iterator[Entry]:
    """Yield all that can be sought now: commands first, places last."""
    for source in (_commands, _panes, _layers, _tables, _sheets, _bookmarks, _units):
        yield from source(window)


def _commands(window: Window) -> Iterator[Entry]:
    for each in COMMANDS:
        if each.id != SEARCH:
            title, about = each.name, each.about(window)
            whole = Text(f"{title.it}: {about.it}", f"{title.en}: {about.en}") if about else title
            yield Entry(whole, each.place, partial(each.act, window), each.heard_key, each.why_not(window))


def _panes(window: Window) -> Iterator[Entry]:
    for pane in window.panes.now:
        yield Entry(pane.title, PANE, partial(window.panes.enter, pane))


def _layers(window: Window) -> Iterator[Entry]:
    for row, entry in enumerate(window.session.entries):
        yield Entry(entry.title, LAYER, partial(window.show_layer, row))


def _tables(window: Window) -> Iterator[Entry]:
    for table_id, title in choices(window.session.looked_at):
        yield Entry(title, TABLE, partial(window.show_table, table_id, title))


def _sheets(window: Window) -> Iterator[Entry]:
    for listed in window.sheets.sheets.listed():
        yield Entry(listed.kind.title, SHEET, partial(window.show_sheet, listed.kind))


def _bookmarks(window: Window) -> Iterator[Entry]:
    for each in bookmarks.bookmarks(window.session.history):
        yield Entry(same(each.name), BOOKMARK, _at_the_map(window, partial(window.work.go_to, each)))


def _units(window: Window) -> Iterator[Entry]:
    for kind, shapes in window.map_view.scene.units.items():
        for shape in shapes:
            if shape.unit.name or shape.unit.code:
                words = shape.unit.called or same(shape.unit.code)
                yield Entry(words, UNITS.get(kind, PLACE), _at_the_map(window, partial(_go_to, window, shape)))


def _go_to(window: Window, shape: UnitShape) -> None:
    look_at(window.map_view, shape.geometry.bounds)
    window.session.select(shape.unit)


def _at_the_map(window: Window, act: Callable[[], object]) -> Callable[[], None]:
    def do() -> None:
        window.go_to_map()
        act()

    return do
