"""Every piece of ground with its units and its soil: what all tables of soil consumption are sums of.

A piece is a fragment (``analyses.fragments``) in one state of soil and one class of terrain. Summed by unit, pieces
give the ledger of the unit; by two units, the units crossed; by fragment, where a figure comes from: so all of them
close.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.soil.states import IS_FREE, IS_USED, PERMANENT, REVERSIBLE, SPECIAL, UNKNOWN

Indices = NDArray[np.intp]
Areas = NDArray[np.float64]


@dataclass(frozen=True)
class Pieces:
    """Arrays of one length: the fragment of each piece, its unit of each kind, its states, its area (m²).

    ``rows`` holds, by kind of unit, the row of the unit; ``before`` is None where there is one date.
    """

    fragment: Indices
    rows: Mapping[str, Indices]
    before: Indices | None
    after: Indices
    area_m2: Areas

    def ledger(self, by: Indices, count: int) -> pd.DataFrame:
        """Return the ledger of ``count`` rows, ``by`` being the row of each piece."""
        return pd.DataFrame(
            {name: np.bincount(by, self.area_m2 * counts, count) for name, counts in self._columns().items()}
        )

    def sum_of(self, counts: NDArray[np.bool_], by: Indices, count: int) -> Areas:
        """Return the area, by row, of the pieces that ``counts`` chooses."""
        return np.bincount(by[counts], self.area_m2[counts], count).astype(np.float64)

    @property
    def is_used(self) -> NDArray[np.bool_]:
        """Tell which pieces are consumed soil (of a land-use map: artificial) at the later date."""
        return IS_USED[self.after]

    @property
    def is_free(self) -> NDArray[np.bool_]:
        """Tell which pieces are known not to be consumed at the later date."""
        return IS_FREE[self.after]

    @property
    def is_reversible(self) -> NDArray[np.bool_]:
        """Tell which pieces are reversibly consumed at the later date."""
        return self.after == REVERSIBLE

    @property
    def one_date_m2(self) -> float:
        """Area (m²) that only one of the two dates knows; 0 where there is one date."""
        if self.before is None:
            return 0.0
        return float(self.area_m2[(self.before == UNKNOWN) != (self.after == UNKNOWN)].sum())

    def _columns(self) -> dict[str, NDArray[np.float64]]:
        after = self.after
        masks = {
            "area_m2": np.ones(len(after), dtype=bool),
            "consumed_m2": self.is_used,
            "permanent_m2": after == PERMANENT,
            "reversible_m2": after == REVERSIBLE,
            "special_m2": after == SPECIAL,
            "no_data_m2": after == UNKNOWN,
        }
        columns = {name: mask.astype(np.float64) for name, mask in masks.items()}
        return columns if self.before is None else columns | _changes(self.before, after)


def _changes(before: Indices, after: Indices) -> dict[str, NDArray[np.float64]]:
    gross = (IS_FREE[before] & IS_USED[after]).astype(np.float64)
    restored = (IS_USED[before] & IS_FREE[after]).astype(np.float64)
    return {
        "gross_m2": gross,
        "restored_m2": restored,
        "net_m2": gross - restored,
        "sealed_m2": ((before == REVERSIBLE) & (after == PERMANENT)).astype(np.float64),
    }
