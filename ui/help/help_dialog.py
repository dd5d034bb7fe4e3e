"""The help in one window: its pages beside each other, and a line that searches the first two."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from layers.text import Lang, Text, number, say
from ui.help.about_page import AboutPage
from ui.help.commands_page import CommandsPage
from ui.help.dialog import SideDialog
from ui.help.glossary_page import GlossaryPage
from ui.help.manual_page import ManualPage
from ui.help.pages import ABOUT_PAGE, COMMANDS_PAGE, GLOSSARY_PAGE, HELP_PAGES, MANUAL_PAGE
from ui.look import Look, font
from ui.parts import inset, rule, words
from ui.segments import Segments
from ui.tokens import GAP_8, HELP_SIZE, INSET

TITLE = Text("Aiuto", "Help")
SEARCH = Text("Cerca", "Search")
FOUND = Text("{n} trovati", "{n} found")
NONE = Text("Niente si chiama così.", "Nothing is called that.")


class HelpDialog(SideDialog):
    """Shows one page at a time."""

    def __init__(self, look: Look, lang: Lang, parent: QWidget | None = None) -> None:
        super().__init__(TITLE.to(lang), parent)
        self._lang = lang
        self.resize(*HELP_SIZE)
        self.segments = Segments(self._turn, lang)
        self.segments.offer([page.short.to(lang) for page in HELP_PAGES], 0)
        self.head.addWidget(self.segments)
        self.head.addStretch()
        self.line = QLineEdit()
        self.line.setFont(font("body"))
        self.line.setPlaceholderText(SEARCH.to(lang))
        self.line.setAccessibleName(SEARCH.to(lang))
        self.line.textChanged.connect(self._search)
        self._count = words("", "note", "ink3")
        self._search_row = QWidget()
        row = inset(QVBoxLayout(self._search_row), INSET, GAP_8, INSET, GAP_8, GAP_8)
        row.addWidget(self.line)
        row.addWidget(self._count)
        self.pages: dict[str, QWidget] = {}
        self._stack, self._makers = QStackedWidget(), _makers(look, lang)
        self.column.addWidget(self._search_row)
        self.column.addWidget(rule())
        self.column.addWidget(self._stack, 1)
        self.open_page(COMMANDS_PAGE.id)

    def open_page(self, page_id: str) -> None:
        """Show a page; it is made when it is first wanted."""
        if page_id not in self.pages:
            self.pages[page_id] = self._makers[page_id]()
            self._stack.addWidget(self.pages[page_id])
        self.page_id = page_id
        page = self.pages[page_id]
        self._stack.setCurrentWidget(page)
        self.segments.choose([each.id for each in HELP_PAGES].index(page_id))
        is_searched = isinstance(page, CommandsPage | GlossaryPage)
        self._search_row.setVisible(is_searched)
        self._search(self.line.text())
        (self.line if is_searched else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, place: int) -> None:
        self.open_page(HELP_PAGES[place].id)

    def _search(self, typed: str) -> None:
        page = self.pages[self.page_id]
        if not isinstance(page, CommandsPage | GlossaryPage):
            return
        found = page.search(typed)
        told = say(FOUND.it, FOUND.en, n=number(found)) if found else NONE
        self._count.setText(told.to(self._lang))
        self.line.setAccessibleDescription(told.to(self._lang))


def _makers(look: Look, lang: Lang) -> Mapping[str, Callable[[], QWidget]]:
    """Return what makes each page."""
    return {
        COMMANDS_PAGE.id: lambda: CommandsPage(look, lang),
        GLOSSARY_PAGE.id: lambda: GlossaryPage(lang),
        MANUAL_PAGE.id: lambda: ManualPage(look, lang),
        ABOUT_PAGE.id: lambda: AboutPage(look, lang),
    }
