"""geopandas.overlay, layer after layer, as a planner with Python would cross areas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import geopandas as gpd

from benchmarks.parts.landscape import Layer
from benchmarks.parts.peer import Cells, Peer, in_process


def geopandas_overlay(layers: Sequence[Layer]) -> Peer:
    names = [layer.name for layer in layers]
    frames = [
        gpd.GeoDataFrame({layer.name: layer.classes}, geometry=list(layer.polygons), crs=7791) for layer in layers
    ]

    def work() -> object:
        crossed = reduce(gpd.overlay, frames)
        return crossed.area.groupby([crossed[name] for name in names]).sum()

    def cells(sums: object) -> Cells:
        return {tuple(map(int, key)): float(area) for key, area in sums.items()}

    return in_process("geopandas", work, cells)
