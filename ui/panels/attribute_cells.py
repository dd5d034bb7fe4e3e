"""The cells of a layer's table: a mark where a value was edited, and what is typed or chosen into one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from layers.edits import choices
from layers.spec import Field
from layers.text import Lang
from puc_tool.working.attribute_table import with_label
from ui.look import Look, font
from ui.panels.attribute_model import EDITED_ROLE, AttributeModel
from ui.panels.result_view import Cells
from ui.tokens import GAP_24

Index = QModelIndex | QPersistentModelIndex
_MARK_PX = 7


class AttributeCells(Cells):
    """Cells as those of the results; an edited one has its corner in the accent."""

    def __init__(self, look: Look, lang: Lang, model: AttributeModel, parent: QTableView) -> None:
        super().__init__(look, parent)
        self._lang, self._model = lang, model

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
        field = table.fields[index.column()] if table is not None else None
        is_coded = field is not None and bool(choices(field))
        editor = self._list_of(field, parent) if field is not None and is_coded else QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setFont(font("body"))
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def _list_of(self, field: Field, parent: QWidget) -> QComboBox:
        """Return the codes of a field with their labels, whole however narrow the cell is."""
        made = QComboBox(parent)
        made.setProperty("kind", "cell")
        made.setEditable(True)
        made.setFont(font("body"))
        made.addItem("", "")
        for code in choices(field):
            made.addItem(with_label(field, code, self._lang), code)
        made.view().setMinimumWidth(made.view().sizeHintForColumn(0) + GAP_24)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Put the value with all its decimals into the editor, to be typed over."""
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(editor, QComboBox):
            place = editor.findData(words)
            editor.setCurrentIndex(place)
            words = editor.itemText(place) if place >= 0 else words
        if isinstance(line, QLineEdit):
            line.setText(words)
            line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Hand what was typed to the model."""
        words = _code_in(editor) if isinstance(editor, QComboBox) else editor.property("text")
        model.setData(index, words, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Let the editor fill its cell."""
        editor.setGeometry(option.rect)


def _code_in(editor: QComboBox) -> str:
    """Return the code that a list says, by the code or by its label; what is in no list as it was typed."""
    words = editor.currentText()
    place = editor.findText(words, Qt.MatchFlag.MatchFixedString)
    if place < 0 and words:
        place = editor.findText(f" · {words}", Qt.MatchFlag.MatchEndsWith)
    return str(editor.itemData(place)) if place >= 0 else words
