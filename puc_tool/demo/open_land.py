"""Land without buildings that is of use: parks and gardens, land in public hands, parcels, sites to choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.fabric import Codes, Fabric
from puc_tool.demo.field import Shapes
from puc_tool.demo.lots import Lots
from puc_tool.demo.military import OWNER
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE
from puc_tool.demo.soil import consumed

CITY, PORT, PRIVATE = "Comune della Spezia", "AdSP Mar Ligure Orientale", "privato"
PARK_M2 = 5000.0
_GARDENS, _PARKS, _PRIVATE_GREEN, _HILL_LAND = 0.13, 0.22, 0.05, 0.05
_FREE, _IN_USE, _PARK = "libero", "in uso", "verde pubblico"


@dataclass(frozen=True)
class OpenLand:
    """What the lots are used for beside building: masks over all lots, and who owns each."""

    lots: Lots
    public_green: Mask
    private_green: Mask
    owner: Shapes
    status: Shapes
    built: Mask


def open_land(lots: Lots, grown: Fabric, codes: Codes, parks: Mask, stands: Mask, seed: int) -> OpenLand:
    """Choose gardens and public land among the lots that the soil map leaves open; ``parks`` are green already."""
    empty = ~stands & (_consumed_share(lots, grown, codes) < 0.05)
    size = shapely.area(lots.areas)
    inner = np.isin(lots.use, ("town", "centre", "slope")) & (size > 250) & empty
    edge = (lots.use == "rural") & (lots.road_m < 60) & (lots.pull > -0.02) & (size > PARK_M2) & empty
    public = parks | (inner & (lots.pull > 0.3) & (lots.chance(seed, 71) < _GARDENS))
    public |= edge & (lots.pull > 0.03) & (lots.chance(seed, 72) < _PARKS)
    private = inner & ~public & (lots.chance(seed, 73) < _PRIVATE_GREEN)
    hill = np.isin(lots.use, ("rural", "slope")) & empty & ~public & (size < 12_000)
    hill &= lots.chance(seed, 74) < _HILL_LAND
    owner = np.select([lots.use == "military", lots.use == "quay", public | hill], [OWNER, PORT, CITY], PRIVATE).astype(
        object
    )
    status = np.select([public, hill], [_PARK, _FREE], _IN_USE)
    return OpenLand(lots, public, private, owner, status, stands)


def green(land: OpenLand) -> GeoDataFrame:
    """Return ``name``, ``public`` (yes, no), ``source`` and polygons: gardens, parks from half a hectare up."""
    which = np.flatnonzero(land.public_green | land.private_green)
    areas = land.lots.areas[which]
    public = land.public_green[which]
    word = np.where(~public, "Verde privato", np.where(shapely.area(areas) >= PARK_M2, "Parco", "Giardino"))
    names = [f"{kind} {number}" for number, kind in enumerate(word, 1)]
    return _frame({"name": names, "public": np.where(public, "yes", "no")}, areas, "verde inventato")


def parcels(land: OpenLand, seed: int) -> GeoDataFrame:
    """Return ``code`` (sheet/number), ``owner``, ``area_declared_m2``, ``source`` and every lot; none overlap.

    A sheet is a neighbourhood; the declared area is off by up to a few per cent, as old surveys are.
    """
    sheet, area = land.lots.hood + 1, shapely.area(land.lots.areas)
    number = _numbered(sheet)
    off = 1 + 0.03 * (2 * land.lots.chance(seed, 75) - 1) ** 3
    codes = [f"{one}/{other}" for one, other in zip(sheet, number, strict=True)]
    fields = {"code": codes, "owner": land.owner, "area_declared_m2": np.maximum(np.rint(area * off), 1)}
    return _frame(fields, land.lots.areas, "particella inventata")


def _numbered(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each within its group, from 1."""
    number = np.zeros(groups.size, np.int64)
    for each in np.unique(groups):
        number[groups == each] = np.arange(1, (groups == each).sum() + 1)
    return number


def public_land(land: OpenLand, hoods: GeoDataFrame) -> GeoDataFrame:
    """Return ``name``, ``owner``, ``status``, ``source`` and the parcels that are not private.

    They are called after their neighbourhood: «Favaro, terreno pubblico 3» is no sign of a zone or a class.
    """
    which = np.flatnonzero(land.owner != PRIVATE)
    hood = land.lots.hood[which]
    called = hoods["name"].to_numpy()[hood]
    names = [f"{name}, terreno pubblico {number}" for name, number in zip(called, _numbered(hood), strict=True)]
    fields = {"name": names, "owner": land.owner[which], "status": land.status[which]}
    return _frame(fields, land.lots.areas[which], "proprietà inventata")


def candidate_sites(land: OpenLand, seed: int, gardens: int = 24, others: int = 12) -> GeoDataFrame:
    """Return ``name``, ``kind`` (orto, servizio), ``source``: free land of the city on the hills, lots in town."""
    free = (land.owner == CITY) & (land.status == _FREE)
    town = np.isin(land.lots.use, ("town", "works")) & ~land.built & ~land.public_green
    chosen = np.concatenate([
        _drawn(free, land.lots.chance(seed, 76), gardens), _drawn(town, land.lots.chance(seed, 77), others),
    ])  # fmt: skip
    kinds = np.where(free[chosen], "orto", "servizio")
    names = [f"Sito candidato {number}" for number in range(1, chosen.size + 1)]
    return _frame({"name": names, "kind": kinds}, land.lots.areas[chosen], "sito inventato")


def _drawn(which: Mask, dice: Floats, count: int) -> NDArray[np.int64]:
    found = np.flatnonzero(which)
    return np.sort(found[np.argsort(dice[found], kind="stable")[:count]])


def _consumed_share(lots: Lots, grown: Fabric, codes: Codes) -> Floats:
    """Return the share of each lot's cells that are consumed soil."""
    on = grown.lot >= 0
    cells, used = (np.bincount(grown.lot[on], weight, lots.x.size) for weight in (None, consumed(codes)[on]))
    share: Floats = used / np.maximum(cells, 1)
    return share


def _frame(fields: dict[str, object], areas: Shapes, about: str) -> GeoDataFrame:
    return GeoDataFrame({**fields, "source": f"{MADE_UP}: {about}"}, geometry=areas, crs=CRS.from_epsg(CRS_CODE))
