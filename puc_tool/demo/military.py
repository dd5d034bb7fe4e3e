"""Military areas of the demonstration: the Arsenal, barracks, and forts on the hills. Their outlines are made up."""

from __future__ import annotations

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.outlines import rounded_box
from puc_tool.demo.places import ARSENAL, BARRACKS, CRS_CODE, FORTS
from puc_tool.demo.setting import Setting

OWNER = "Ministero della Difesa"
ARSENAL_NAME = "Arsenale Militare Marittimo"
_IN_USE, _LEAVING = "in uso", "in dismissione"
_FORT_M, _ROAD_M = 55.0, 22.0


def military(stage: Setting) -> GeoDataFrame:
    """Return ``name``, ``owner``, ``status``, ``source`` and polygons within the commune, no two of which overlap."""
    rows = [(ARSENAL_NAME, _IN_USE, arsenal(stage))]
    rows += [(name, _LEAVING, rounded_box(at, length, width)) for name, at, length, width in BARRACKS]
    rows += [(f"Forte {n}", _LEAVING, shapely.Point(at).buffer(_FORT_M, 4)) for n, at in enumerate(FORTS, 1)]
    names, status, areas = zip(*rows, strict=True)
    return GeoDataFrame(
        {"name": names, "owner": OWNER, "status": status, "source": f"{MADE_UP}: perimetro inventato"},
        geometry=shapely.intersection(list(areas), stage.ground.commune),
        crs=CRS.from_epsg(CRS_CODE),
    )


def arsenal(stage: Setting) -> shapely.Geometry:
    """Return the ground of the Arsenal: dry, without the public roads around it."""
    ground = shapely.Polygon(ARSENAL) & stage.ground.commune
    return shapely.difference(ground, shapely.union(stage.ways.main, stage.ways.hill).buffer(_ROAD_M))
