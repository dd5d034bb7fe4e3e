"""The results of the analysis in hand: those that count, what is tried in their place, those that count no longer."""

from __future__ import annotations

from psygnal import Signal

from puc_tool.figures.found_results import Results
from puc_tool.working.old_results import Old


class ResultsInHand:
    """Which results there are, and which of them stand on the screen. ``results_changing`` comes before a change."""

    results_changing = Signal()
    results_changed = Signal()
    tried_changed = Signal()

    def __init__(self) -> None:
        self.results: Results | None = None
        self.old: Old | None = None
        self.tried: Results | None = None

    def put(self, found: Results | None, old: Old | None = None) -> None:
        """Put ``found`` in the place of the results known before; ``old`` are to be looked at where there are none."""
        self.results_changing.emit()
        self.results, self.tried, self.old = found, None, None if found else old
        self.results_changed.emit()

    def show_tried(self, found: Results | None) -> None:
        """Look at what is tried in the place of the results; None looks at the results again."""
        if found is not self.tried:
            self.tried = found
            self.tried_changed.emit()

    @property
    def looked_at(self) -> Results | None:
        """What tables and charts show: what is tried, else the results."""
        return self.tried or self.results

    @property
    def shown(self) -> Results | None:
        """What stands on the screen: what is looked at, else results that no longer count."""
        return self.looked_at or (self.old.results if self.old else None)

    @property
    def old_shown(self) -> Old | None:
        """Results that no longer count, where they are what stands on the screen: what is tried does count."""
        return None if self.looked_at else self.old
