"""What floats over the map: zoom buttons at the right, the chip of the selection at the top."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from layers.text import Lang, Text, hectares, say
from puc_tool.working.session import Session
from ui.look import Look
from ui.map.view import MapView
from ui.parts import IconButton, box, floating, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, ICON_MAP

_STEP, _SIDES_PX = 1.5, 64
CLOSER, FARTHER = Text("Avvicina (+)", "Zoom in (+)"), Text("Allontana (−)", "Zoom out (−)")
ALL = Text("Tutto il comune (0)", "The whole commune (0)")
UNSELECT = Text("Togli la selezione (Esc)", "Clear the selection (Esc)")


class Badge(QFrame):
    """Something in the middle at the top of the map, which has to fit between the tools at its sides."""

    def fit(self, room: int) -> None:
        """Take no more room than this (pixels)."""
        raise NotImplementedError


class Furniture(QObject):
    """Puts tools and chip over ``map_view`` and keeps them in their places."""

    def __init__(self, map_view: MapView, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(map_view)
        self._map = map_view
        self._tools = _tools(map_view, look, lang)
        self._above: list[Badge] = []
        self.chip = Chip(map_view, session, look, lang)
        map_view.installEventFilter(self)
        self.arrange()
        self._tools.show()
        session.selection_changed.connect(self.arrange)

    def hold(self, badge: Badge) -> None:
        """Keep ``badge`` in the middle at the top, above the chip, whenever it is shown."""
        self._above.append(badge)
        badge.installEventFilter(self)

    def arrange(self) -> None:
        """Put everything in its place."""
        self._tools.adjustSize()
        self._tools.move(self._map.width() - self._tools.width() - GAP_12, GAP_12)
        self.chip.follow()
        top = GAP_12
        for badge in self._above:
            badge.fit(self._map.width() - 2 * _SIDES_PX)
        for each in (*self._above, self.chip):
            each.adjustSize()
            each.move((self._map.width() - each.width()) // 2, top)
            top += 0 if each.isHidden() else each.height() + GAP_8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the map's size, and what comes and goes at its top."""
        is_shown = event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)
        if event.type() == QEvent.Type.Resize if watched is self._map else is_shown:
            self.arrange()
        return False


class Chip(QFrame):
    """The selected unit: its name, its area, a cross to let it go."""

    def __init__(self, map_view: MapView, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(map_view)
        self._map, self._session, self._lang = map_view, session, lang
        self.setProperty("box", "floating")
        row = inset(QHBoxLayout(self), GAP_12, GAP_4, GAP_4, GAP_4, GAP_8)
        self._name, self._area = words("", "strong"), words("", "body", "ink2")
        close = IconButton(look, "x", UNSELECT.to(lang), size=14)
        close.clicked.connect(lambda: session.select(None))
        for widget in (self._name, self._area, close):
            row.addWidget(widget)
        floating(self, look)
        self.hide()

    def follow(self) -> None:
        """Show the session's selection."""
        unit, others = self._session.selected, len(self._session.selection) - 1
        shapes = [self._map.scene.shape_of(each) for each in self._session.selection]
        area_m2 = sum(shape.area_m2 for shape in shapes if shape)
        more = say(" e {n}", " and {n}", n=Text("un'altra" if others == 1 else f"altre {others}", f"{others} more"))
        self._name.setText((unit.called.to(self._lang) if unit else "") + (more.to(self._lang) if others > 0 else ""))
        self._area.setText(hectares(area_m2).to(self._lang) if any(shapes) else "")
        self.setVisible(unit is not None)


def _tools(map_view: MapView, look: Look, lang: Lang) -> QFrame:
    column = inset(QVBoxLayout(), GAP_4, GAP_4, GAP_4, GAP_4)
    frame = box("floating", column)
    frame.setParent(map_view)
    acts = {
        "plus": (CLOSER, lambda: map_view.zoom(_STEP)),
        "minus": (FARTHER, lambda: map_view.zoom(1 / _STEP)),
        "corners-out": (ALL, map_view.fit),
    }
    for name, (tip, act) in acts.items():
        button = IconButton(look, name, tip.to(lang), size=ICON_MAP)
        button.setProperty("kind", "tool")
        button.clicked.connect(act)
        column.addWidget(button)
    return floating(frame, look)
