"""The window on an open study: layers left, map and results in the middle, the analysis right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QCloseEvent, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from layers.text import Lang, Text, same
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.keeper import Keeper
from puc_tool.working.session import Session
from ui import glossary_tips, reading_order
from ui.actions import enable, fill
from ui.commanded import Window
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
from ui.panels.results import NAME as RESULTS
from ui.panels.results import ResultsPanel
from ui.panels.saved_at import SavedAt
from ui.panels.status import StatusLine
from ui.panes import Pane, Panes
from ui.parts import inset, rule
from ui.result_units import ResultUnits
from ui.right_side import Neighbours, RightSide
from ui.row_ground import RowGround
from ui.scenarios.curtain import ScenarioCurtain
from ui.search.entries import entries
from ui.search.finder import Finder
from ui.sheets.workspace import SheetsWorkspace
from ui.side.workbench import Parts, Workbench
from ui.tokens import FIRST, MENU_H, SMALLEST, right_width
from ui.toolbox import Toolbox
from ui.top_bar import TopBar
from ui.workspaces import Rooms, Workspaces, splitter

TOP, MAP = Text("Barra in alto", "Top bar"), Text("Mappa", "Map")
STATUS = Text("Barra di stato", "Status bar")


class MainWindow(Window):
    """Views of one session. Without a keeper nothing is saved."""

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
        self.row_ground = RowGround(session, self.desk, self.map_view, self.results.table)
        self.row_ground.shown.connect(self.furniture.arrange)
        self.status = StatusLine(session, self.desk, look, lang)
        self.top = TopBar(session, look, lang)
        maps = splitter(Qt.Orientation.Horizontal, self.map_view)
        self.work = MapWork(session, self.desk, self.map_view, maps, look, lang)
        self.attributes = AttributesPanel(session, self.desk, self.map_view, look, lang)
        self.below = QStackedWidget()
        for panel in (self.results, self.attributes):
            self.below.addWidget(panel)
        self.workbench = Workbench(session, self.desk, Parts(self.layers, self.map_view), look, lang)
        beside = Neighbours(self.map_view, self.results, self.toolbox, self.work.side, self.workbench, self.below)
        self.right = RightSide(session, self.desk, beside, look, lang)
        self.furniture.hold(self.right.badge)
        self.scenario_curtain = ScenarioCurtain(session, self.desk, self.right.scenario_work, self.work.comparison)
        self.sheets = SheetsWorkspace(session, self.desk, look, lang)
        under = (self.below, self.results, self.attributes)
        self.workspaces = Workspaces(Rooms(self.layers, maps, *under, self.right, self.sheets, self.top))
        self._body = self._page()
        self.setCentralWidget(self._body)
        self._connect()
        self.actions_by_id = self._menus()
        self.panes = Panes(self._panes)
        self.finder = Finder(lambda: entries(self), look, lang, self)
        self.tool_bar = ToolBar(self.map_view, self.actions_by_id, look, lang)
        self.setWindowTitle(f"{session.study.named.to(lang)} · PUC Tool")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self.arrange(analysis=True)
        self.reset_layout()
        self.map_view.setFocus()
        self._follow_session()

    def _connect(self) -> None:
        """Join what the desk, the map and the panels say to who listens."""
        self.desk.jobs.crashed.connect(self._tell)
        if self.keeping:
            self.desk.save_wanted.connect(self.keeping.save)
        self.desk.opened.connect(self._show_scene)
        self.desk.mapped.connect(self._show_results)
        self.right.pictured.connect(self.layers.show_results)
        self.right.scenarios.curtain_wanted.connect(self.scenario_curtain.turn)
        self.right.live.curtain_wanted.connect(self.scenario_curtain.hold_tried)
        self.desk.glimpsed.connect(self.map_view.glimpse)
        self.layers.tree.removal_wanted.connect(self._remove)
        self.layers.attributes_wanted.connect(self.open_attributes)
        self.attributes.closed.connect(self.leave_attributes)
        self.status.metres_wanted.connect(self.zoom_to)
        self.workspaces.currentChanged.connect(lambda _: self.status.show_map(is_at_map=self.is_at_map))
        self.workbench.desk.reread.connect(self._show_scene)
        self.map_view.looked.connect(self.status.look)
        self.map_view.pointed.connect(self.status.point)
        self.map_view.failed.connect(self._tell)
        self.map_view.tool_changed.connect(self.status.drop_hint)
        self.top.arranged.connect(lambda analysis: self.arrange(analysis=analysis))
        self.top.sheets_wanted.connect(self.show_sheets)
        self.sheets.preview.analysis_wanted.connect(self.choose)
        self.top.theme_wanted.connect(self.switch_theme)
        self.top.search_wanted.connect(self.search_all)
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

    def take_over(self) -> None:
        """Have the study from now on; one that is no longer what is shown is opened anew."""
        if self.keeping and not self.keeping.keeper.take_over():
            self.again_wanted.emit(self.keeping.keeper.lock)

    def open_again(self) -> None:
        """Ask for the same study anew."""
        self.again_wanted.emit(None)

    def event(self, event: QEvent) -> bool:
        """Explain a term where nobody below had a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = event.globalPos()
            told = glossary_tips.explained(glossary_tips.words_at(QApplication.widgetAt(at), at), self._lang)
            QToolTip.showText(at, told, self)
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 (Qt's name)
        """Let the Tab key go in reading order, through all that is seen."""
        return reading_order.step(self._body, QApplication.focusWidget(), forward=forward)

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
        column.addWidget(self.workspaces, 1)
        column.addWidget(rule())
        column.addWidget(self.status)
        return page

    def _panes(self) -> list[Pane]:
        """Return the panes in reading order; a panel that changes place with others has its own name."""
        sides = [self.layers, *self.right.panels, *self.sheets.panels]
        named = {side: Pane(same(side.accessibleName()), side) for side in sides}
        middle = (Pane(MAP, self.work.maps), Pane(RESULTS, self.below))
        rest = (named[side] for side in sides[1:])
        return [Pane(TOP, self.top), named[self.layers], *middle, *rest, Pane(STATUS, self.status)]

    def _show_scene(self, scene: Scene) -> None:
        self.layers.show_scene(scene)
        self.map_view.show_scene(scene)

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
        if self.can_change:
            self.session.remove(row)

    def _tell(self, error: BaseException) -> None:
        tell(error, self._lang, self)
