"""Well-known binary made flat in one go: points, rings, features, without an object for each geometry.

Format: OGC 06-103r4 (Simple Feature Access 1), little-endian, with ISO and EWKB codes for Z and M, which are skipped.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import bare, kernel

_LINE, _POLYGON, _MULTI_LINE, _COLLECTION = 2, 3, 5, 7


@kernel
def counted(octets, offsets):
    """Return how many points and rings the geometries have; a count of -1 if one is of a kind not read here."""
    points, rings = 0, 0
    for feature in range(len(offsets) - 1):
        at, end = offsets[feature], offsets[feature + 1]
        if at == end:
            continue
        kind, width, parts, at = _head(bare(octets), at)
        if not _is_flat(kind):
            return np.int64(-1), np.int64(-1)
        for _part in range(parts if kind >= _MULTI_LINE else 1):
            inner, count = kind, parts
            if kind >= _MULTI_LINE:
                inner, width, count, at = _head(bare(octets), at)
            for _ring in range(1 if inner == _LINE else count):
                corners = count
                if inner != _LINE:
                    corners, at = _count(bare(octets), at), at + 4
                points, rings, at = points + corners, rings + min(corners, 1), at + 8 * width * corners
    return np.int64(points), np.int64(rings)


@kernel
def _is_flat(kind):
    """Tell whether it is a line, an area, several of them, or a collection of both."""
    return kind in (_LINE, _POLYGON) or _MULTI_LINE <= kind <= _COLLECTION


@kernel
def filled(octets, offsets, points, rings, features, is_shell):
    """Fill (N, 2) ``points``, the first point of each ring, the first ring of each feature, and which rings are shells.

    A line is a shell, for it has no inside to be turned about.
    """
    point, ring = 0, 0
    for feature in range(len(offsets) - 1):
        features[feature] = ring
        at = offsets[feature]
        if at == offsets[feature + 1]:
            continue
        kind, width, parts, at = _head(bare(octets), at)
        for _part in range(parts if kind >= _MULTI_LINE else 1):
            inner, count = kind, parts
            if kind >= _MULTI_LINE:
                inner, width, count, at = _head(bare(octets), at)
            for place in range(1 if inner == _LINE else count):
                corners = count
                if inner != _LINE:
                    corners, at = _count(bare(octets), at), at + 4
                if corners == 0:
                    continue
                rings[ring], is_shell[ring] = point, place == 0
                at = _copied(bare(octets), at, width, points[point : point + corners])
                point, ring = point + corners, ring + 1
    features[len(offsets) - 1] = ring
    rings[ring] = point


@kernel
def _head(octets, at):
    """Return kind, numbers a point, count of parts or points, and where they begin."""
    code = _count(octets, at + 1)
    width = 2 + int((code >> 31) & 1) + int((code >> 30) & 1)
    after = at + 5 + (4 if (code >> 29) & 1 else 0)
    kind = (code & 0x1FFFFFFF) % 1000
    thousands = (code & 0x1FFFFFFF) // 1000
    width += 1 if thousands in (1, 2) else (2 if thousands == 3 else 0)
    return kind, width, _count(octets, after), after + 4


@kernel
def _count(octets, at):
    return (
        np.int64(octets[at])
        | np.int64(octets[at + 1]) << 8
        | np.int64(octets[at + 2]) << 16
        | np.int64(octets[at + 3]) << 24
    )


@kernel
def _copied(octets, at, width, points):
    """Copy the first two numbers of each point and return where the next thing begins."""
    size = 8 * width
    for place in range(len(points)):
        points[place] = octets[at : at + 16].view(np.float64)
        at += size
    return at
