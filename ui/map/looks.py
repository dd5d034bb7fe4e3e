"""How a layer's picture looks in a theme of the window: classes and tokens become numbers for the painter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from puc_tool.maps.canvas.looks import CLEAR, ClassLook, Hatching, Look, Pen, argb
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.themes import ClassStyle, Drawn
from ui.tokens import DARK, Tokens

RISING, FALLING = 45.0, 135.0
"""Two families of hazards on one map: floods rise to the right, landslides fall."""
_GROUND = {RISING: 0.10, FALLING: 0.08}
_RELIEF_ALPHA, _LINE_ALPHA = 0.16, 0.85
_POINT_PX, _SMALL_POINT_PX, _MANY_POINTS = 9.0, 4.0, 400
_EDGE_PX = 0.6


def look_of(picture: Picture, tokens: Tokens, ratio: float) -> Look:
    """Return the looks of the picture's classes, ``ratio`` pixels for one of the screen."""
    make = _LOOKS[picture.drawn]
    return Look(tuple(make(style, picture, tokens, ratio) for style in picture.classes))


def opacity_of(picture: Picture, tokens: Tokens) -> float:
    """Return how opaque the finished picture is laid down; areas and cells let the ground shine through."""
    if picture.opacity is not None:
        return picture.opacity
    if picture.drawn is Drawn.CELLS:
        return tokens.cells_opacity if picture.classes else _RELIEF_ALPHA
    return tokens.area_opacity if picture.drawn is Drawn.AREA else 1.0


def palette_of(picture: Picture, tokens: Tokens) -> NDArray[np.uint32]:
    """Return a colour for each value of a cell; without classes it is relief, black of growing depth."""
    if not picture.classes:
        return np.arange(256, dtype=np.uint32) << np.uint32(24)
    palette = np.zeros(256, np.uint32)
    palette[1 : len(picture.classes) + 1] = [argb(colour_of(style, tokens)) for style in picture.classes]
    return palette


def colour_of(style: ClassStyle, tokens: Tokens) -> str:
    """Return a class's colour on this theme's ground; a class without one has the colour of bars."""
    return (style.colour_on_dark if tokens is DARK else "") or style.colour or tokens.bar


def _area(style: ClassStyle, picture: Picture, tokens: Tokens, ratio: float) -> ClassLook:
    colour = argb(colour_of(style, tokens))
    # What was found has an edge; what the study brings covers the ground without one.
    pen = Pen(argb(tokens.ink2), _EDGE_PX * ratio) if picture.opacity is not None else Pen()
    return ClassLook(colour, None, pen, "disc", _sign(picture, ratio), colour, argb(tokens.halo), 1.5 * ratio)


def _hatch(style: ClassStyle, picture: Picture, tokens: Tokens, ratio: float, *, angle: float) -> ClassLook:
    colour = colour_of(style, tokens)
    hatching = Hatching(argb(colour), style.step_px * ratio, style.line_px * ratio, angle)
    pen = Pen(argb(colour), _EDGE_PX * ratio) if picture.width else Pen()
    return ClassLook(argb(colour, _GROUND[angle]), hatching, pen)


def _line(style: ClassStyle, picture: Picture, tokens: Tokens, ratio: float) -> ClassLook:
    """Return the look of lines and outlines, which leave their ground as it is; points among them are signs."""
    ink, point = style.colour or getattr(tokens, picture.ink), argb(tokens.accent)
    pen = Pen(argb(ink, _LINE_ALPHA), picture.width * ratio)
    return ClassLook(CLEAR, None, pen, "disc", _sign(picture, ratio), point, argb(tokens.halo), 1.5 * ratio)


def _point(style: ClassStyle, picture: Picture, tokens: Tokens, ratio: float) -> ClassLook:
    colour = colour_of(style, tokens) if style.colour else tokens.accent
    size = _sign(picture, ratio)
    edge = 1.5 if size > _SMALL_POINT_PX * ratio else 0.3
    return ClassLook(CLEAR, None, Pen(), "disc", size, argb(colour), argb(tokens.halo), edge * ratio)


def _sign(picture: Picture, ratio: float) -> float:
    many = picture.shapes is not None and len(picture.shapes.signs) > _MANY_POINTS
    return (_SMALL_POINT_PX if many else _POINT_PX) * ratio


_Maker = Callable[[ClassStyle, Picture, Tokens, float], ClassLook]
_LOOKS: dict[Drawn, _Maker] = {
    Drawn.AREA: _area,
    Drawn.HATCH: partial(_hatch, angle=RISING),
    Drawn.BACK_HATCH: partial(_hatch, angle=FALLING),
    Drawn.LINE: _line,
    Drawn.OUTLINE: _line,
    Drawn.POINT: _point,
    Drawn.CELLS: _area,
}
