"""Layers of the screen's map on paper: each class with the sign it has on the screen, in millimetres."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.grid import Grid
from layers.text import Text, joined
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.shapes import Shapes
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import Areas, Layer, LegendGroup, LegendItem, Lines, Marks, RasterClasses, Tones
from puc_tool.maps.style import ACCENT, INK, INK_2, PAPER, RULE, Fill, Hatch, Mark, Stroke, Style
from puc_tool.maps.themes import ClassStyle, Drawn
from puc_tool.maps.tones import photo_on_paper, relief_on_paper

MM_A_PX = 25.4 / 96
_CELLS_A_MM = 5.0
_SHADE, _PHOTO = "#c9c9c9", "#9a9a86"
_THINNEST_MM = 0.12
_POINT_MM, _AREA_OPACITY = 1.6, 0.75
_DASHES = ((1.4, 0.7), (0.5, 0.5), (2.6, 0.6, 0.5, 0.6))
_COLOURS = (ACCENT, INK, "#8c3a06", "#6b1f6b")
_SHAPES: tuple[Literal["dot", "triangle", "frame"], ...] = ("dot", "triangle", "frame")
_ANGLES = (0.0, 90.0, 45.0, 135.0)
_INKS = {"ink": INK, "ink2": INK_2, "ink3": RULE, "accent": ACCENT, "sea_text": "#3f6f8c"}


@dataclass(frozen=True)
class OnPaper:
    """A layer as it is printed: what it is called, its parts, and what each of its signs means."""

    title: Text
    layers: tuple[Layer, ...]
    signs: tuple[tuple[Text, Style], ...]

    @property
    def legend(self) -> LegendGroup:
        """The group of the legend that explains it."""
        return legend_of(self.title, self.signs)


def on_paper(title: Text, picture: Picture, frame: Frame, crs: CRS, taken: Collection[Style]) -> OnPaper | None:
    """Return what ``frame`` shows of a layer; None of what it shows nothing of.

    A sign that another layer has ``taken`` is varied.
    """
    if not picture.classes:
        return _toned(title, picture, frame, taken)
    styles = tuple(_own(style_of(each, picture), taken) for each in picture.classes)
    signs = tuple((each.legend, style) for each, style in zip(picture.classes, styles, strict=True))
    return OnPaper(title, tuple(_layers(picture, styles, frame, crs)), signs)


def legend_of(title: Text, signs: Iterable[tuple[Text, Style]]) -> LegendGroup:
    """Return the group of the legend for signs that belong together: classes of one sign share an item.

    One sign alone is called as the layer.
    """
    groups: dict[Style, list[Text]] = {}
    for words, style in signs:
        groups.setdefault(style, []).append(words)
    if len(groups) < 2:
        return LegendGroup(tuple(LegendItem(title, style) for style in groups))
    return LegendGroup(tuple(LegendItem(joined(alike, ", "), style) for style, alike in groups.items()), title)


def _toned(title: Text, picture: Picture, frame: Frame, taken: Collection[Style]) -> OnPaper | None:
    """Return a photo or a relief as ``frame`` shows it, under a swatch of its mean tone."""
    relief = relief_on_paper(picture.cells, frame) if picture.cells is not None else None
    content = relief if picture.photo is None else photo_on_paper(picture.photo, frame)
    if content is None:
        return None
    style = _own(Fill(_SHADE if picture.photo is None else _PHOTO), taken)
    assert isinstance(style, Fill), "a variant of a fill is one"
    return OnPaper(title, (Tones(content, style),), ((title, style),))


def _own(style: Style, taken: Collection[Style]) -> Style:
    """Return the sign, or the first of its variants that no other layer has."""
    return next((each for each in (style, *_variants(style)) if each not in taken), style)


def _variants(style: Style) -> Iterator[Style]:
    if isinstance(style, Stroke):
        yield from (replace(style, dash_mm=dash) for dash in _DASHES)
        yield from (replace(style, width_mm=2 * style.width_mm, dash_mm=dash) for dash in ((), *_DASHES))
    elif isinstance(style, Mark):
        yield from (replace(style, shape=shape, colour=colour) for colour in _COLOURS for shape in _SHAPES)
    elif isinstance(style, Fill):
        ink = style.edge if style.edge not in ("", PAPER) else INK_2
        yield from (replace(style, hatch=Hatch(ink, step, angle_deg=angle)) for step in (1.6, 2.6) for angle in _ANGLES)


def style_of(style: ClassStyle, picture: Picture) -> Style:
    """Return the sign of a class on white paper."""
    return _STYLES[picture.drawn](style, picture)


def _layers(picture: Picture, styles: tuple[Style, ...], frame: Frame, crs: CRS) -> Iterator[Layer]:
    if picture.shapes is not None:
        yield from _of_shapes(picture.shapes, styles, frame)
        return
    cells = picture.cells if picture.file_cells is None else picture.file_cells.seen(_camera(frame))
    fills = tuple(style for style in styles if isinstance(style, Fill))
    if cells is not None and len(fills) == len(styles):
        yield RasterClasses(cells.values, _grid(cells, crs), fills)


def _of_shapes(shapes: Shapes, styles: tuple[Style, ...], frame: Frame) -> Iterator[Layer]:
    left, bottom, right, top = frame.bounds
    low, high = shapes.bounds[:, :2], shapes.bounds[:, 2:]
    with np.errstate(invalid="ignore"):
        is_seen = (low <= (right, top)).all(axis=1) & (high >= (left, bottom)).all(axis=1)
    for style in dict.fromkeys(styles):
        places = [place for place, each in enumerate(styles) if each == style]
        chosen = np.flatnonzero(is_seen & np.isin(shapes.classes, places))
        if isinstance(style, Fill):
            yield Areas(polygons_of(shapes, chosen), style)
        elif isinstance(style, Stroke):
            yield Lines(lines_of(shapes, chosen), style)
        at = shapes.signs[np.isin(shapes.sign_classes, places)]
        if len(at) and isinstance(style, Mark):
            yield Marks(tuple(shapely.points(at)), style)


def polygons_of(shapes: Shapes, chosen: NDArray[np.int64]) -> tuple[BaseGeometry, ...]:
    """Return the polygons of these features: a ring that turns as the first one does is a shell, the others holes."""
    rings = _rings(shapes, chosen)
    if not len(rings):
        return ()
    points, offsets = _points(shapes, rings)
    shells = np.flatnonzero(_turning(shapes, rings) == _turning(shapes, rings[:1])[0])
    return tuple(
        shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (offsets, np.append(shells, len(rings))))
    )


def lines_of(shapes: Shapes, chosen: NDArray[np.int64]) -> tuple[BaseGeometry, ...]:
    """Return the lines and the outlines of these features."""
    rings = _rings(shapes, chosen)
    if not len(rings):
        return ()
    return tuple(shapely.from_ragged_array(shapely.GeometryType.LINESTRING, *_whole(_points(shapes, rings))))


def _whole(
    found: tuple[NDArray[np.float64], NDArray[np.int64]],
) -> tuple[NDArray[np.float64], tuple[NDArray[np.int64]]]:
    return found[0], (found[1],)


def _rings(shapes: Shapes, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the rings of these features, in order."""
    spans = [np.arange(shapes.features[each], shapes.features[each + 1]) for each in chosen]
    return np.concatenate(spans) if spans else np.empty(0, np.int64)


def _points(shapes: Shapes, rings: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the points of these rings, and where each begins among them."""
    starts, ends = shapes.rings[rings], shapes.rings[rings + 1]
    points = np.concatenate([shapes.points[start:end] for start, end in zip(starts, ends, strict=True)])
    return points, np.concatenate([[0], np.cumsum(ends - starts)])


def _turning(shapes: Shapes, rings: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the sign of each ring's area: which way it turns."""
    points, offsets = _points(shapes, rings)
    local = points - points[0]
    cross = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    # From the last point of a ring to the first of the next is no side of either.
    cross[offsets[1:-1] - 1] = 0.0
    return np.sign(np.add.reduceat(np.append(cross, 0.0), offsets[:-1]))


def _camera(frame: Frame) -> Camera:
    scale = _CELLS_A_MM / frame.metres_a_mm
    return Camera(
        frame.left, frame.top, scale, round(frame.width_mm * _CELLS_A_MM), round(frame.height_mm * _CELLS_A_MM)
    )


def _grid(cells: Cells, crs: CRS) -> Grid:
    height, width = cells.values.shape
    return Grid(crs, Affine(cells.size, 0.0, cells.left, 0.0, -cells.size, cells.top), width, height)


def _colour(style: ClassStyle, picture: Picture) -> str:
    return style.colour or _INKS.get(picture.ink, ACCENT)


def _area(style: ClassStyle, picture: Picture) -> Style:
    return Fill(_colour(style, picture), _AREA_OPACITY, edge=PAPER, edge_mm=0.1)


def _cells(style: ClassStyle, picture: Picture) -> Style:
    return Fill(_colour(style, picture))


def _hatch(angle_deg: float) -> Callable[[ClassStyle, Picture], Style]:
    def made(style: ClassStyle, picture: Picture) -> Style:
        colour = _colour(style, picture)
        hatch = Hatch(colour, style.step_px * MM_A_PX, style.line_px * MM_A_PX, angle_deg)
        return Fill(colour, 0.12, edge=colour, hatch=hatch)

    return made


def _line(style: ClassStyle, picture: Picture) -> Style:
    if _is_of_points(picture):
        return _point(style, picture)
    return Stroke(_colour(style, picture), max(_THINNEST_MM, picture.width * MM_A_PX * 0.6))


def _point(style: ClassStyle, picture: Picture) -> Style:
    return Mark("dot", style.colour or ACCENT, _POINT_MM)


def _is_of_points(picture: Picture) -> bool:
    return picture.shapes is not None and len(picture.shapes.rings) < 2 and len(picture.shapes.signs) > 0


_STYLES: dict[Drawn, Callable[[ClassStyle, Picture], Style]] = {
    Drawn.AREA: _area,
    Drawn.HATCH: _hatch(45.0),
    Drawn.BACK_HATCH: _hatch(135.0),
    Drawn.OUTLINE: _line,
    Drawn.LINE: _line,
    Drawn.POINT: _point,
    Drawn.CELLS: _cells,
    Drawn.PHOTO: _cells,
}
