"""What the garden map draws: classes of suitability in one green, what is excluded in white, and the first sites.

Colours follow the design of the window (its panel on gardens): one hue that deepens with suitability, so that the
order holds in grey print and for every kind of colour blindness.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.gardens.classes import CLASSES
from layers.raster import Raster
from layers.union import union_of_parts
from puc_tool.maps.sheet import Areas, Layer, Lines, Numbers, RasterClasses
from puc_tool.maps.soil_facts import LEAST_TOLD_M2
from puc_tool.maps.style import ACCENT, Disc, Fill, Hatch, Stroke

STYLES = {
    "S1": Fill("#1f6b52"),
    "S2": Fill("#67ad8b"),
    "S3": Fill("#a6c898"),
    "N1": Fill("#dfdab4"),
    "N2": Fill("#f0ebd0"),
    "excluded": Fill("#fdfdfc"),
    "undecided": Fill("#b9a9cf"),
}
CONTAMINATED = Fill("#f3efec", edge="#6f625b", edge_mm=0.12, hatch=Hatch("#6f625b", 1.3))
SITE = Stroke(ACCENT, 0.22, casing="#ffffff", casing_mm=0.45)
SITE_NUMBER = Disc(ACCENT)


def suitability(classes: Raster) -> RasterClasses:
    """Return the written classes of cells; what lies outside the boundary is drawn as nothing."""
    cells = np.ma.filled(classes.read(classes.grid.whole), 0).astype(np.uint8)
    return RasterClasses(cells, classes.grid, tuple(STYLES[each.code] for each in CLASSES))


def contaminated(sites: GeoDataFrame | None, outline: shapely.Geometry) -> tuple[Areas, ...]:
    """Return the perimeters inside the commune, if there are any to speak of."""
    if sites is None:
        return ()
    inside = shapely.intersection(union_of_parts(sites.geometry.to_numpy()), outline)
    return (Areas((inside,), CONTAMINATED),) if inside.area >= LEAST_TOLD_M2 else ()


def sites_of(sites: GeoDataFrame) -> Iterator[Layer]:
    """Yield the outlines of sites and their ranks."""
    if len(sites):
        yield Lines(tuple(sites.geometry), SITE)
        inner = tuple(shapely.point_on_surface(sites.geometry.to_numpy()))
        yield Numbers(inner, tuple(str(place) for place in range(1, len(sites) + 1)), SITE_NUMBER)
