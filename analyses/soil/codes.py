"""The ISPRA legend as arrays: which code is consumed, permanent, reversible, and of which level.

Source: official style ``SC_2023_LAEA_v5`` (ISPRA/SNPA), as ``ispra_soil_consumption.csv`` gives it. A cell may carry
a code of any level, depending on what is known there.
"""

from __future__ import annotations

import numpy as np

from layers.codelist import Row, rows

_ROWS: tuple[Row, ...] = rows("ispra_soil_consumption")

CODES: tuple[int, ...] = tuple(int(row["code"]) for row in _ROWS)
CLASS_OF = {code: place for place, code in enumerate(CODES)}
"""Class index of each code, 0 … len(CODES) - 1; the index after the last is no-data."""

NO_DATA = len(CODES)

LEVELS = np.array([int(row["level"]) for row in _ROWS])
_KINDS = np.array([row["kind"] for row in _ROWS])

IS_CONSUMED = np.array([row["is_consumed"] == "1" for row in _ROWS])
IS_PERMANENT = _KINDS == "permanent"
IS_REVERSIBLE = _KINDS == "reversible"

LEVEL_ONE = np.array([CLASS_OF[int(str(code)[0])] for code in CODES])
"""Class of the first-level parent: 1 (consumed) or 2 (not consumed)."""
