"""Lines of equal height on a field, for roads that follow them and terraces that lie between them."""

from __future__ import annotations

import numpy as np
import shapely
from contourpy import LineType, contour_generator

from puc_tool.demo.field import Field, Shapes


def contour(field: Field, level: float) -> Shapes:
    """Return the lines on which ``field``, read between the cells' centres, is ``level``: from end to end or closed."""
    lattice = field.lattice
    x = lattice.left + (np.arange(lattice.width) + 0.5) * lattice.cell_m
    y = lattice.top - (np.arange(lattice.height) + 0.5) * lattice.cell_m
    drawn = contour_generator(x, y[::-1], field.values[::-1], line_type=LineType.Separate).lines(level)
    return np.array([shapely.LineString(path) for path in drawn], dtype=object)
