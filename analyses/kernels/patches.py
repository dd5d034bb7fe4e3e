"""Patches: cells that hang together. The numerical core of ``analyses.soil.fragmentation``.

Method: connected components in two passes with union by the smaller label and path halving. Source: A. Rosenfeld and
J. L. Pfaltz, «Sequential operations in digital picture processing», J. ACM 13 (1966).
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import kernel


@kernel
def patches(is_open, by_corners):
    """Return the patch of each cell of (H, W), 1 to n, 0 where the cell is not open, and n.

    Cells hang together by their sides and, with ``by_corners``, by their corners too.
    """
    height, width = is_open.shape
    labels = np.zeros((height, width), np.int32)
    parents = np.zeros(height * width // 2 + 2, np.int32)
    count = 0
    for row in range(height):
        for col in range(width):
            if is_open[row, col]:
                label = _joined(labels, parents, row, col, by_corners)
                if label == 0:
                    count += 1
                    label = count
                    parents[label] = label
                labels[row, col] = label
    return labels, _numbered(labels, parents, count)


@kernel
def _joined(labels, parents, row, col, by_corners):
    """Return the patch that the cell joins among those before it, made one; 0 if there is none."""
    found = 0
    for drow, dcol in ((0, -1), (-1, 0), (-1, -1), (-1, 1)):
        is_corner = drow != 0 and dcol != 0
        if (by_corners or not is_corner) and row + drow >= 0 and 0 <= col + dcol < labels.shape[1]:
            other = labels[row + drow, col + dcol]
            if other:
                other = _root(parents, other)
                if found and found != other:
                    low, high = min(found, other), max(found, other)
                    parents[high] = low
                    found = low
                else:
                    found = other
    return found


@kernel
def _root(parents, label):
    while parents[label] != label:
        parents[label] = parents[parents[label]]
        label = parents[label]
    return label


@kernel
def _numbered(labels, parents, count):
    """Give every cell the number of its patch, without gaps, and return how many there are."""
    numbers = np.zeros(count + 1, np.int32)
    patches_found = 0
    for label in range(1, count + 1):
        if parents[label] == label:
            patches_found += 1
            numbers[label] = patches_found
    for row in range(labels.shape[0]):
        for col in range(labels.shape[1]):
            if labels[row, col]:
                labels[row, col] = numbers[_root(parents, labels[row, col])]
    return patches_found
