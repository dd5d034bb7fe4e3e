"""The list of layers by role: eye, swatch, name; the legend unfolds under its layer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from layers.text import Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.session import Session
from ui.look import Look, font
from ui.map.scene import Scene
from ui.panels import swatch
from ui.panels.layer_model import AMOUNT_ROLE, CLASS_ROLE, PICTURE_ROLE, SEVERITY_ROLE, LayerModel
from ui.panels.panel import Panel
from ui.parts import inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, ICON, INSET, SWATCH_H, SWATCH_W

TITLE = Text("Livelli", "Layers")
EMPTY = Text("Leggo i livelli dello studio.", "Reading the study's layers.")
SHOW, HIDE = Text("Mostra", "Show"), Text("Nascondi", "Hide")
_GROUP_H, _LAYER_H, _CLASS_H = 30, 28, 21
_CARET_X, _EYE_X, _SWATCH_X = 4, 24, 46
_NAME_X = _SWATCH_X + SWATCH_W + GAP_8
_SIGNS = {"error": ("x-circle", "error"), "warning": ("warning", "warn")}
Index = QModelIndex | QPersistentModelIndex


class LayersPanel(Panel):
    """The left panel."""

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self.tree = LayerTree(session, look, lang)
        self._empty = words(EMPTY.to(lang), "note", "ink3", wrap=True)
        self._empty.setContentsMargins(INSET, GAP_12, INSET, 0)
        self.column.addWidget(self._empty)
        self.put_body(self.tree, scrolls=False)
        inset(self.column, 0, 0, 0, 0)
        session.layer_added.connect(self._fill)

    def _fill(self, row: int) -> None:
        self._empty.hide()

    def show_scene(self, scene: Scene) -> None:
        """Take the legends from ``scene``."""
        self.tree.model_of_layers.show_scene(scene)

    def show_results(self, results: tuple[ResultPicture, ...]) -> None:
        """List other results above the layers."""
        self.tree.model_of_layers.show_results(results)


class LayerTree(QTreeView):
    """The tree of a `LayerModel`. A click on the eye shows or hides, one on the caret folds.

    Space shows or hides, F2 renames, Alt and an arrow moves, Delete asks for the layer to be taken out of the study.
    """

    removal_wanted = Signal(int)

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session = session
        self.model_of_layers = LayerModel(session, lang, self)
        self.setModel(self.model_of_layers)
        self.setItemDelegate(_Rows(look, self))
        self.setAccessibleName(TITLE.to(lang))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for told in (self.model_of_layers.rowsInserted, self.model_of_layers.rowsRemoved):
            told.connect(self._arrange)
        self.model_of_layers.rowsMoved.connect(self._stay)
        self.model_of_layers.modelReset.connect(self._arrange)
        look.changed.connect(self.viewport().update)
        self._arrange()

    def toggle(self, index: Index) -> None:
        """Show a hidden layer, hide a shown one."""
        is_shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if is_shown else Qt.CheckState.Checked
        self.model_of_layers.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Act on eye and caret, otherwise choose the row."""
        index = self.indexAt(event.position().toPoint())
        x = event.position().x()
        if not self.model_of_layers.is_layer(index) or x > _SWATCH_X - GAP_4:
            super().mouseReleaseEvent(event)
        elif x < _EYE_X - GAP_4:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.toggle(index)

    @property
    def chosen(self) -> int | None:
        """The session's row of the layer that is chosen, or None."""
        return self.model_of_layers.entry_row(self.currentIndex())

    def move_by(self, step: int) -> None:
        """Put the chosen layer above (-1) or below (+1) its neighbour."""
        row = self.chosen
        to = None if row is None else self.model_of_layers.neighbour(row, step)
        if row is not None and to is not None:
            self._session.move(row, to)

    def remove(self) -> None:
        """Ask for the chosen layer to be taken out of the study."""
        if self.chosen is not None:
            self.removal_wanted.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Act on the chosen layer."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        act = _KEYS.get((Qt.Key(event.key()), is_alt))
        if act is None or not self.model_of_layers.is_layer(self.currentIndex()):
            super().keyPressEvent(event)
        else:
            act(self)

    def _stay(self) -> None:
        """Keep the layer that moves in sight."""
        self.scrollTo(self.currentIndex())

    def _arrange(self) -> None:
        """Hide headings without layers; unfold the legend of the theme that is shown."""
        model = self.model_of_layers
        for group in range(model.rowCount()):
            heading = model.index(group, 0)
            self.setRowHidden(group, QModelIndex(), model.rowCount(heading) == 0)
            self.expand(heading)
            for row in range(model.rowCount(heading)):
                index = model.index(row, 0, heading)
                shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
                self.setExpanded(index, shown and model.rowCount(index) > 0)


_KEYS: dict[tuple[Qt.Key, bool], Callable[[LayerTree], None]] = {
    (Qt.Key.Key_Space, False): lambda tree: tree.toggle(tree.currentIndex()),
    (Qt.Key.Key_Up, True): lambda tree: tree.move_by(-1),
    (Qt.Key.Key_Down, True): lambda tree: tree.move_by(1),
    (Qt.Key.Key_Delete, False): LayerTree.remove,
}


class _Rows(QStyledItemDelegate):
    """Paints headings, layers and classes."""

    def __init__(self, look: Look, tree: QTreeView) -> None:
        super().__init__(tree)
        self._look, self._tree = look, tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """Return the height of a row."""
        if index.data(CLASS_ROLE) is not None:
            return QSize(0, _CLASS_H)
        return QSize(0, _LAYER_H if index.parent().isValid() else _GROUP_H)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        if not index.parent().isValid():
            self._heading(painter, option.rect, index)
        elif index.data(CLASS_ROLE) is not None:
            self._class(painter, option.rect, index)
        else:
            self._layer(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setFont(font("head"))
        painter.setPen(self._look.colour("ink3"))
        room = rect.adjusted(INSET, GAP_8, -INSET, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data()))

    def _layer(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("accent_soft" if is_chosen else "hover"))
        if index.model().hasChildren(index):
            caret = "caret-down" if self._tree.isExpanded(index) else "caret-right"
            self._icon(painter, rect, _CARET_X, caret, "ink3", ICON - 2)
        self._icon(painter, rect, _EYE_X, "eye" if is_shown else "eye-slash", "ink2" if is_shown else "ink3", ICON)
        self._swatch(painter, rect, _SWATCH_X, index)
        sign = _SIGNS.get(str(index.data(SEVERITY_ROLE)))
        if sign:
            self._icon(painter, rect, rect.width() - INSET - ICON, sign[0], sign[1], ICON)
        taken = INSET + (ICON + GAP_4 if sign else 0)
        taken += self._amount(painter, rect.adjusted(0, 0, -taken, 0), str(index.data(AMOUNT_ROLE)))
        room = rect.adjusted(_NAME_X, 0, -taken, 0)
        ink = self._look.colour("ink" if is_shown else "ink2")
        self._words(painter, room, str(index.data()), "strong" if is_chosen else "body", ink)

    def _class(self, painter: QPainter, rect: QRect, index: Index) -> None:
        left = _NAME_X
        amount = str(index.data(AMOUNT_ROLE) or "")
        self._swatch(painter, rect, left, index)
        taken = INSET + self._amount(painter, rect.adjusted(0, 0, -INSET, 0), amount)
        room = rect.adjusted(left + SWATCH_W + GAP_8, 0, -taken, 0)
        self._words(painter, room, str(index.data()), "note", self._look.colour("ink"))

    def _amount(self, painter: QPainter, room: QRect, amount: str) -> int:
        """Write a year or an area at the right and return the width it takes."""
        painter.setFont(font("small"))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, amount)
        return QFontMetrics(font("small")).horizontalAdvance(amount) + GAP_4 if amount else 0

    def _words(self, painter: QPainter, room: QRect, words_of: str, role: str, ink: QColor) -> None:
        painter.setFont(font(role))
        painter.setPen(ink)
        shown = QFontMetrics(font(role)).elidedText(words_of, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _icon(self, painter: QPainter, rect: QRect, x: int, name: str, token: str, size: int) -> None:
        place = QRect(rect.left() + x, rect.center().y() - size // 2 + 1, size, size)
        self._look.icon(name, token).paint(painter, place)

    def _swatch(self, painter: QPainter, rect: QRect, x: int, index: Index) -> None:
        picture = index.data(PICTURE_ROLE)
        if picture is not None:
            corner = QPoint(rect.left() + x, rect.center().y() - SWATCH_H // 2 + 1)
            place = QRectF(corner.x(), corner.y(), SWATCH_W, SWATCH_H)
            swatch.paint(painter, place, picture, index.data(CLASS_ROLE), self._look.tokens)
