"""How long the ways between places that stand on an edge and its junctions take, and those along one edge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.services.walking_network import Segments
from analyses.services.walking_places import Entries, Streets

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def onward_min(pieces: Segments, at: Entries) -> Floats:
    """Return the minutes from the start of its edge to each place, walking along."""
    return pieces.along_before[at.segment] + at.share * pieces.along[at.segment]


def backward_min(pieces: Segments, at: Entries) -> Floats:
    """Return the minutes from each place back to the start of its edge."""
    return pieces.back_before[at.segment] + at.share * pieces.back[at.segment]


def leaving(streets: Streets, homes: Entries, speed_m_min: float) -> tuple[Floats, Floats]:
    """Return the minutes from each home to the last and to the first junction of its edge."""
    net, off = streets.network, homes.off_m / speed_m_min
    to_last = net.along[net.segments.edge[homes.segment]] - onward_min(net.segments, homes)
    return np.maximum(to_last, 0.0) + off, backward_min(net.segments, homes) + off


def entering(streets: Streets, services: Entries, speed_m_min: float) -> tuple[Floats, Floats]:
    """Return the minutes from the first and from the last junction of its edge into each service."""
    net, off = streets.network, services.off_m / speed_m_min
    from_last = net.back[net.segments.edge[services.segment]] - backward_min(net.segments, services)
    return onward_min(net.segments, services) + off, np.maximum(from_last, 0.0) + off


def on_one_edge(streets: Streets, places: Entries, entries: Entries) -> tuple[Indices, Indices, Floats]:
    """Return the rows of ``places`` and of ``entries`` that stand on one edge, and the minutes along it.

    What lies between a place and its edge is not in the minutes.
    """
    pieces = streets.network.segments
    of_place, of_entry = pieces.edge[places.segment], pieces.edge[entries.segment]
    order = np.argsort(of_place, kind="stable")
    low, high = (np.searchsorted(of_place[order], of_entry, side) for side in ("left", "right"))
    entry = np.repeat(np.arange(len(of_entry)), high - low)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    place = order[np.repeat(low, high - low) + within]
    onward = onward_min(pieces, entries)[entry] - onward_min(pieces, places)[place]
    back = backward_min(pieces, places)[place] - backward_min(pieces, entries)[entry]
    # One of the two is negative, for the other direction; both are 0 at one place.
    return place, entry, np.maximum(np.maximum(onward, back), 0.0)
