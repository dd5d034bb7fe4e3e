"""Every command of the window with its menu and its key, read from the table that menus are made of; keys of panels."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.working.meant import Name, ranked
from ui.commands import COMMANDS
from ui.look import Look
from ui.parts import inset
from ui.search.entry import Entry
from ui.search.found import Found, FoundRows

NAME = Text("Comandi e tasti", "Commands and keys")
_MAP, _LAYERS, _PAGE = Text("Sulla mappa", "On the map"), Text("Nell'elenco dei livelli", "In the list of layers"), \
    Text("Sulla pagina", "On the page")  # fmt: skip
PANEL_KEYS: tuple[tuple[Text, Text, str], ...] = (
    (Text("Avvicina", "Closer"), _MAP, "+"),
    (Text("Allontana", "Farther"), _MAP, "-"),
    (Text("Tutto il comune", "The whole commune"), _MAP, "0"),
    (Text("Scegli ciò che sta al centro", "Choose what lies in the middle"), _MAP, "Space"),
    (Text("Mostra o nascondi il livello", "Show or hide the layer"), _LAYERS, "Space"),
    (Text("Sposta il livello in su", "Move the layer up"), _LAYERS, "Alt+Up"),
    (Text("Sposta il livello in giù", "Move the layer down"), _LAYERS, "Alt+Down"),
    (Text("Togli il livello", "Take the layer out"), _LAYERS, "Del"),
    (Text("Ingrandisci", "Larger"), _PAGE, "+"),
    (Text("Rimpicciolisci", "Smaller"), _PAGE, "-"),
    (Text("Tutta la pagina", "The whole page"), _PAGE, "0"),
)
"""What panels listen to while the keyboard is in them: what, where, key."""


class CommandsPage(QWidget):
    """A list that ``search`` narrows."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._entries = tuple(told())
        self._names = tuple(Name(each.title, each.kind) for each in self._entries)
        self.rows = QListView()
        self.model_of_rows = Found(lang, self.rows)
        self.rows.setModel(self.model_of_rows)
        self.rows.setItemDelegate(FoundRows(look, lang, self.rows))
        self.rows.setProperty("box", "rows")
        self.rows.setUniformItemSizes(True)
        self.rows.setAccessibleName(NAME.to(lang))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inset(QVBoxLayout(self), 0, 0, 0, 0).addWidget(self.rows)
        self.search("")

    def search(self, typed: str) -> int:
        """Show what is meant by ``typed``, all where it is nothing; return how many there are."""
        found = tuple(self._entries[place] for place in ranked(typed, self._names))
        self.model_of_rows.show(found)
        self.rows.setCurrentIndex(self.model_of_rows.index(0))
        return len(found)


def told() -> Iterator[Entry]:
    """Yield every command, in the order of the menus, and the keys of panels."""
    for command in sorted(COMMANDS, key=lambda each: _MENUS.index(each.menu)):
        yield Entry(command.name, command.place, _nothing, command.heard_key)
    for title, where, key in PANEL_KEYS:
        yield Entry(title, where, _nothing, key)


def _nothing() -> None:
    """Do nothing: the help tells, the menus act."""


_MENUS = list(dict.fromkeys(command.menu for command in COMMANDS))
