"""The search over everything: a line to type in, and what is meant under it. Keys alone are enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from layers.text import Lang, Text, number, say
from puc_tool.working.meant import Name, ranked
from ui.look import Look, font
from ui.parts import inset, rule, words
from ui.search.entry import Entry
from ui.search.found import ENTRY_ROLE, Found, FoundRows, spoken
from ui.tokens import FOUND_H, FOUND_ROWS, GAP_4, GAP_8, INSET, SEARCH_ALL_W

NAME = Text("Cerca comandi, livelli e luoghi", "Search commands, layers and places")
FOUND = Text("{n} trovati", "{n} found")
NONE = Text("Niente si chiama così.", "Nothing is called that.")
HOW = Text("Invio per scegliere, Esc per chiudere", "Enter to choose, Esc to close")
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Finder(QFrame):
    """``offered`` is asked anew each time it opens, so that it says what can be done then."""

    def __init__(self, offered: Callable[[], Iterable[Entry]], look: Look, lang: Lang, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._over = parent
        self._offered, self._lang = offered, lang
        self._entries: tuple[Entry, ...] = ()
        self._names: tuple[Name, ...] = ()
        self.setProperty("box", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(NAME.to(lang))
        self.line = QLineEdit()
        self.line.setFont(font("body"))
        self.line.setPlaceholderText(NAME.to(lang))
        self.line.setAccessibleName(NAME.to(lang))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.rows = QListView()
        self.model_of_rows = Found(lang, self.rows)
        self._lay_out(look)

    def _lay_out(self, look: Look) -> None:
        self.rows.setModel(self.model_of_rows)
        self.rows.setItemDelegate(FoundRows(look, self._lang, self.rows))
        self.rows.setProperty("box", "rows")
        self.rows.setUniformItemSizes(True)
        self.rows.setMouseTracking(True)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setAccessibleName(NAME.to(self._lang))
        self.rows.setFixedHeight(FOUND_ROWS * FOUND_H)
        self.rows.clicked.connect(self._choose)
        self.rows.selectionModel().currentChanged.connect(self._speak)
        self._told = words("", "note", "ink3")
        column = inset(QVBoxLayout(self), 1, GAP_8, 1, GAP_8, GAP_8)
        for place, widget in enumerate((self.line, rule(), self.rows, rule(), self._told)):
            is_inset = place in (0, 4)
            column.addLayout(_inset(widget)) if is_inset else column.addWidget(widget)
        self.setFixedWidth(SEARCH_ALL_W)

    def open(self) -> None:
        """Ask what there is to seek, and show all of it."""
        self._entries = tuple(self._offered())
        self._names = tuple(Name(each.title, each.kind) for each in self._entries)
        self.line.clear()
        self._search("")
        left = max(0, (self._over.width() - self.width()) // 2)
        self.move(self._over.mapToGlobal(QPoint(left, FOUND_H)))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let the keys that move and choose act on the rows while one types."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVES:
            self.rows.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.rows.currentIndex())
        else:
            return False
        return True

    def _search(self, typed: str) -> None:
        found = tuple(self._entries[place] for place in ranked(typed, self._names))
        self.model_of_rows.show(found)
        self.rows.setCurrentIndex(self.model_of_rows.index(0))
        told = say(FOUND.it, FOUND.en, n=number(len(found))) if found else NONE
        self._told.setText(f"{told.to(self._lang)}  ·  {HOW.to(self._lang)}" if found else told.to(self._lang))
        if not found:
            self.line.setAccessibleDescription(told.to(self._lang))

    def _choose(self, index: QModelIndex) -> None:
        """Do what was chosen; what can't be done now stays in sight with its reason."""
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry) and not entry.why_not:
            self.hide()
            entry.act()

    def _speak(self, index: QModelIndex) -> None:
        """Let a screen reader tell the row while the keyboard stays in the line."""
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry):
            self.line.setAccessibleDescription(spoken(entry, self._lang))


def _inset(widget: QWidget) -> QVBoxLayout:
    layout = inset(QVBoxLayout(), INSET, GAP_4, INSET, 0)
    layout.addWidget(widget)
    return layout
