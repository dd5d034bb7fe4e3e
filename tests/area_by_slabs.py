"""The ground under convex polygons, without GEOS's overlay: upright slabs between all places where an outline turns.

Within a slab no two edges cross, so what the polygons cover of an upright line grows evenly: the line in the middle
times the slab's width is its area.
"""

import itertools

import numpy as np
import shapely


def area_together(convex, window=(-np.inf, -np.inf, np.inf, np.inf)):
    """Return the area under ``convex``, polygons without holes, within ``window`` (left, bottom, right, top)."""
    left, bottom, right, top = window
    rings = [shapely.get_coordinates(each) for each in convex]
    turns = np.concatenate([*(ring[:, 0] for ring in rings), _crossings(rings, bottom, top), [left, right]])
    x = np.unique(turns[np.isfinite(turns) & (turns >= left) & (turns <= right)])
    middle, width = (x[1:] + x[:-1]) / 2.0, np.diff(x)
    spans = np.array([np.clip(_span(ring, middle), bottom, top) for ring in rings])
    return float(width @ _covered(spans))


def _crossings(rings, bottom, top):
    """Return where the lines through all edges cross each other and the window's lower and upper side."""
    ends = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings])
    x, y, next_x, next_y = ends[ends[:, 0] != ends[:, 2]].T
    slope = (next_y - y) / (next_x - x)
    slope, level = np.append(slope, [0.0, 0.0]), np.append(y - slope * x, [bottom, top])
    one, other = np.triu_indices(len(slope), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (level[other] - level[one]) / (slope[one] - slope[other])


def _span(ring, x):
    """Return, (n, 2), from where to where a ring lies on each upright line, and nothing (twice the same) beside it."""
    low, high = np.full(len(x), np.inf), np.full(len(x), -np.inf)
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        met = (np.minimum(x0, x1) < x) & (x < np.maximum(x0, x1))
        y = y0 + (x[met] - x0) * ((y1 - y0) / (x1 - x0)) if met.any() else []
        low[met], high[met] = np.minimum(low[met], y), np.maximum(high[met], y)
    return np.where((low < high)[:, None], np.stack([low, high], axis=1), 0.0)


def _covered(spans):
    """Return how much of each line lies under at least one of its spans, (polygons, n, 2)."""
    order = np.argsort(spans[:, :, 0], axis=0)
    low, high = (np.take_along_axis(spans[:, :, end], order, axis=0) for end in (0, 1))
    reached = np.maximum.accumulate(np.vstack([np.full((1, low.shape[1]), -np.inf), high[:-1]]), axis=0)
    return np.maximum(high - np.maximum(low, reached), 0.0).sum(axis=0)
