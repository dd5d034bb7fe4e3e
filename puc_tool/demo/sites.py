"""Made-up perimeters of contaminated sites, as large as the facts say."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.chance import noise, stream
from puc_tool.demo.districts import districts
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.levels import level_for, region
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE, Point
from puc_tool.demo.setting import Setting

_CELL_M = 25.0


@dataclass(frozen=True)
class Site:
    """A site's name and state, its middle, half length and half width before it is cut to ``area_m2``."""

    name: str
    status: str
    area_m2: float
    at: Point
    half_m: tuple[float, float]


PITELLI = Site(
    "Ex SIN Pitelli, parte a terra",
    "ex SIN, declassato a sito regionale (SIR) nel 2013: non verificato",
    3_380_000.0,
    (569800.0, 4883450.0),
    (1000.0, 1250.0),
)
"""338 ha on land, as in `la_spezia_facts.csv`."""
_REFINERY = ("Area ex raffineria IP (bonifica)", "bonifica: stato non verificato")


def contaminated_sites(stage: Setting) -> GeoDataFrame:
    """Return ``name``, ``status``, ``source`` and one polygon per site, within the commune.

    The area of Pitelli is set by false position; the refinery has the outline of its transformation district (75 ha).
    """
    plan = districts(stage).set_index("code").geometry
    return GeoDataFrame(
        {
            "name": [PITELLI.name, _REFINERY[0]],
            "status": [PITELLI.status, _REFINERY[1]],
            "source": f"{MADE_UP}: perimetro inventato, superficie delle fonti pubbliche",
        },
        geometry=[_perimeter(stage, PITELLI), plan["IP"]],
        crs=CRS.from_epsg(CRS_CODE),
    )


def _perimeter(stage: Setting, site: Site) -> shapely.Geometry:
    commune = stage.ground.commune
    inside = _nearness(stage, site, lattice_over(commune.buffer(4 * _CELL_M).bounds, _CELL_M))

    def cut(level: float) -> shapely.Geometry:
        return shapely.intersection(region(inside, level), commune)

    return cut(level_for(lambda level: float(shapely.area(cut(level))), site.area_m2, -6.0, 0.9))


def _nearness(stage: Setting, site: Site, lattice: Lattice) -> Field:
    """Return 1 in the middle of the site, 0 on a rectangle with round corners, lobed by noise, and less beyond."""
    x, y = lattice.centres()
    across, along = (x - site.at[0]) / site.half_m[0], (y - site.at[1]) / site.half_m[1]
    lobed = 1 + 0.18 * noise(stream(stage.seed, site.name), 500, 3).at(x, y)
    return Field(1 - (across**4 + along**4) ** 0.25 * lobed, lattice)
