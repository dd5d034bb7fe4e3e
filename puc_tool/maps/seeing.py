"""What an eye can tell apart: contrast of words, and difference of colours for every kind of colour vision."""

from __future__ import annotations

from enum import Enum
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import ImageColor

from puc_tool.maps.style import Fill

LEAST_DIFFERENCE = 5.0
"""ΔE*ab below which two colours are taken for one."""
_Matrix = NDArray[np.float64]

# Linear sRGB to XYZ (D65), IEC 61966-2-1.
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)
# Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1, on linear RGB.
_VISIONS = (
    np.eye(3),
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
)
"""Full colour vision, protanopia, deuteranopia, tritanopia."""


def contrast(colour: str, ground: str) -> float:
    """Return the contrast ratio of two colours (1 to 21), WCAG 2.1."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def least_difference(one: str, other: str) -> float:
    """Return the smallest difference ΔE*ab (CIE 1976) of two colours under any of the four kinds of vision."""
    return min(_differences(one, other))


def _differences(one: str, other: str) -> tuple[float, ...]:
    """Return the difference of two colours under each of the visions."""
    pair = [_linear(each) for each in (one, other)]
    seen = [[_lab(np.clip(vision @ each, 0.0, 1.0)) for each in pair] for vision in _VISIONS]
    return tuple(float(np.linalg.norm(first - second)) for first, second in seen)


class Eyes(Enum):
    """Who takes two colours for one."""

    ALL = "all"
    RED_GREEN = "red-green"
    BLUE_YELLOW = "blue-yellow"


@cache
def confused_by(one: str, other: str) -> Eyes | None:
    """Return whose eyes take two colours for one: everybody's, else those of a kind of colour blindness; or None."""
    far = _differences(one, other)
    if far[0] < LEAST_DIFFERENCE:
        return Eyes.ALL
    if min(far[1:3]) < LEAST_DIFFERENCE:
        return Eyes.RED_GREEN
    return Eyes.BLUE_YELLOW if far[3] < LEAST_DIFFERENCE else None


def look_alike(one: Fill, other: Fill) -> bool:
    """Tell whether two areas are one to somebody's eye: the same hatch, and colours that hardly differ."""
    return one.hatch == other.hatch and least_difference(one.colour, other.colour) < LEAST_DIFFERENCE


def _luminance(colour: str) -> float:
    return float(_TO_XYZ[1] @ _linear(colour))


def _linear(colour: str) -> _Matrix:
    values = np.array(ImageColor.getrgb(colour)[:3]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _lab(rgb: _Matrix) -> _Matrix:
    share = _TO_XYZ @ rgb / _WHITE
    x, y, z = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
