"""The tools that float at the left of the map: what the menu offers, at hand, with the one in hand marked.

On a low map the last tools go into the menu of a last button.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout

from layers.text import Lang, Text
from ui.keys import written
from ui.look import Look
from ui.map.view import MapView
from ui.parts import IconButton, box, floating, inset
from ui.tokens import GAP_4, GAP_12, ICON_MAP

SELECT = "map.none"
_TOOLS = {
    SELECT: "cursor",
    "map.box": "selection",
    "map.polygon": "polygon",
    "map.point": "info",
    "map.identify": "list-bullets",
    "map.length": "ruler",
    "map.bookmarks": "bookmark-simple",
    "map.curtain": "columns",
    "map.print": "printer",
}
_HELD = (SELECT, "map.box", "map.polygon", "map.point", "map.identify", "map.length")
MORE = Text("Altri strumenti", "More tools")
_FOOT_PX = 36
"""Where the scale bar stands: the tools end above it."""


class ToolBar(QObject):
    """Follows the actions of the menu and the tool that the map has in hand."""

    def __init__(self, view: MapView, actions: Mapping[str, QAction], look: Look, lang: Lang) -> None:
        super().__init__(view)
        self._map, self._actions, self._in_hand = view, actions, SELECT
        column = inset(QVBoxLayout(), GAP_4, GAP_4, GAP_4, GAP_4)
        self._frame = box("floating", column)
        self._frame.setParent(view)
        self.buttons = {name: _button(actions[name], icon, look, lang) for name, icon in _TOOLS.items()}
        for name, button in self.buttons.items():
            button.setCheckable(name in _HELD)
            button.clicked.connect(actions[name].trigger)
            actions[name].triggered.connect(lambda _=False, chosen=name: self._hold(chosen))
            column.addWidget(button)
        self.more = IconButton(look, "dots-three-vertical", MORE.to(lang), size=ICON_MAP)
        self.more.setProperty("kind", "tool")
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        column.addWidget(self.more)
        floating(self._frame, look)
        view.tool_changed.connect(self._follow)
        view.installEventFilter(self)
        self._follow()
        self._frame.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the map's size."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _arrange(self) -> None:
        room = self._map.height() - _FOOT_PX - 2 * GAP_12
        fit = (room - 2 * GAP_4) // self.more.sizeHint().height()
        beyond = [] if fit >= len(self.buttons) else list(self.buttons)[max(1, fit - 1) :]
        for name, button in self.buttons.items():
            button.setVisible(name not in beyond)
        self.more.setVisible(bool(beyond))
        menu = self.more.menu()
        for action in menu.actions():  # not by clear(): that would end actions which the menu bar goes on with
            menu.removeAction(action)
        menu.addActions([self._actions[name] for name in beyond])
        self._frame.adjustSize()
        self._frame.move(GAP_12, GAP_12)

    def _hold(self, name: str) -> None:
        if name in _HELD:
            self._in_hand = name
        self._follow()

    def _follow(self) -> None:
        held = self._in_hand if self._map.tool is not None else SELECT
        for name, button in self.buttons.items():
            button.setChecked(name == held and name in _HELD)


def _button(action: QAction, icon: str, look: Look, lang: Lang) -> IconButton:
    words = action.text().replace("&&", "&").rstrip("…")
    key = written(action.shortcut().toString(), lang)
    button = IconButton(look, icon, f"{words} ({key})" if key else words, on="accent_text", size=ICON_MAP)
    button.setAccessibleName(words)
    button.setProperty("kind", "tool")
    return button
