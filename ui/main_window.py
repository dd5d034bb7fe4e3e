"""The window on an open study: layers left, map and results in the middle, the analysis right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from analyses.analysis import Analysis
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import NOTHING, Lang, Text, say
from puc_tool.keeper import Keeper
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.session import Session
from ui import glossary_tips
from ui.actions import enable, fill
from ui.desk import Desk
from ui.errors import tell
from ui.keeping import Keeping
from ui.look import Look
from ui.map.furniture import Furniture
from ui.map.renderer import CanvasRenderer
from ui.map.scene import Scene
from ui.map.tool_bar import ToolBar
from ui.map.view import MapView
from ui.map_work import MapWork
from ui.panels.attributes import AttributesPanel
from ui.panels.layers import LayersPanel
from ui.panels.notice import Notice
from ui.panels.results import ResultsPanel
from ui.panels.saved_at import SavedAt
from ui.panels.status import StatusLine
from ui.parts import inset, rule
from ui.result_units import ResultUnits
from ui.right_side import Neighbours, RightSide
from ui.sheets.workspace import SheetsWorkspace
from ui.side.workbench import Parts, Workbench
from ui.tokens import (
    EMPTY_H,
    FIRST,
    MENU_H,
    SMALLEST,
    STATUS_H,
    TOP_H,
    left_width,
    right_width,
)
from ui.toolbox import Toolbox
from ui.top_bar import TopBar

UNDONE, REDONE = Text("Annullato: {s}", "Undone: {s}"), Text("Ripetuto: {s}", "Redone: {s}")
CHOOSE = Text("Apri uno studio", "Open a study")
_RESULTS_SHARE = 0.4


class MainWindow(QMainWindow):
    """Views of one session. ``start_wanted`` and ``study_wanted`` ask the application for another window.

    ``again_wanted`` asks for the same study anew, with a lock that was taken over or none. Without a keeper nothing
    is saved.
    """

    start_wanted = Signal()
    study_wanted = Signal(str)
    again_wanted = Signal(object)

    def __init__(self, session: Session, look: Look, lang: Lang, keeper: Keeper | None = None) -> None:
        super().__init__()
        self.session, self._look, self._lang = session, look, lang
        self.keeping = Keeping(keeper, self) if keeper else None
        self.desk = Desk(session, lang, self)
        self.map_view = MapView(session, look, lang, CanvasRenderer())
        self.result_units = ResultUnits(session, self.desk, self.map_view)
        self.furniture = Furniture(self.map_view, session, look, lang)
        self.layers = LayersPanel(session, look, lang)
        self.toolbox = Toolbox(session, self.desk, self.map_view, lang)
        self.results = ResultsPanel(session, self.desk, look, lang)
        self.status = StatusLine(session, self.desk, look, lang)
        self.top = TopBar(session, look, lang)
        maps = _splitter(Qt.Orientation.Horizontal, self.map_view)
        self.work = MapWork(session, self.desk, self.map_view, maps, look, lang)
        self.attributes = AttributesPanel(session, self.desk, self.map_view, look, lang)
        self.below = QStackedWidget()
        for panel in (self.results, self.attributes):
            self.below.addWidget(panel)
        self._middle = _splitter(Qt.Orientation.Vertical, maps, self.below)
        self.workbench = Workbench(session, self.desk, Parts(self.layers, self.map_view), look, lang)
        beside = Neighbours(self.map_view, self.results, self.toolbox, self.work.side, self.workbench, self.below)
        self.right = RightSide(session, self.desk, beside, look, lang)
        self.furniture.hold(self.right.badge)
        self._across = _splitter(Qt.Orientation.Horizontal, self.layers, self._middle, *self.right.panels)
        self.sheets = SheetsWorkspace(session, self.desk, look, lang)
        self.pages = QStackedWidget()
        for page in (self._across, self.sheets):
            self.pages.addWidget(page)
        self.setCentralWidget(self._page())
        self._connect()
        self.actions_by_id = self._menus()
        self.tool_bar = ToolBar(self.map_view, self.actions_by_id, look)
        self.setWindowTitle(f"{session.study.title} · PUC Tool")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self.arrange(analysis=True)
        self.reset_layout()
        self.map_view.setFocus()
        self._follow_session()

    def _connect(self) -> None:
        """Join what the desk, the map and the panels say to who listens."""
        self.desk.jobs.crashed.connect(self._tell)
        self.desk.opened.connect(self._show_scene)
        self.desk.mapped.connect(self._show_results)
        self.right.pictured.connect(self.layers.show_results)
        self.desk.glimpsed.connect(self.map_view.glimpse)
        self.layers.tree.removal_wanted.connect(self._remove)
        self.layers.attributes_wanted.connect(self.open_attributes)
        self.attributes.closed.connect(self.leave_attributes)
        self.status.metres_wanted.connect(self._zoom_to)
        self.workbench.desk.reread.connect(self._show_scene)
        self.map_view.looked.connect(self.status.look)
        self.map_view.pointed.connect(self.status.point)
        self.map_view.failed.connect(self._tell)
        self.top.arranged.connect(lambda analysis: self.arrange(analysis=analysis))
        self.top.sheets_wanted.connect(self.show_sheets)
        self.sheets.preview.analysis_wanted.connect(self.choose)
        self.top.theme_wanted.connect(self.switch_theme)
        self.top.undo_wanted.connect(self.undo)
        self.top.redo_wanted.connect(self.redo)

    def _menus(self) -> dict[str, QAction]:
        """Fill the menu bar; at its end stands when the study was saved."""
        self.menuBar().setFixedHeight(MENU_H)
        if self.keeping:
            self.saved_at = SavedAt(self.keeping, self._look, self._lang)
            self.menuBar().setCornerWidget(self.saved_at)
        return fill(self.menuBar(), self, self._lang)

    def _follow_session(self) -> None:
        """Follow what the session and the desk do, from now on."""
        self.session.results_changed.connect(self.reset_layout)
        self.session.results_changed.connect(self._follow)
        self.session.problems_changed.connect(self._follow)
        self.session.keeping_changed.connect(self._follow)
        self.session.history.changed.connect(self._follow_any)
        self.layers.tree.chosen_changed.connect(self._follow)
        self.desk.jobs.started.connect(self._follow_any)
        self.desk.jobs.ended.connect(self._follow_any)
        self._follow()

    def start(self) -> None:
        """Read the study."""
        self.desk.open()

    def arrange(self, *, analysis: bool) -> None:
        """Show the analysis and its results, or give the map all the room."""
        self.pages.setCurrentWidget(self._across)
        self.right.leave()
        self.leave_attributes()
        self.below.setVisible(analysis)
        self.right.back()
        self.top.mark(analysis=analysis)

    def show_sheets(self) -> None:
        """Show the sheets and the pack in the place of the map."""
        self.pages.setCurrentWidget(self.sheets)
        self.top.mark_sheets()
        self.sheets.enter()

    def reset_layout(self) -> None:
        """Give every panel the room it has at first."""
        left, right = left_width(self.width()), right_width(self.width())
        self.layers.setMinimumWidth(left)
        for panel in self.right.panels[:-1]:
            panel.setMinimumWidth(right)
        self._across.setSizes([left, self.width() - left - right, *[right] * len(self.right.panels)])
        height = self.height() - MENU_H - TOP_H - STATUS_H
        below = round(height * _RESULTS_SHARE) if self.session.shown is not None or self.is_at_attributes else EMPTY_H
        self._middle.setSizes([height - below, below])

    def open_attributes(self) -> None:
        """Show the attributes of the chosen layer in the place of the results."""
        row = self.layers.tree.chosen
        if row is not None and self.attributes.show_layer(row):
            self.pages.setCurrentWidget(self._across)
            self.below.setCurrentWidget(self.attributes)
            self.below.show()
            self.reset_layout()
            self.attributes.view.setFocus()

    def leave_attributes(self) -> None:
        """Show the results in their place again."""
        if self.is_at_attributes:
            self.attributes.leave()
            self.below.setCurrentWidget(self.results)
            self.reset_layout()

    @property
    def is_at_attributes(self) -> bool:
        """Tell whether the attributes of a layer are what is seen under the map."""
        return self.below.currentWidget() is self.attributes

    def switch_theme(self) -> None:
        """Put on the other theme."""
        self._look.set_dark(not self._look.is_dark)

    def escape(self) -> None:
        """Stop what runs; if nothing does, put the tool down, and then take the selection away."""
        if self.desk.jobs.running:
            self.desk.cancel()
        elif not self.right.escape():
            self._leave_map()

    def _leave_map(self) -> None:
        """End the comparison, or leave the attributes of a layer; if there is neither, take the selection away."""
        if self.work.comparison.is_on:
            self.work.comparison.end()
        elif self.is_at_attributes:
            self.leave_attributes()
        else:
            self.session.select(None)

    def undo(self) -> None:
        """Take the last step back."""
        if self.next_undo:
            self._say(UNDONE, self.next_undo)
            self.session.history.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.next_redo:
            self._say(REDONE, self.next_redo)
            self.session.history.redo()

    @property
    def next_undo(self) -> Text:
        """What would be taken back; nothing if nothing can be now."""
        return self.session.history.next_undo if self._can_change else NOTHING

    @property
    def next_redo(self) -> Text:
        """What would be done again; nothing if nothing can be now."""
        return self.session.history.next_redo if self._can_change else NOTHING

    @property
    def _can_change(self) -> bool:
        """Tell whether steps may be taken back: not while results are made of what they would change."""
        return self.desk.can_choose and not self.session.is_read_only

    def search(self) -> None:
        """Go to the field that searches the table."""
        self.arrange(analysis=True)
        self.results.foot.search.setFocus()

    def type_scale(self) -> None:
        """Go to the field of the scale."""
        self.status.scale.setFocus()
        self.status.scale.selectAll()

    def take_over(self) -> None:
        """Have the study from now on; one that is no longer what is shown is opened anew."""
        if self.keeping and not self.keeping.keeper.take_over():
            self.again_wanted.emit(self.keeping.keeper.lock)

    def open_again(self) -> None:
        """Ask for the same study anew."""
        self.again_wanted.emit(None)

    def fit(self) -> None:
        """Look at the whole commune."""
        self.map_view.fit()

    def run(self) -> None:
        """Run the analysis, of the study's files as the window has them."""
        if self.keeping:
            self.keeping.save()
        self.desk.run()

    def choose(self, analysis: Analysis) -> None:
        """Take another analysis in hand and show it."""
        self.arrange(analysis=True)
        self.session.choose(analysis)

    def cancel(self) -> None:
        """Stop what is being done."""
        self.desk.cancel()

    def explain(self) -> None:
        """Ask where the number under the keyboard comes from."""
        self.results.explain()

    def try_out(self) -> None:
        """Try the parameters by sliders."""
        self.arrange(analysis=True)
        self.right.trying.open()

    def compare(self) -> None:
        """Show the scenarios of the districts."""
        self.choose(TRANSFORMATION_DISTRICTS)
        self.right.compare()

    @property
    def can_try(self) -> bool:
        """Tell whether the parameters can be tried."""
        return self.right.trying.can_open

    @property
    def can_compare(self) -> bool:
        """Tell whether there are districts to make scenarios of."""
        return self.desk.can_choose and self.right.scenario_work.can_open

    def export(self) -> None:
        """Draw the sheets, of the study's files as the window has them."""
        if self.keeping:
            self.keeping.save()
        self.desk.export()

    @property
    def can_run(self) -> bool:
        """Tell whether Run has a sense now."""
        return self.desk.can_run

    @property
    def can_read(self) -> bool:
        """Tell whether there are layers to be read still."""
        return self.desk.can_read

    @property
    def can_choose(self) -> bool:
        """Tell whether another analysis may be taken in hand."""
        return self.desk.can_choose

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being done."""
        return bool(self.desk.jobs.running)

    @property
    def is_at_map(self) -> bool:
        """Tell whether the map is what is looked at."""
        return self.pages.currentWidget() is self._across

    @property
    def has_results(self) -> bool:
        """Tell whether there are results to export."""
        return self.session.results is not None

    def go_to_start(self) -> None:
        """Ask for the start page."""
        self.start_wanted.emit()

    def open_other(self) -> None:
        """Choose another study's folder."""
        folder = QFileDialog.getExistingDirectory(self, CHOOSE.to(self._lang), str(self.session.study.folder.parent))
        if folder:
            self.study_wanted.emit(folder)

    def event(self, event: QEvent) -> bool:
        """Explain a term where nobody below had a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = event.globalPos()
            told = glossary_tips.explained(glossary_tips.words_at(QApplication.widgetAt(at), at), self._lang)
            QToolTip.showText(at, told, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the side panels at the width that the window's size asks for."""
        super().resizeEvent(event)
        if right_width(event.size().width()) != right_width(event.oldSize().width()):
            self.reset_layout()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Save and end both threads; closing never asks."""
        if self.keeping:
            self.keeping.close()
        self.hide()
        self.desk.jobs.stop()
        self.work.comparison.end()
        self.map_view.stop()
        super().closeEvent(event)

    def _page(self) -> QWidget:
        page = QWidget()
        column = inset(QVBoxLayout(page), 0, 0, 0, 0)
        column.addWidget(self.top)
        column.addWidget(rule())
        if self.keeping:
            self.notice = Notice(self.keeping, self.take_over, self.open_again, self._look, self._lang)
            column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        column.addWidget(rule())
        column.addWidget(self.status)
        return page

    def _show_scene(self, scene: Scene) -> None:
        self.layers.show_scene(scene)
        self.map_view.show_scene(scene)

    def _zoom_to(self, metres: float) -> None:
        if self.map_view.view is not None:
            self.map_view.look_at(replace(self.map_view.view, metres=metres))

    def _show_results(self, pictures: tuple[ResultPicture, ...]) -> None:
        self.layers.show_results(pictures)
        self.right.show_results(pictures)

    def _follow(self) -> None:
        enable(self.actions_by_id, self, self._lang)
        self.top.follow(self.actions_by_id)

    def _follow_any(self, _: object) -> None:
        """Follow what tells more than is asked here: the places of a change, the name of a job."""
        self._follow()

    def _remove(self, row: int) -> None:
        if self._can_change:
            self.session.remove(row)

    def _say(self, done: Text, step: Text) -> None:
        self.status.say(say(done.it, done.en, s=step))

    def _tell(self, error: BaseException) -> None:
        tell(error, self._lang, self)


def _splitter(direction: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    """Return a splitter of one pixel; what is in the middle, or first from the top, takes the room that is left."""
    splitter = QSplitter(direction)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    grows = 0 if direction is Qt.Orientation.Vertical else 1
    for place, widget in enumerate(widgets):
        splitter.addWidget(widget)
        splitter.setStretchFactor(place, int(place == grows))
    return splitter
