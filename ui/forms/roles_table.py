"""The table of a folder's datasets: what each holds, its role, what becomes of it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from layers.text import Lang, Text, say
from puc_tool.intake import crs_question
from puc_tool.intake.folder_acceptance import choices, content, reason
from puc_tool.intake.outcomes import Outcome, State
from ui.choice import Choice
from ui.look import Look, font
from ui.parts import badge, inset
from ui.tokens import GAP_8, HEAD_H

HEADS = (
    Text("File", "File"), Text("Contenuto", "Content"), Text("Ruolo nello studio", "Role in the study"),
    Text("Esito", "Outcome"), Text("Perché", "Why"),
)  # fmt: skip
NAME = Text("Dati della cartella", "The folder's data")
LEFT_OUT = Text("Lasciato fuori", "Left out")
SURE = Text("Sicuro", "Sure"), "ok"
WAITING = Text("Riconosciuto", "Recognised"), "ok"
CHOOSE = Text("Da scegliere", "To choose"), "warning"
WHERE = Text("Dove cade?", "Where is it?"), "warning"
JOINABLE = Text("Si può unire", "Can be joined"), "warning"
IGNORED = Text("Lasciato fuori", "Left out"), "quiet"
_FILE, _CONTENT, _ROLE, _STATE, _WHY = range(5)
_WIDTHS = ((_CONTENT, 112), (_ROLE, 200), (_STATE, 122))
_FILE_SHARE, _FILE_LEAST_W = 0.24, 190
_ROW_H = 34
_Index = QModelIndex | QPersistentModelIndex
_RANK = (SURE, WAITING, CHOOSE, WHERE, IGNORED)


def standing(outcome: Outcome) -> tuple[Text, str]:
    """Return what a dataset's row says of it, and the colour of its badge."""
    if outcome.state is State.ADDED:
        return SURE
    if outcome.state is State.KNOWN:
        return WAITING
    if choices(outcome):
        return CHOOSE
    return WHERE if crs_question.is_open(outcome) and _may_serve(outcome) else IGNORED


def by_standing(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return what was recognised first, then what waits for an answer, then the rest."""
    return tuple(sorted(outcomes, key=lambda each: _RANK.index(standing(each))))


def _may_serve(outcome: Outcome) -> bool:
    return outcome.found is None or bool(outcome.found.roles)


class _Names(QStyledItemDelegate):
    """Cuts a name that is too long in its middle: its end tells the table of a file, or its format."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 (Qt's name)
        """Say where words are cut."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class RolesTable(QTableWidget):
    """A row for each outcome. ``picked`` tells the row whose role was changed."""

    picked = Signal(int)

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__(0, len(HEADS))
        self._look, self._lang = look, lang
        self.boxes: dict[int, Choice] = {}
        self.joinable: frozenset[int] = frozenset()
        self.setAccessibleName(NAME.to(lang))
        for column, head in enumerate(HEADS):
            self.setHorizontalHeaderItem(column, _head(head.to(lang)))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegateForColumn(_FILE, _Names(self))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_H)
        heads = self.horizontalHeader()
        heads.setFixedHeight(HEAD_H)
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS:
            self.setColumnWidth(column, width)
        heads.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the names their share of the room: files of one delivery often differ at their ends."""
        super().resizeEvent(event)
        self.setColumnWidth(_FILE, max(_FILE_LEAST_W, round(_FILE_SHARE * event.size().width())))

    def show_all(self, outcomes: Sequence[Outcome]) -> None:
        """Show these instead of those before."""
        self.boxes = {}
        self.setRowCount(0)
        self.setRowCount(len(outcomes))
        for row, outcome in enumerate(outcomes):
            self.show_row(row, outcome)

    def show_row(self, row: int, outcome: Outcome) -> None:
        """Show one, in the place of what was there or at the end."""
        if row >= self.rowCount():
            self.setRowCount(row + 1)
        is_added, offered = outcome.state is State.ADDED, choices(outcome)
        said, colour = JOINABLE if row in self.joinable else standing(outcome)
        cells = (
            outcome.name,
            *(each.to(self._lang) for each in (content(outcome), _role(outcome), said)),
            _begun(reason(outcome).to(self._lang)),
        )
        items = []
        for column, text in enumerate(cells):
            kind = "strong" if column == _FILE and colour == "ok" else "body"
            items.append(_item(text, kind, self._look, is_quiet=colour == "quiet"))
            self.setItem(row, column, items[-1])
        items[_STATE].setText("")
        items[_STATE].setData(Qt.ItemDataRole.AccessibleTextRole, cells[_STATE])
        self._put_badge(row, said.to(self._lang), colour)
        self._put_roles(row, outcome)
        if is_added:
            items[_FILE].setFlags(items[_FILE].flags() | Qt.ItemFlag.ItemIsUserCheckable)
            items[_FILE].setCheckState(Qt.CheckState.Checked)
        elif not offered:
            self.boxes.pop(row, None)

    def is_unticked(self, row: int) -> bool:
        """Tell whether what was added is not wanted."""
        item = self.item(row, _FILE)
        return (
            item is not None
            and item.data(Qt.ItemDataRole.CheckStateRole) is not None
            and (item.checkState() == Qt.CheckState.Unchecked)
        )

    def _put_badge(self, row: int, said: str, colour: str) -> None:
        held = _held(badge(said, colour))
        held.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCellWidget(row, _STATE, held)

    def _put_roles(self, row: int, outcome: Outcome) -> None:
        """Offer the roles that a doubtful dataset may play; whoever gave it a CRS sees the likeliest chosen."""
        self.removeCellWidget(row, _ROLE)
        offered = choices(outcome)
        if not offered:
            return
        box = Choice(self._look, f"{HEADS[_ROLE].to(self._lang)}, {outcome.name}")
        for title in (LEFT_OUT, *(each.role.title for each in offered)):
            box.addItem(title.to(self._lang))
        if outcome.found is not None and outcome.found.given is not None:
            box.setCurrentIndex(1)
        box.activated.connect(lambda _: self.picked.emit(row))
        self.boxes[row] = box
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCellWidget(row, _ROLE, _held(box, stretch=1))


def _begun(sentence: str) -> str:
    """Return a sentence with the large letter that a cell of its own begins with."""
    return sentence[:1].upper() + sentence[1:]


def _held(widget: QWidget, stretch: int = 0) -> QWidget:
    """Return ``widget`` in the middle of its cell."""
    held = QWidget()
    line = inset(QHBoxLayout(held), 0, 0, GAP_8, 0)
    line.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
    if not stretch:
        line.addStretch()
    return held


def _head(said: str) -> QTableWidgetItem:
    item = QTableWidgetItem(said)
    item.setFont(font("head"))
    return item


def _role(outcome: Outcome) -> Text:
    if outcome.state not in (State.ADDED, State.KNOWN) or outcome.proposal is None:
        return LEFT_OUT
    role, year = outcome.proposal.role.title, outcome.proposal.year
    return say("{r} {y}", "{r} {y}", r=role, y=year.year) if year else role


def _item(said: str, kind: str, look: Look, *, is_quiet: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(said)
    item.setToolTip(said)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setFont(font(kind))
    if is_quiet:
        item.setForeground(look.colour("ink3"))
    return item
