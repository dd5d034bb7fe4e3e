"""Cycle ways drawn as lines: those of the streets count as services, entered wherever a way comes near them.

A study's services are points and areas, so cycle ways come in as ``streets`` with ``kind`` = cycleway, whether or not
one may walk on them. Ways of one name that touch are one service; those without a name likewise. Where the study has
accesses to the cycle network among its services, these alone count.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.services.walking_ways import JOIN_M
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, number, say

ACCESS = "ciclabile"
CYCLEWAY = "cycleway"


def cycle_ways(streets: GeoDataFrame | None) -> GeoDataFrame | None:
    """Return the cycle ways of ``streets`` as services: ``kind``, ``name``, ``capacity`` (NaN); None without any.

    Lines of one name that lie within ``JOIN_M`` of each other, or come to by others, are one way: a multiline.
    """
    own = None if streets is None else streets[(words(streets, "kind") == CYCLEWAY).to_numpy()]
    if own is None or own.empty:
        return None
    lines, names = own.geometry.to_numpy(), words(own, "name").to_numpy()
    part = _parts(lines, names)
    _, first = np.unique(part, return_index=True)
    piece, line = shapely.get_parts(lines, return_index=True)
    order = np.argsort(part[line], kind="stable")
    ways = shapely.multilinestrings(piece[order], indices=part[line][order])
    columns = {"kind": ACCESS, "name": names[first], "capacity": np.nan}
    return GeoDataFrame(columns, geometry=ways, crs=own.crs, index=range(len(ways)))


def _parts(lines: NDArray[np.object_], names: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return which service each line is part of, numbered as they first come."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    one, two = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=JOIN_M)
    alike = names[one] == names[two]
    touching = coo_array((np.ones(alike.sum()), (one[alike], two[alike])), shape=(len(lines), len(lines)))
    _, part = connected_components(touching, directed=False)
    return np.asarray(part, np.intp)


def told(ways: GeoDataFrame, *, counted: bool) -> Problem:
    """Return the remark on cycle ways: that they count as services, or that the study's own accesses do."""
    effect = (
        Text("Contano come servizi di tipo ciclabile, con accesso da ogni percorso vicino.",
             "They count as services of kind ciclabile, entered from every way near them.")
        if counted
        else Text("Non contano: contano gli accessi che sono già fra i servizi (ciclabile).",
                  "They do not count: the accesses among the services (ciclabile) do.")
    )  # fmt: skip
    return Problem(
        "coverage-cycle-ways",
        roles.STREETS.title,
        say("piste ciclabili: {n}, {k} km.", "cycle ways: {n}, {k} km.",
            n=len(ways), k=number(float(ways.length.sum()) / 1000.0, 1)),
        effect,
        NOTHING,
        Severity.INFO,
    )  # fmt: skip
