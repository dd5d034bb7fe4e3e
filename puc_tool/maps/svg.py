"""SVG for map and legend: one compound path for each class by matplotlib, names as real text on top.

A unit is a hundredth of a millimetre of paper and coordinates are whole units, so the figure is drawn a hundred times
larger than it is printed; the page gives it its size. Text is ours: matplotlib turns letters with a halo into outlines.
matplotlib is loaded by the first shape that is drawn: it takes a third of a second, and a window is up before that.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps import fonts
from puc_tool.maps.hatching import hatched
from puc_tool.maps.style import PAPER, Disc, Fill, Lettering, Mark, Stroke

if TYPE_CHECKING:
    from matplotlib.path import Path

UNITS_A_MM = 100
Points = NDArray[np.float64]
_CAP_HEIGHT_EM = 0.698
_DPI = 72  # of matplotlib's SVG: one unit is one point
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "puc", "svg.fonttype": "none", "lines.scale_dashes": False, "path.sketch": None, "path.effects": [],
}  # fmt: skip
_NAMELESS = dict.fromkeys(("Date", "Creator", "Format", "Type"))
# The figure is turned over, y downwards: what points down for matplotlib points up on paper.
_SIGNS = {"frame": "s", "dot": "o", "triangle": "v", "cross": "+"}


@dataclass(frozen=True)
class Shape:
    """A compound path in units of paper, y downwards, and matplotlib's words for its look."""

    path: Path
    look: Mapping[str, Any]


Part = Shape | str
"""A shape, or a text element as it stands in the file; texts lie on top of the shapes of their document."""


def document(width_mm: float, height_mm: float, parts: Iterable[Part]) -> bytes:
    """Return a whole SVG of this size in units; what reaches over its edge is not shown. Same parts, same bytes."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    given = list(parts)
    width, height = _units(width_mm), _units(height_mm)
    downwards = Affine2D().scale(1, -1).translate(0, height)
    written = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = Figure((width / _DPI, height / _DPI), dpi=_DPI, frameon=False)
        for shape in given:
            if isinstance(shape, Shape):
                figure.add_artist(PathPatch(shape.path, transform=downwards, **shape.look))
        FigureCanvasSVG(figure).print_svg(written, metadata=_NAMELESS)  # type: ignore[no-untyped-call]
    texts = "\n".join(part for part in given if isinstance(part, str))
    return written.getvalue().replace(b"</svg>", f"{texts}\n</svg>".encode())


def area(geometry: shapely.Geometry, style: Fill) -> Iterator[Shape]:
    """Yield a polygon in millimetres of paper, and its hatch as real lines. Where areas overlap, both are covered."""
    path = _path(geometry, closed=True)
    if path is None:
        return
    edge = {"edgecolor": style.edge, "linewidth": _units(style.edge_mm)} if style.edge else {"linewidth": 0}
    yield Shape(path, {"facecolor": style.colour, "alpha": style.opacity if style.opacity < 1 else None, **edge})
    if style.hatch:
        yield from line(hatched(geometry, style.hatch), Stroke(style.hatch.colour, style.hatch.line_mm))


def line(geometry: shapely.Geometry, style: Stroke) -> Iterator[Shape]:
    """Yield a line in millimetres of paper, its casing first."""
    path = _path(geometry, closed=False)
    if path is None:
        return
    if style.casing:
        yield _stroked(path, style.casing, style.casing_mm)
    yield _stroked(path, style.colour, style.width_mm, style.dash_mm)


def mark(points: Points, style: Mark) -> Iterator[Shape]:
    """Yield one path for a sign at each of ``points`` (n × 2, millimetres of paper)."""
    if not len(points):
        return
    path = _signs(points, _SIGNS[style.shape], style.size_mm)
    if style.shape == "frame":
        yield _stroked(path, PAPER, style.line_mm + 0.3)
    if style.shape in ("frame", "cross"):
        yield _stroked(path, style.colour, style.line_mm)
    else:
        yield Shape(path, {"facecolor": style.colour, "edgecolor": PAPER, "linewidth": _units(0.12)})


def disc(points: Points, words: Iterable[str], style: Disc) -> Iterator[Part]:
    """Yield a numbered circle at each of ``points``."""
    if len(points):
        circles = _signs(points, "o", style.size_mm)
        yield Shape(circles, {"facecolor": PAPER, "edgecolor": style.colour, "linewidth": _units(0.2)})
    letters = Lettering(style.colour, style.type_pt, 600, halo_pt=0)
    for point, word in zip(points, words, strict=True):
        yield from lettering(point, word, letters)


def lettering(
    point: Points, words: str, style: Lettering, anchor: Literal["start", "middle", "end"] = "middle"
) -> Iterator[str]:
    """Yield lines of text that begin, lie centred or end at ``point``, at half the height of its capitals.

    Letters and halo are one element, so that they are found once.
    """
    size = style.size_pt * fonts.PT_MM
    lines = fonts.printable(words.upper() if style.capitals else words).split("\n")
    for number, words_of_line in enumerate(lines):
        rise = (number - (len(lines) - 1) / 2) * size * 1.2 + size * _CAP_HEIGHT_EM / 2
        x, y = _whole(point + np.array([style.tracking_em * size / 2, rise])).astype(int).tolist()
        yield f'<text x="{x}" y="{y}" {_type(style, size, anchor)}>{escape(words_of_line)}</text>'


def _type(style: Lettering, size_mm: float, anchor: str) -> str:
    shown = [
        f'font-family="{fonts.FAMILY}" font-size="{_units(size_mm)}" font-weight="{style.weight}"',
        f'text-anchor="{anchor}" fill="{style.colour}"',
    ]
    if style.italic:
        shown.append('font-style="italic"')
    if style.tracking_em:
        shown.append(f'letter-spacing="{_units(style.tracking_em * size_mm)}"')
    if style.halo_pt:
        width = _units(style.halo_pt * fonts.PT_MM)
        shown.append(f'stroke="{style.halo}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke"')
    return " ".join(shown)


def _stroked(path: Path, colour: str, width_mm: float, dash_mm: tuple[float, ...] = ()) -> Shape:
    dash = (0, tuple(_units(part) for part in dash_mm)) if dash_mm else "solid"
    stroke = {"linewidth": _units(width_mm), "linestyle": dash, "joinstyle": "round"}
    return Shape(path, {"fill": False, "edgecolor": colour, **stroke})


def _path(geometry: shapely.Geometry, closed: bool) -> Path | None:
    """Return every ring or line of ``geometry`` in one path, holes turned against their shells; None for none."""
    from matplotlib.path import Path

    parts = shapely.get_parts(shapely.orient_polygons(geometry) if closed else geometry)
    lines = shapely.get_rings(parts) if closed else parts
    coords, owner = shapely.get_coordinates(lines, return_index=True)
    if not len(coords):
        return None
    codes = np.full(len(coords), Path.LINETO, Path.code_type)
    starts = np.diff(owner, prepend=-1) > 0
    codes[starts] = Path.MOVETO
    if closed:
        codes[np.append(starts[1:], True)] = Path.CLOSEPOLY
    return _exact(Path(_whole(coords), codes))


def _signs(points: Points, sign: str, size_mm: float) -> Path:
    from matplotlib.markers import MarkerStyle
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    marker = MarkerStyle(sign)
    one = marker.get_path().transformed(marker.get_transform() + Affine2D().scale(_units(size_mm)))
    places = [Affine2D().translate(x, y) for x, y in _whole(points).tolist()]
    return _exact(Path.make_compound_path(*(one.transformed(place) for place in places)))


def _exact(path: Path) -> Path:
    path.should_simplify = False
    return path


def _whole(mm: Points) -> Points:
    return np.rint(mm * UNITS_A_MM)


def _units(mm: float) -> int:
    return round(mm * UNITS_A_MM)
