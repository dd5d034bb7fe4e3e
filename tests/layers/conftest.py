"""Small made-up datasets on disk, and the road by which a test reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

Town = Callable[..., Path]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Write two zones of 100 m x 100 m side by side, near La Spezia, under any name; return where they lie."""

    def write(
        name: str = "zone.gpkg", crs: str | None = "EPSG:7791", layer: str | None = None, **options: object
    ) -> Path:
        left, bottom = 566_000, 4_883_000
        boxes = [shapely.box(left + i * 100, bottom, left + (i + 1) * 100, bottom + 100) for i in (0, 1)]
        zones = gpd.GeoDataFrame({"ZONA": ["A", "B"], "NOME": ["Città", "Forlì"]}, geometry=boxes, crs="EPSG:7791")
        placed = zones.to_crs(crs) if crs else zones
        pyogrio.write_dataframe(placed, tmp_path / name, layer=layer, **options)
        return tmp_path / name

    return write
