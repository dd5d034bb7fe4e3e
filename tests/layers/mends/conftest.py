"""Small made-up layers in metres, and the context in which they are mended."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pytest
import shapely
from pyproj import CRS

from layers import roles
from layers.intake import Ground
from layers.mends.mend import Context
from layers.reference import LayerRef

METRES = CRS.from_epsg(7791)


@pytest.fixture
def drawn() -> Callable[..., gpd.GeoDataFrame]:
    """Return a layer of the given geometries and columns."""

    def of(*geometry: shapely.Geometry | None, crs: object = METRES, **columns: list[object]) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame(columns or None, geometry=list(geometry), crs=crs)

    return of


@pytest.fixture
def context() -> Callable[..., Context]:
    """Return what a mend may know: a role, the boundary, how fields and codes are mapped."""

    def of(role=roles.ZONING, boundary=None, domains=None, **ref):
        return Context(role, Ground(METRES, boundary), LayerRef(role.id, "data/x.gpkg", **ref), domains or {})

    return of
