"""Any two kinds of units crossed: the ground they share, and the consumed soil on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analyses.kinds import Kind
from analyses.soil.pieces import Pieces


def crossed_rows(pieces: Pieces, kinds: Sequence[Kind], column: str) -> pd.DataFrame:
    """Return unit_a, code_a, unit_b, code_b, area_m2 and ``column``, the used ground, of all that share ground.

    Over ``code_b`` the rows add up to the unit ``code_a``, and the other way round; an empty code is ground in no unit.
    """
    pairs = [_pair(pieces, first, second, column) for first, second in combinations(kinds, 2)]
    names = ["unit_a", "code_a", "unit_b", "code_b", "area_m2", column]
    return pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame(columns=names)


def _pair(pieces: Pieces, first: Kind, second: Kind, column: str) -> pd.DataFrame:
    codes_a, codes_b = first.codes[pieces.rows[first.id]], second.codes[pieces.rows[second.id]]
    area_m2 = pieces.area_m2
    frame = pd.DataFrame(
        {"code_a": codes_a, "code_b": codes_b, "area_m2": area_m2, column: np.where(pieces.is_used, area_m2, 0.0)}
    )
    sums = frame.groupby(["code_a", "code_b"], sort=True).sum().reset_index()
    sums.insert(0, "unit_a", first.id)
    sums.insert(2, "unit_b", second.id)
    return sums
