"""What the garden map draws: classes of suitability in one green, what is excluded in white, and the first sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.gardens.classes import CLASSES
from layers import roles
from layers.raster import Raster
from layers.union import union_of_parts
from puc_tool.maps.garden_colours import STYLES
from puc_tool.maps.sheet import Areas, Layer, Lines, Numbers, RasterClasses
from puc_tool.maps.soil_facts import LEAST_TOLD_M2
from puc_tool.maps.style import ACCENT, Disc, Fill, Hatch, Stroke
from puc_tool.maps.worn import Wardrobe

CONTAMINATED = Fill("#f3efec", edge="#6f625b", edge_mm=0.12, hatch=Hatch("#6f625b", 1.3))
SITE = Stroke(ACCENT, 0.22, casing="#ffffff", casing_mm=0.45)
SITE_NUMBER = Disc(ACCENT)


ON_SCREEN = {"excluded": "x", "undecided": "?"}
"""What the map of the window calls these classes; the others have one name everywhere."""


@dataclass(frozen=True)
class Looks:
    """How the sheet draws the classes by their codes, contaminated perimeters, and sites with their numbers."""

    classes: Mapping[str, Fill]
    contaminated: Fill
    site: Stroke
    number: Disc


def looks(wardrobe: Wardrobe) -> Looks:
    """Return the looks in the style that the results, and the contaminated sites, were given."""
    worn, sites = (wardrobe.result("garden-suitability", theme) for theme in ("suitability", "sites"))
    return Looks(
        {code: worn.look(look, ON_SCREEN.get(code, code)) for code, look in STYLES.items()},
        wardrobe.layer(roles.CONTAMINATED_SITES.id).look(CONTAMINATED, ""),
        sites.look(SITE, ""),
        sites.look(SITE_NUMBER, ""),
    )


def suitability(classes: Raster, looks: Mapping[str, Fill]) -> RasterClasses:
    """Return the written classes of cells; what lies outside the boundary is drawn as nothing."""
    cells = np.ma.filled(classes.read(classes.grid.whole), 0).astype(np.uint8)
    return RasterClasses(cells, classes.grid, tuple(looks[each.code] for each in CLASSES))


def contaminated(sites: GeoDataFrame | None, outline: shapely.Geometry, look: Fill) -> tuple[Areas, ...]:
    """Return the perimeters inside the commune, if there are any to speak of."""
    if sites is None:
        return ()
    inside = shapely.intersection(union_of_parts(sites.geometry.to_numpy()), outline)
    return (Areas((inside,), look),) if inside.area >= LEAST_TOLD_M2 else ()


def sites_of(sites: GeoDataFrame, looks: Looks) -> Iterator[Layer]:
    """Yield the outlines of sites and their ranks."""
    if len(sites):
        yield Lines(tuple(sites.geometry), looks.site)
        inner = tuple(shapely.point_on_surface(sites.geometry.to_numpy()))
        yield Numbers(inner, tuple(str(place) for place in range(1, len(sites) + 1)), looks.number)
