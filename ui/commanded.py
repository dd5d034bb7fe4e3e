"""What commands do in a window, and what they ask of it; the window itself builds the parts they work with."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow

from analyses.analysis import Analysis
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import NOTHING, Lang, Text, say
from puc_tool.printing.sheets import Kind
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.keeping import Keeping
from ui.look import Look
from ui.map.view import MapView
from ui.map_work import MapWork
from ui.panels.attributes import AttributesPanel
from ui.panels.layers import LayersPanel
from ui.panels.results import ResultsPanel
from ui.panels.status import StatusLine
from ui.panes import Panes
from ui.right_side import RightSide
from ui.scenarios.curtain import ScenarioCurtain
from ui.search.finder import Finder
from ui.sheets.workspace import SheetsWorkspace
from ui.side.workbench import Workbench
from ui.toolbox import Toolbox
from ui.workspaces import Workspaces

UNDONE, REDONE = Text("Annullato: {s}", "Undone: {s}"), Text("Ripetuto: {s}", "Redone: {s}")
CHOOSE = Text("Apri uno studio", "Open a study")


class Window(QMainWindow):
    """A window that can be commanded. ``start_wanted`` and ``study_wanted`` ask the application for another window.

    ``again_wanted`` asks for the same study anew, with a lock that was taken over or none.
    """

    start_wanted = Signal()
    study_wanted = Signal(str)
    again_wanted = Signal(object)

    session: Session
    desk: Desk
    keeping: Keeping | None
    map_view: MapView
    toolbox: Toolbox
    work: MapWork
    workbench: Workbench
    layers: LayersPanel
    results: ResultsPanel
    attributes: AttributesPanel
    sheets: SheetsWorkspace
    right: RightSide
    scenario_curtain: ScenarioCurtain
    status: StatusLine
    workspaces: Workspaces
    panes: Panes
    finder: Finder
    _look: Look
    _lang: Lang

    def start(self) -> None:
        """Read the study."""
        self.desk.open()

    def arrange(self, *, analysis: bool) -> None:
        """Show the analysis and its results, or give the map all the room."""
        self.workspaces.arrange(analysis=analysis)

    def show_sheets(self) -> None:
        """Show the sheets and the pack in the place of the map."""
        self.workspaces.show_sheets()

    def go_to_map(self) -> None:
        """Put the keyboard on the map, in its workspace."""
        if not self.is_at_map:
            self.arrange(analysis=not self.workspaces.below.isHidden())
        self.map_view.setFocus()

    def go_to_pane(self, step: int) -> None:
        """Put the keyboard into the next pane (+1) or the one before (-1)."""
        self.panes.step(step)

    def search_all(self) -> None:
        """Seek commands, layers and places by name."""
        self.finder.open()

    def show_layer(self, row: int) -> None:
        """Choose a layer in the list."""
        self.go_to_map()
        self.layers.tree.setCurrentIndex(self.layers.tree.model_of_layers.of_entry(row))
        self.layers.tree.setFocus()

    def show_table(self, table_id: str, title: Text) -> None:
        """Look at a table of the results."""
        self.arrange(analysis=True)
        self.session.show_table(table_id, title)
        self.results.table.setFocus()

    def show_sheet(self, kind: Kind) -> None:
        """Look at a sheet."""
        self.sheets.sheets.kind = kind
        self.show_sheets()

    def reset_layout(self) -> None:
        """Give every panel the room it has at first."""
        self.workspaces.reset(self, has_results=self.session.shown is not None)

    def open_attributes(self) -> None:
        """Show the attributes of the chosen layer in the place of the results."""
        row = self.layers.tree.chosen
        if row is not None and self.attributes.show_layer(row):
            self.workspaces.show_attributes()
            self.reset_layout()
            self.attributes.view.setFocus()

    def leave_attributes(self) -> None:
        """Show the results in their place again."""
        if self.workspaces.leave_attributes():
            self.reset_layout()

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
            self.work.comparison.leave()
        elif self.workspaces.is_at_attributes:
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
        return self.session.history.next_undo if self.can_change else NOTHING

    @property
    def next_redo(self) -> Text:
        """What would be done again; nothing if nothing can be now."""
        return self.session.history.next_redo if self.can_change else NOTHING

    @property
    def can_change(self) -> bool:
        """Tell whether steps may be taken back: not while results are made of what they would change."""
        return self.desk.can_choose and not self.session.is_read_only

    def _say(self, done: Text, step: Text) -> None:
        self.status.say(say(done.it, done.en, s=step))

    def search(self) -> None:
        """Go to the field that searches the table."""
        self.arrange(analysis=True)
        self.results.foot.search.setFocus()

    def type_scale(self) -> None:
        """Go to the field of the scale."""
        self.status.scale.setFocus()
        self.status.scale.selectAll()

    def fit(self) -> None:
        """Look at the whole commune."""
        self.map_view.fit()

    def zoom_to(self, metres: float) -> None:
        """Look at the same place with ``metres`` to a pixel."""
        if self.map_view.view is not None:
            self.map_view.look_at(replace(self.map_view.view, metres=metres))

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

    def compare_on_map(self) -> None:
        """Draw the curtain between the scenarios A and B, or draw it away."""
        if self.session.analysis.id != TRANSFORMATION_DISTRICTS.id or not self.is_at_map:
            self.choose(TRANSFORMATION_DISTRICTS)
        self.right.scenario_work.open()
        self.scenario_curtain.turn()

    def export(self) -> None:
        """Draw the sheets, of the study's files as the window has them."""
        if self.keeping:
            self.keeping.save()
        self.desk.export()

    @property
    def is_at_map(self) -> bool:
        """Tell whether the map is what is looked at."""
        return self.workspaces.is_at_map

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
