"""Corners that lie a little beside those of a neighbour, or of the boundary, are laid onto them.

Features are taken in the order of the data: the first stays, the corners of each later one move to the nearest corner
of an earlier one within the tolerance. A feature that would become invalid stays as it was, and is told.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Geometries, Mend, Outcome, with_geometry
from layers.mends.settings import Option, Tolerance, Values
from layers.text import Text, number, say

EACH_OTHER, BOUNDARY = "each-other", "boundary"
Points = NDArray[np.float64]


def snap(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with its corners on each other, or on the boundary. ``area_m2``: of the features moved, after.

    Needs valid geometry in the metric CRS of the boundary.
    """
    rows = np.flatnonzero(has_geometry(layer))
    before = layer.geometry.to_numpy()[rows]
    tolerance_m = float(str(values["tolerance_m"]))
    boundary = context.ground.boundary
    if values["onto"] == BOUNDARY and boundary is None:
        return Outcome(layer, left=(Text("Lo studio non ha un confine.", "The study has no boundary."),))
    after = (
        _onto_each_other(before, tolerance_m) if values["onto"] == EACH_OTHER else _onto(before, boundary, tolerance_m)
    )
    moved = ~shapely.equals_exact(before, after, 0.0)
    sound = shapely.is_valid(after) & ~shapely.is_empty(after)
    kept, held = moved & sound, int((moved & ~sound).sum())
    area_m2 = float(shapely.area(after[kept]).sum())
    return Outcome(with_geometry(layer, rows[kept], after[kept]), layer.index[rows[kept]], area_m2, _left(held))


def _onto_each_other(geometry: Geometries, tolerance_m: float) -> Geometries:
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    corners, corner = np.unique(xy, axis=0, return_inverse=True)
    near = _near(corners, tolerance_m)
    target = np.array(xy)
    anchors: set[int] = set()
    for feature in np.split(np.arange(len(xy)), np.flatnonzero(np.diff(owner)) + 1):
        own = {int(each) for each in corner[feature]}
        goal = {each: _anchor(each, near.get(each, ()), anchors) for each in own}
        target[feature] = corners[[goal[int(each)] for each in corner[feature]]]
        anchors.update(each for each in own if goal[each] == each)
    return shapely.transform(geometry, lambda _: target)


def _anchor(corner: int, near: tuple[int, ...] | NDArray[np.intp], anchors: set[int]) -> int:
    """Return the nearest anchor of earlier features (``near`` is sorted by distance), or the corner itself."""
    if corner in anchors:
        return corner
    return next((int(each) for each in near if int(each) in anchors), corner)


def _near(corners: Points, tolerance_m: float) -> dict[int, NDArray[np.intp]]:
    """Return for each corner the others within the tolerance, nearest first; corners without are not there."""
    points = shapely.points(corners)
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=tolerance_m)
    apart = one != other
    one, other = one[apart], other[apart]
    distance = np.hypot(*(corners[one] - corners[other]).T).round(9)
    order = np.lexsort((other, distance, one))
    one, other = one[order], other[order]
    starts = np.flatnonzero(np.diff(one, prepend=-1))
    return {int(one[at]): group for at, group in zip(starts, np.split(other, starts[1:]), strict=False)}


def _onto(geometry: Geometries, boundary: shapely.Geometry, tolerance_m: float) -> Geometries:
    """Return ``geometry`` with corners near the boundary on its corners, or else on its line."""
    line = shapely.boundary(boundary)
    corners = shapely.get_coordinates(line)
    tree = shapely.STRtree(shapely.points(corners))

    def move(xy: Points) -> Points:
        points = shapely.points(xy)
        near = np.flatnonzero(shapely.dwithin(points, line, tolerance_m))
        moved = np.array(xy)
        moved[near] = shapely.get_coordinates(
            shapely.line_interpolate_point(line, shapely.line_locate_point(line, points[near]))
        )
        at, corner = tree.query_nearest(points[near], max_distance=tolerance_m, all_matches=False)
        moved[near[at]] = corners[corner]
        return moved

    return shapely.transform(geometry, move)


def _left(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        say(
            "Elementi rimasti com'erano perché agganciati si sarebbero incrociati o ridotti a nulla: {n}.",
            "Features left as they were, for snapped they would cross themselves or vanish: {n}.",
            n=number(count),
        ),
    )


SNAP = Mend(
    "snap",
    Text("Aggancia i vertici vicini", "Snaps near vertices"),
    Text(
        "I vertici a meno della tolleranza da quelli di un altro elemento, o dal confine, vi vengono portati sopra.",
        "Vertices within the tolerance of those of another feature, or of the boundary, are laid onto them.",
    ),
    snap,
    Text(
        "Sposta contorni che nessuna analisi chiede di spostare.",
        "It moves outlines that no analysis asks to be moved.",
    ),
    is_safe=False,
    settings=(
        Tolerance(Text("Distanza fino a", "Distance up to"), 0.1, 0.001, 5.0),
        Option(
            "onto",
            Text("Su", "Onto"),
            {EACH_OTHER: Text("l'un l'altro", "each other"), BOUNDARY: Text("il confine", "the boundary")},
        ),
    ),
    requires=("repair",),
)
