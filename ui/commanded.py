"""What commands ask of the window."""

from __future__ import annotations

from typing import Protocol

from analyses.analysis import Analysis
from layers.text import Text
from ui.map_work import MapWork
from ui.side.workbench import Workbench
from ui.toolbox import Toolbox


class Window(Protocol):
    """What commands ask of the window."""

    toolbox: Toolbox
    work: MapWork
    workbench: Workbench

    def open_attributes(self) -> None:
        """Show the attributes of the chosen layer."""
        ...

    def search(self) -> None:
        """Go to the field that searches the table."""
        ...

    def type_scale(self) -> None:
        """Go to the field of the scale."""
        ...

    def start(self) -> None:
        """Read the study's layers."""
        ...

    def undo(self) -> None:
        """Take the last step back."""
        ...

    def redo(self) -> None:
        """Do again what was taken back."""
        ...

    def go_to_start(self) -> None:
        """Go back to the start page."""
        ...

    def open_other(self) -> None:
        """Choose another study."""
        ...

    def close(self) -> bool:
        """Close the window."""
        ...

    def arrange(self, *, analysis: bool) -> None:
        """Show the analysis or not."""
        ...

    def show_sheets(self) -> None:
        """Show the sheets and the pack."""
        ...

    def fit(self) -> None:
        """Look at the whole commune."""
        ...

    def escape(self) -> None:
        """Stop, or unselect."""
        ...

    def switch_theme(self) -> None:
        """Put on the other theme."""
        ...

    def reset_layout(self) -> None:
        """Give every panel its first room."""
        ...

    def run(self) -> None:
        """Run the analysis."""
        ...

    def choose(self, analysis: Analysis) -> None:
        """Take an analysis in hand."""
        ...

    def cancel(self) -> None:
        """Stop what runs."""
        ...

    def explain(self) -> None:
        """Ask where the number under the keyboard comes from."""
        ...

    def try_out(self) -> None:
        """Try the parameters by sliders."""
        ...

    def compare(self) -> None:
        """Show the scenarios."""
        ...

    @property
    def can_try(self) -> bool:
        """Tell whether the parameters can be tried."""
        ...

    @property
    def can_compare(self) -> bool:
        """Tell whether there are districts to make scenarios of."""
        ...

    def export(self) -> None:
        """Export the sheet."""
        ...

    @property
    def can_run(self) -> bool:
        """Tell whether Run has a sense."""
        ...

    @property
    def next_undo(self) -> Text:
        """What would be taken back; nothing if nothing can be."""
        ...

    @property
    def next_redo(self) -> Text:
        """What would be done again; nothing if nothing can be."""
        ...

    @property
    def can_read(self) -> bool:
        """Tell whether there are layers to be read still."""
        ...

    @property
    def can_choose(self) -> bool:
        """Tell whether another analysis may be taken in hand."""
        ...

    @property
    def is_busy(self) -> bool:
        """Tell whether something runs."""
        ...

    @property
    def is_at_map(self) -> bool:
        """Tell whether the map is what is looked at."""
        ...

    @property
    def has_results(self) -> bool:
        """Tell whether there are results."""
        ...
