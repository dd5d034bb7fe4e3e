"""Which number a place of a shown table stands for."""

from __future__ import annotations

from puc_tool.figures.found_results import Results
from puc_tool.figures.pieces import Asked, CellAsked, FigureAsked
from ui.panels.shown_table import FIGURES, ShownTable


def asked_at(results: Results | None, table_id: str, table: ShownTable, row: int, column: int) -> Asked | None:
    """Return what is asked at a row and column of ``table``; None where there is no number."""
    if results is None or not (0 <= row < len(table.rows) and 0 <= column < len(table.heads)):
        return None
    if table_id == FIGURES:
        return FigureAsked(results.figures[row].spec.id)
    if not table.heads[column].is_number:
        return None
    place = row - table.has_total
    return CellAsked(table_id, None if place < 0 else place, table.heads[column].id)
