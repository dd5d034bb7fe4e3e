"""The soil ledger of each unit: consumed, permanent, reversible, no-data; with two dates gross, restored, net.

Definitions: ISPRA, «Il consumo di suolo: definizioni». Gross consumption is ground that goes from not consumed to
consumed, restoration the reverse, net the difference. Ground without data at either date is left out of both, and
its area is told.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.soil.codes import CODES, IS_CONSUMED, IS_PERMANENT, IS_REVERSIBLE, LEVEL_ONE, LEVELS, NO_DATA

Areas = NDArray[np.float64]


def of_one_date(areas_m2: Areas) -> pd.DataFrame:
    """Return the ledger of areas (units × classes, no-data last), m², one row a unit."""
    known = areas_m2[:, :NO_DATA]
    return pd.DataFrame(
        {
            "consumed_m2": known[:, IS_CONSUMED].sum(axis=1),
            "permanent_m2": known[:, IS_PERMANENT].sum(axis=1),
            "reversible_m2": known[:, IS_REVERSIBLE].sum(axis=1),
            "no_data_m2": areas_m2[:, NO_DATA],
        }
    )


def of_two_dates(transitions_m2: Areas) -> pd.DataFrame:
    """Return the ledger at the later date and what changed (units × classes before × classes after), m²."""
    after = of_one_date(transitions_m2.sum(axis=1))
    known = transitions_m2[:, :NO_DATA, :NO_DATA]
    gross = known[:, ~IS_CONSUMED][:, :, IS_CONSUMED].sum(axis=(1, 2))
    restored = known[:, IS_CONSUMED][:, :, ~IS_CONSUMED].sum(axis=(1, 2))
    return after.assign(gross_m2=gross, restored_m2=restored, net_m2=gross - restored)


def transition_rows(transitions_m2: Areas) -> pd.DataFrame:
    """Return from_code, to_code, area_m2 of all units together; no-data is an empty code, nothing is dropped.

    If the two dates know different levels, both are told at the first level (rule of the domain reference, 1.3).
    """
    together = _told(transitions_m2)
    names = np.array([*map(str, CODES), ""], dtype=object)
    before, after = np.nonzero(together)
    columns = {"from_code": names[before], "to_code": names[after], "area_m2": together[before, after]}
    return pd.DataFrame(columns)


def transition_places(transitions_m2: Areas) -> NDArray[np.uint16]:
    """Return the place in ``transition_rows``, from 1, of each class before × class after; 0 where it has no row."""
    together = _told(transitions_m2)
    places = np.zeros(together.shape, np.uint16)
    places[together != 0.0] = np.arange(1, np.count_nonzero(together) + 1)
    if not levels_differ(transitions_m2.sum(axis=0)):
        return places
    parents = _parents()
    return places[parents[:, None], parents[None, :]]


def _told(transitions_m2: Areas) -> Areas:
    """Return the transitions of all units together, at the level at which both dates can be told."""
    together: Areas = transitions_m2.sum(axis=0)
    return _at_level_one(together) if levels_differ(together) else together


def levels_differ(transitions_m2: Areas) -> bool:
    """Tell whether one date knows consumed soil more deeply than the other (classes before × classes after).

    Code 2 alone tells nothing: what is not consumed is seldom told more closely.
    """
    known = transitions_m2[:NO_DATA, :NO_DATA]
    depths = [LEVELS[IS_CONSUMED & (known.sum(axis=axis) > 0)] for axis in (1, 0)]
    return all(len(depth) for depth in depths) and bool(depths[0].max() != depths[1].max())


def _parents() -> NDArray[np.intp]:
    return np.append(LEVEL_ONE, NO_DATA)


def _at_level_one(transitions_m2: Areas) -> Areas:
    parents = _parents()
    collapsed = np.zeros_like(transitions_m2)
    np.add.at(collapsed, (parents[:, None], parents[None, :]), transitions_m2)
    return collapsed
