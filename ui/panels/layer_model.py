"""The layer list as a tree: headings, layers, classes of the legend. Holds nothing: session and scene do.

An index carries 0 for a heading, its heading's place + 1 for a layer, and ``_CLASS`` + the layer's number for a class:
layers are numbered as they first come, so these numbers stay true when layers move, go and come back.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from layers.intake import Intake
from layers.problems import Severity
from layers.text import NOTHING, Lang, Text, number, say
from puc_tool.session import Session
from puc_tool.shown_layers import Entry
from puc_tool.view import LayerKey
from ui.map.pictures import Picture
from ui.map.scene import Scene
from ui.panels.layer_groups import GROUPS, group_of

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_CLASS = 1000
PICTURE_ROLE, CLASS_ROLE, AMOUNT_ROLE, SEVERITY_ROLE = (int(Qt.ItemDataRole.UserRole) + place for place in range(4))


class LayerModel(QAbstractItemModel):
    """Translates between a session's layers and a tree."""

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._lang = session, lang
        self._scene = Scene()
        self._numbered: list[LayerKey] = []
        self._is_moving = False
        session.layer_adding.connect(self._adding)
        session.layer_added.connect(self._added)
        session.layer_removing.connect(self._removing)
        session.layer_removed.connect(self._removed)
        session.layer_moving.connect(self._moving)
        session.layer_moved.connect(self._moved)
        session.layer_changed.connect(self._changed)

    def show_scene(self, scene: Scene) -> None:
        """Take the legends from ``scene``; to be called before its layers are added."""
        self._scene = scene

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a child."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        entry = self.entry_row(parent)
        return self.createIndex(row, column, parent.row() + 1 if entry is None else _CLASS + self._number(entry))

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the index of the parent."""
        number_of = index.internalId() if index.isValid() else 0
        if number_of == 0:
            return QModelIndex()
        if number_of < _CLASS:
            return self.createIndex(number_of - 1, 0, 0)
        row = self._row(number_of)
        return QModelIndex() if row is None else self.of_entry(row)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of children."""
        if not parent.isValid():
            return len(GROUPS)
        if parent.column() > 0 or parent.internalId() >= _CLASS:
            return 0
        entry = self.entry_row(parent)
        return len(self._rows(parent.row())) if entry is None else len(self._classes(entry))

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return one."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done: only layers are chosen, shown or hidden, and called otherwise."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        checkable = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return Qt.ItemFlag.ItemIsEnabled | (checkable if index.internalId() < _CLASS else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a heading, a layer or a class says."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return GROUPS[index.row()].title.to(self._lang) if role == Qt.ItemDataRole.DisplayRole else None
        if index.internalId() >= _CLASS:
            row = self._row(index.internalId())
            return None if row is None else self._class_data(row, index.row(), role)
        entry = self.entry_row(index)
        return None if entry is None else self._layer_data(entry, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Show or hide a layer, or call it otherwise."""
        entry = self.entry_row(index)
        if entry is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            self._session.show(entry, Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole:
            name = str(value).strip()
            self._session.rename(entry, "" if name == _own_title(self._session.entries[entry], self._lang) else name)
        return role in (Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.EditRole)

    def entry_row(self, index: Index) -> int | None:
        """Return the session's row of the layer at ``index``, or None if no layer is there."""
        if not index.isValid() or not 0 < index.internalId() < _CLASS:
            return None
        return self._rows(index.internalId() - 1)[index.row()]

    def of_entry(self, row: int) -> QModelIndex:
        """Return the index of a layer of the session."""
        group = group_of(self._session.entries[row].intake.role)
        return self.createIndex(self._rows(group).index(row), 0, group + 1)

    def neighbour(self, row: int, step: int) -> int | None:
        """Return the session's row of the layer above (-1) or below (+1) under the same heading, or None."""
        rows = self._rows(group_of(self._session.entries[row].intake.role))
        place = rows.index(row) + step
        return rows[place] if 0 <= place < len(rows) else None

    def _number(self, row: int) -> int:
        return self._numbered.index(self._session.entries[row].ref.key)

    def _row(self, internal_id: int) -> int | None:
        """Return the session's row of the layer whose class has this number; None once the layer has gone."""
        key = self._numbered[internal_id - _CLASS]
        return next((row for row, entry in enumerate(self._session.entries) if entry.ref.key == key), None)

    def _rows(self, group: int) -> list[int]:
        return [row for row, entry in enumerate(self._session.entries) if group_of(entry.intake.role) == group]

    def _picture(self, entry: Entry) -> Picture | None:
        return self._scene.pictures.get(entry.ref.key)

    def _classes(self, row: int) -> range:
        picture = self._picture(self._session.entries[row])
        return range(len(picture.classes)) if picture is not None and len(picture.classes) > 1 else range(0)

    def _adding(self, row: int, intake: Intake) -> None:
        if intake.ref.key not in self._numbered:
            self._numbered.append(intake.ref.key)
        group = group_of(intake.role)
        place = self._place(group, row)
        self.beginInsertRows(self.index(group, 0), place, place)

    def _added(self, row: int) -> None:
        self.endInsertRows()

    def _removing(self, row: int) -> None:
        index = self.of_entry(row)
        self.beginRemoveRows(index.parent(), index.row(), index.row())

    def _removed(self, row: int) -> None:
        self.endRemoveRows()

    def _moving(self, row: int, to: int) -> None:
        """Tell a move, unless the layer only passes layers under other headings."""
        index = self.of_entry(row)
        place = self._place(index.internalId() - 1, to)
        heading = index.parent()
        self._is_moving = place != index.row()
        if self._is_moving:
            self.beginMoveRows(heading, index.row(), index.row(), heading, place)

    def _moved(self, row: int, to: int) -> None:
        if self._is_moving:
            self.endMoveRows()

    def _place(self, group: int, row: int) -> int:
        """Return how many layers of a group stand above a row of the session."""
        return sum(1 for each in self._rows(group) if each < row)

    def _changed(self, row: int) -> None:
        index = self.of_entry(row)
        self.dataChanged.emit(index, index)
        count = self.rowCount(index)
        if count:
            self.dataChanged.emit(self.index(0, 0, index), self.index(count - 1, 0, index))

    def _layer_data(self, row: int, role: int) -> Any:
        entry = self._session.entries[row]
        read = _LAYER.get(role)
        if role == PICTURE_ROLE:
            return self._picture(entry)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if entry.is_visible else Qt.CheckState.Unchecked
        return read(entry, self._lang) if read else None

    def _class_data(self, row: int, place: int, role: int) -> Any:
        entry = self._session.entries[row]
        picture = self._picture(entry)
        assert picture is not None, "only a layer with a picture has classes"
        style, area_m2 = picture.classes[place], picture.areas_m2[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return style.label.to(self._lang)
        if role == AMOUNT_ROLE:
            return _hectares(area_m2).to(self._lang)
        return {PICTURE_ROLE: picture, CLASS_ROLE: place}.get(role)


def _title(entry: Entry, lang: Lang) -> str:
    """Return the layer's name, or its role's title without what stands in brackets, which the tooltip has."""
    return entry.name or _own_title(entry, lang)


def _own_title(entry: Entry, lang: Lang) -> str:
    return entry.intake.role.title.to(lang).partition(" (")[0]


def _amount(entry: Entry, lang: Lang) -> str:
    """Return the layer's year, or how many units it has."""
    if entry.ref.year:
        return str(entry.ref.year)
    count = entry.intake.features or 0
    return number(count).to(lang) if entry.intake.role.is_partition and count > 1 else ""


def _tip(entry: Entry, lang: Lang) -> str:
    said = [problem.sentence(lang) for problem in entry.intake.problems if problem.severity is not Severity.INFO]
    return "\n".join([entry.title.to(lang), *([entry.ref.credit] if entry.ref.credit else []), *said])


def _spoken(entry: Entry, lang: Lang) -> str:
    return f"{_title(entry, lang)} {_amount(entry, lang)}".rstrip()


def _severity(entry: Entry, lang: Lang) -> str:
    worst = {problem.severity for problem in entry.intake.problems}
    return next((each.value for each in (Severity.ERROR, Severity.WARNING) if each in worst), "")


_LAYER = {
    int(Qt.ItemDataRole.DisplayRole): _title,
    int(Qt.ItemDataRole.EditRole): _title,
    int(Qt.ItemDataRole.AccessibleTextRole): _spoken,
    AMOUNT_ROLE: _amount,
    int(Qt.ItemDataRole.ToolTipRole): _tip,
    SEVERITY_ROLE: _severity,
}


def _hectares(area_m2: float | None) -> Text:
    if area_m2 is None:
        return NOTHING
    area_ha = area_m2 / 10_000
    amount = number(area_ha, 2 if area_ha < 10 else 0)
    return say("{n}\u202fha", "{n}\u202fha", n=amount)
