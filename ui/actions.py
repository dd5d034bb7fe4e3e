"""The menus and keys of the window, filled from the table of commands and kept as the window is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from layers.text import Lang
from ui.command import Command
from ui.commanded import Window
from ui.commands import COMMANDS


def fill(bar: QMenuBar, window: Window, lang: Lang) -> dict[str, QAction]:
    """Put every command into its menu and return the actions by id; a menu asks anew what is enabled when it opens."""
    actions: dict[str, QAction] = {}
    for title in dict.fromkeys(command.menu for command in COMMANDS):
        menu = bar.addMenu(title.to(lang))
        for command in (each for each in COMMANDS if each.menu == title):
            if command.begins:
                menu.addSeparator()
            actions[command.id] = menu.addAction(command.title.to(lang))
            actions[command.id].setCheckable(command.is_on is not None)
            actions[command.id].setShortcut(QKeySequence(command.key))
            actions[command.id].triggered.connect(_doing(command, window))
        menu.aboutToShow.connect(lambda: enable(actions, window, lang))
    return actions


def enable(actions: dict[str, QAction], window: Window, lang: Lang) -> None:
    """Enable what can be done now, say to what, and mark the choices that stand."""
    for command in COMMANDS:
        actions[command.id].setEnabled(command.is_enabled(window))
        actions[command.id].setText(command.words(window, lang).replace("&", "&&"))
        if command.is_on is not None:
            actions[command.id].setChecked(command.is_on(window))


def _doing(command: Command, window: Window) -> Callable[[], None]:
    def do() -> None:
        if command.is_enabled(window):
            command.act(window)

    return do
