"""Units of rows without a name of their own, called by what the row says."""

from __future__ import annotations

from collections.abc import Mapping

from analyses.result import TableSpec
from puc_tool.figures.row_names import name_of
from puc_tool.working.selection import Unit


def named_unit(spec: TableSpec, row: Mapping[str, object], place: int) -> Unit:
    """Return the unit of the row at ``place`` of its table, from 1."""
    words = name_of(spec, row)
    return Unit(spec.kind, spec.code_of(row, place), words.it, words)
