"""The one selection: a row of a table, a bar of a chart and a piece of the map are the same unit everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from psygnal import Signal

from analyses.coded import PLACES
from layers.text import NOTHING, Text, same


@dataclass(frozen=True)
class Unit:
    """A row of the tables that is also a piece of the map. ``kind`` is commune, neighbourhood, zone or district.

    What one table calls it otherwise than another is still the same unit. ``words`` are its name in either language,
    where it has one of its own in neither.
    """

    kind: str
    code: str
    name: str = field(compare=False)
    words: Text = field(default=NOTHING, compare=False)

    @property
    def called(self) -> Text:
        """Its name as people read it: a class or a strip has one in each language."""
        return self.words or PLACES.get(self.name, same(self.name))


class Selection:
    """The units that are selected, in the order in which they were; ``selection_changed`` tells that others are."""

    selection_changed = Signal()

    def __init__(self) -> None:
        self.selection: tuple[Unit, ...] = ()

    @property
    def selected(self) -> Unit | None:
        """The unit that was selected last, or None."""
        return self.selection[-1] if self.selection else None

    def select(self, unit: Unit | None) -> None:
        """Select one unit in every view, or none."""
        self.select_all(() if unit is None else (unit,))

    def select_also(self, unit: Unit) -> None:
        """Add a unit to those that are selected; take it away if it is one of them."""
        others = tuple(each for each in self.selection if each != unit)
        self.select_all(others if unit in self.selection else (*others, unit))

    def select_all(self, units: Sequence[Unit]) -> None:
        """Select these units in every view; the last is the one that is told about."""
        if tuple(units) != self.selection:
            self.selection = tuple(units)
            self.selection_changed.emit()
