"""Made-up neighbourhoods around real names: who is nearest, with wandering edges, and the real residents shared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from rasterio.features import rasterize

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.coverage import Classes, regions
from puc_tool.demo.field import Lattice, lattice_over
from puc_tool.demo.ground import Ground
from puc_tool.demo.places import Place

_CELL_M = 25.0
_WANDER_M = 170.0
MADE_UP = "dato dimostrativo"
_KNOWN = f"{MADE_UP}: confini inventati attorno a un punto noto"
_UNKNOWN = f"{MADE_UP}: confini e posizione inventati"


def neighbourhoods(ground: Ground, centres: Sequence[Place], seed: int) -> GeoDataFrame:
    """Return ``code``, ``name``, ``character``, ``source`` and polygons that tile the commune, by code.

    Method: Voronoi cells of the centres, over ground that a smooth noise has pushed up to 170 m aside.
    """
    lattice = lattice_over(ground.window, _CELL_M)
    found = regions(_nearest(lattice, centres, seed), lattice, ground.commune)
    owners = [centres[value] for value in found["value"]]
    return GeoDataFrame(
        {
            "code": [place.code for place in owners],
            "name": [place.name for place in owners],
            "character": [place.character for place in owners],
            "source": [_KNOWN if place.known else _UNKNOWN for place in owners],
        },
        geometry=found.geometry,
    )


def shared_out(people: int, weights: Floats) -> NDArray[np.int64]:
    """Share ``people`` among weights in whole persons; who is left over goes to the largest remainders."""
    exact = people * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: people - int(whole.sum())]] += 1
    return whole


def spread(hoods: GeoDataFrame, which: pd.Series, lattice: Lattice) -> Mask:
    """Tell which cells of ``lattice`` have their centre in the chosen neighbourhoods."""
    chosen = hoods.geometry[which]
    burnt = rasterize(chosen, lattice.shape, transform=lattice.transform, dtype="uint8")
    return burnt.astype(bool)


def _nearest(lattice: Lattice, centres: Sequence[Place], seed: int) -> Classes:
    x, y = lattice.centres()
    rng = stream(seed, "neighbourhoods")
    east, north = (axis + _WANDER_M * noise(rng, 700, 2).at(x, y) for axis in (x, y))
    away = [np.hypot(east - place.at[0], north - place.at[1]) for place in centres]
    return np.argmin(np.stack(away), axis=0).astype(np.int32)
