"""Colours mixed with white or black, plain on paper, so that map, legend and bars are the very same."""

from __future__ import annotations


def softened(colour: str, share: float) -> str:
    """Return ``colour`` (``#rrggbb``) of which ``share`` is left, the rest white."""
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - channel)):02x}" for channel in channels)


def darkened(colour: str, share: float) -> str:
    """Return ``colour`` (``#rrggbb``) of which ``share`` is left, the rest black."""
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * channel):02x}" for channel in channels)
