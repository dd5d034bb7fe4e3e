"""The street pattern of the demonstration city: every neighbourhood has its own grid of blocks, slightly bent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.chance import Floats, hashed, noise, stream
from puc_tool.demo.places import CENTRE

_BEND_M = 14.0

# Length and depth of a block and width of a street (m), by the character of the neighbourhood.
_SIZES: dict[str, tuple[float, float, float]] = {
    "centre": (74.0, 56.0, 10.0),
    "town": (92.0, 64.0, 10.0),
    "works": (168.0, 112.0, 13.0),
    "hill": (58.0, 42.0, 8.0),
}


@dataclass(frozen=True)
class Blocks:
    """What each cell needs to know of the block it is in.

    ``key`` tells blocks apart and is what their chance hangs on; ``inside_m`` is the distance to the nearest street
    (negative on one); ``u``, ``v`` are metres from the block's corner; ``x``, ``y`` its centre in EPSG:7791.
    """

    key: tuple[NDArray[np.int64], ...]
    inside_m: Floats
    u: Floats
    v: Floats
    x: Floats
    y: Floats

    @property
    def street(self) -> Mask:
        """The cells on a street."""
        return self.inside_m < 0

    def chance(self, seed: int, draw: int) -> Floats:
        """Return a number in [0, 1) that all cells of a block share."""
        return hashed(seed, draw, *self.key)


def blocks(cells: Cells, district: NDArray[np.int64], characters: list[str], seed: int) -> Blocks:
    """Lay a grid of blocks over each district; ``district`` is a position in ``characters``, -1 is outside."""
    rng = stream(seed, "blocks")
    angle = rng.uniform(-0.5, 0.5, len(characters) + 1)[district]
    length, depth, street = (np.array([*(_SIZES[kind] for kind in characters), _SIZES["hill"]])[district]).T
    bend = noise(rng, 420, 3)
    east, north = cells.x - CENTRE[0], cells.y - CENTRE[1]
    u = east * np.cos(angle) + north * np.sin(angle) + _BEND_M * bend.at(cells.x, cells.y)
    v = north * np.cos(angle) - east * np.sin(angle) + _BEND_M * bend.at(cells.y, cells.x)
    col, row = np.floor(u / length), np.floor(v / depth)
    x, y = (col + 0.5) * length, (row + 0.5) * depth
    u, v = u - col * length, v - row * depth
    return Blocks(
        key=(district, col.astype(np.int64), row.astype(np.int64)),
        inside_m=np.minimum.reduce([u - street, length - u, v - street, depth - v]),
        u=u - street,
        v=v - street,
        x=x * np.cos(angle) - y * np.sin(angle) + CENTRE[0],
        y=x * np.sin(angle) + y * np.cos(angle) + CENTRE[1],
    )
