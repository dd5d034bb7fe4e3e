"""The map itself: its layers become a stack of pictures, SVG for vectors and one indexed PNG for cells.

Photos and reliefs are pictures of their own among the fills. Order on paper: ground, fills in the order given, the
pale cover outside the commune, lines, borders, grid crosses, marks, numbers, names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import shapely

from layers.text import Lang
from puc_tool.maps import base, labels, svg
from puc_tool.maps import surroundings as near
from puc_tool.maps.frame import Frame, grid_step, ticks
from puc_tool.maps.geometry import on_paper
from puc_tool.maps.layout import Box, Layout
from puc_tool.maps.sheet import Areas, Labels, Lines, MapContent, Marks, Numbers, RasterClasses, Tones
from puc_tool.maps.style import GRID_CROSS, NUMBER, PAPER, Lettering, Stroke, Style

_BORDER_MM = 0.3
_NAME_STEP_MM = 2.5
_AIR_MM, _FAR_MM = 0.4, 5.0
Lettered = TypeVar("Lettered", Numbers, Labels)
_LEADER = Stroke(NUMBER.colour, 0.15, casing=PAPER, casing_mm=0.5)


@dataclass(frozen=True)
class Picture:
    """One file of the stack, ``.svg``, ``.png`` or ``.tones`` (JPEG or PNG).

    Each covers the whole frame; of two maps compared its own: from ``left_mm`` on ``width_mm`` of the frame.
    """

    name: str
    content: bytes
    left_mm: float = 0.0
    width_mm: float | None = None


@dataclass(frozen=True)
class Drawing:
    """The pictures from the bottom up, the styles that left something on paper, and the names without room.

    ``crowded`` are the numbers and names that lie over another one, or over the stamp or the scale box.
    """

    pictures: tuple[Picture, ...]
    drawn: tuple[Style, ...]
    left_out: tuple[str, ...]
    crowded: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Painted:
    """Parts of an SVG or whole pictures, with the styles seen in them, and the words without room of their own."""

    items: tuple[svg.Part | bytes | Tones, ...]
    styles: tuple[Style, ...] = ()
    crowded: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Letters:
    """Numbers and names with the room they take, and the names that found none."""

    painted: tuple[_Painted, ...]
    taken: tuple[Box, ...]
    left_out: tuple[str, ...]


def draw(content: MapContent, layout: Layout, lang: Lang) -> Drawing:
    """Draw ``content`` inside the frame of ``layout``, its names clear of stamp and scale box."""
    frame = layout.hand
    around = near.surroundings(content, frame)
    letters, borders = _letters(content, layout, around, lang), near.borders(around)
    painted = [
        _Painted(tuple(near.ground(around))),
        *_fills(content, frame),
        _Painted(tuple(near.veil(around))),
        *_lines(content, frame, around),
        _Painted(tuple(near.border_lines(borders, around)), borders.styles),
        _seen(svg.mark(_crosses(frame, letters.taken), GRID_CROSS), GRID_CROSS),
        *_marks(content, frame),
        *letters.painted,
    ]
    seen = dict.fromkeys(style for part in painted for style in part.styles)
    items = [item for part in painted for item in part.items]
    crowded = tuple(word for part in letters.painted for word in part.crowded)
    return Drawing(tuple(_stacked(items, frame)), tuple(seen), letters.left_out, crowded)


def _stacked(items: Sequence[svg.Part | bytes | Tones], frame: Frame) -> Iterator[Picture]:
    for number, (_, run) in enumerate(itertools.groupby(enumerate(items), key=_run)):
        found = [item for _, item in run]
        parts = [item for item in found if not isinstance(item, bytes | Tones)]
        if parts:
            yield Picture(f"map-{number}.svg", svg.document(frame.width_mm, frame.height_mm, parts))
        yield from (Picture(f"map-{number}.png", item) for item in found if isinstance(item, bytes))
        yield from (Picture(f"map-{number}.tones", item.content) for item in found if isinstance(item, Tones))


def _run(numbered: tuple[int, svg.Part | bytes | Tones]) -> int:
    """Return what parts in a row share: those of an SVG are one picture, any other is one for itself."""
    number, item = numbered
    return number if isinstance(item, bytes | Tones) else -1


def _fills(content: MapContent, frame: Frame) -> Iterator[_Painted]:
    fills = (layer for layer in content.layers if isinstance(layer, RasterClasses | Areas | Tones))
    for is_raster, run in itertools.groupby(fills, key=lambda layer: isinstance(layer, RasterClasses)):
        if is_raster:
            picture, styles = base.indexed_picture([layer for layer in run if isinstance(layer, RasterClasses)], frame)
            yield _Painted((picture,), styles)
        else:
            yield from (_area(layer, frame) for layer in run if isinstance(layer, Areas | Tones))


def _area(layer: Areas | Tones, frame: Frame) -> _Painted:
    if isinstance(layer, Tones):
        return _Painted((layer,), (layer.style,))
    polygons = on_paper(layer.geometries, frame, dimension=2)
    return _seen(svg.area(polygons, layer.style), layer.style)


def _lines(content: MapContent, frame: Frame, around: near.Surroundings) -> Iterator[_Painted]:
    for layer in content.layers:
        if isinstance(layer, Lines):
            lines = on_paper(layer.geometries, frame, dimension=1)
            if shapely.get_dimensions(list(layer.geometries)).max(initial=0) == 2:
                lines = lines.difference(near.outline(around.commune).buffer(_BORDER_MM))
            once = shapely.line_merge(shapely.union_all(lines))  # a border of two areas is dashed once
            yield _seen(svg.line(once, layer.style), layer.style)


def _marks(content: MapContent, frame: Frame) -> Iterator[_Painted]:
    for layer in content.layers:
        if isinstance(layer, Marks):
            yield _seen(svg.mark(_mark_points(layer, frame), layer.style), layer.style)


def _mark_points(layer: Marks, frame: Frame) -> labels.Points:
    points = frame.to_mm(labels.middles(layer.geometries))
    return points[((points >= 0) & (points <= (frame.width_mm, frame.height_mm))).all(axis=1)]


def _letters(content: MapContent, layout: Layout, around: near.Surroundings, lang: Lang) -> _Letters:
    """Place numbers first, then names, then the neighbours' names: each keeps clear of those before it."""
    taken, left_out = list(layout.taken), list[str]()
    marks = [_mark_points(layer, layout.hand) for layer in content.layers if isinstance(layer, Marks)]
    signs = np.vstack([labels.NO_POINTS, *marks])
    numbers = [
        _numbers(_shown(layer, layout), layout.hand, (taken, signs))
        for layer in content.layers
        if isinstance(layer, Numbers)
    ]
    names = [
        _names(shown, [text.to(lang) for text in shown.words], layout.hand, (taken, left_out))
        for layer in content.layers
        if isinstance(layer, Labels)
        for shown in (_shown(layer, layout),)
    ]
    neighbours = _Painted(tuple(near.names(around, content.context.names, taken)))
    return _Letters((*numbers, *names, neighbours), tuple(taken), tuple(left_out))


def _shown(layer: Lettered, layout: Layout) -> Lettered:
    """Return ``layer`` with what the frame shows of each geometry, clear of stamp and scale box where there is room."""
    frame = layout.hand
    window = shapely.box(*frame.bounds)
    given = np.array(layer.geometries, dtype=object)
    visible = shapely.intersects(given, window)
    cut = np.where(shapely.within(given, window), given, shapely.intersection(given, window))
    boxes = [shapely.transform(shapely.box(*box), frame.to_metres) for box in layout.taken]
    clear = shapely.difference(cut, shapely.union_all(boxes)) if boxes else cut
    hidden = shapely.intersects(cut, shapely.union_all(boxes)) & ~shapely.is_empty(clear)
    rooms = np.where(hidden, clear, cut)
    words = itertools.compress(layer.words, visible)
    return replace(layer, geometries=tuple(rooms[visible]), words=tuple(words))


def _numbers(layer: Numbers, frame: Frame, clear_of: tuple[list[Box], labels.Points]) -> _Painted:
    """Paint the circles apart from each other and from the signs, noting their room; a line leads to a far one."""
    taken, signs = clear_of
    half = layer.style.size_mm / 2
    room = (half, half, frame.width_mm - half, frame.height_mm - half)
    middles = frame.to_mm(labels.middles(layer.geometries))
    points = labels.spread(middles, layer.style.size_mm + _AIR_MM, room, signs)
    boxes = [(x - half, y - half, x + half, y + half) for x, y in points.tolist()]
    near = [np.flatnonzero(np.hypot(*(points - point).T) < layer.style.size_mm - _AIR_MM) for point in points]
    crowded = [
        word
        for word, box, others in zip(layer.words, boxes, near, strict=True)
        if len(others) > 1 or not labels.is_free(box, taken)
    ]
    taken.extend(boxes)
    far = np.hypot(*(points - middles).T) > _FAR_MM
    leaders = shapely.multilinestrings(shapely.linestrings(np.stack([middles[far], points[far]], axis=1)))
    parts = (*svg.line(leaders, _LEADER), *svg.disc(points, layer.words, layer.style))
    return replace(_seen(parts, layer.style), crowded=tuple(crowded))


def _names(layer: Labels, words: Sequence[str], frame: Frame, notes: tuple[list[Box], list[str]]) -> _Painted:
    """Paint the names that find room, noting the room they take, and note those that find none."""
    taken, left_out = notes
    parts: list[svg.Part] = []
    for middle, name in zip(frame.to_mm(labels.middles(layer.geometries)), words, strict=True):
        found = _free_place(middle, name, (layer.style, frame), taken)
        if found is None:
            left_out.append(name)
        else:
            taken.append(labels.box_of(found, name, layer.style))
            parts.extend(svg.lettering(found, name, layer.style))
    return _seen(parts, layer.style)


def _free_place(
    middle: labels.Points, name: str, look: tuple[Lettering, Frame], taken: Sequence[Box]
) -> labels.Points | None:
    style, frame = look
    for point in labels.places_near(middle, _NAME_STEP_MM):
        left, top, right, bottom = box = labels.box_of(point, name, style)
        inside = left > 0 and top > 0 and right < frame.width_mm and bottom < frame.height_mm
        if inside and labels.is_free(box, taken):
            return point
    return None


def _crosses(frame: Frame, taken: Sequence[Box]) -> labels.Points:
    """Return where grid lines cross, but for the crosses that would run through letters."""
    left, bottom, right, top = frame.bounds
    step = grid_step(frame.denominator)
    xs, ys = np.meshgrid(ticks(left, right, step), ticks(bottom, top, step))
    points = frame.to_mm(np.column_stack([xs.ravel(), ys.ravel()]).astype(float))
    half = GRID_CROSS.size_mm / 2
    boxes = [(x - half, y - half, x + half, y + half) for x, y in points.tolist()]
    return points[[labels.is_free(box, taken) for box in boxes]].reshape(-1, 2)


def _seen(parts: Iterable[svg.Part], style: Style) -> _Painted:
    items = tuple(parts)
    return _Painted(items, (style,) if items else ())
