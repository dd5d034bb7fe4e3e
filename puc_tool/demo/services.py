"""Made-up services of every kind of `service_catalog.csv`: about as many as such a city has, where people are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.codelist import rows
from puc_tool.demo.chance import Floats, hashed
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE

_RARELY = 0.02
"""How much a place without people counts, against one with the most."""


@dataclass(frozen=True)
class _Kind:
    """How many there are of a kind, how far apart at least (m), where, and how large: capacity and area from, to."""

    count: int
    apart_m: float
    where: str = "homes"
    capacity: tuple[int, int] = (0, 0)
    area_m2: tuple[int, int] = (0, 0)


_KINDS = {
    "nido": _Kind(15, 450, capacity=(24, 60), area_m2=(700, 2200)),
    "infanzia": _Kind(32, 320, capacity=(50, 120), area_m2=(900, 2800)),
    "primaria": _Kind(25, 420, capacity=(110, 320), area_m2=(1800, 5200)),
    "secondaria1": _Kind(10, 700, capacity=(220, 520), area_m2=(3500, 8000)),
    "verde": _Kind(30, 0, "parks", area_m2=(0, 0)), "gioco": _Kind(46, 160, "green", area_m2=(250, 1100)),
    "sport": _Kind(20, 380, "green", area_m2=(1500, 9000)),
    "medico": _Kind(44, 190, capacity=(1, 8), area_m2=(90, 900)),
    "farmacia": _Kind(29, 260, area_m2=(70, 180)), "posta": _Kind(17, 450, area_m2=(120, 480)),
    "centro_civico": _Kind(9, 800, area_m2=(250, 900)), "biblioteca": _Kind(6, 900, area_m2=(220, 1400)),
    "mercato": _Kind(48, 190, area_m2=(200, 2600)), "tpl": _Kind(330, 120, "roads", capacity=(18, 140)),
    "parcheggio": _Kind(76, 160, "corners", capacity=(15, 260)), "orto": _Kind(11, 400, "edges", (8, 60), (600, 4200)),
    "wifi": _Kind(22, 240, "corners"), "fibra": _Kind(30, 300), "ricarica_elettrica": _Kind(40, 220, "corners", (2, 6)),
    "parcheggio_interscambio": _Kind(4, 900, "roads", (180, 620)), "ciclabile": _Kind(34, 240, "roads"),
    "bike_sharing": _Kind(17, 300, "corners", (6, 18)),
}  # fmt: skip
_PER_CAR_M2 = 25.0


@dataclass(frozen=True)
class Candidates:
    """Places a kind of service may stand at, how likely each one is, and the area it comes with (m², 0 without)."""

    x: Floats
    y: Floats
    weight: Floats
    area_m2: Floats


def services(places: Mapping[str, Candidates], seed: int) -> GeoDataFrame:
    """Return ``kind``, ``name``, ``capacity``, ``area_m2``, ``source`` and points, by kind.

    ``places`` tells where services may stand: homes, parks, green, roads, corners or edges (of town).
    """
    catalogue = enumerate(rows("service_catalog"))
    found = [one for number, row in catalogue for one in _placed(row["id"], row["label_it"], places, seed + number)]
    kinds, names, capacity, area, points = zip(*found, strict=True)
    return GeoDataFrame(
        {"kind": kinds, "name": names, "capacity": capacity, "area_m2": area,
         "source": f"{MADE_UP}: servizio inventato"},
        geometry=list(points), crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip


def _placed(
    kind: str, label: str, places: Mapping[str, Candidates], seed: int
) -> Iterator[tuple[str, str, float, float, shapely.Point]]:
    how, there = _KINDS[kind], places[_KINDS[kind].where]
    word = label.split(" / ")[0].split(" >=")[0]
    for number, at in enumerate(_spread(there, how, seed), 1):
        dice = float(hashed(seed, at))
        capacity = float(round(_between(how.capacity, dice)))
        area = there.area_m2[at] or _between(how.area_m2, dice) or _car_park(kind, capacity)
        yield (
            kind,
            f"{word} {number}",
            capacity or np.nan,
            round(area) or np.nan,
            shapely.Point(there.x[at], there.y[at]),
        )


def _car_park(kind: str, cars: float) -> float:
    return cars * _PER_CAR_M2 if kind.startswith("parcheggio") else 0.0


def _between(limits: tuple[int, int], share: float) -> float:
    # Small ones are common, large ones rare.
    return limits[0] + (limits[1] - limits[0]) * share**1.6


def _spread(there: Candidates, how: _Kind, seed: int) -> list[int]:
    """Draw places by weight, none nearer to another than it may.

    Method: weighted sampling without replacement by keys, Efraimidis and Spirakis (2006),
    doi:10.1016/j.ipl.2005.11.003.
    """
    weight = np.maximum(there.weight / there.weight.max(), _RARELY)
    order = np.argsort(np.log(hashed(seed, np.rint(there.x), np.rint(there.y)) + 1e-12) / weight)[::-1]
    chosen: list[int] = []
    for at in order.tolist():
        if len(chosen) == how.count:
            break
        if not chosen or np.hypot(there.x[chosen] - there.x[at], there.y[chosen] - there.y[at]).min() >= how.apart_m:
            chosen.append(at)
    return sorted(chosen)
