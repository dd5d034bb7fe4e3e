"""A made-up plan in the words of the real PUC: ambits, territories and districts that tile the commune.

Codes and labels are those read in the city's norms (`puc_spezia_ambits.csv`; U, QV and QS in art. 24); where each
zone lies, its class of DM 1444/1968 and whether one may build there is made up. RIQ.P is a code of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from rasterio.features import rasterize

from layers.codelist import rows
from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import noise, stream
from puc_tool.demo.coverage import patches
from puc_tool.demo.districts import districts
from puc_tool.demo.fabric import Codes
from puc_tool.demo.field import Lattice, lattice_over
from puc_tool.demo.land_use import shore_m, spots
from puc_tool.demo.military import arsenal
from puc_tool.demo.neighbourhoods import MADE_UP, spread
from puc_tool.demo.paint import QUAY, RAILWAY
from puc_tool.demo.places import CENTRE, COLLI, RECOMPOSED, Point
from puc_tool.demo.setting import Setting
from puc_tool.demo.surroundings import Surroundings

_CELL_M = 25.0
_SMALLEST_CELLS = 16
"""One hectare."""


@dataclass(frozen=True)
class Zone:
    """A zone of the plan: its code in the PUC, its class of DM 1444 and whether one may build there."""

    code: str
    dm1444: str
    buildable: bool
    name: str = ""


ZONES: tuple[Zone, ...] = (
    Zone("CONS.a.a", "A", False), Zone("CONS.a.b", "A", False), Zone("CONS.a.c", "A", False),
    Zone("CONS.b", "A", False), Zone("RIQ", "B", True), Zone("COLL.cons", "B", False),
    Zone("COLL.sparsi", "E", False), Zone("AGR", "E", False), Zone("PRES", "E", False), Zone("DT", "C", True),
    Zone("RICOMP", "B", True), Zone("RIQ.P", "D", True, "Ambiti di riqualificazione, parti produttive"),
    Zone("U", "F", True, "Zone per servizi di interesse urbano"),
    Zone("QV", "F", False, "Zone per servizi di quartiere: verde attrezzato"),
    Zone("QS", "F", True, "Zone per servizi di quartiere: verde sportivo"),
)  # fmt: skip
Rule = tuple[Mask, str]

_INDEX = {zone.code: index for index, zone in enumerate(ZONES)}


YEAR = 2003


def plan(stage: Setting, codes: Codes) -> GeoDataFrame:
    """Return ``zone``, ``name``, ``dm1444``, ``buildable`` (yes, no), ``source`` and polygons that tile the commune."""
    lattice = lattice_over(stage.ground.window, _CELL_M)
    around = Surroundings(stage.cells, codes, lattice)
    rules = [*_services(stage, around), *_districts(stage, lattice)]
    rules += [*_town(around, stage.hoods), *_hills(around, stage)]
    classes = np.select([where for where, _ in rules], [_INDEX[code] for _, code in rules], _INDEX["PRES"])
    found = patches(classes.astype(np.int32), lattice, stage.ground.commune, _SMALLEST_CELLS)
    return _frame([ZONES[index] for index in found["value"]], found)


def _services(stage: Setting, around: Surroundings) -> Iterator[Rule]:
    lattice = around.lattice
    yield spots(lattice, "park"), "QV"
    yield spots(lattice, "pitch"), "QS"
    plain = _burnt(lattice, [arsenal(stage)])
    yield plain | (around.share(QUAY) > 0.5) | (around.share(RAILWAY) > 0.7), "U"


def _districts(stage: Setting, lattice: Lattice) -> Iterator[Rule]:
    yield _burnt(lattice, districts(stage).geometry), "DT"
    for at, radius_m in RECOMPOSED:
        yield _within(lattice, at, radius_m), "RICOMP"


def _town(around: Surroundings, hoods: GeoDataFrame) -> Iterator[Rule]:
    lattice, built = around.lattice, around.consumed(3) > 0.4
    old = spread(hoods, hoods["code"].isin(["Q38", "Q08"]), lattice)
    yield old & built & _within(lattice, CENTRE, 260), "CONS.a.a"
    yield old & built, "CONS.a.b"
    yield built & spread(hoods, hoods["code"] == "Q37", lattice), "CONS.a.c"
    yield built & _within(lattice, *COLLI), "CONS.b"
    yield built & spread(hoods, hoods["character"] == "works", lattice), "RIQ.P"
    yield built & spread(hoods, hoods["character"] != "hill", lattice), "RIQ"


def _hills(around: Surroundings, stage: Setting) -> Iterator[Rule]:
    settled, lattice = around.consumed(5), around.lattice
    high = stage.heights.on(lattice).values
    whim = noise(stream(stage.seed, "plan"), 900, 4).at(*lattice.centres())
    yield settled > 0.33, "COLL.cons"
    yield settled > 0.07, "COLL.sparsi"
    sea_m = shore_m(stage, lattice)
    yield (high < 190 + 160 * whim) & (whim > -0.35) & (sea_m > 700), "AGR"


def _burnt(lattice: Lattice, areas: Iterable[shapely.Geometry]) -> Mask:
    """Tell which cells have their centre in one of ``areas``."""
    return rasterize(list(areas), lattice.shape, transform=lattice.transform, dtype="uint8").astype(bool)


def _within(lattice: Lattice, at: Point, radius_m: float) -> Mask:
    x, y = lattice.centres()
    inside: Mask = np.hypot(x - at[0], y - at[1]) < radius_m
    return inside


def _frame(zones: list[Zone], found: GeoDataFrame) -> GeoDataFrame:
    names = {row["code"]: row["label_it"] for row in rows("puc_spezia_ambits")}
    return GeoDataFrame(
        {
            "zone": [zone.code for zone in zones],
            "name": [zone.name or names[zone.code] for zone in zones],
            "dm1444": [zone.dm1444 for zone in zones],
            "buildable": ["yes" if zone.buildable else "no" for zone in zones],
            "source": f"{MADE_UP}: zonizzazione inventata",
        },
        geometry=found.geometry,
    )
