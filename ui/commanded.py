"""What commands do in a window, and what they ask of it; the window itself builds the parts they work with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from analyses.analysis import Analysis
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import NOTHING, Lang, Text, say
from ui.desk import Desk
from ui.keeping import Keeping
from ui.look import Look
from ui.map_work import MapWork
from ui.navigation import NavigatedWindow
from ui.right_side import RightSide
from ui.scenarios.curtain import ScenarioCurtain
from ui.side.workbench import Workbench
from ui.toolbox import Toolbox

UNDONE, REDONE = Text("Annullato: {s}", "Undone: {s}"), Text("Ripetuto: {s}", "Redone: {s}")
CHOOSE = Text("Apri uno studio", "Open a study")


class Window(NavigatedWindow):
    """A window that can be commanded. ``start_wanted`` and ``study_wanted`` ask the application for another window.

    ``again_wanted`` asks for the same study anew, with a lock that was taken over or none; ``help_wanted`` tells the
    page.
    """

    start_wanted = Signal()
    study_wanted = Signal(str)
    again_wanted = Signal(object)
    preferences_wanted = Signal()
    help_wanted = Signal(str)

    desk: Desk
    keeping: Keeping | None
    toolbox: Toolbox
    work: MapWork
    workbench: Workbench
    right: RightSide
    scenario_curtain: ScenarioCurtain
    _look: Look
    _lang: Lang

    def start(self) -> None:
        """Read the study."""
        self.desk.open()

    def switch_theme(self) -> None:
        """Put on the other theme."""
        self._look.switch()

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

    def run(self) -> None:
        """Run the analysis."""
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
        """Write the sheet that is looked at, at the map the sheets of the analysis."""
        if self.is_at_map:
            self.desk.export()
        else:
            self.sheets.export_one()

    @property
    def has_results(self) -> bool:
        """Tell whether there are results that count."""
        return self.session.results is not None

    @property
    def can_export(self) -> bool:
        """Tell whether there is a sheet to write: the page that is seen, at the map that of results."""
        return self.has_results if self.is_at_map else self.sheets.can_export

    def go_to_start(self) -> None:
        """Ask for the start page."""
        self.start_wanted.emit()

    def open_other(self) -> None:
        """Choose another study's folder."""
        folder = QFileDialog.getExistingDirectory(self, CHOOSE.to(self._lang), str(self.session.study.folder.parent))
        if folder:
            self.study_wanted.emit(folder)
