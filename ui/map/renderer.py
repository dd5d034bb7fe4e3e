"""The picture of the map. One small interface, and a plain renderer behind it: QPainter on an image, in a thread.

Area themes and cells are painted opaque into an image of their own and then laid down pale, so that neither
neighbouring areas nor overlapping ones show seams.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from ui.map.ground import Ground
from ui.map.pictures import Cells, Features, Picture
from ui.map.projection import View
from ui.map.themes import Drawn
from ui.tokens import Tokens

IsWanted = Callable[[], bool]
_BOTTOM_UP = (
    Drawn.CELLS,
    Drawn.AREA,
    Drawn.HATCH,
    Drawn.BACK_HATCH,
    Drawn.LINE,
    Drawn.OUTLINE,
    Drawn.POINT,
)
_RELIEF_ALPHA, _LINE_ALPHA = 0.16, 0.85
_POINT_PX, _SMALL_POINT_PX, _MANY_POINTS = 9.0, 5.0, 150
HATCHES = {Drawn.HATCH: Qt.BrushStyle.BDiagPattern, Drawn.BACK_HATCH: Qt.BrushStyle.FDiagPattern}
"""Two families of hazards on one map: floods rise to the right, landslides fall."""


@dataclass(frozen=True)
class Content:
    """What to paint: the ground and the visible layers, in any order; ``borders`` are those of the commune."""

    ground: Ground | None
    pictures: tuple[Picture, ...]
    borders: bool = True


class Renderer(Protocol):
    """Anything that makes a picture of ``content`` as ``view`` sees it. Called in a thread of its own."""

    def render(self, content: Content, view: View, tokens: Tokens, ratio: float, is_wanted: IsWanted) -> QImage | None:
        """Return the picture, ``ratio`` image pixels a screen pixel; None if it was no longer wanted."""
        ...


class PaintedRenderer:
    """Paints one path for each feature and one image for each raster."""

    def render(self, content: Content, view: View, tokens: Tokens, ratio: float, is_wanted: IsWanted) -> QImage | None:
        """Return the picture; between layers it looks whether it is still wanted."""
        image = _blank(view, ratio, QColor(tokens.land))
        if content.ground is None:
            return image
        with _painting(image) as painter:
            _paint_ground(painter, content.ground, view, tokens)
            for layer in sorted(content.pictures, key=lambda each: _BOTTOM_UP.index(each.drawn)):
                if not is_wanted():
                    return None
                _paint_layer(painter, layer, content.ground, view, tokens, ratio)
            if content.borders:
                _paint_borders(painter, content.ground, view, tokens)
        return image


class _painting(QPainter):  # noqa: N801 (used as a context, like a function)
    """A painter that ends with its block."""

    def __enter__(self) -> _painting:
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def _blank(view: View, ratio: float, colour: QColor | Qt.GlobalColor) -> QImage:
    size = (max(1, round(view.width * ratio)), max(1, round(view.height * ratio)))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(colour)
    return image


def cosmetic(colour: QColor, width: float) -> QPen:
    """Return a pen of ``width`` screen pixels whatever the scale."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _paint_ground(painter: QPainter, ground: Ground, view: View, tokens: Tokens) -> None:
    painter.setTransform(view.transform, True)
    painter.fillPath(ground.sea, QColor(tokens.sea))
    painter.fillPath(ground.commune, QColor(tokens.inland))
    pen = cosmetic(QColor(tokens.land_text), 1.0)
    pen.setDashPattern([4.0, 3.0])
    edge = QColor(tokens.land_text)
    edge.setAlphaF(0.55)
    pen.setColor(edge)
    for path in ground.neighbours:
        painter.strokePath(path, pen)
    painter.strokePath(ground.coast, cosmetic(QColor(tokens.sea), 2.0))
    painter.strokePath(ground.coast, cosmetic(QColor(tokens.coast), 1.2))
    painter.resetTransform()


def _paint_borders(painter: QPainter, ground: Ground, view: View, tokens: Tokens) -> None:
    painter.setTransform(view.transform, True)
    painter.strokePath(ground.commune, cosmetic(QColor(tokens.ink), 1.6))
    painter.resetTransform()


def _paint_layer(painter: QPainter, layer: Picture, ground: Ground, view: View, tokens: Tokens, ratio: float) -> None:
    if layer.cells is not None:
        opacity = tokens.cells_opacity if layer.classes else _RELIEF_ALPHA
        _lay(painter, _cells_image(layer, layer.cells, view, ratio), ground, view, opacity)
    elif layer.drawn is Drawn.AREA:
        _lay(painter, _areas_image(layer, view, ratio), ground, view, tokens.area_opacity)
    elif layer.features is not None:
        _PAINTERS[layer.drawn](painter, layer, layer.features, view, tokens)


def _lay(painter: QPainter, image: QImage, ground: Ground, view: View, opacity: float) -> None:
    """Lay a theme down inside the commune; its border hides the step of the clip."""
    painter.save()
    painter.setClipPath(view.transform.map(ground.commune))
    painter.setOpacity(opacity)
    painter.drawImage(QPointF(0, 0), image)
    painter.restore()


def _areas_image(layer: Picture, view: View, ratio: float) -> QImage:
    image = _blank(view, ratio, Qt.GlobalColor.transparent)
    features = layer.features
    if features is None:
        return image
    colours = [QColor(style.colour) for style in layer.classes]
    with _painting(image) as painter:
        painter.setTransform(view.transform, True)
        for index in _seen(features, view):
            colour = colours[features.classes[index]]
            painter.setBrush(colour)
            painter.setPen(cosmetic(colour, 1.0))
            painter.drawPath(features.paths[index])
    return image


def _seen(features: Features, view: View) -> list[int]:
    left, bottom, right, top = view.bounds
    west, south, east, north = features.bounds.T
    return np.flatnonzero((west <= right) & (east >= left) & (south <= top) & (north >= bottom)).tolist()


def _cells_image(layer: Picture, cells: Cells, view: View, ratio: float) -> QImage:
    """Return the cell under the middle of each pixel, in the colour of its class."""
    colours = _colour_table(layer)
    left, _, _, top = view.bounds
    step = view.metres / ratio
    width, height = max(1, round(view.width * ratio)), max(1, round(view.height * ratio))
    cols = np.floor((left + (np.arange(width) + 0.5) * step - cells.left) / cells.size).astype(np.int64)
    rows = np.floor((cells.top - top + (np.arange(height) + 0.5) * step) / cells.size).astype(np.int64)
    pixels = np.zeros((height, width), np.uint32)
    in_cols, in_rows = ((places >= 0) & (places < most) for places, most in _inside(cells, cols, rows))
    if in_cols.any() and in_rows.any():
        found = cells.values[np.ix_(rows[in_rows], cols[in_cols])]
        pixels[np.ix_(in_rows, in_cols)] = colours[found]
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _inside(
    cells: Cells, cols: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[tuple[NDArray[np.int64], int], tuple[NDArray[np.int64], int]]:
    height, width = cells.values.shape
    return (cols, width), (rows, height)


def _colour_table(layer: Picture) -> NDArray[np.uint32]:
    """Return premultiplied ARGB for each value; a picture without classes is relief, black of growing depth."""
    if not layer.classes:
        return np.arange(256, dtype=np.uint32) * np.uint32(1 << 24)
    table = np.zeros(256, np.uint32)
    table[1 : len(layer.classes) + 1] = [QColor(style.colour).rgba() for style in layer.classes]
    return table


def _paint_hatches(painter: QPainter, layer: Picture, features: Features, view: View, tokens: Tokens) -> None:
    painter.setTransform(view.transform, True)
    # The pattern must not grow with the map, and must move with it.
    origin = view.transform.map(QPointF(0.0, 0.0))
    shift = QTransform.fromTranslate(origin.x() % 8.0, origin.y() % 8.0) * view.transform.inverted()[0]
    for index in _seen(features, view):
        colour = QColor(layer.classes[features.classes[index]].colour)
        brush = QBrush(colour, HATCHES[layer.drawn])
        brush.setTransform(shift)
        painter.fillPath(features.paths[index], brush)
        painter.strokePath(features.paths[index], cosmetic(colour, 0.6))
    painter.resetTransform()


def _paint_strokes(painter: QPainter, layer: Picture, features: Features, view: View, tokens: Tokens) -> None:
    colour = QColor(getattr(tokens, layer.ink))
    colour.setAlphaF(_LINE_ALPHA)
    pen = cosmetic(colour, layer.width)
    painter.setTransform(view.transform, True)
    for index in _seen(features, view):
        painter.strokePath(features.paths[index], pen)
    painter.resetTransform()
    _paint_points(painter, layer, features, view, tokens)


def _paint_points(painter: QPainter, layer: Picture, features: Features, view: View, tokens: Tokens) -> None:
    left, bottom, right, top = view.bounds
    x, y = features.points.T
    seen = features.points[(x >= left) & (x <= right) & (y >= bottom) & (y <= top)]
    radius = (_POINT_PX if len(seen) < _MANY_POINTS else _SMALL_POINT_PX) / 2
    painter.setPen(QPen(QColor(tokens.halo), 1.5 if len(seen) < _MANY_POINTS else 0.8))
    painter.setBrush(QColor(tokens.accent))
    for east, north in seen.tolist():
        painter.drawEllipse(view.transform.map(QPointF(east, north)), radius, radius)


_PAINTERS: dict[Drawn, Callable[[QPainter, Picture, Features, View, Tokens], None]] = {
    Drawn.HATCH: _paint_hatches,
    Drawn.BACK_HATCH: _paint_hatches,
    Drawn.LINE: _paint_strokes,
    Drawn.OUTLINE: _paint_strokes,
    Drawn.POINT: _paint_points,
}
