"""The railways of the demonstration, as lines."""

from __future__ import annotations

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE
from puc_tool.demo.setting import Setting

_NAMES = ("Ferrovia, linea principale", "Raccordo ferroviario del porto")


def railways(stage: Setting) -> GeoDataFrame:
    """Return ``name``, ``source`` and the lines of the main line and of the port's branch, also beyond the commune."""
    return GeoDataFrame(
        {"name": _NAMES, "source": f"{MADE_UP}: tracciato inventato"},
        geometry=shapely.get_parts(stage.ways.railways), crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip
