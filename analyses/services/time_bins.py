"""The classes that walking times are told in: each has its upper end."""

from __future__ import annotations

from itertools import pairwise
from math import inf

BINS_MIN = (5.0, 10.0, 15.0, 20.0, 30.0, 60.0)
_EDGES = (0.0, *BINS_MIN)
LABELS = (*(f"{low:.0f}-{high:.0f}" for low, high in pairwise(_EDGES)), f"oltre {_EDGES[-1]:.0f}")
BOUNDS = dict(zip(LABELS, pairwise((-inf, *BINS_MIN, inf)), strict=True))
"""More than the first, no more than the second (minutes); who reaches none is in the last."""
