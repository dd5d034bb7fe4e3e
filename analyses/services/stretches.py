"""Stretches of ways between points whose minutes to a service are known: how much of them lies within a threshold.

On a stretch the way to the service leads over one end or the other, so the minutes rise evenly from both ends to a
point between, and each of the two halves is within a threshold up to one point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.services.walking_places import Entries
from analyses.services.walking_reach import OnStreets
from analyses.services.walking_rows import backward_min, on_one_edge, onward_min

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Stretches:
    """Straight halves, from the end nearer to the service (``near`` (n, 2), ``near_min``) to the farther one."""

    edge: Indices
    near: Floats
    far: Floats
    near_min: Floats
    far_min: Floats

    def of(self, chosen: Truths) -> Stretches:
        """Return some of them."""
        return Stretches(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def stretches_of(on: OnStreets, edges: Truths, ends_min: tuple[Floats, Floats], entries: Entries) -> Stretches:
    """Return the halves of every stretch of the chosen ``edges``, edge by edge.

    Parameters
    ----------
    on : the streets one walks on
    edges : (n,) whether each edge of the network is wanted
    ends_min : minutes to the nearest service from the first and the last junction of each edge, infinite if too many
    entries : the ways into the services
    """
    pieces = on.streets.network.segments
    rows = np.flatnonzero(edges[pieces.edge])
    on_rows = entries.of(edges[pieces.edge[entries.segment]])
    places = _sorted(
        np.concatenate([rows, rows, on_rows.segment]),
        np.concatenate([np.zeros(len(rows)), np.ones(len(rows)), on_rows.share]),
    )
    minutes = _minutes(on, places, ends_min, on_rows)
    here = np.flatnonzero(np.diff(places.segment) == 0)
    piece, low, high = places.segment[here], places.share[here], places.share[here + 1]
    start, way = pieces.ends[piece, :2], pieces.ends[piece, 2:] - pieces.ends[piece, :2]
    ends = start + way * low[:, None], start + way * high[:, None]
    takes = pieces.along[piece] * (high - low), pieces.back[piece] * (high - low)
    return _halves(pieces.edge[piece], ends, takes, (minutes[here], minutes[here + 1]))


def _sorted(segment: Indices, share: Floats) -> Entries:
    order = np.lexsort((share, segment))
    nothing = np.zeros(len(order))
    return Entries(nothing.astype(np.intp), segment[order], share[order], nothing)


def _minutes(on: OnStreets, places: Entries, ends_min: tuple[Floats, Floats], entries: Entries) -> Floats:
    """Return the minutes to the nearest service from places on the network."""
    net = on.streets.network
    edge = net.segments.edge[places.segment]
    back = ends_min[0][edge] + backward_min(net.segments, places)
    onward = ends_min[1][edge] + np.maximum(net.along[edge] - onward_min(net.segments, places), 0.0)
    found = np.minimum(back, onward)
    place, entry, direct = on_one_edge(on.streets, places, entries)
    np.minimum.at(found, place, direct + entries.off_m[entry] / on.profile.speed_m_min)
    return found


def _halves(
    edge: Indices, ends: tuple[Floats, Floats], takes: tuple[Floats, Floats], ends_min: tuple[Floats, Floats]
) -> Stretches:
    """Return, of each stretch, the half one leaves over its start, and the half one leaves over its end."""
    (start, stop), (along, back), (start_min, stop_min) = ends, takes, ends_min
    finite = np.isfinite(start_min) & np.isfinite(stop_min)
    share = np.where(np.isfinite(start_min), 1.0, 0.0)
    gone = np.where(finite, stop_min, 0.0) + along - np.where(finite, start_min, 0.0)
    np.divide(gone, along + back, out=share, where=finite & (along + back > 0.0))
    share = np.clip(share, 0.0, 1.0)
    middle = start + (stop - start) * share[:, None]
    both = Stretches(
        np.concatenate([edge, edge]),
        np.concatenate([start, stop]),
        np.concatenate([middle, middle]),
        np.concatenate([start_min, stop_min]),
        np.concatenate([start_min + share * back, stop_min + (1.0 - share) * along]),
    )
    return both.of(np.isfinite(both.near_min))


def within(found: Stretches, limit_min: float) -> tuple[Indices, Geometries]:
    """Return the edges that have ground within ``limit_min`` minutes, and the part of each that is (lines), in m.

    Along a stretch the time runs straight from its near end to its far end.
    """
    rise, left = found.far_min - found.near_min, limit_min - found.near_min
    share = np.where(left >= rise, 1.0, 0.0)
    np.divide(left, rise, out=share, where=(left < rise) & (left > 0.0))
    chosen = (left >= 0.0) & (share > 0.0)
    near, way = found.near[chosen], (found.far - found.near)[chosen]
    lines = shapely.linestrings(np.stack([near, near + way * share[chosen, None]], axis=1))
    edges, row = np.unique(found.edge[chosen], return_inverse=True)
    order = np.argsort(row, kind="stable")
    parts: Geometries = shapely.line_merge(shapely.multilinestrings(lines[order], indices=row[order]))
    return edges, parts
