"""The map under a hand: what pointer, wheel and keys mean on it, alone or with a tool."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QWheelEvent

from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.look import Look
from ui.map.canvas import MapCanvas
from ui.map.renderer import Renderer
from ui.map.scene import UnitShape
from ui.map.tool import Tool
from ui.tokens import MAP_LEAST_H

_CLICK_PX = 4.0
_STEP = 1.5
NAME = Text("Mappa", "Map")


class MapView(MapCanvas):
    """``pointed`` tells the ground under the pointer (m). Dragging and the wheel move the map whatever is in hand.

    By keys: arrows and + − 0 move it, the space bar clicks in its middle, which a cross marks.
    """

    pointed = Signal(float, float)
    tool_changed = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang, renderer: Renderer) -> None:
        super().__init__(session, look, lang, renderer)
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(MAP_LEAST_H)
        self.setAccessibleName(NAME.to(lang))

    def take(self, tool: Tool | None) -> None:
        """Put a tool in hand; with none, a click selects."""
        if self._tool is not None:
            self._tool.changed.disconnect(self.update)
        self._tool = tool
        if tool is not None:
            tool.changed.connect(self.update)
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is None else Qt.CursorShape.CrossCursor)
        self.tool_changed.emit()
        self.update()

    @property
    def tool(self) -> Tool | None:
        """What is in hand."""
        return self._tool

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin to drag, or to click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drag, or tell what lies under the pointer."""
        self.mark_middle(shown=False)
        if self._dragged_from is not None:
            self.move_by(event.position() - self._dragged_from)
            self._dragged_from = event.position()
        elif self._view is not None:
            ground = self._view.ground(event.position())
            self.pointed.emit(*ground)
            if self._tool is None:
                self._hover(self._shape_under(event.position()))
            else:
                self._tool.move(ground)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """End the drag; a press that did not move is a click."""
        pressed, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        if pressed is not None and (event.position() - pressed).manhattanLength() < _CLICK_PX:
            self._click(event.position(), is_also=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """End what the tool has begun; its last point came with the first of the two clicks."""
        if self._tool is not None:
            self._tool.finish()

    def _click(self, at: QPointF, *, is_also: bool) -> None:
        """Let the tool act; without one select what lies there, beside what is selected with ``is_also``."""
        if self._tool is not None and self._view is not None:
            self._tool.click(self._view.ground(at))
            return
        shape = self._shape_under(at)
        unit = shape.unit if shape and shape.unit.code else None
        if unit is not None and is_also:
            self._session.select_also(unit)
        else:
            self._session.select(unit)

    def click_middle(self) -> None:
        """Click where the cross is, in the middle: with the arrow keys it gets anywhere."""
        self._click(QPointF(self.width() / 2, self.height() / 2), is_also=False)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom around the pointer."""
        self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())

    def leaveEvent(self, event: QEvent | QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Forget what lay under the pointer."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Move and zoom by keys."""
        act = _KEYS.get(Qt.Key(event.key()))
        self.mark_middle(shown=True)
        if self._tool is not None and event.key() in _ENDS:
            self._tool.finish()
        elif self._tool is not None and event.key() == Qt.Key.Key_Backspace:
            self._tool.step_back()
        elif act is None:
            super().keyPressEvent(event)
        else:
            act(self)

    def _shape_under(self, point: QPointF) -> UnitShape | None:
        return self._shown.unit_at(*self._view.ground(point)) if self._view else None

    def _hover(self, shape: UnitShape | None) -> None:
        if shape is not self._hovered:
            self._hovered = shape
            self.setToolTip(shape.unit.called.to(self._lang) if shape else "")
            self.update()


_PAN_PX = 80.0
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS = {
    Qt.Key.Key_Plus: lambda view: view.zoom(_STEP),
    Qt.Key.Key_Minus: lambda view: view.zoom(1 / _STEP),
    Qt.Key.Key_0: lambda view: view.fit(),
    Qt.Key.Key_Space: lambda view: view.click_middle(),
    Qt.Key.Key_Left: lambda view: view.move_by(QPointF(_PAN_PX, 0)),
    Qt.Key.Key_Right: lambda view: view.move_by(QPointF(-_PAN_PX, 0)),
    Qt.Key.Key_Up: lambda view: view.move_by(QPointF(0, _PAN_PX)),
    Qt.Key.Key_Down: lambda view: view.move_by(QPointF(0, -_PAN_PX)),
}
