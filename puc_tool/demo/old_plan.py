"""A made-up older plan, in the letters of DM 1444/1968: where the city meant to grow before the hills were spared.

The real commune had a plan of 1987 (`la_spezia_facts.csv`); where its zones lay is not known here, and made up.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from geopandas import GeoDataFrame

from layers.codelist import rows
from puc_tool.demo.coverage import patches
from puc_tool.demo.fabric import Codes
from puc_tool.demo.field import lattice_over
from puc_tool.demo.land_use import spots
from puc_tool.demo.neighbourhoods import MADE_UP, spread
from puc_tool.demo.paint import QUAY, RAILWAY
from puc_tool.demo.plan import Rule
from puc_tool.demo.setting import Setting
from puc_tool.demo.surroundings import Surroundings

YEAR = 1987
_CELL_M = 25.0
_SMALLEST_CELLS = 16
_LETTERS = "ABCDEF"
_GROWTH_BELOW_M = 170.0


def old_plan(stage: Setting, codes: Codes) -> GeoDataFrame:
    """Return ``zone``, ``name``, ``dm1444``, ``buildable`` (yes, no), ``source`` and polygons that tile the commune.

    ``codes`` are those of the first soil map.
    """
    lattice = lattice_over(stage.ground.window, _CELL_M)
    rules = list(_rules(stage, Surroundings(stage.cells, codes, lattice)))
    letters = np.select([where for where, _ in rules], [_LETTERS.index(zone) for _, zone in rules], _LETTERS.index("E"))
    found = patches(letters.astype(np.int32), lattice, stage.ground.commune, _SMALLEST_CELLS)
    zones = found["value"].map(lambda value: _LETTERS[value])
    names = {row["code"]: f"Zona {row['code']}: {row['label_it'].lower()}" for row in rows("zone_dm1444")}
    return GeoDataFrame(
        {
            "zone": zones, "name": zones.map(names), "dm1444": zones,
            "buildable": np.where(zones.isin(["A", "E"]), "no", "yes"), "source": f"{MADE_UP}: zonizzazione inventata",
        },
        geometry=found.geometry,
    )  # fmt: skip


def _rules(stage: Setting, around: Surroundings) -> Iterator[Rule]:
    """Return where each zone lies; of two the first holds. Zone C reached up the hills, well beyond the houses."""
    lattice, hoods = around.lattice, stage.hoods
    high = stage.heights.on(lattice).values
    yield spots(lattice, "park", "pitch") | (around.share(QUAY) > 0.5) | (around.share(RAILWAY) > 0.7), "F"
    yield spread(hoods, hoods["code"].isin(["Q38", "Q08", "Q37"]), lattice) & (around.consumed(3) > 0.4), "A"
    yield spread(hoods, hoods["character"] == "works", lattice) & (around.consumed(7) > 0.12), "D"
    yield around.consumed(3) > 0.45, "B"
    yield (around.consumed(9) > 0.10) & (high < _GROWTH_BELOW_M), "C"
