"""The cells of a layer's table: a mark where a value was edited, and what is typed or chosen into one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from layers.edits import choices
from ui.look import Look, font
from ui.panels.attribute_model import EDITED_ROLE, AttributeModel
from ui.panels.result_view import Cells

Index = QModelIndex | QPersistentModelIndex
_MARK_PX = 7


class AttributeCells(Cells):
    """Cells as those of the results; an edited one has its corner in the accent."""

    def __init__(self, look: Look, model: AttributeModel, parent: QTableView) -> None:
        super().__init__(look, parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        if index.data(EDITED_ROLE):
            corner = option.rect.topRight()
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            left, below = QPoint(corner.x() - _MARK_PX, corner.y()), QPoint(corner.x(), corner.y() + _MARK_PX)
            painter.drawPolygon(QPolygon([left, corner, below]))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt's name)
        """Return a list of codes where the field has some, which may be typed too; else a line."""
        table = self._model.table
        codes = choices(table.fields[index.column()]) if table is not None else []
        editor: QComboBox | QLineEdit = QComboBox(parent) if codes else QLineEdit(parent)
        if isinstance(editor, QComboBox):
            editor.setEditable(True)
            editor.addItems(["", *codes])
        editor.setProperty("kind", "cell")
        editor.setFont(font("body"))
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Put the value with all its decimals into the editor, to be typed over."""
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(editor, QComboBox):
            editor.setEditText(words)
        if isinstance(line, QLineEdit):
            line.setText(words)
            line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Hand what was typed to the model."""
        words = editor.currentText() if isinstance(editor, QComboBox) else editor.property("text")
        model.setData(index, words, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Let the editor fill its cell."""
        editor.setGeometry(option.rect)
