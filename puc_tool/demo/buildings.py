"""The buildings that stand: what they are for, how high, and who lives in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Shapes
from puc_tool.demo.lots import Lots
from puc_tool.demo.neighbourhoods import MADE_UP, shared_out
from puc_tool.demo.places import CRS_CODE

_STOREY_M, _ROOF_M, _HALL_M = 3.1, 0.9, 6.5
_NET = 0.85
"""Floor area as a share of the footprint, on each floor."""


@dataclass(frozen=True)
class _Kind:
    """How many floors, and how often a building is for each use: shares that add up to one."""

    floors: tuple[int, int]
    uses: tuple[tuple[str, float], ...]


_HOUSES = (("residenziale", 0.96), ("misto", 0.03), ("terziario", 0.01))
_KINDS = {
    "centre": _Kind((3, 5), (("residenziale", 0.60), ("misto", 0.29), ("terziario", 0.11))),
    "town": _Kind((2, 4), (("residenziale", 0.84), ("misto", 0.11), ("terziario", 0.05))),
    "works": _Kind((1, 2), (("produttivo", 0.76), ("commerciale", 0.16), ("terziario", 0.08))),
    "slope": _Kind((1, 2), _HOUSES), "rural": _Kind((1, 2), (("residenziale", 0.6), ("rurale", 0.4))),
    "military": _Kind((1, 3), (("militare", 1.0),)), "quay": _Kind((1, 1), (("portuale", 1.0),)),
    "bare": _Kind((1, 1), (("produttivo", 1.0),)), "spot": _Kind((1, 1), (("terziario", 1.0),)),
}  # fmt: skip
_LIVED_IN = {"residenziale": 1.0, "misto": 0.7, "rurale": 0.25}
"""The share of the floors where people live."""
_ONE_STOREY = ("produttivo", "portuale")


def buildings(lots: Lots, footprints: Shapes, stands: Mask, people: int, seed: int) -> GeoDataFrame:
    """Return ``use``, ``floors``, ``height_m``, ``floor_area_m2``, ``people``, ``source`` and footprints.

    The index is the position of the lot; ``people`` (whole persons) add up to the number given.
    """
    lot = np.flatnonzero(stands)
    use, floors = _uses(lots, seed)[lot], _floors(lots, seed)[lot]
    halls = np.isin(use, _ONE_STOREY)
    area = shapely.area(footprints[lot]) * floors * _NET
    lived = area * np.array([_LIVED_IN.get(word, 0.0) for word in use])
    crowded = 0.7 + 0.6 * lots.chance(seed, 63)[lot]
    return GeoDataFrame(
        {
            "use": use, "floors": floors,
            "height_m": np.where(halls, floors * _HALL_M, floors * _STOREY_M + _ROOF_M).round(1),
            "floor_area_m2": area.round(1), "people": shared_out(people, lived * crowded),
            "source": f"{MADE_UP}: edificio inventato",
        },
        geometry=footprints[lot], index=lot, crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip


def _uses(lots: Lots, seed: int) -> Shapes:
    dice, found = lots.chance(seed, 61), np.full(lots.x.size, "residenziale", dtype=object)
    for ground, kind in _KINDS.items():
        here = lots.use == ground
        steps = np.cumsum([share for _, share in kind.uses])
        words = np.array([word for word, _ in kind.uses], dtype=object)
        found[here] = words[np.minimum(np.searchsorted(steps, dice[here]), len(words) - 1)]
    return found


def _floors(lots: Lots, seed: int) -> Floats:
    low, high = np.array([_KINDS[use].floors for use in lots.use]).T
    floors: Floats = np.floor(low + lots.chance(seed, 62) * (high - low + 1)).astype(np.int64)
    return floors
