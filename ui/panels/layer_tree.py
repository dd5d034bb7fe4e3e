"""The tree of layers: eye, caret, keys, dragging; the legend unfolds under its layer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from layers.text import Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from ui.look import Look
from ui.map.scene import Scene
from ui.panels.layer_groups import Grouping
from ui.panels.layer_model import LayerModel
from ui.panels.layer_painting import EYE_X, SWATCH_X, LayerRows
from ui.tokens import GAP_4

TITLE = Text("Livelli", "Layers")
Index = QModelIndex | QPersistentModelIndex


class LayerTree(QTreeView):
    """The tree of a `LayerModel`. A click on the eye shows or hides, one on the caret folds.

    Space shows or hides, F2 renames, Alt and an arrow moves, Delete asks for the layer to be taken out of the study.
    """

    removal_wanted = Signal(int)
    chosen_changed = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session = session
        self.model_of_layers = LayerModel(session, lang, self)
        self.setModel(self.model_of_layers)
        self.setItemDelegate(LayerRows(look, self))
        self.setAccessibleName(TITLE.to(lang))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.selectionModel().currentChanged.connect(lambda now, before: self.chosen_changed.emit())
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.model_of_layers.rowsInserted.connect(self._grew)
        self.model_of_layers.rowsRemoved.connect(lambda parent, first, last: self._show_heading(parent))
        self.model_of_layers.rowsMoved.connect(self._stay)
        self.model_of_layers.modelReset.connect(self._arrange)
        look.changed.connect(self.viewport().update)
        self._arrange()

    def group(self, grouping: Grouping) -> None:
        """Put the layers under other headings; the chosen one stays chosen."""
        self._keeping_the_chosen(lambda: self.model_of_layers.group(grouping))

    def show_scene(self, scene: Scene) -> None:
        """Take the legends from ``scene``; the chosen layer stays chosen."""
        self._keeping_the_chosen(lambda: self.model_of_layers.show_scene(scene))

    def _keeping_the_chosen(self, act: Callable[[], None]) -> None:
        chosen = self.chosen
        act()
        if chosen is not None:
            self.setCurrentIndex(self.model_of_layers.of_entry(chosen))

    def toggle(self, index: Index) -> None:
        """Show a hidden layer, hide a shown one."""
        is_shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if is_shown else Qt.CheckState.Checked
        self.model_of_layers.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Act on eye and caret, otherwise choose the row."""
        index = self.indexAt(event.position().toPoint())
        x = event.position().x()
        if not self.model_of_layers.is_layer(index) or x > SWATCH_X - GAP_4:
            super().mouseReleaseEvent(event)
        elif x < EYE_X - GAP_4:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.toggle(index)

    @property
    def chosen(self) -> int | None:
        """The session's row of the layer that is chosen, or None."""
        return self.model_of_layers.entry_row(self.currentIndex())

    @property
    def chosen_result(self) -> ResultPicture | None:
        """The theme of the results that is chosen, or None."""
        return self.model_of_layers.result_at(self.currentIndex())

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
        """Hide headings without layers; unfold the legends of what is shown."""
        model = self.model_of_layers
        for group in range(model.rowCount()):
            heading = model.index(group, 0)
            self._grew(heading, 0, model.rowCount(heading) - 1)

    def _grew(self, parent: QModelIndex, first: int, last: int) -> None:
        """Unfold what came: layers under a heading, or the classes of a layer."""
        if self.model_of_layers.is_layer(parent):
            self._unfold(parent)
            return
        self._show_heading(parent)
        for row in range(first, last + 1):
            self._unfold(self.model_of_layers.index(row, 0, parent))

    def _show_heading(self, parent: QModelIndex) -> None:
        """Hide a heading without layers."""
        if not self.model_of_layers.is_layer(parent):
            self.setRowHidden(parent.row(), QModelIndex(), self.model_of_layers.rowCount(parent) == 0)
            self.expand(parent)

    def _unfold(self, layer: QModelIndex) -> None:
        """Unfold the legend of a layer that is shown, fold that of one that is not."""
        shown = layer.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self.setExpanded(layer, shown and self.model_of_layers.rowCount(layer) > 0)


_KEYS: dict[tuple[Qt.Key, bool], Callable[[LayerTree], None]] = {
    (Qt.Key.Key_Space, False): lambda tree: tree.toggle(tree.currentIndex()),
    (Qt.Key.Key_Up, True): lambda tree: tree.move_by(-1),
    (Qt.Key.Key_Down, True): lambda tree: tree.move_by(1),
    (Qt.Key.Key_Delete, False): LayerTree.remove,
}
