"""SVG text for map and legend: integers in hundredths of a millimetre, one compound path for each class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps import fonts
from puc_tool.maps.style import PAPER, Disc, Fill, Hatch, Lettering, Mark, Stroke

UNITS_A_MM = 100
Points = NDArray[np.float64]
_CAP_HEIGHT_EM = 0.698


def document(width_mm: float, height_mm: float, parts: Iterable[str]) -> bytes:
    """Return a whole SVG of this size; what reaches over its edge is not shown."""
    box = f"0 0 {_units(width_mm)} {_units(height_mm)}"
    size = f'width="{width_mm:g}mm" height="{height_mm:g}mm"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}">'
    return "\n".join([head, *parts, "</svg>"]).encode()


def area(geometry: shapely.Geometry, style: Fill) -> Iterator[str]:
    """Yield a polygon in millimetres of paper, and its hatch as real lines."""
    path = _path(geometry, closed=True)
    if not path:
        return
    edge = f'stroke="{style.edge}" stroke-width="{_units(style.edge_mm)}"' if style.edge else ""
    faint = f' opacity="{style.opacity:g}"' if style.opacity < 1 else ""
    yield f'<path d="{path}" fill="{style.colour}" fill-rule="evenodd" {edge}{faint}/>'
    if style.hatch:
        yield from line(_hatched(geometry, style.hatch), Stroke(style.hatch.colour, style.hatch.line_mm))


def line(geometry: shapely.Geometry, style: Stroke) -> Iterator[str]:
    """Yield a line in millimetres of paper, its casing first."""
    path = _path(geometry, closed=False)
    if not path:
        return
    if style.casing:
        yield _stroked(path, style.casing, style.casing_mm)
    yield _stroked(path, style.colour, style.width_mm, style.dash_mm)


def mark(points: Points, style: Mark) -> Iterator[str]:
    """Yield one path for a sign at each of ``points`` (n × 2, millimetres of paper)."""
    half = _units(style.size_mm / 2)
    shape = {
        "frame": f"m-{half} -{half}h{2 * half}v{2 * half}h-{2 * half}z",
        "dot": f"m-{half} 0a{half} {half} 0 1 0 {2 * half} 0a{half} {half} 0 1 0 -{2 * half} 0z",
        "triangle": f"m0 -{half}l{half} {2 * half}h-{2 * half}z",
        "cross": f"m-{half} 0h{2 * half}m-{half} -{half}v{2 * half}",
    }[style.shape]
    path = "".join(f"M{x} {y}{shape}" for x, y in _whole(points).tolist())
    if not path:
        return
    if style.shape == "frame":
        yield _stroked(path, PAPER, style.line_mm + 0.3)
    if style.shape in ("frame", "cross"):
        yield _stroked(path, style.colour, style.line_mm)
    else:
        yield f'<path d="{path}" fill="{style.colour}" stroke="{PAPER}" stroke-width="12"/>'


def disc(points: Points, words: Iterable[str], style: Disc) -> Iterator[str]:
    """Yield a numbered circle at each of ``points``."""
    letters = Lettering(style.colour, style.type_pt, 600, halo_pt=0)
    for point, word in zip(points, words, strict=True):
        x, y = _whole(point).tolist()
        radius = _units(style.size_mm / 2)
        yield f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{PAPER}" stroke="{style.colour}" stroke-width="20"/>'
        yield from lettering(point, word, letters)


def lettering(point: Points, words: str, style: Lettering) -> Iterator[str]:
    """Yield lines of text centred on ``point``, letters and halo in one element, so that they are found once."""
    size = style.size_pt * fonts.PT_MM
    lines = fonts.printable(words.upper() if style.capitals else words).split("\n")
    for number, words_of_line in enumerate(lines):
        rise = (number - (len(lines) - 1) / 2) * size * 1.2 + size * _CAP_HEIGHT_EM / 2
        x, y = _whole(point + np.array([style.tracking_em * size / 2, rise])).tolist()
        yield f'<text x="{x}" y="{y}" {_type(style, size)}>{escape(words_of_line)}</text>'


def _type(style: Lettering, size_mm: float) -> str:
    shown = [
        f'font-family="{fonts.FAMILY}" font-size="{_units(size_mm)}" font-weight="{style.weight}"',
        f'text-anchor="middle" fill="{style.colour}"',
    ]
    if style.italic:
        shown.append('font-style="italic"')
    if style.tracking_em:
        shown.append(f'letter-spacing="{_units(style.tracking_em * size_mm)}"')
    if style.halo_pt:
        width = _units(style.halo_pt * fonts.PT_MM)
        shown.append(f'stroke="{style.halo}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke"')
    return " ".join(shown)


def _stroked(path: str, colour: str, width_mm: float, dash_mm: tuple[float, ...] = ()) -> str:
    dash = f' stroke-dasharray="{" ".join(str(_units(part)) for part in dash_mm)}"' if dash_mm else ""
    width = _units(width_mm)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"{dash}/>'


def _path(geometry: shapely.Geometry, closed: bool) -> str:
    parts = shapely.get_parts(geometry)
    lines = shapely.get_rings(parts) if closed else parts
    coords, owner = shapely.get_coordinates(lines, return_index=True)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return "".join(_subpath(ring, closed) for ring in np.split(_whole(coords), starts[1:]))


def _subpath(points: NDArray[np.int64], closed: bool) -> str:
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if not len(steps):
        return ""
    moves = re.sub(r"[\[\],]+", "", str(steps.tolist()))
    return f"M{points[0, 0]} {points[0, 1]}l{moves}" + ("z" if closed else "")


def _hatched(geometry: shapely.Geometry, hatch: Hatch) -> shapely.Geometry:
    turns = (hatch.angle_deg, hatch.angle_deg + 90) if hatch.crossed else (hatch.angle_deg,)
    left, top, right, bottom = geometry.bounds
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    reach = np.hypot(right - left, bottom - top) / 2
    # Lines are counted from the paper's corner, so that two areas of a class share one family.
    families = [_family(middle, reach, np.radians(-turn), hatch.step_mm) for turn in turns]
    inside = shapely.intersection(shapely.union_all(families), shapely.get_parts(geometry))
    return shapely.line_merge(shapely.union_all(inside))


def _family(middle: Points, reach: float, angle: float, step: float) -> shapely.Geometry:
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    start = float(middle @ across)
    offsets = np.arange(np.ceil((start - reach) / step), np.floor((start + reach) / step) + 1) * step - start
    feet = middle + offsets[:, None] * across
    return shapely.multilinestrings(shapely.linestrings(np.stack([feet - reach * along, feet + reach * along], axis=1)))


def _whole(mm: Points) -> NDArray[np.int64]:
    return np.rint(mm * UNITS_A_MM).astype(np.int64)


def _units(mm: float) -> int:
    return round(mm * UNITS_A_MM)
