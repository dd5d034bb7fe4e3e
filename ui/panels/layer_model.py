"""The layer list as a tree: headings, layers, classes of the legend. Holds nothing: session and scene do.

An index carries 0 for a heading, its heading's place + 1 for a layer, and ``_CLASS`` + the layer's number for a class;
themes of the results are numbered below zero, as are their rows.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from layers.intake import Intake
from layers.text import Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey
from ui.map.scene import Scene
from ui.panels.layer_data import class_data, layer_data
from ui.panels.layer_drag import LayerDragging, landed, row_of
from ui.panels.layer_groups import Grouping
from ui.panels.layer_rows import LayerRow, ResultRow, Row
from ui.panels.listed_layers import ListedLayers

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_CLASS = 10_000
RESULTS = Text("Risultati", "Results")


class LayerModel(LayerDragging):
    """Translates between a session's layers and results and a tree."""

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(session, lang, parent)
        self._scene, self._listed = Scene(), ListedLayers(session)
        self._counts: dict[LayerKey | str, int] = {}
        self._is_moving = False
        session.layer_adding.connect(self._adding)
        session.layer_added.connect(self._added)
        session.layer_removing.connect(self._removing)
        session.layer_removed.connect(self._removed)
        session.layer_moving.connect(self._moving)
        session.layer_moved.connect(self._moved)
        session.layer_changed.connect(self._changed)
        session.result_shown.connect(self._result_changed)

    def show_scene(self, scene: Scene) -> None:
        """Take the legends from ``scene``; what is listed already is told to have changed."""
        self.beginResetModel()
        self._scene = scene
        self._counts = {self._listed.key(layer): self._count(layer) for layer in self._listed.all}
        self.endResetModel()

    @property
    def grouping(self) -> Grouping:
        """The headings that layers stand under."""
        return self._listed.grouping

    def group(self, grouping: Grouping) -> None:
        """Put the layers under other headings."""
        self.beginResetModel()
        self._listed.grouping = grouping
        self.endResetModel()

    def show_results(self, results: tuple[ResultPicture, ...]) -> None:
        """List other results under the first heading; the same themes keep their rows."""
        if [*map(_shape, results)] == [*map(_shape, self._listed.results)]:
            self._listed.results = results
            for place in range(len(results)):
                self._changed(-1 - place)
            return
        heading = self.index(0, 0)
        if self._listed.results:
            self.beginRemoveRows(heading, 0, len(self._listed.results) - 1)
            self._listed.results = ()
            self.endRemoveRows()
        if results:
            self.beginInsertRows(heading, 0, len(results) - 1)
            self._listed.results = results
            self._counts |= {each.theme.id: self._count(-1 - place) for place, each in enumerate(results)}
            self.endInsertRows()

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a child."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        layer = self._layer(parent)
        return self.createIndex(row, column, parent.row() + 1 if layer is None else _CLASS + self._listed.number(layer))

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the index of the parent."""
        held = index.internalId() if index.isValid() else 0
        if held == 0:
            return QModelIndex()
        if held < _CLASS // 2:
            return self.createIndex(held - 1, 0, 0)
        layer = self._listed.row(held - _CLASS)
        return QModelIndex() if layer is None else self.of_entry(layer)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of children."""
        if not parent.isValid():
            return 1 + len(self.grouping.groups)
        if parent.column() > 0 or self.is_class(parent):
            return 0
        layer = self._layer(parent)
        return len(self._listed.under(parent.row())) if layer is None else self._classes(layer)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return one."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a heading, a layer or a class says."""
        if not index.isValid():
            return None
        layer = self._layer(index)
        if layer is not None:
            return layer_data(self._row(layer), role, self._lang)
        if self.is_class(index):
            of_class = self._listed.row(index.internalId() - _CLASS)
            return None if of_class is None else class_data(self._row(of_class), index.row(), role, self._lang)
        title = RESULTS if index.row() == 0 else self.grouping.groups[index.row() - 1].title
        return title.to(self._lang) if role == Qt.ItemDataRole.DisplayRole else None

    def landing(self, data: QMimeData, row: int, parent: Index) -> tuple[int, int] | None:
        """Return the session's row of what is dragged and the one it would get; None where it can't be dropped."""
        moved = row_of(data)
        if moved is None or moved >= len(self._session.entries):
            return None
        on_layer = self._layer(parent)
        heading, place = (parent, row) if on_layer is None else (parent.parent(), parent.row())
        rows = self._listed.under(heading.row()) if heading.isValid() and not self.is_class(parent) else []
        return (moved, landed(moved, rows, place)) if moved in rows else None

    def entry_row(self, index: Index) -> int | None:
        """Return the session's row of the layer at ``index``, or None if none of the study is there."""
        layer = self._layer(index)
        return layer if layer is not None and layer >= 0 else None

    def result_at(self, index: Index) -> ResultPicture | None:
        """Return the theme of the results at ``index``, or None if none is there."""
        layer = self._layer(index)
        return self._listed.result(layer) if layer is not None and layer < 0 else None

    def neighbour(self, row: int, step: int) -> int | None:
        """Return the session's row of the layer above (-1) or below (+1) under the same heading, or None."""
        rows = self._listed.under(self._listed.heading(row))
        place = rows.index(row) + step
        return rows[place] if 0 <= place < len(rows) else None

    def row_at(self, index: Index) -> Row | None:
        """Return the row of the layer or theme at ``index``, or None if there is a heading or a class."""
        layer = self._layer(index)
        return None if layer is None else self._row(layer)

    def is_class(self, index: Index) -> bool:
        """Tell whether a class of a legend is there."""
        return bool(index.internalId() >= _CLASS // 2)

    def _layer(self, index: Index) -> int | None:
        """Return the row of the layer at ``index``, below zero for a theme of the results, or None if none is there."""
        if not index.isValid() or index.internalId() == 0 or self.is_class(index):
            return None
        return self._listed.under(index.internalId() - 1)[index.row()]

    def of_entry(self, layer: int) -> QModelIndex:
        """Return the index of a layer of the session, or of a theme of the results, by its row."""
        heading = self._listed.heading(layer)
        return self.createIndex(self._listed.under(heading).index(layer), 0, heading + 1)

    def _row(self, layer: int) -> Row:
        if layer < 0:
            return ResultRow(self._session, self._listed.result(layer))
        return LayerRow(self._session, self._scene, layer)

    def _classes(self, layer: int) -> int:
        """Return how many classes views have been told of."""
        return self._counts.get(self._listed.key(layer), 0)

    def _count(self, layer: int) -> int:
        picture = self._row(layer).picture
        return len(picture.classes) if picture is not None and len(picture.classes) > 1 else 0

    def _recount(self, row: int) -> None:
        """Tell views of classes that another style brought or took."""
        key, index = self._listed.key(row), self.of_entry(row)
        before, now = self._counts.get(key, 0), self._count(row)
        if now > before:
            self.beginInsertRows(index, before, now - 1)
            self._counts[key] = now
            self.endInsertRows()
        elif now < before:
            self.beginRemoveRows(index, now, before - 1)
            self._counts[key] = now
            self.endRemoveRows()

    def _adding(self, row: int, intake: Intake) -> None:
        self._listed.note(intake.ref.key)
        heading = self._listed.heading_of(intake.role)
        place = self._listed.above(heading, row)
        self._counts[intake.ref.key] = 0
        self.beginInsertRows(self.index(heading, 0), place, place)

    def _added(self, row: int) -> None:
        self.endInsertRows()
        self._recount(row)

    def _removing(self, row: int) -> None:
        index = self.of_entry(row)
        self.beginRemoveRows(index.parent(), index.row(), index.row())

    def _removed(self, row: int) -> None:
        self.endRemoveRows()

    def _moving(self, row: int, to: int) -> None:
        """Tell a move, unless the layer only passes layers under other headings."""
        index = self.of_entry(row)
        place = self._listed.above(index.internalId() - 1, to)
        heading = index.parent()
        self._is_moving = place != index.row()
        if self._is_moving:
            self.beginMoveRows(heading, index.row(), index.row(), heading, place)

    def _moved(self, row: int, to: int) -> None:
        if self._is_moving:
            self.endMoveRows()

    def _result_changed(self, theme: str) -> None:
        for place, each in enumerate(self._listed.results):
            if each.theme.id == theme:
                self._changed(-1 - place)

    def _changed(self, layer: int) -> None:
        self._recount(layer)
        index = self.of_entry(layer)
        self.dataChanged.emit(index, index)
        count = self.rowCount(index)
        if count:
            self.dataChanged.emit(self.index(0, 0, index), self.index(count - 1, 0, index))


def _shape(result: ResultPicture) -> tuple[str, int]:
    """Return what makes the rows of a theme: which it is, and how many classes it has."""
    return result.theme.id, len(result.picture.classes)
