"""What is there before anyone builds: ground, relief, roads, neighbourhoods, and the cells of the soil map."""

from __future__ import annotations

from dataclasses import dataclass

from geopandas import GeoDataFrame

from puc_tool.demo.cells import Cells, soil_cells
from puc_tool.demo.field import Field
from puc_tool.demo.ground import Ground, ground
from puc_tool.demo.neighbourhoods import neighbourhoods
from puc_tool.demo.places import Place, places
from puc_tool.demo.roads import Roads, roads
from puc_tool.demo.terrain import relief


@dataclass(frozen=True)
class Setting:
    """The stage of the city: ``heights`` in metres, ``hoods`` tile the commune, ``cells`` are those of the soil map."""

    seed: int
    ground: Ground
    centres: tuple[Place, ...]
    heights: Field
    ways: Roads
    hoods: GeoDataFrame
    cells: Cells

    @property
    def characters(self) -> list[str]:
        """The character of each neighbourhood, in the order of ``hoods``."""
        return list(self.hoods["character"])


def setting(seed: int) -> Setting:
    """Set the stage; the same seed sets the same."""
    land, centres = ground(), places()
    heights = relief(land, seed)
    return Setting(
        seed=seed,
        ground=land,
        centres=centres,
        heights=heights,
        ways=roads(land, heights, centres, seed),
        hoods=neighbourhoods(land, centres, seed),
        cells=soil_cells(land),
    )
