"""What lies over the picture and follows every move: selection, names, scale bar, credit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from layers.text import Lang, number
from puc_tool.maps.canvas.results import Pin
from ui.look import font
from ui.map import labels, marks
from ui.map.labels import Name
from ui.map.layer_labels import LayerLabels
from ui.map.paths import cosmetic
from ui.map.projection import View
from ui.map.scene import Scene, UnitShape
from ui.tokens import GAP_4, GAP_8, INSET, RADIUS_BADGE, Tokens

_BAR_MOST_PX = 110.0
_NAME_FROM_PX = 14.0
"""Units narrower than this on the screen go without a name."""


@dataclass(frozen=True)
class Over:
    """What is to be painted over the picture. ``covered`` are the places of tools and chip (pixels)."""

    scene: Scene
    selected: UnitShape | None
    hovered: UnitShape | None
    named: tuple[UnitShape, ...]
    credit: str
    covered: tuple[QRectF, ...]
    also_selected: tuple[UnitShape, ...] = ()
    pins: tuple[Pin, ...] = ()
    labels: tuple[LayerLabels, ...] = ()


def paint(painter: QPainter, over: Over, view: View, tokens: Tokens, lang: Lang) -> None:
    """Paint it all."""
    _outlines(painter, over, view, tokens)
    bar = _scale_bar(painter, view, tokens, lang)
    plate = _credit(painter, over.credit, view, tokens)
    room = QRectF(0, 0, view.width, view.height)
    taken = [bar, plate, *over.covered]
    pins = marks.place(over.pins, view, taken)
    marks.paint(painter, pins, tokens)
    of_layers = (name for each in over.labels for name in each.names(view, tokens))
    names = [*_unit_names(over, view, tokens, lang), *of_layers, *_neighbour_names(over, view, tokens)]
    labels.paint(painter, labels.place(names, [*taken, *(pin.box for pin in pins)], room), QColor(tokens.halo))


def _outlines(painter: QPainter, over: Over, view: View, tokens: Tokens) -> None:
    painter.setTransform(view.transform, True)
    if over.hovered is not None and over.hovered is not over.selected:
        faint = QColor(tokens.select)
        faint.setAlphaF(0.6)
        painter.strokePath(over.hovered.path, cosmetic(faint, 2.0))
    chosen = [*over.also_selected, *([over.selected] if over.selected else [])]
    for token, width in ((tokens.halo, 6.0), (tokens.select, 3.0)):
        for shape in chosen:
            painter.strokePath(shape.path, cosmetic(QColor(token), width))
    painter.resetTransform()


def _unit_names(over: Over, view: View, tokens: Tokens, lang: Lang) -> list[Name]:
    chosen = over.selected
    least_m2 = (_NAME_FROM_PX * view.metres) ** 2
    shown = sorted(over.named, key=lambda shape: -shape.area_m2)
    if chosen is not None and all(shape.unit != chosen.unit for shape in shown):
        shown.insert(0, chosen)
    return [
        Name(
            shape.unit.called.to(lang),
            view.transform.map(QPointF(*shape.point)),
            font("map-name-strong" if chosen and shape.unit == chosen.unit else "map-name"),
            QColor(tokens.ink),
            always=bool(chosen and shape.unit == chosen.unit),
        )
        for shape in shown
        if shape.area_m2 >= least_m2 and shape.unit.code
    ]


def _neighbour_names(over: Over, view: View, tokens: Tokens) -> list[Name]:
    ground = over.scene.ground
    spaced = font("map-name")
    spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
    return [
        Name(name, view.transform.map(QPointF(x, y)), spaced, QColor(tokens.land_text))
        for name, x, y in (ground.names if ground else ())
    ]


def round_length(most: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is not above ``most``."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= most)


def _scale_bar(painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> QRectF:
    """Paint the bar and return the place it takes."""
    length_m = round_length(_BAR_MOST_PX * view.metres)
    width = length_m / view.metres
    left, bottom = float(INSET), view.height - float(INSET)
    path = [QPointF(left, bottom - 5), QPointF(left, bottom), QPointF(left + width, bottom)]
    path.append(QPointF(left + width, bottom - 5))
    for token, thick in ((tokens.halo, 5.0), (tokens.ink, 1.6)):
        painter.setPen(cosmetic(QColor(token), thick))
        painter.drawPolyline(path)
    amount = (
        number(length_m / 1000).to(lang) + "\u202fkm" if length_m >= 1000 else number(length_m).to(lang) + "\u202fm"
    )
    middle = QPointF(left + width / 2, bottom - 12)
    labels.paint(
        painter,
        labels.place([Name(amount, middle, font("map-name"), QColor(tokens.ink), always=True)], [], QRectF()),
        QColor(tokens.halo),
    )
    return QRectF(left, bottom - 24, width, 30)


def _credit(painter: QPainter, credit: str, view: View, tokens: Tokens) -> QRectF:
    """Paint the plate with the sources and return the place it takes."""
    if not credit:
        return QRectF()
    small = font("map-min")
    metrics = QFontMetricsF(small)
    shown = metrics.elidedText(credit, Qt.TextElideMode.ElideRight, view.width * 0.6)
    width, height = metrics.horizontalAdvance(shown) + 2 * GAP_8, metrics.height() + GAP_4
    plate = QRectF(view.width - GAP_8 - width, view.height - GAP_8 - height, width, height)
    ground = QColor(tokens.surface)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, RADIUS_BADGE, RADIUS_BADGE)
    painter.setFont(small)
    painter.setPen(QColor(tokens.ink2))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)
    return plate
