"""The panel under the map: headline figures, one table at a time, the sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from layers.text import Lang, Text, same, say
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.look import Look
from ui.panels.asked_cell import asked_at
from ui.panels.bar_chart import BarChart, Bars, bars_of
from ui.panels.cell_questions import CellQuestions
from ui.panels.headline import Headline, title_of
from ui.panels.no_results import instead_of_results
from ui.panels.old_notice import OldNotice
from ui.panels.result_view import ResultView
from ui.panels.shown_table import choices, shown
from ui.panels.table_foot import TableFoot
from ui.parts import Elided, IconButton, inset, rule, words
from ui.segments import Segments
from ui.tokens import CHART_FROM_W, CHART_W, GAP_8, GAP_12, INSET, PANEL_HEAD_H

NAME = Text("Risultati", "Results")
TRIED = Text("{t} · prova", "{t} · tried")
SHOWN = Text("Scenario: {s}", "Scenario: {s}")
EXPORT = Text("Esporta la tavola (Ctrl+E)", "Export the sheet (Ctrl+E)")
_TITLE_LEAST_W = 110
HIDE_IT, SHOW_IT = Text("Nascondi colonna {c}", "Hide column {c}"), Text("Mostra colonna {c}", "Show column {c}")
SHOW_ALL = Text("Mostra tutte le colonne", "Show all columns")
COPY = Text("Copia la tabella (Ctrl+C)", "Copy the table (Ctrl+C)")
_OLD_OPACITY = 0.45
_CHART_SHARE = 0.4


class ResultsPanel(QWidget):
    """Follows the session's results and the table that is looked at.

    ``asked`` carries the number somebody wants to know the origin of, None where there is none.
    """

    asked = Signal(object)

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setProperty("box", "surface")
        self.setAccessibleName(NAME.to(lang))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._desk, self._lang = session, desk, lang
        self._ids: list[str] = []
        self._bars = Bars()
        self._title = Elided(session.analysis.title.to(lang), "panel")
        self._title.setMinimumWidth(_TITLE_LEAST_W)
        self._titles: list[Text] = []
        self.segments = Segments(self._choose, lang)
        self.export_button = IconButton(look, "download-simple", EXPORT.to(lang))
        self.export_button.clicked.connect(desk.export)
        self.table = ResultView(session, look, lang)
        self.table.horizontalHeader().customContextMenuRequested.connect(self._offer_columns)
        self.foot = TableFoot(self.table, desk, look, lang)
        self._questions = CellQuestions(self.table, lang)
        self._questions.asked.connect(self._ask)
        self.chart = BarChart(session, look)
        self.chart.asked.connect(self._ask)
        self._copy = IconButton(look, "copy", COPY.to(lang))
        self._copy.clicked.connect(self.table.copy)
        self._body = QStackedWidget()
        self._body.addWidget(self._empty())
        self.headline = Headline(session, look, lang)
        self.headline.asked.connect(self.asked)
        self._content = self._filled(self.headline)
        self._body.addWidget(self._content)
        column = inset(QVBoxLayout(self), 0, 0, 0, 0)
        column.addWidget(self._head())
        self.old_notice = OldNotice(session, desk, look, lang)
        column.addWidget(self.old_notice)
        column.addWidget(self._body, 1)
        session.results_changed.connect(self._follow)
        session.tried_changed.connect(self._follow)
        for told in (session.analysis_changed, session.problems_changed, desk.jobs.started, desk.jobs.ended):
            told.connect(self._say_missing)
        session.table_changed.connect(self._show)
        self._follow()

    def choose(self, table_id: str) -> None:
        """Show the table called ``table_id``."""
        self._choose(self._ids.index(table_id))

    def explain(self) -> None:
        """Ask where the number comes from that the keyboard is on, in the chart or in the table."""
        if self.chart.hasFocus():
            self.chart.ask()
        else:
            self._questions.ask()

    def _ask(self, row: int, column: int) -> None:
        table = self.table.model_of_table.table
        self.asked.emit(asked_at(self._session.looked_at, self._table_id, table, row, column))

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(PANEL_HEAD_H)
        row = inset(QHBoxLayout(head), INSET, 0, GAP_12, 0, GAP_8)
        row.addWidget(self._title, 1)
        for widget in (self.segments, self._copy, self.export_button):
            row.addWidget(widget)
        return head

    def _empty(self) -> QWidget:
        page = QWidget()
        column = inset(QVBoxLayout(page), INSET, GAP_8, INSET, INSET)
        self._missing = words("", "body", "ink3", wrap=True)
        column.addWidget(self._missing)
        column.addStretch()
        return page

    def _say_missing(self, _: object = None) -> None:
        """Say in the place of results why there are none."""
        self._missing.setText(instead_of_results(self._session, self._desk, self._lang))

    def _filled(self, headline: Headline) -> QWidget:
        page = QWidget()
        column = inset(QVBoxLayout(page), 0, 0, 0, 0)
        column.addWidget(headline)
        column.addWidget(rule())
        row = inset(QHBoxLayout(), 0, 0, 0, 0)
        left = inset(QVBoxLayout(), 0, 0, 0, 0)
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addWidget(self.foot)
        row.addLayout(left, 1)
        self._rule = rule(vertical=True)
        row.addWidget(self._rule)
        row.addWidget(self.chart)
        column.addLayout(row, 1)
        return page

    def _follow(self) -> None:
        results, is_old = self._session.shown, self._session.old_shown is not None
        title = title_of(results, self._session, self._lang)
        self._title.say(self._as_looked_at(title).to(self._lang))
        offered = choices(results)
        self._ids = [table_id for table_id, _ in offered]
        self._titles = [title for _, title in offered]
        self.segments.offer([title.to(self._lang) for title in self._titles], self._place)
        self._say_missing()
        self._body.setCurrentIndex(1 if results else 0)
        self.export_button.setEnabled(results is not None and not self._session.tried and not is_old)
        self._copy.setEnabled(results is not None and not is_old)
        self._fade(is_old)
        self._show()

    def _fade(self, is_old: bool) -> None:
        """Show what no longer counts pale, and let nothing be taken from it."""
        self._body.setContentsMargins(0, GAP_8 if is_old else 0, 0, 0)
        self._content.setEnabled(not is_old)
        self._content.setGraphicsEffect(_paleness(self._content) if is_old else None)  # type: ignore[arg-type]

    def _as_looked_at(self, title: str) -> Text:
        """Return the title, with what is looked at in the place of the results: a try, or a scenario."""
        tried = self._session.tried
        if tried is None:
            return same(title)
        shown = say(SHOWN.it, SHOWN.en, s=tried.shown_as) if tried.shown_as else same(title)
        return say(TRIED.it, TRIED.en, t=shown) if tried.before or not tried.shown_as else shown

    @property
    def _place(self) -> int:
        """The place of the table that is looked at; the first until one is chosen."""
        table_id = self._session.table_id
        return self._ids.index(table_id) if table_id in self._ids else 0

    def _choose(self, place: int) -> None:
        self._session.show_table(self._ids[place], self._titles[place])

    def column_menu(self, place: int) -> QMenu:
        """Return the menu of the head at ``place``: hide its column, show or hide any, show all."""
        heads = self.table.model_of_table.table.heads
        hidden = self._session.hidden_columns(self._table_id)
        menu = QMenu(self)
        if 0 < place < len(heads):
            label = say(HIDE_IT.it, HIDE_IT.en, c=heads[place].label)
            act = self._hiding(label, (*hidden, heads[place].id))
            menu.addAction(label.to(self._lang)).triggered.connect(act)
            menu.addSeparator()
        for head in heads[1:]:
            is_hidden = head.id in hidden
            others = tuple(each for each in hidden if each != head.id)
            label = say(*((SHOW_IT.it, SHOW_IT.en) if is_hidden else (HIDE_IT.it, HIDE_IT.en)), c=head.label)
            action = menu.addAction(f"{head.label} {head.unit}".rstrip())
            action.setCheckable(True)
            action.setChecked(not is_hidden)
            action.triggered.connect(self._hiding(label, others if is_hidden else (*hidden, head.id)))
        menu.addSeparator()
        every = menu.addAction(SHOW_ALL.to(self._lang))
        every.setEnabled(bool(hidden))
        every.triggered.connect(self._hiding(SHOW_ALL, ()))
        return menu

    def _hiding(self, title: Text, ids: tuple[str, ...]) -> Callable[[], None]:
        return lambda: self._session.hide_columns(self._table_id, ids, title)

    def _offer_columns(self, at: QPoint) -> None:
        header = self.table.horizontalHeader()
        self.column_menu(header.logicalIndexAt(at)).popup(header.mapToGlobal(at))

    @property
    def _table_id(self) -> str:
        return self._ids[self._place] if self._ids else ""

    def _show(self) -> None:
        table_id = self._table_id
        if self._ids:
            self.segments.choose(self._place)
        table = shown(self._session.shown, table_id, self._lang)
        self._bars = bars_of(table)
        self.chart.show_bars(self._bars)
        if table != self.table.model_of_table.table:
            self.table.model_of_table.show(table)
            self.foot.clear()
        self.table.hide_columns(self._session.hidden_columns(table_id))
        self._arrange()
        self.table.setAccessibleName(self._titles[self._place].to(self._lang) if self._titles else "")
        self.foot.show_table(table_id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Show the chart where the table leaves it room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        has_room = self.width() >= CHART_FROM_W and bool(self._bars.bars)
        if has_room:
            left = self.width() - self.table.wanted_width
            self.chart.setFixedWidth(max(CHART_W, min(left, round(_CHART_SHARE * self.width()))))
        self.chart.setVisible(has_room)
        self._rule.setVisible(has_room)
        buttons = self._copy.sizeHint().width() + self.export_button.sizeHint().width() + GAP_12 + INSET
        self.segments.fit(self.width() - buttons - _TITLE_LEAST_W - 4 * GAP_8)


def _paleness(widget: QWidget) -> QGraphicsOpacityEffect:
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(_OLD_OPACITY)
    return effect
