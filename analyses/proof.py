"""The areas of fragments, measured a second way: what a figure can be held against when somebody doubts it.

Method: fragments are cut by GEOS, polygon by polygon; here the same layers are crossed by signed edges
(``analyses.crosstab``), which builds no polygon and shares no code with it. Each combination of units must have the
same ground both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import shapely

from analyses.fragments import Fragments, Indices, Partition
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, number, say

MOST_APART_M2 = 0.01
"""More than this between the two ways, in one combination, is worth a warning: no print shows so little ground."""


@dataclass(frozen=True)
class Proof:
    """How many combinations of units have ground, and the most (m²) that the two ways differ in one of them."""

    combinations: int
    apart_m2: float


def proof(ground: shapely.Geometry, partitions: Sequence[Partition], found: Fragments) -> Proof:
    """Measure ``ground`` crossed by ``partitions`` a second way, and compare with the sums of ``found``.

    Parameters
    ----------
    ground, partitions : what ``found`` was cut from and by
    found : the fragments whose sums are compared; they may have been cut by more
    """
    # Numba takes a second to import; who only reads the analyses' declarations needs none of it.
    from analyses.crosstab import Coverage, counted_areas

    if not partitions:
        return Proof(0, 0.0)
    parts = shapely.get_parts(ground)
    layers = [Coverage(each.polygons, each.row, int(each.row.max(initial=-1)) + 1) for each in partitions]
    whole = Coverage(parts, np.zeros(len(parts), dtype=np.intp), 1)
    crossed = counted_areas([whole, *layers])
    sizes = crossed.sizes[1:]
    second = dict(zip(_keys(list(crossed.classes[:, 1:].T), sizes), crossed.area_m2.tolist(), strict=True))
    first = _sums(_keys([found.rows[each.id] for each in partitions], sizes), found)
    apart = (abs(first.get(key, 0.0) - second.get(key, 0.0)) for key in first.keys() | second.keys())
    return Proof(len(first), max(apart, default=0.0))


def proven(proofs: Sequence[Proof]) -> Problem:
    """Return what the second way has shown, as a line for the record."""
    apart_m2, combinations = max(each.apart_m2 for each in proofs), sum(each.combinations for each in proofs)
    close = apart_m2 <= MOST_APART_M2
    return Problem(
        "areas-two-ways" if close else "areas-differ",
        Text("Superfici", "Areas"),
        say(
            "misurate per due vie indipendenti; incroci: {n}, scarto più grande: {m2} m².",
            "measured in two independent ways; combinations: {n}, largest difference: {m2} m².",
            n=number(combinations),
            m2=_most(apart_m2),
        ),
        NOTHING if close else _UNSURE,
        NOTHING if close else _LOOK,
        Severity.INFO if close else Severity.WARNING,
    )


_UNSURE = Text(
    "In qualche riga delle tabelle la superficie è incerta di tanto.", "Some rows of the tables are uncertain by that."
)
_LOOK = Text(
    "Controllare i livelli con `puc-tool check`: di solito è un poligono che si sovrappone.",
    "Look at the layers with `puc-tool check`: it is usually a polygon that overlaps.",
)


def _most(apart_m2: float) -> Text:
    return number(max(ceil(apart_m2 * 1000), 1) / 1000, 3)


def _keys(rows: Sequence[Indices], sizes: Sequence[int]) -> list[int]:
    keys: list[int] = np.ravel_multi_index(tuple(rows), tuple(sizes)).tolist()
    return keys


def _sums(keys: Sequence[int], found: Fragments) -> dict[int, float]:
    distinct, place = np.unique(np.array(keys, dtype=np.int64), return_inverse=True)
    return dict(zip(distinct.tolist(), np.bincount(place, found.area_m2, len(distinct)).tolist(), strict=True))
