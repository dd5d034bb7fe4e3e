"""Dragging layers in the list: what is carried, and which row it comes to where it is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from layers.text import Lang
from puc_tool.working.session import Session
from ui.panels.layer_rows import Row

Index = QModelIndex | QPersistentModelIndex
KIND = "application/x-puc-layer"
OF_RESULT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
OF_LAYER = OF_RESULT | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
OF_HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled


def dragged(row: int | None) -> QMimeData:
    """Return the session's row of a layer as something to drag."""
    data = QMimeData()
    if row is not None:
        data.setData(KIND, str(row).encode())
    return data


def row_of(data: QMimeData) -> int | None:
    """Return the row that is carried, or None if it is no layer."""
    said = bytes(data.data(KIND).data())
    return int(said) if said.isdigit() else None


def landed(moved: int, rows: Sequence[int], place: int) -> int:
    """Return the row that ``moved`` gets when it is put before place ``place`` of ``rows``, or behind the last."""
    if not 0 <= place < len(rows):
        last = rows[-1]
        return last if last >= moved else last + 1
    before = rows[place]
    return before - 1 if before > moved else before


class LayerDragging(QAbstractItemModel):
    """The part of the list's model that is acted on: shown, hidden, renamed, dragged and dropped."""

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._lang = session, lang

    def entry_row(self, index: Index) -> int | None:
        """Return the session's row of the layer at ``index``, or None if none of the study is there."""
        raise NotImplementedError

    def row_at(self, index: Index) -> Row | None:
        """Return the row of the layer or theme at ``index``, or None if there is a heading or a class."""
        raise NotImplementedError

    def is_layer(self, index: Index) -> bool:
        """Tell whether a layer or a theme of the results is there, neither heading nor class."""
        return self.row_at(index) is not None

    def is_class(self, index: Index) -> bool:
        """Tell whether a class of a legend is there."""
        raise NotImplementedError

    def landing(self, data: QMimeData, row: int, parent: Index) -> tuple[int, int] | None:
        """Return the session's row of what is dragged and the one it would get; None where it can't be dropped."""
        raise NotImplementedError

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done: layers are chosen, shown or hidden; those of the study called otherwise, dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.is_layer(index):
            return Qt.ItemFlag.ItemIsEnabled if self.is_class(index) else OF_HEADING
        return OF_LAYER if self.entry_row(index) is not None else OF_RESULT

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Show or hide a layer, or call it otherwise."""
        row = self.row_at(index)
        if row is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            row.show(Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole:
            row.rename(str(value).strip(), self._lang)
        return role in (Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.EditRole)

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 (Qt's name)
        """Return that what is dropped moves."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 (Qt's name)
        """Return the kind of what is dragged."""
        return [KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 (Qt's name)
        """Return the layer that is dragged."""
        rows = (self.entry_row(index) for index in indexes)
        return dragged(next((row for row in rows if row is not None), None))

    def canDropMimeData(  # noqa: N802 (Qt's name)
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell whether a layer may be dropped there: under its own heading."""
        return self.landing(data, row, parent) is not None

    def dropMimeData(  # noqa: N802 (Qt's name)
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Put the dragged layer above the one it is dropped on or before."""
        landing = self.landing(data, row, parent)
        if landing is not None and landing[0] != landing[1]:
            self._session.move(*landing)
        return landing is not None
