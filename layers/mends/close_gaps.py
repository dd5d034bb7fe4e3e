"""Gaps between units, if narrow, are given to the neighbour with the longest shared edge; wide ones stay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.mends.dealing import NEAR_M, NOTHING_M2, Geometries, dealt, joined, polygons_of
from layers.mends.mend import Context, Mend, Outcome, narrow, polygon_rows, with_geometry
from layers.mends.settings import Tolerance, Values
from layers.text import Text, hectares, number, say


def close_gaps(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with its narrow gaps closed; its area grows by exactly ``area_m2``.

    Gaps are what of the commune no polygon covers, for a role that has to cover it and a study with a boundary;
    otherwise the holes that polygons enclose together. Narrow is one in which no disk of the tolerance's diameter
    finds room.
    """
    rows = polygon_rows(layer)
    if not len(rows):
        return Outcome(layer)
    geometry = layer.geometry.to_numpy()[rows]
    width_m = float(str(values["tolerance_m"]))
    found = gaps(geometry, context.ground.boundary if context.role.covers_commune else None)
    thin = narrow(found, width_m)
    shared = [_dealt(gap, near, geometry, width_m) for gap, near in _with_neighbours(found[thin], geometry)]
    given = pd.DataFrame([each for pieces in shared for each in pieces], columns=["row", "ground"])
    by_row = {int(row): joined(geometry[row], list(ground)) for row, ground in given.groupby("row")["ground"]}
    grown, outlines = rows[list(by_row)], np.array([*by_row.values()], dtype=object)
    closed = sum(map(bool, shared))
    left = _left(found[~thin], len(shared) - closed)
    area_m2 = float(shapely.area(given["ground"]).sum())
    mended = with_geometry(layer, grown, outlines)
    return Outcome(mended, layer.index[grown], area_m2, left, details={"gaps": closed})


def gaps(geometry: Geometries, boundary: shapely.Geometry | None) -> Geometries:
    """Return the parts of ``boundary`` that no polygon covers, or without it the holes that polygons enclose."""
    covered = shapely.union_all(geometry)
    if boundary is not None:
        parts = shapely.get_parts(shapely.difference(boundary, covered))
    else:
        outlines = shapely.get_exterior_ring(polygons_of(covered))
        parts = shapely.get_parts(shapely.difference(shapely.union_all(shapely.polygons(outlines)), covered))
    return parts[shapely.area(parts) > NOTHING_M2]


def _with_neighbours(found: Geometries, geometry: Geometries) -> Iterator[tuple[shapely.Geometry, NDArray[np.intp]]]:
    """Yield each gap with the rows of the polygons that touch it, in order."""
    gap, row = shapely.STRtree(geometry).query(found, predicate="dwithin", distance=NEAR_M)
    for at, each in enumerate(found):
        yield each, np.sort(row[gap == at])


def _dealt(
    gap: shapely.Geometry, near: NDArray[np.intp], geometry: Geometries, width_m: float
) -> list[tuple[int, shapely.Geometry]]:
    """Return the ground of ``gap`` with the row of who is given it; nothing where no polygon shares an edge."""
    return [(int(near[piece.neighbour]), piece.ground) for piece in dealt(gap, geometry[near], width_m)]


def _left(wide: Geometries, alone: int) -> tuple[Text, ...]:
    said = [
        say(
            "Buchi più larghi della tolleranza, rimasti: {n}, {ha}.",
            "Gaps wider than the tolerance, left: {n}, {ha}.",
            n=number(len(wide)),
            ha=hectares(float(shapely.area(wide).sum())),
        )
    ]
    lonely = say("Buchi che nessun poligono tocca: {n}.", "Gaps that no polygon touches: {n}.", n=number(alone))
    return (*(said if len(wide) else ()), *((lonely,) if alone else ()))


CLOSE_GAPS = Mend(
    "close-gaps",
    Text("Chiude i buchi sottili", "Closes narrow gaps"),
    Text(
        "Il terreno che nessun poligono copre, se più stretto della tolleranza, va al vicino con il lato comune più "
        "lungo; i buchi più larghi restano.",
        "Ground that no polygon covers, if narrower than the tolerance, goes to the neighbour with the longest shared "
        "edge; wider gaps stay.",
    ),
    close_gaps,
    Text(
        "Un buco sottile può essere voluto: si contano «fuori da ogni unità» e si possono lasciare.",
        "A narrow gap may be meant: they count as “outside every unit” and may be left.",
    ),
    is_safe=False,
    settings=(Tolerance(Text("Larghezza fino a", "Width up to"), 0.5, 0.001, 20.0),),
    requires=("repair",),
    suits=lambda role: role.is_partition,
)
