"""The tables of the analysis in hand as they are shown: which one, without which columns."""

from __future__ import annotations

from collections.abc import Sequence

from analyses.analysis import Analysis
from layers.text import Text, say
from puc_tool.working import view
from puc_tool.working.history import History


class ShownTables:
    """Which table of the results is looked at, by the state of a history."""

    history: History
    analysis: Analysis

    def show_table(self, table_id: str, title: Text) -> None:
        """Look at another table of the results."""
        said = say("Tabella {t}", "Table {t}", t=title)
        self.history.do(said, {(view.TABLE, self.analysis.id): table_id})

    @property
    def table_id(self) -> str:
        """The table that is looked at; nothing until one is chosen."""
        return str(self.history.get((view.TABLE, self.analysis.id)) or "")

    def hidden_columns(self, table_id: str) -> tuple[str, ...]:
        """Return the columns that are hidden in a table of the analysis in hand."""
        found = self.history.get((view.HIDDEN, self.analysis.id, table_id))
        return found if isinstance(found, tuple) else ()

    def hide_columns(self, table_id: str, ids: Sequence[str], title: Text) -> None:
        """Hide these columns of a table, and show all its others."""
        self.history.do(title, {(view.HIDDEN, self.analysis.id, table_id): tuple(ids) or None})
