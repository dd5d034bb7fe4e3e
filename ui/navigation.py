"""Where one goes in a window: its workspaces, panels and fields, and what the map looks at."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QMainWindow

from layers.text import Text
from puc_tool.printing.sheets import Kind
from puc_tool.working.session import Session
from ui.map.view import MapView
from ui.panels.attributes import AttributesPanel
from ui.panels.layers import LayersPanel
from ui.panels.results import ResultsPanel
from ui.panels.status import StatusLine
from ui.panes import Panes
from ui.search.finder import Finder
from ui.sheets.workspace import SheetsWorkspace
from ui.workspaces import Workspaces


class NavigatedWindow(QMainWindow):
    """A window that shows the map or the sheets, and over which the keyboard goes; nothing of the study changes."""

    session: Session
    map_view: MapView
    layers: LayersPanel
    results: ResultsPanel
    attributes: AttributesPanel
    sheets: SheetsWorkspace
    status: StatusLine
    workspaces: Workspaces
    panes: Panes
    finder: Finder

    @property
    def is_at_map(self) -> bool:
        """Tell whether the map is what is looked at."""
        return self.workspaces.is_at_map

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
