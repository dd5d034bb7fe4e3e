"""The states of ground a soil ledger tells apart: those of ISPRA's legend, and those of a land-use map.

ISPRA: a code from ``ispra_soil_consumption.csv`` is not consumed (2; 201 to 205 are its special covers), consumed for
good (11, 11x) or reversibly (12, 12x), or consumed without telling which (1). A land-use map knows artificial ground
(as ``CONSUMED``), partly artificial (as ``SPECIAL``) and other ground.
"""

from __future__ import annotations

import numpy as np

from analyses.soil.codes import CODES, IS_CONSUMED, IS_PERMANENT, IS_REVERSIBLE, LEVELS

FREE, SPECIAL, REVERSIBLE, PERMANENT, CONSUMED, UNKNOWN = range(6)
N_STATES = UNKNOWN

IS_FREE = np.isin(np.arange(N_STATES + 1), (FREE, SPECIAL))
IS_USED = np.isin(np.arange(N_STATES + 1), (REVERSIBLE, PERMANENT, CONSUMED))


def _state_of(place: int) -> int:
    if IS_PERMANENT[place]:
        return PERMANENT
    if IS_REVERSIBLE[place]:
        return REVERSIBLE
    if IS_CONSUMED[place]:
        return CONSUMED
    return SPECIAL if LEVELS[place] > 1 else FREE


STATE_OF_CODE = {code: _state_of(place) for place, code in enumerate(CODES)}
"""State of each ISPRA code; what is no code is ``UNKNOWN``."""
