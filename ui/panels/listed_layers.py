"""The layers and the themes of results as the list has them: under which heading, at which place, by which number.

A layer goes by its row in the session; a theme of the results by a row below zero. The first heading is that of the
results. Layers are numbered as they first come, so a number stays true when layers move, go and come back.
"""

from __future__ import annotations

from layers.spec import Role
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey
from ui.panels.layer_groups import BY_THEME, Grouping


class ListedLayers:
    """``grouping`` says the headings of layers, ``results`` the themes under the first one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.grouping: Grouping = BY_THEME
        self.results: tuple[ResultPicture, ...] = ()
        self._numbered: list[LayerKey] = []

    @property
    def all(self) -> tuple[int, ...]:
        """Every layer and theme, by its row."""
        return (*range(len(self._session.entries)), *self.under(0))

    def under(self, heading: int) -> list[int]:
        """Return the rows of what stands under a heading, in their order there."""
        if heading == 0:
            return [-1 - place for place in range(len(self.results))]
        entries = enumerate(self._session.entries)
        return [row for row, entry in entries if self.heading_of(entry.intake.role) == heading]

    def heading(self, row: int) -> int:
        """Return the heading that a layer, or a theme of the results, stands under."""
        return 0 if row < 0 else self.heading_of(self._session.entries[row].intake.role)

    def heading_of(self, role: Role) -> int:
        """Return the heading that layers of ``role`` stand under."""
        return 1 + self.grouping.of(role)

    def above(self, heading: int, row: int) -> int:
        """Return how many layers under a heading stand above a row of the session."""
        return sum(each < row for each in self.under(heading))

    def result(self, row: int) -> ResultPicture:
        """Return the theme of the results at a row below zero."""
        return self.results[-1 - row]

    def key(self, row: int) -> LayerKey | str:
        """Return what a layer of the session, or a theme of the results, goes by."""
        return self.result(row).theme.id if row < 0 else self._session.entries[row].ref.key

    def note(self, key: LayerKey) -> None:
        """Give a layer that comes its number, unless it was here before."""
        if key not in self._numbered:
            self._numbered.append(key)

    def number(self, row: int) -> int:
        """Return the number of a layer that stays its own, whatever row it comes to."""
        return row if row < 0 else self._numbered.index(self._session.entries[row].ref.key)

    def row(self, number: int) -> int | None:
        """Return the row of the layer with this number; None once the layer has gone."""
        if number < 0:
            return number if -number <= len(self.results) else None
        key = self._numbered[number]
        return next((row for row, entry in enumerate(self._session.entries) if entry.ref.key == key), None)
