"""The pack: which sheets, texts and data, as what, and how far each of them is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from layers.problems import Problem, Severity
from layers.text import Lang, Text, number, say
from puc_tool.maps.style import Format
from puc_tool.printing.council_pack import Part
from puc_tool.printing.sheet_list import Listed
from puc_tool.printing.sheet_pack import Pack
from puc_tool.printing.sheets import BY_ID
from ui.look import Look, font
from ui.panels.findings import card, counted
from ui.panels.panel import Panel
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.sheets.pack_parts import PackParts
from ui.sheets.pack_row import PackRow
from ui.sheets.sheets_desk import SheetsDesk
from ui.tokens import GAP_4, GAP_8, GAP_12, ICON_MAP, INSET

TITLE = Text("Pacchetto per il Consiglio", "Council pack")
WHICH, AS = Text("Tavole", "Sheets"), Text("Formati delle tavole", "Formats of the sheets")
NO_SHEETS = Text(
    "Ci saranno con la prima analisi eseguita, o con il primo livello da mostrare.",
    "They come with the first analysis that is run, or the first layer to show.",
)
ONE_FILE = Text("Anche un solo PDF con indice", "Also one PDF with index")
MAKE, CANCEL = Text("Esporta pacchetto", "Export pack"), Text("Annulla", "Cancel")
FOLDER = Text("Apri cartella", "Open folder")
PAGES = Text("fatti {n} di {t}", "{n} of {t} done")
SAID = Text("Che cosa segnala il pacchetto", "What the pack reports")
LEFT = Text("circa {s} s", "about {s} s")
_TITLES: dict[Format, str] = {"pdf": "PDF", "png": "PNG", "svg": "SVG", "tif": "GeoTIFF", "dxf": "DXF"}
_FIRST: tuple[Format, ...] = ("pdf", "png")
_LONG_MS, _MS = 10_000, 1000


class PackPanel(Panel):
    """Asks a `SheetsDesk` for the pack and follows it."""

    def __init__(self, sheets: SheetsDesk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._sheets, self._look, self._lang = sheets, look, lang
        self.rows: dict[str, PackRow] = {}
        self._clock = QElapsedTimer()
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_12)
        column.addLayout(self._progress())
        self._lines = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        column.addWidget(words(WHICH.to(lang), "strong"))
        column.addLayout(self._lines)
        column.addWidget(words(AS.to(lang), "strong"))
        column.addLayout(self._formats())
        self.parts = PackParts(look, lang)
        self.parts.changed.connect(self._follow_choice)
        column.addWidget(self.parts)
        self._summary = words("", "note", "ink2")
        self._cards = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_8)
        column.addWidget(self._said())
        column.addLayout(self._cards)
        column.addStretch()
        self.put_body(body)
        self.put_foot(self._foot())
        sheets.packed.connect(self.follow)
        sheets.ended.connect(self.end)

    def offer(self, listed: Sequence[Listed], parts: Sequence[Part] = ()) -> None:
        """Offer the sheets and parts that can be made; who has chosen among them goes on to have chosen."""
        left_out = {name for name, row in self.rows.items() if not row.is_wanted}
        clear(self._lines)
        self.rows = {}
        for each in listed:
            if each.is_ready:
                row = PackRow(each.kind, self._look, self._lang, is_wanted=each.kind.id not in left_out)
                row.box.toggled.connect(self._follow_choice)
                self.rows[each.kind.id] = row
                self._lines.addWidget(row)
        if not self.rows:
            self._lines.addWidget(words(NO_SHEETS.to(self._lang), "note", "ink3", wrap=True))
        self.parts.offer(parts)

    def make(self) -> None:
        """Write the sheets and parts that are chosen."""
        kinds = [BY_ID[name] for name, row in self.rows.items() if row.is_wanted and self.chosen_formats]
        self._clock.start()
        self._show_cards(())
        one_file = self.one_file.isChecked() and self.formats["pdf"].isChecked()
        self._sheets.export_pack(kinds, self.chosen_formats, self.parts.chosen(one_file=one_file))
        self._set_busy(True)

    @property
    def chosen_formats(self) -> tuple[Format, ...]:
        """What the sheets are to become."""
        return tuple(each for each, box in self.formats.items() if box.isChecked())

    def follow(self, pack: Pack) -> None:
        """Show how far each sheet and part is."""
        rows = {**self.rows, **self.parts.rows}
        for line in pack.lines:
            if line.kind.id in rows:
                rows[line.kind.id].follow(line)
        pages = say(PAGES.it, PAGES.en, n=number(pack.settled), t=number(pack.total))
        self._count.setText(pages.to(self._lang))
        self._bar.setRange(0, max(1, pack.total))
        self._bar.setValue(pack.settled)
        self._left.setText(self._time_left(pack))
        self._open.hide()
        self._top.show()

    def end(self, problems: Sequence[Problem]) -> None:
        """Show what was said of the pack, the gravest first."""
        self._set_busy(False)
        for row in (*self.rows.values(), *self.parts.rows.values()):
            row.end()
        self._left.setText("")
        self._open.show()
        self._show_cards(sorted(problems, key=lambda each: list(Severity).index(each.severity)))

    def open_folder(self) -> None:
        """Show the folder of the pack in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._sheets.folder))

    def _time_left(self, pack: Pack) -> str:
        """Return the time that is left, once the pack takes long enough for one to ask."""
        drawn = sum(line.drawn for line in pack.lines)
        if not drawn or self._clock.elapsed() < _LONG_MS:
            return ""
        seconds = self._clock.elapsed() / drawn * (pack.total - pack.settled) / _MS
        return say(LEFT.it, LEFT.en, s=number(seconds)).to(self._lang)

    def _show_cards(self, problems: Sequence[Problem]) -> None:
        clear(self._cards)
        self._summary.setText(counted(problems, self._lang))
        self._heading.setVisible(bool(problems))
        for problem in problems:
            self._cards.addWidget(card(problem, self._look, self._lang))

    def _set_busy(self, busy: bool) -> None:
        self.make_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        for box in (*self.formats.values(), self.one_file, *(row.box for row in self.rows.values())):
            box.setEnabled(not busy)
        self.parts.set_busy(busy)

    def _follow_choice(self) -> None:
        some = any(row.is_wanted for row in self.rows.values()) and bool(self.chosen_formats)
        self.make_button.setEnabled(some or self.parts.chosen(one_file=False).is_more)

    def _said(self) -> QWidget:
        self._heading = QWidget()
        row = inset(QHBoxLayout(self._heading), 0, 0, 0, 0)
        row.addWidget(words(SAID.to(self._lang), "strong"))
        row.addStretch()
        row.addWidget(self._summary)
        self._heading.hide()
        return self._heading

    def _progress(self) -> QVBoxLayout:
        self._top = QWidget()
        column = inset(QVBoxLayout(self._top), 0, 0, 0, 0, GAP_8)
        self._count, self._left, self._bar = words("", "label"), words("", "note", "ink2"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(TITLE.to(self._lang))
        row = inset(QHBoxLayout(), 0, 0, 0, 0)
        row.addWidget(self._count, 1)
        row.addWidget(self._left)
        self._open = PushButton(self._look, FOLDER.to(self._lang), "link")
        self._open.clicked.connect(self.open_folder)
        row.addWidget(self._open)
        column.addLayout(row)
        column.addWidget(self._bar)
        self._top.hide()
        outer = inset(QVBoxLayout(), 0, 0, 0, 0)
        outer.addWidget(self._top)
        return outer

    def _formats(self) -> QVBoxLayout:
        grid = QGridLayout()
        inset(grid, 0, 0, 0, 0, GAP_4)
        self.formats: dict[Format, QCheckBox] = {}
        for place, (form, title) in enumerate(_TITLES.items()):
            box = QCheckBox(title)
            box.setFont(font("body"))
            box.setChecked(form in _FIRST)
            box.toggled.connect(self._follow_choice)
            self.formats[form] = box
            grid.addWidget(box, place // 3, place % 3)
        self.one_file = QCheckBox(ONE_FILE.to(self._lang))
        self.one_file.setFont(font("body"))
        column = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        column.addLayout(grid)
        column.addWidget(self.one_file)
        return column

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.make_button = PushButton(self._look, MAKE.to(self._lang), "primary", "archive", "on_accent")
        self.make_button.clicked.connect(self.make)
        self.cancel_button = PushButton(self._look, CANCEL.to(self._lang), "secondary", "stop-circle")
        self.cancel_button.clicked.connect(self._sheets.cancel)
        self.cancel_button.hide()
        self.folder_button = IconButton(self._look, "folder-open", FOLDER.to(self._lang), size=ICON_MAP)
        self.folder_button.clicked.connect(self.open_folder)
        for button in (self.make_button, self.cancel_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.folder_button)
        return row
