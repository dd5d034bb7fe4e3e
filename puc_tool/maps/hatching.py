"""Hatches as real lines: nothing is left to the viewer or the printer."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps.style import Hatch


def hatched(geometry: shapely.Geometry, hatch: Hatch) -> shapely.Geometry:
    """Return the lines of ``hatch`` inside polygons in millimetres of paper.

    Lines are counted from the paper's corner, so that two areas of a class share one family.
    """
    turns = (hatch.angle_deg, hatch.angle_deg + 90) if hatch.crossed else (hatch.angle_deg,)
    left, top, right, bottom = geometry.bounds
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    reach = np.hypot(right - left, bottom - top) / 2
    families = [_family(middle, reach, np.radians(-turn), hatch.step_mm) for turn in turns]
    # Family by family and part by part: no line is cut where another crosses it.
    inside = shapely.get_parts(shapely.intersection(np.array(families)[:, None], shapely.get_parts(geometry)).ravel())
    return shapely.line_merge(shapely.multilinestrings(inside[shapely.get_dimensions(inside) == 1]))


def _family(middle: NDArray[np.float64], reach: float, angle: float, step: float) -> shapely.Geometry:
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    start = float(middle @ across)
    offsets = np.arange(np.ceil((start - reach) / step), np.floor((start + reach) / step) + 1) * step - start
    feet = middle + offsets[:, None] * across
    return shapely.multilinestrings(shapely.linestrings(np.stack([feet - reach * along, feet + reach * along], axis=1)))
