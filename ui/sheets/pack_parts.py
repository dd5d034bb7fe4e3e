"""What a pack holds beside its sheets: the preliminary study and its formats, the notebooks, the open data."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.printing.council_pack import NOTEBOOKS, OPEN_DATA, STUDY, Part
from ui.look import Look, font
from ui.parts import clear, inset, words
from ui.sheets.pack_row import PackRow
from ui.sheets.sheets_desk import Chosen
from ui.tokens import GAP_4, GAP_8, ICON

TITLE = Text("Testi e dati", "Texts and data")
NONE_YET = Text("Ci saranno con la prima analisi eseguita.", "They come with the first analysis that is run.")
_FORMATS = {"pdf": "PDF", "docx": "DOCX", "html": "HTML"}


class PackParts(QWidget):
    """Offers the parts that the study can have now; who has chosen among them goes on to have chosen."""

    changed = Signal()

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self.rows: dict[str, PackRow] = {}
        self.formats = {name: self._format(name, title) for name, title in _FORMATS.items()}
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_4)
        column.addWidget(words(TITLE.to(lang), "strong"))
        self._none = words(NONE_YET.to(lang), "note", "ink3", wrap=True)
        column.addWidget(self._none)
        self._study, self._others = (inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4) for _ in range(2))
        column.addLayout(self._study)
        column.addWidget(self._of_study())
        column.addLayout(self._others)
        self.offer(())

    def offer(self, parts: Sequence[Part]) -> None:
        """Offer ``parts`` instead of those before."""
        left_out = {name for name, row in self.rows.items() if not row.is_wanted}
        for place in (self._study, self._others):
            clear(place)
        self.rows = {part.id: self._row(part, is_wanted=part.id not in left_out) for part in parts}
        for name, row in self.rows.items():
            (self._study if name == STUDY.id else self._others).addWidget(row)
        self._none.setVisible(not parts)
        self._formats.setVisible(STUDY.id in self.rows)
        self._follow_choice()

    def chosen(self, *, one_file: bool) -> Chosen:
        """Return what is wanted."""
        study = tuple(name for name, box in self.formats.items() if box.isChecked()) if self._wants(STUDY) else ()
        return Chosen(one_file, study, self._wants(NOTEBOOKS), self._wants(OPEN_DATA))

    def set_busy(self, busy: bool) -> None:
        """Let nothing be chosen while the pack is made."""
        for box in (*self.formats.values(), *(row.box for row in self.rows.values())):
            box.setEnabled(not busy)

    def _wants(self, part: Part) -> bool:
        return part.id in self.rows and self.rows[part.id].is_wanted

    def _follow_choice(self) -> None:
        self._formats.setEnabled(self._wants(STUDY))
        self.changed.emit()

    def _row(self, part: Part, *, is_wanted: bool) -> PackRow:
        row = PackRow(part, self._look, self._lang, is_wanted=is_wanted)
        row.box.toggled.connect(self._follow_choice)
        return row

    def _format(self, name: str, title: str) -> QCheckBox:
        box = QCheckBox(title)
        box.setFont(font("body"))
        box.setAccessibleName(f"{STUDY.title.to(self._lang)}, {title}")
        box.setChecked(name == "pdf")
        box.toggled.connect(self._follow_choice)
        return box

    def _of_study(self) -> QWidget:
        self._formats = QWidget()
        row = inset(QHBoxLayout(self._formats), ICON + GAP_8, 0, 0, 0, GAP_8)
        for box in self.formats.values():
            row.addWidget(box)
        row.addStretch()
        return self._formats
