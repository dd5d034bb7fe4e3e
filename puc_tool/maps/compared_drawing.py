"""The map of a sheet, one or two that are compared: each of the two is drawn in a frame of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from layers.text import Lang
from puc_tool.maps import fonts
from puc_tool.maps.drawing import Drawing, Picture, draw
from puc_tool.maps.labels import is_free
from puc_tool.maps.layout import Box, Layout
from puc_tool.maps.sheet import Layer, MapContent

PLATE_PT = 8.0
_LINE_MM, _INSET_MM, _FROM_LINE_MM, _WIDEST_MM = 3.6, 1.4, 2.4, 84.0
_TOPS_MM = (4.0, 11.0, 27.0)
"""Where names may stand: beside the stamp, below it, below a scale box that stands at the top."""
_BOLDER = 1.06
Found = TypeVar("Found")


@dataclass(frozen=True)
class Plate:
    """The name of one of two maps, in lines, and its box in the frame of the hand."""

    lines: tuple[str, ...]
    box: Box


def draw_map(content: MapContent, layout: Layout, lang: Lang) -> Drawing:
    """Draw ``content`` in the frame of ``layout``; of two maps compared each in its own, clear of their names."""
    if content.compared is None:
        return draw(content, layout, lang)
    named = replace(layout, names=tuple(plate.box for plate in plates(content, layout, lang)))
    both = (content.layers, content.compared.layers)
    drawn = [draw(_one(content, its), _layout_of(place, named), lang) for place, its in enumerate(both)]
    return Drawing(
        tuple(chain.from_iterable(_placed(each.pictures, place, layout) for place, each in enumerate(drawn))),
        _once(each.drawn for each in drawn),
        _once(each.left_out for each in drawn),
        _once(each.crowded for each in drawn),
    )


def plates(content: MapContent, layout: Layout, lang: Lang) -> tuple[Plate, ...]:
    """Return the names of two maps at both sides of what parts them, as high as stamp and scale box leave room."""
    if content.compared is None:
        return ()
    tops = [[_plate(name.to(lang), layout, place, top) for place, name in enumerate(content.compared.names)]
            for top in _TOPS_MM]  # fmt: skip
    return next((tuple(pair) for pair in tops if all(is_free(each.box, layout.taken) for each in pair)), tuple(tops[0]))


def _plate(name: str, layout: Layout, place: int, top: float) -> Plate:
    half = layout.halves[place]
    left, width = half.left_mm / layout.paper.enlargement, half.frame.width_mm / layout.paper.enlargement
    most = min(width - 2 * _FROM_LINE_MM, _WIDEST_MM)
    lines = _lines(name, most - 2 * _INSET_MM)
    size = min(most, max(map(_width, lines)) + 2 * _INSET_MM), len(lines) * _LINE_MM + _INSET_MM
    x = left + width - _FROM_LINE_MM - size[0] if place == 0 else left + _FROM_LINE_MM
    return Plate(lines, (x, top, x + size[0], top + size[1]))


def _lines(name: str, most: float) -> tuple[str, ...]:
    """Return the words of a name in lines that are no wider, where its words are not."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if not lines[-1] or _width(longer) <= most else [*lines, word]
    return tuple(lines)


def _width(words: str) -> float:
    return fonts.width_mm(words, PLATE_PT) * _BOLDER


def _one(content: MapContent, layers: tuple[Layer, ...]) -> MapContent:
    return replace(content, layers=layers, compared=None)


def _layout_of(place: int, layout: Layout) -> Layout:
    """Return the layout of one of the two maps: what stands over the whole stands over it where it reaches in."""
    half = layout.halves[place]
    left = half.left_mm / layout.paper.enlargement
    boxes = tuple((x0 - left, y0, x1 - left, y1) for x0, y0, x1, y1 in layout.taken)
    return Layout(layout.paper, half.frame, None, boxes[-1], names=boxes[:-1])


def _placed(pictures: Iterable[Picture], place: int, layout: Layout) -> Iterator[Picture]:
    half, side = layout.halves[place], ("left", "right")[place]
    for each in pictures:
        yield replace(each, name=f"{side}-{each.name}", left_mm=half.left_mm, width_mm=half.frame.width_mm)


def _once(parts: Iterable[tuple[Found, ...]]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(parts)))
