"""Where the map looks: a piece of ground on a piece of screen. North is always up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.shapes import Bounds

_NEAREST_M = 0.05


@dataclass(frozen=True)
class View:
    """``x``, ``y`` (m) lie in the middle of ``width`` × ``height`` pixels; ``metres`` is the side of a pixel."""

    x: float
    y: float
    metres: float
    width: int
    height: int

    @property
    def bounds(self) -> Bounds:
        """The ground that is seen."""
        half_w, half_h = self.width * self.metres / 2, self.height * self.metres / 2
        return self.x - half_w, self.y - half_h, self.x + half_w, self.y + half_h

    @property
    def transform(self) -> QTransform:
        """From metres to pixels."""
        scale = 1.0 / self.metres
        return QTransform(scale, 0, 0, -scale, self.width / 2 - self.x * scale, self.height / 2 + self.y * scale)

    def camera(self, ratio: float) -> Camera:
        """Return what a picture of it shows that has ``ratio`` pixels for one of the screen."""
        size = (max(1, round(self.width * ratio)), max(1, round(self.height * ratio)))
        left, _, _, top = self.bounds
        return Camera(left, top, ratio / self.metres, *size)

    def ground(self, point: QPointF) -> tuple[float, float]:
        """Return east and north (m) under a point of the screen."""
        x = self.x + (point.x() - self.width / 2) * self.metres
        return x, self.y - (point.y() - self.height / 2) * self.metres

    def moved(self, pixels: QPointF) -> View:
        """Return the view after the ground was dragged by ``pixels``."""
        return replace(self, x=self.x - pixels.x() * self.metres, y=self.y + pixels.y() * self.metres)

    def zoomed(self, factor: float, at: QPointF) -> View:
        """Return the view in which everything is ``factor`` times as large; the ground under ``at`` stays."""
        x, y = self.ground(at)
        metres = self.metres / factor
        left, up = at.x() - self.width / 2, at.y() - self.height / 2
        return replace(self, x=x - left * metres, y=y + up * metres, metres=metres)

    def resized(self, width: int, height: int) -> View:
        """Return the view on another piece of screen, with the same middle and scale."""
        return replace(self, width=max(1, width), height=max(1, height))

    def widened(self, factor: float) -> View:
        """Return a view of the same scale with ``factor`` times the pixels each way."""
        return self.resized(round(self.width * factor), round(self.height * factor))

    def kept_in(self, reach: Bounds) -> View:
        """Return the nearest view that shows nothing beyond ``reach`` and is no closer than a shoe's length."""
        left, bottom, right, top = reach
        farthest = min((right - left) / self.width, (top - bottom) / self.height)
        metres = min(max(self.metres, _NEAREST_M), farthest)
        half_w, half_h = metres * self.width / 2, metres * self.height / 2
        x = min(max(self.x, left + half_w), right - half_w)
        y = min(max(self.y, bottom + half_h), top - half_h)
        return replace(self, x=x, y=y, metres=metres)

    def place_of(self, other: View) -> QRectF:
        """Return where a picture of ``other`` lies on this screen."""
        left, bottom, right, top = other.bounds
        corner = self.transform.map(QPointF(left, top))
        return QRectF(corner, self.transform.map(QPointF(right, bottom)))


def fitted(bounds: Bounds, width: int, height: int, margin_px: int) -> View:
    """Return the view in which ``bounds`` fill the screen but for a margin."""
    left, bottom, right, top = bounds
    room_w, room_h = max(1, width - 2 * margin_px), max(1, height - 2 * margin_px)
    metres = max((right - left) / room_w, (top - bottom) / room_h, 1e-3)
    return View((left + right) / 2, (bottom + top) / 2, metres, max(1, width), max(1, height))
