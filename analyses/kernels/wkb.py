"""Well-known binary made flat in one go: points, rings, features, without an object for each geometry.

Format: OGC 06-103r4 (Simple Feature Access 1), little-endian, with ISO and EWKB codes for Z and M, which are skipped.
The octets of a feature are those from its start up to its end; none where both are the same.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import bare, kernel

_LINE, _POLYGON, _MULTI_LINE, _COLLECTION = 2, 3, 5, 7
_LITTLE_ENDIAN = 1


@kernel
def counted(octets, starts, ends):
    """Return how many points and rings the geometries have; -1 if one is of a kind not read here, or is cut short.

    Nothing outside a geometry's own octets is looked at, so that what is counted may be filled in without a doubt.
    """
    points, rings = np.int64(0), np.int64(0)
    for feature in range(len(starts)):
        if starts[feature] < ends[feature]:
            more, others = _counted_in(bare(octets), starts[feature], ends[feature])
            if more < 0:
                return more, more
            points, rings = points + more, rings + others
    return points, rings


@kernel
def _counted_in(octets, at, end):
    """Return how many points and rings one geometry has, or -1."""
    points, rings = np.int64(0), np.int64(0)
    kind, width, parts, at = _head(octets, at, end)
    if kind > _COLLECTION:
        return np.int64(-1), np.int64(-1)
    for _part in range(parts if kind >= _MULTI_LINE else 1):
        inner, count = kind, parts
        if kind >= _MULTI_LINE:
            inner, width, count, at = _head(octets, at, end)
        more, others, at = _counted_part(octets, inner, width, count, at, end)
        if at < 0:
            return np.int64(-1), np.int64(-1)
        points, rings = points + more, rings + others
    return points, rings


@kernel
def _counted_part(octets, kind, width, count, at, end):
    """Return how many points and rings a line or an area has, and where the next thing begins; -1 there if it fails."""
    points, rings = np.int64(0), np.int64(0)
    if kind != _LINE and kind != _POLYGON:
        return points, rings, np.int64(-1)
    for _ring in range(1 if kind == _LINE else count):
        corners = count
        if kind == _POLYGON:
            corners, at = _count(octets, at, end), at + 4
        if corners < 0 or at + 8 * width * corners > end:
            return points, rings, np.int64(-1)
        points, rings, at = points + corners, rings + min(corners, 1), at + 8 * width * corners
    return points, rings, at


@kernel
def filled(octets, starts, ends, points, rings, features, is_shell):
    """Fill (N, 2) ``points``, the first point of each ring, the first ring of each feature, and which rings are shells.

    A line is a shell, for it has no inside to be turned about. Tells whether every ring of an area is closed.
    """
    point, ring, are_closed = 0, 0, True
    for feature in range(len(starts)):
        features[feature] = ring
        at, end = np.int64(starts[feature]), np.int64(ends[feature])
        if at == end:
            continue
        kind, width, parts, at = _head(bare(octets), at, end)
        for _part in range(parts if kind >= _MULTI_LINE else 1):
            inner, count = kind, parts
            if kind >= _MULTI_LINE:
                inner, width, count, at = _head(bare(octets), at, end)
            for place in range(1 if inner == _LINE else count):
                corners = count
                if inner != _LINE:
                    corners, at = _count(bare(octets), at, end), at + 4
                if corners == 0:
                    continue
                rings[ring], is_shell[ring] = point, place == 0
                at = _copied(bare(octets), at, width, points[point : point + corners])
                are_closed &= inner == _LINE or _is_closed(points, point, point + corners - 1)
                point, ring = point + corners, ring + 1
    features[len(starts)] = ring
    rings[ring] = point
    return are_closed


@kernel
def _is_closed(points, first, last):
    return points[first, 0] == points[last, 0] and points[first, 1] == points[last, 1]


@kernel
def extents(points, rings, features):
    """Return left, bottom, right and top of each feature; NaN of one without a point, or with one that is nowhere."""
    found = np.full((len(features) - 1, 4), np.nan)
    for feature in range(len(found)):
        first, last = rings[features[feature]], rings[features[feature + 1]]
        left, bottom, right, top, total = np.inf, np.inf, -np.inf, -np.inf, 0.0
        for point in range(first, last):
            x, y = points[point, 0], points[point, 1]
            left, bottom, right, top = min(left, x), min(bottom, y), max(right, x), max(top, y)
            total += x + y
        if first < last and np.isfinite(total):
            found[feature] = left, bottom, right, top
    return found


@kernel
def _head(octets, at, end):
    """Return kind, numbers a point, count of parts or points, and where they begin; kind 0 if there is no such head."""
    if at >= end or octets[at] != _LITTLE_ENDIAN:
        return np.int64(0), 0, np.int64(0), at
    code = max(_count(octets, at + 1, end), 0)
    width = 2 + int((code >> 31) & 1) + int((code >> 30) & 1)
    after = at + 5 + (4 if (code >> 29) & 1 else 0)
    kind = (code & 0x1FFFFFFF) % 1000
    thousands = (code & 0x1FFFFFFF) // 1000
    width += 1 if thousands in (1, 2) else (2 if thousands == 3 else 0)
    count = _count(octets, after, end)
    return (kind if count >= 0 else np.int64(0)), width, count, after + 4


@kernel
def _count(octets, at, end):
    """Return the whole number that begins there; -1 if it ends beyond the ``end``."""
    if at + 4 > end:
        return np.int64(-1)
    return (
        np.int64(octets[at])
        | np.int64(octets[at + 1]) << 8
        | np.int64(octets[at + 2]) << 16
        | np.int64(octets[at + 3]) << 24
    )


@kernel
def _copied(octets, at, width, points):
    """Copy the first two numbers of each point and return where the next thing begins."""
    behind = at + 8 * width * len(points)
    numbers = octets[at:behind].view(np.float64)
    for place in range(len(points)):
        points[place, 0], points[place, 1] = numbers[width * place], numbers[width * place + 1]
    return behind
