"""Measuring on the map: a length or an area, told beside the pointer, planar and on the ellipsoid."""

from __future__ import annotations

from pyproj import CRS
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from layers.text import Lang, Text, number, say
from puc_tool.working.measuring import Measure, line, polygon
from ui.look import font
from ui.map.projection import View
from ui.map.tool import Trace
from ui.tokens import GAP_4, GAP_8, GAP_12, RADIUS_BADGE, Tokens

CROSSES = Text("il contorno si incrocia: la superficie non è definita", "the outline crosses itself: it has no area")
_HECTARE_M2, _KILOMETRE_M = 10_000.0, 1_000.0


class Ruler(Trace):
    """Measures what is traced."""

    def __init__(self, crs: CRS, *, is_closed: bool, parent: QObject | None = None) -> None:
        super().__init__(is_closed=is_closed, parent=parent)
        self._crs = crs

    @property
    def measure(self) -> Measure:
        """What is drawn now."""
        return polygon(self.drawn, self._crs) if self.is_closed else line(self.drawn, self._crs)

    def paint(self, painter: QPainter, view: View, tokens: Tokens, lang: Lang) -> None:
        """Paint the line and its measure at its end."""
        super().paint(painter, view, tokens, lang)
        if len(self.drawn) > 1:
            lines = [each.to(lang) for each in told(self.measure, is_closed=self.is_closed)]
            _plate(painter, lines, view.transform.map(QPointF(*self.drawn[-1])), view, tokens)


def told(measure: Measure, *, is_closed: bool) -> list[Text]:
    """Return the lines that say a measure; the ellipsoid's stand in the second."""
    if not is_closed:
        return [_length(measure.length_m), _on_ellipsoid(_length(measure.ellipsoidal_length_m))]
    around = say("contorno {l}", "outline {l}", l=_length(measure.length_m))
    if measure.crosses_itself:
        return [CROSSES, around]
    return [_area(measure.area_m2), _on_ellipsoid(_area(measure.ellipsoidal_area_m2)), around]


def _on_ellipsoid(amount: Text) -> Text:
    return say("{a} sull'ellissoide", "{a} on the ellipsoid", a=amount)


def _length(metres: float) -> Text:
    if metres < _KILOMETRE_M:
        return say("{n}\u202fm", "{n}\u202fm", n=number(metres, 1))
    return say("{n}\u202fkm", "{n}\u202fkm", n=number(metres / _KILOMETRE_M, 3))


def _area(m2: float) -> Text:
    if m2 < _HECTARE_M2:
        return say("{n}\u202fm²", "{n}\u202fm²", n=number(m2, 1))
    return say("{n}\u202fha", "{n}\u202fha", n=number(m2 / _HECTARE_M2, 3))


def _plate(painter: QPainter, lines: list[str], at: QPointF, view: View, tokens: Tokens) -> None:
    """Paint the lines on a plate beside a point, inside the map."""
    strong, plain = font("strong"), font("note")
    metrics = QFontMetricsF(strong)
    height = metrics.height()
    width = max(metrics.horizontalAdvance(each) for each in lines) + 2 * GAP_8
    tall = height * len(lines) + 2 * GAP_4
    left = min(max(at.x() + GAP_12, 0.0), view.width - width)
    top = min(max(at.y() + GAP_12, 0.0), view.height - tall)
    painter.setPen(QColor(tokens.line))
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(QRectF(left, top, width, tall), RADIUS_BADGE, RADIUS_BADGE)
    for place, words in enumerate(lines):
        painter.setFont(plain if place else strong)
        painter.setPen(QColor(tokens.ink2 if place else tokens.ink))
        room = QRectF(left + GAP_8, top + GAP_4 + place * height, width, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
