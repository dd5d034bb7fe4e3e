"""How classes look on the screen: colours and pens as numbers, which the kernels read by the number of a class.

Lengths are pixels of the picture; colours are premultiplied ARGB.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Sign = Literal["disc", "square", "triangle"]
CLEAR, OPAQUE = 0, 0xFF000000


def argb(colour: str, alpha: float = 1.0) -> int:
    """Return ``#rrggbb`` at an opacity, premultiplied; no colour is clear."""
    if not colour:
        return CLEAR
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    parts = (round(255 * alpha), *(round(part * alpha) for part in (red, green, blue)))
    return int.from_bytes(bytes(parts), "big")


@dataclass(frozen=True)
class Hatching:
    """Parallel lines ``step`` apart, rising by ``angle_deg`` to the right; ``is_crossed`` adds a second family."""

    colour: int
    step: float
    line: float = 1.0
    angle_deg: float = 45.0
    is_crossed: bool = False


@dataclass(frozen=True)
class Pen:
    """A line of ``width``, dashed if ``gap`` is given."""

    colour: int = CLEAR
    width: float = 0.0
    dash: float = 0.0
    gap: float = 0.0


@dataclass(frozen=True)
class ClassLook:
    """One class: the ground of its areas, their hatch, its lines and outlines, the sign of its points."""

    fill: int = CLEAR
    hatching: Hatching | None = None
    pen: Pen = field(default_factory=Pen)
    sign: Sign = "disc"
    sign_size: float = 0.0
    sign_fill: int = CLEAR
    sign_edge: int = CLEAR
    sign_edge_width: float = 1.5


@dataclass(frozen=True)
class Look:
    """The looks of a layer's classes, in their order. Equal looks give equal pictures."""

    classes: tuple[ClassLook, ...]

    @property
    def has_areas(self) -> bool:
        """Tell whether any ground is painted."""
        return any(each.fill or each.hatching for each in self.classes)

    @property
    def has_lines(self) -> bool:
        """Tell whether any line is drawn."""
        return any(each.pen.colour and each.pen.width for each in self.classes)

    @property
    def widest(self) -> float:
        """The farthest that anything reaches beyond its shape (pixels)."""
        return max((max(each.pen.width, each.sign_size) / 2 + 1 for each in self.classes), default=0.0)

    def fills(self) -> NDArray[np.uint32]:
        """Return the ground of each class."""
        return _colours([each.fill for each in self.classes])

    def hatch_inks(self) -> NDArray[np.uint32]:
        """Return the colour of each class's hatch."""
        return _colours([each.hatching.colour if each.hatching else CLEAR for each in self.classes])

    def hatches(self, origin: tuple[float, float]) -> NDArray[np.float64]:
        """Return (classes, 6) as the kernels read them; ``origin`` is the pixel that every family runs through."""
        return np.array([_hatch(each.hatching, origin) for each in self.classes]).reshape(-1, 6)

    def inks(self) -> NDArray[np.uint32]:
        """Return the colour of each class's lines."""
        return _colours([each.pen.colour for each in self.classes])

    def pens(self) -> NDArray[np.float64]:
        """Return (classes, 3): width, dash and gap."""
        return np.array([(each.pen.width, each.pen.dash, each.pen.gap) for each in self.classes]).reshape(-1, 3)


def _colours(numbers: Sequence[int]) -> NDArray[np.uint32]:
    return np.array(numbers, np.uint32)


def _hatch(hatching: Hatching | None, origin: tuple[float, float]) -> tuple[float, ...]:
    if hatching is None:
        return (0.0,) * 6
    # Lines rising by an angle have their normal a quarter turn on; rows count downward.
    turn = math.radians(90.0 - hatching.angle_deg)
    across, down = math.cos(turn), math.sin(turn)
    phase = (origin[0] * across + origin[1] * down) % hatching.step
    return hatching.step, hatching.line, across, down, phase, float(hatching.is_crossed)
