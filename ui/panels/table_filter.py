"""What is typed over a table: words that a row must hold, and bounds for the column it is sorted by.

«pit > 50» keeps the rows with «pit» in any cell whose number in the sorted column is more than 50.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from puc_tool.working.typed_number import typed_number
from ui.panels.shown_table import Row, ShownTable
from ui.panels.spreadsheet import value_of

_BOUND = re.compile(r"(<=|>=|<|>|=)\s*(-?[\d.,]*\d)")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip


@dataclass(frozen=True)
class TableFilter:
    """Words without case and accents, and comparisons with numbers in the unit that is shown."""

    words: tuple[str, ...] = ()
    bounds: tuple[tuple[str, float], ...] = ()

    def keeps(self, table: ShownTable, row: Row, column: int) -> bool:
        """Tell whether ``row`` stays; ``column`` is the one that bounds are about."""
        held = plain(" ".join((*row.cells, *row.codes.values())))
        return all(word in held for word in self.words) and self._is_within(table, row, column)

    def _is_within(self, table: ShownTable, row: Row, column: int) -> bool:
        if not self.bounds:
            return True
        value = value_of(row, table.heads[column], column) if 0 <= column < len(table.heads) else None
        return value is not None and all(_COMPARISONS[sign](value, bound) for sign, bound in self.bounds)


def read(typed: str) -> TableFilter:
    """Return what ``typed`` asks for; a bound that is not finished yet asks for nothing."""
    bounds = tuple((sign, typed_number(number)) for sign, number in _BOUND.findall(typed))
    rest = re.sub(r"[<>=]+", " ", _BOUND.sub(" ", typed))
    return TableFilter(tuple(plain(rest).split()), bounds)


def plain(text: str) -> str:
    """Return ``text`` without case and accents, so that «citta» finds «Città»."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()
