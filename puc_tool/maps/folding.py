"""Where a sheet folds to A4 with its title block in front and its binding margin free.

Method: DIN 824 form A (UNI 938 folds alike): accordion folds across, the last panel 190 mm wide and on top, its left
edge 20 mm from the binding edge; then folds up from the foot every 297 mm.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

A4_HEIGHT_MM = 297.0
_PANELS_MM = {
    (420.0, 297.0): (125.0, 105.0, 190.0),
    (594.0, 420.0): (210.0, 192.0, 192.0),
    (841.0, 594.0): (210.0, 125.5, 125.5, 190.0, 190.0),
    (1189.0, 841.0): (210.0, 109.5, 109.5, 190.0, 190.0, 190.0, 190.0),
}
"""Widths of the panels from the binding edge, by the size of the paper."""


def folds_across(width_mm: float, height_mm: float) -> tuple[float, ...]:
    """Return where vertical folds lie, from the left edge; none on A4 and on a paper of no standard."""
    return _edges(_PANELS_MM.get((width_mm, height_mm), ()))


def folds_up(height_mm: float) -> tuple[float, ...]:
    """Return where horizontal folds lie, from the upper edge: every 297 mm from the foot."""
    count = int((height_mm - 1) // A4_HEIGHT_MM)
    return tuple(height_mm - A4_HEIGHT_MM * place for place in range(count, 0, -1))


def _edges(panels: Sequence[float]) -> tuple[float, ...]:
    return tuple(itertools.accumulate(panels))[:-1]
