"""The two maps of a comparison in one frame: either side of a curtain, or side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from puc_tool.maps.frame import Frame

BETWEEN_MM = 3.0
"""White between two maps side by side."""
LEAST_MM = 24.0
"""What a curtain leaves of either map, wherever it hangs: less shows nothing and has no room for a name."""


@dataclass(frozen=True)
class Half:
    """One of two maps: its frame, and how far from the left edge of the whole it begins."""

    left_mm: float
    frame: Frame


def halves(frame: Frame, curtain_x: float | None) -> tuple[Half, Half]:
    """Return the maps left and right of a curtain (m east), or without one two of ``frame``'s middle."""
    if curtain_x is None:
        return _beside(frame)
    at_mm = (curtain_x - frame.left) / frame.metres_a_mm
    at_mm = min(max(at_mm, LEAST_MM), frame.width_mm - LEAST_MM)
    right = replace(frame, left=frame.left + at_mm * frame.metres_a_mm, width_mm=frame.width_mm - at_mm)
    return Half(0.0, replace(frame, width_mm=at_mm)), Half(at_mm, right)


def _beside(frame: Frame) -> tuple[Half, Half]:
    width_mm = half_of(frame.width_mm)
    left = frame.left + (frame.width_mm - width_mm) / 2 * frame.metres_a_mm
    half = replace(frame, left=left, width_mm=width_mm)
    return Half(0.0, half), Half(width_mm + BETWEEN_MM, half)


def half_of(width_mm: float) -> float:
    """Return how wide each of two maps side by side is."""
    return (width_mm - BETWEEN_MM) / 2
