"""The small picture of a layer or a class beside its name: painted as the map paints it, over the map's own ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen

from puc_tool.maps.canvas import painter as canvas
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.looks import argb
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.shapes import Shapes, shapes_of
from puc_tool.maps.themes import Drawn
from ui.map.looks import look_of, opacity_of
from ui.map.renderer import image_of
from ui.tokens import RADIUS_BADGE, Tokens

_EDGE, _ROUND = 1.0, RADIUS_BADGE - 1


@dataclass(frozen=True)
class Sample:
    """A class of a picture, or for None the layer as a whole (its first class), and how opaque the layer is."""

    picture: Picture
    place: int | None = None
    opacity: float = 1.0


def paint(painter: QPainter, rect: QRectF, sample: Sample, tokens: Tokens) -> None:
    """Paint ``sample``."""
    picture = sample.picture
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if picture.classes:
        ratio = painter.device().devicePixelRatioF()
        _ground(painter, box, _painted(sample, rect, ratio, tokens))
    else:
        _ground(painter, box, _relief(box, tokens))
    if picture.drawn is not Drawn.LINE and picture.drawn is not Drawn.POINT:
        painter.setPen(QPen(QColor(tokens.control), _EDGE))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.restore()


def _ground(painter: QPainter, box: QRectF, ground: QImage | QBrush) -> None:
    inside = QPainterPath()
    inside.addRoundedRect(box, _ROUND, _ROUND)
    if isinstance(ground, QBrush):
        painter.fillPath(inside, ground)
        return
    painter.setClipPath(inside)
    painter.drawImage(box.topLeft(), ground)
    painter.setClipping(False)


def _painted(sample: Sample, rect: QRectF, ratio: float, tokens: Tokens) -> QImage:
    picture, place = sample.picture, sample.place or 0
    width, height = round(rect.width() * ratio), round(rect.height() * ratio)
    camera = Camera(0.0, float(height), 1.0, width, height)
    is_bare = picture.drawn in (Drawn.LINE, Drawn.POINT)
    made = canvas.blank(camera, argb(tokens.surface if is_bare else tokens.inland))
    painted = canvas.blank(camera)
    look = look_of(picture, tokens, ratio)
    canvas.paint_shapes(painted, _shape(picture.drawn, place, width, height), look, camera, lambda: True)
    canvas.lay(made, painted, opacity_of(picture, tokens) * sample.opacity)
    return image_of(made, ratio)


def _shape(drawn: Drawn, place: int, width: int, height: int) -> Shapes:
    """Return what stands for a class: its ground to the edges, or a level line, or a point."""
    middle = (width / 2, height / 2)
    shape = {
        Drawn.LINE: shapely.LineString([(0, middle[1]), (width, middle[1])]),
        Drawn.POINT: shapely.Point(middle),
    }.get(drawn, shapely.box(0, 0, width, height))
    return shapes_of(np.array([shape], object), np.array([place]))


def _relief(box: QRectF, tokens: Tokens) -> QBrush:
    relief = QLinearGradient(box.topLeft(), box.bottomRight())
    relief.setColorAt(0.0, QColor(tokens.inland))
    relief.setColorAt(1.0, QColor(tokens.control))
    relief.setSpread(QLinearGradient.Spread.PadSpread)
    return QBrush(relief)
