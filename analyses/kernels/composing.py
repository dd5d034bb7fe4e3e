"""Finished pictures laid on each other, cells of rasters given their colours; pixels and cameras as in ``painting``."""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import kernel
from analyses.kernels.painting import FULL, HALVES


@kernel
def compose(picture, layer, mask, opacity):
    """Lay a finished layer on an opaque picture, ``opacity`` 256ths of it, less where ``mask`` (0 to 255) says so."""
    is_masked = mask.shape[0] > 0
    for row in range(picture.shape[0]):
        if not is_masked and opacity == FULL:
            for col in range(picture.shape[1]):
                picture[row, col] = over(picture[row, col], layer[row, col], np.uint32(FULL))
        elif not is_masked:
            for col in range(picture.shape[1]):
                picture[row, col] = over(picture[row, col], layer[row, col], np.uint32(opacity))
        else:
            for col in range(picture.shape[1]):
                share = np.uint32(opacity * mask[row, col] // 255)
                picture[row, col] = over(picture[row, col], layer[row, col], share)


@kernel
def over(under, above, share):
    """Return the opaque pixel ``under`` with ``share`` 256ths of ``above`` over it, without a branch."""
    ones = np.uint32(0xFF00FF)
    room = np.uint32(65280) - (above >> np.uint32(24)) * share
    keep = (room + np.uint32(1) + (room >> np.uint32(8))) >> np.uint32(8)  # room // 255
    halves = np.uint32(HALVES)
    odd = np.uint32((above & ones) * share + (under & ones) * keep + halves)
    even = np.uint32(((above >> np.uint32(8)) & ones) * share + ((under >> np.uint32(8)) & ones) * keep + halves)
    return np.uint32(((odd >> np.uint32(8)) & ones) | (even & np.uint32(0xFF00FF00)))


@kernel
def paint_cells(picture, first_row, camera, values, place, palette):
    """Give each pixel the colour of the cell under its middle; ``place`` is the cells' left, top and size (m)."""
    left, top, scale = camera
    cells_left, cells_top, size = place
    columns = np.empty(picture.shape[1], np.int64)
    for col in range(picture.shape[1]):
        columns[col] = int(np.floor((left + (col + 0.5) / scale - cells_left) / size))
    for row in range(picture.shape[0]):
        line = int(np.floor((cells_top - top + (first_row + row + 0.5) / scale) / size))
        if 0 <= line < values.shape[0]:
            for col in range(picture.shape[1]):
                if 0 <= columns[col] < values.shape[1]:
                    picture[row, col] = palette[values[line, columns[col]]]
