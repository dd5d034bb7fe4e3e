"""The panel of a layer's attributes, under the map in the place of the results: read, searched, edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from layers import roles
from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.working import attribute_table, edited_values
from puc_tool.working.layer_entry import Entry
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey
from ui.desk import Desk
from ui.look import Look, font
from ui.map.bounds import look_at
from ui.map.view import MapView
from ui.panels.attribute_view import AttributeView
from ui.panels.panel import Panel
from ui.panels.waiting_edits import WaitingEdits
from ui.parts import Elided, IconButton, inset, rule
from ui.tokens import GAP_12, INSET, SEARCH_W, TABLE_FOOT_H

TITLE = Text("Attributi", "Attributes")
OF = Text("Attributi · {l}", "Attributes · {l}")
CLOSE = Text("Torna ai risultati (Esc)", "Back to the results (Esc)")
SEARCH = Text("Cerca", "Search")
NO_TABLE = Text("{l}: è un raster, o non si legge: non ha attributi.", "{l}: a raster, or unreadable: no attributes.")
ROWS = Text("elementi: {n} · {e}", "features: {n} · {e}")
FOUND = Text("elementi: {n} di {of} · {e}", "features: {n} of {of} · {e}")
EDITS = Text("valori modificati: {n}", "edited values: {n}")
NO_EDITS = Text("doppio clic o F2 per modificare; la fonte resta com'è", "double click or F2 to edit; the source stays")
READ_ONLY = Text("sola lettura: qui lo studio non si può modificare", "read-only: the study can't be edited here")
_UNITS = {roles.NEIGHBOURHOODS.id: "neighbourhood", roles.ZONING.id: "zone", roles.DISTRICTS.id: "district"}
_CODES = {roles.NEIGHBOURHOODS.id: ("code", "name"), roles.ZONING.id: ("zone",), roles.DISTRICTS.id: ("code",)}
_MOST_MARKED = 500


class AttributesPanel(Panel):
    """Follows one layer of the session. ``closed`` says that it is no longer wanted."""

    closed = Signal()

    def __init__(self, session: Session, desk: Desk, map_view: MapView, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._session, self._desk, self._map, self._lang = session, desk, map_view, lang
        self._key: LayerKey | None = None
        self._is_following = False
        self.view = AttributeView(session, look, lang)
        self.waiting = WaitingEdits(session, look, lang)
        self.search = QLineEdit()
        self.search.setPlaceholderText(SEARCH.to(lang))
        self.search.setAccessibleName(SEARCH.to(lang))
        self.search.setFont(font("note"))
        self.search.setFixedWidth(SEARCH_W)
        self.search.setClearButtonEnabled(True)
        self.said = Elided("", "note", "ink2")
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        self.put_body(self._body(), scrolls=False)
        self._connect()

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), 0, 0, 0, 0)
        column.addWidget(self.waiting)
        column.addWidget(self.view, 1)
        column.addWidget(rule())
        foot = QWidget()
        foot.setFixedHeight(TABLE_FOOT_H)
        row = inset(QHBoxLayout(foot), INSET, 0, INSET, 0, GAP_12)
        row.addWidget(self.search)
        row.addWidget(self.said, 1)
        column.addWidget(foot)
        return body

    def _connect(self) -> None:
        model = self.view.model_of_features
        model.refused.connect(self._refuse)
        model.edited.connect(self._tell)
        self.waiting.refused.connect(self._refuse)
        self.waiting.told.connect(self._look_at_row)
        self.search.textChanged.connect(self._search)
        self.view.chosen.connect(self._choose)
        self.view.map_wanted.connect(self._look_at)
        self._session.selection_changed.connect(self._follow_selection)
        self._session.layers_arranged.connect(self._follow)
        self._session.layer_changed.connect(lambda row: self._follow())
        self._session.keeping_changed.connect(self._follow)
        self._desk.jobs.started.connect(lambda name: self._follow_jobs())
        self._desk.jobs.ended.connect(lambda name: self._follow_jobs())

    def show_layer(self, row: int) -> bool:
        """Show the attributes of the layer in a row of the session; False, and said why, where it has none."""
        entry = self._session.entries[row]
        found = attribute_table.table(self._session, entry)
        if found is None:
            self._desk.said.emit(say(NO_TABLE.it, NO_TABLE.en, l=entry.title))
            return False
        self._key = entry.ref.key
        self.heading.say(say(OF.it, OF.en, l=entry.title).to(self._lang))
        self.view.setAccessibleName(self.heading.accessibleName())
        self.search.clear()
        self.view.model_of_features.show(found)
        self.view.fit()
        self._follow_jobs()
        self._follow_selection()
        return True

    def leave(self) -> None:
        """Let the layer go: nothing of it is marked any more."""
        self._key = None
        self._map.mark(())
        self.waiting.follow(None)
        self.view.model_of_features.show(None)

    @property
    def entry(self) -> Entry | None:
        """The layer that is shown, while the study has it."""
        return next((each for each in self._session.entries if each.ref.key == self._key), None)

    def _follow(self) -> None:
        """Show the values as they are now; of a layer that is gone, nothing."""
        if self._key is None:
            return
        entry = self.entry
        found = None if entry is None else attribute_table.table(self._session, entry)
        if found is None:
            self.closed.emit()
        else:
            self.view.model_of_features.show(found)
            self._tell()

    def _follow_jobs(self) -> None:
        """Let nothing be edited while results are made of what it would change."""
        self.view.model_of_features.can_edit = self.waiting.can_edit = self._desk.can_choose
        self._tell()

    def _search(self, words: str) -> None:
        self.view.model_of_features.search(words)
        self._tell()

    def _tell(self) -> None:
        """Say how many features are shown, and how many of their values are edited."""
        model, entry = self.view.model_of_features, self.entry
        if model.table is None or entry is None:
            return
        self.waiting.follow(entry)
        count = len(edited_values.holding(self._session, entry).applied)
        edits = EDITS if count else self._no_edits
        every, shown = len(model.table.labels), model.rowCount()
        said = ROWS if every == shown else FOUND
        told = say(said.it, said.en, n=number(shown), of=number(every), e=say(edits.it, edits.en, n=number(count)))
        self._say(told, "ink2")

    @property
    def _no_edits(self) -> Text:
        return READ_ONLY if self._session.is_read_only else NO_EDITS

    def _refuse(self, error: PucError) -> None:
        worst = error.problems[0]
        told = say("{w}: {m} {r}", "{w}: {m} {r}", w=worst.where, m=worst.message, r=worst.remedy)
        self._say(told, "error")
        self._desk.said.emit(told)

    def _say(self, told: Text, ink: str) -> None:
        self.said.setProperty("ink", ink)
        self.said.style().polish(self.said)
        self.said.say(told.to(self._lang).rstrip())

    def _choose(self) -> None:
        """Select the chosen rows' units everywhere; mark features that are no units on the map."""
        if self._is_following or self._key is None:
            return
        chosen = self.view.selectionModel().selectedRows()
        self._map.mark(self.view.model_of_features.outlines(chosen[:_MOST_MARKED]))
        if self._kind:
            units = [unit for index in chosen[:_MOST_MARKED] if (unit := self._unit(index)) is not None]
            self._is_following = True
            self._session.select_all(list(dict.fromkeys(units)))
            self._is_following = False

    @property
    def _kind(self) -> str:
        entry = self.entry
        return "" if entry is None else _UNITS.get(entry.ref.role, "")

    def _unit(self, index: QModelIndex) -> Unit | None:
        """Return the unit of the tables that a row shown belongs to, or None."""
        code = self._code(self.view.model_of_features.row_of(index))
        shapes = self._map.scene.units.get(self._kind, ())
        return next((each.unit for each in shapes if code and each.unit.code == code), None)

    def _code(self, row: int) -> str:
        table = self.view.model_of_features.table
        assert table is not None, "asked only of a row"
        names = [field.name for field in table.fields]
        said = (table.value(row, names.index(each)) for each in _CODES.get(table.entry.ref.role, ()))
        return next((str(each) for each in said if each), "")

    def _follow_selection(self) -> None:
        """Show the session's selection, where it is of units of this layer."""
        model = self.view.model_of_features
        if self._is_following or model.table is None or not self._kind:
            return
        codes = {unit.code for unit in self._session.selection if unit.kind == self._kind}
        rows = [row for row in range(len(model.table.labels)) if codes and self._code(row) in codes]
        self._is_following = True
        self.view.clearSelection()
        for shown in model.shown_rows(rows):
            index = model.index(int(shown), max(0, self.view.currentIndex().column()))
            flags = self.view.selectionModel().SelectionFlag
            self.view.selectionModel().select(index, flags.Select | flags.Rows)
            self.view.scrollTo(index)
        self._is_following = False
        self._map.mark(())

    def _look_at_row(self, label: int | None) -> None:
        """Choose the feature that an edit which waits may be meant for, and look at it."""
        table = self.view.model_of_features.table
        if label is None or table is None or label not in table.labels:
            return
        shown = self.view.model_of_features.shown_rows([int((table.labels == label).argmax())])
        if len(shown):
            self.view.selectRow(int(shown[0]))
            self.view.scrollTo(self.view.model_of_features.index(int(shown[0]), 0))
            self._look_at()

    def _look_at(self) -> None:
        """Look at the chosen features on the map."""
        chosen = self.view.selectionModel().selectedRows() or [self.view.currentIndex()]
        outlines = self.view.model_of_features.outlines([each for each in chosen if each.isValid()])
        if outlines:
            bounds = [each.bounds for each in outlines]
            left, bottom, right, top = zip(*bounds, strict=True)
            look_at(self._map, (min(left), min(bottom), max(right), max(top)))
