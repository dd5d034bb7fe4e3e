"""Cells of one grid seen through the pixels of another: for each pixel the cell under its middle."""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import math

from analyses.kernels.jit import kernel


@kernel
def lay_cells(pixels, cells, places, nodes, at):
    """Write ``places[cell]`` into each pixel whose cell is not 0 there; pixels outside the cells stay.

    Parameters
    ----------
    pixels : (rows, columns) numbers, changed
    cells : (rows, columns) classes, an index of ``places``
    places : what is written for each class; 0 writes nothing
    nodes : rows and columns of pixels, ascending from 0 to the end, where the way to the cells is known
    at : (2, rows, columns of nodes) column and row among the cells there; between nodes it is taken as bilinear
    """
    rows, cols = nodes
    for upper in range(len(rows) - 1):
        for row in range(rows[upper], rows[upper + 1]):
            down = (row + 0.5 - rows[upper]) / (rows[upper + 1] - rows[upper])
            for before in range(len(cols) - 1):
                x = at[0, upper, before] + (at[0, upper + 1, before] - at[0, upper, before]) * down
                y = at[1, upper, before] + (at[1, upper + 1, before] - at[1, upper, before]) * down
                x_next = at[0, upper, before + 1] + (at[0, upper + 1, before + 1] - at[0, upper, before + 1]) * down
                y_next = at[1, upper, before + 1] + (at[1, upper + 1, before + 1] - at[1, upper, before + 1]) * down
                width = cols[before + 1] - cols[before]
                for step in range(width):
                    share = (step + 0.5) / width
                    col = math.floor(x + (x_next - x) * share)
                    line = math.floor(y + (y_next - y) * share)
                    if 0 <= line < cells.shape[0] and 0 <= col < cells.shape[1]:
                        place = places[cells[line, col]]
                        if place:
                            pixels[row, cols[before] + step] = place
