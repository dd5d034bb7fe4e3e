"""A table of which the heads are declared: what Qt asks of every such model, answered once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from layers.text import Lang, Text
from ui.look import font

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HeadedTable(QAbstractTableModel):
    """``heads`` are its columns; those in ``numbers`` stand at the right. Whoever inherits says rows and cells."""

    heads: tuple[Text, ...]
    numbers: frozenset[int]

    def __init__(self, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lang = lang

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return where the words of a column stand."""
        return _RIGHT if column in self.numbers else _LEFT

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many columns are declared."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.FontRole:
            return font("head")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return self.heads[section].to(self._lang) if role == Qt.ItemDataRole.DisplayRole else None
