"""Under the table: a field to search and filter, what the chosen rows come to, and saving them as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from layers.text import Lang, Text, number, say
from puc_tool.working.selection_export import FORMATS
from ui.desk import Desk
from ui.look import Look, font
from ui.panels import table_filter, table_statistics
from ui.panels.result_view import ResultView
from ui.parts import Elided, IconButton, inset
from ui.tokens import GAP_4, GAP_12, INSET, SEARCH_W, TABLE_FOOT_H

SEARCH = Text("Cerca o filtra: > 50", "Search or filter: > 50")
SEARCH_TIP = Text(
    "Parole da cercare in ogni riga; un confronto come «> 50» vale per la colonna ordinata (Ctrl+F)",
    "Words to look for in every row; a comparison as “> 50” is about the sorted column (Ctrl+F)",
)
SAVE = Text("Salva le righe scelte come file", "Save the chosen rows as a file")
SAVE_AS = Text("Salva le righe", "Save the rows")
FOUND = Text("righe: {n} di {all}", "rows: {n} of {all}")


class TableFoot(QWidget):
    """Follows a `ResultView`."""

    def __init__(self, table: ResultView, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__()
        self._table, self._desk, self._lang = table, desk, lang
        self._table_id = ""
        self.setFixedHeight(TABLE_FOOT_H)
        self.search = _Search()
        self.search.setFixedWidth(SEARCH_W)
        self.search.setFont(font("note"))
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(SEARCH.to(lang))
        self.search.setToolTip(SEARCH_TIP.to(lang))
        self.search.setAccessibleName(SEARCH_TIP.to(lang))
        self.search.textChanged.connect(self._keep)
        self._said = Elided("", "note", "ink2")
        self.save_button = IconButton(look, "floppy-disk", SAVE.to(lang))
        self.save_button.clicked.connect(self._save)
        row = inset(QHBoxLayout(self), INSET, GAP_4, GAP_12, GAP_4, GAP_12)
        row.addWidget(self.search)
        row.addWidget(self._said, 1)
        row.addWidget(self.save_button)
        table.chosen_changed.connect(self._follow)

    def show_table(self, table_id: str) -> None:
        """Be about another table; only what has units can be saved with its ground."""
        self._table_id = table_id
        self.save_button.setEnabled(any(row.unit for row in self._table.model_of_table.table.rows))
        self._follow()

    def clear(self) -> None:
        """Show every row again."""
        self.search.clear()

    def said(self) -> str:
        """Return what is told of the rows."""
        table, chosen = self._table.model_of_table.table, self._table.chosen
        if len(chosen) > 1:
            return table_statistics.told(table, chosen, self._table.sorted.sortColumn()).to(self._lang)
        shown, every = self._table.sorted.rowCount(), len(table.rows) - table.has_total
        if not self.search.text().strip():
            return ""
        return say(FOUND.it, FOUND.en, n=number(shown), all=number(every)).to(self._lang)

    def save(self, path: Path) -> None:
        """Save the chosen rows, or all that are shown, in the format that the name of the file says."""
        rows = self._table.chosen or self._table.sorted.source_rows
        units = [unit for unit in map(self._table.model_of_table.unit, rows) if unit is not None]
        self._desk.save_rows(self._table_id, units, path)

    def _save(self) -> None:
        kinds = ";;".join(f"{title.to(self._lang)} (*.{suffix})" for suffix, title in FORMATS.items())
        name, kind = QFileDialog.getSaveFileName(self, SAVE_AS.to(self._lang), f"{self._table_id}.gpkg", kinds)
        if name:
            path = Path(name)
            suffix = kind.rpartition("*.")[2].removesuffix(")")
            self.save(path if path.suffix[1:].lower() in FORMATS else path.with_name(f"{path.name}.{suffix}"))

    def _keep(self, typed: str) -> None:
        self._table.keep(table_filter.read(typed))
        self._follow()

    def _follow(self) -> None:
        self._said.say(self.said())


class _Search(QLineEdit):
    """A field that Escape empties first; an empty one leaves Escape to the window."""

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while there is something to empty."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and self.text() and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Empty the field on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)
