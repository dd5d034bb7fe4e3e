"""Which ground a picture shows, and how large. North is always up."""

from __future__ import annotations

from dataclasses import dataclass

from affine import Affine

from puc_tool.maps.canvas.shapes import Bounds


@dataclass(frozen=True)
class Camera:
    """``left`` and ``top`` (m) are the picture's corner, ``scale`` pixels a metre, ``width`` × ``height`` pixels."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    @property
    def bounds(self) -> Bounds:
        """The ground that is seen."""
        return self.left, self.top - self.height / self.scale, self.left + self.width / self.scale, self.top

    @property
    def transform(self) -> Affine:
        """From (column, row) to metres."""
        return Affine(1.0 / self.scale, 0.0, self.left, 0.0, -1.0 / self.scale, self.top)

    @property
    def kernel(self) -> tuple[float, float, float]:
        """What the kernels take."""
        return self.left, self.top, self.scale
