"""The terrain model on cells of 5 m: the finished relief read smoothly, with terraces and the beds of streams."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from pyproj import CRS
from rasterio.features import rasterize

from layers.raster import ArrayRaster
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.places import CRS_CODE, GULF
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Water
from puc_tool.demo.terrain import slope
from puc_tool.demo.water import open_streams

CELL_M = 5.0
_MIDDLE_M = 20.0
_TERRACE_M = 2.0
_LEAST_SHARE = 0.02
_TERRACED = (35.0, 260.0)
_BED_STEP_M = 4.0
_BED_M = 0.8
_LOWEST_M = 0.1


def elevation(stage: Setting, water: Water) -> ArrayRaster:
    """Return heights in metres (0.1 m), float32, on cells of 5 m in EPSG:7791; the sea and beyond the margin masked.

    Method: uniform cubic B-splines of the relief, first to 20 m, where small roughness is added, then to 5 m; walls
    of terraces on slopes towards the gulf; open streams dug in, so that each falls all the way.
    """
    middle, fine = (lattice_over(stage.ground.window, cell_m) for cell_m in (_MIDDLE_M, CELL_M))
    rough = noise(stream(stage.seed, "elevation"), 110, 2).at(*middle.centres())
    heights = Field(_read(Field(water.ways.filled, water.ways.lattice), middle), middle)
    steep = slope(heights).values
    heights = Field(heights.values + rough * np.minimum(0.25 + 5 * steep, 1.5), middle)
    metres = _read(heights, fine)
    build_terraces(metres, _read(Field(_terraced(stage, heights, steep), middle), fine))
    _dig_beds(metres, fine, open_streams(stage, water))
    dry = rasterize([stage.ground.land], fine.shape, transform=fine.transform, all_touched=True, dtype="uint8")
    metres = np.maximum(metres, _LOWEST_M).round(1).astype(np.float32)
    return ArrayRaster(np.ma.masked_array(metres, dry == 0), fine.grid(CRS.from_epsg(CRS_CODE)))


def _read(field: Field, lattice: Lattice) -> Floats:
    """Return the field's uniform cubic B-spline at the centres of a lattice's cells."""
    source, size = field.lattice, lattice.cell_m
    east: Floats = lattice.left - source.left + (np.arange(lattice.width, dtype=np.float64) + 0.5) * size
    south: Floats = source.top - lattice.top + (np.arange(lattice.height, dtype=np.float64) + 0.5) * size
    across = _spline(east / source.cell_m - 0.5, source.width)
    down = _spline(south / source.cell_m - 0.5, source.height)
    read: Floats = down @ field.values @ across.T
    return read


def _spline(position: Floats, count: int) -> Floats:
    """Return the weight of each of ``count`` values at each position; beyond the ends the last value goes on."""
    first = np.floor(position).astype(np.int64)
    t = position - first
    weights = np.stack([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, 3 * (1 - t) ** 3 - 6 * (1 - t) ** 2 + 4, t**3]) / 6
    spread = np.zeros((position.size, count))
    for step, weight in zip((-1, 0, 1, 2), weights, strict=True):
        np.add.at(spread, (np.arange(position.size), np.clip(first + step, 0, count - 1)), weight)
    return spread


def _terraced(stage: Setting, heights: Field, steep: Floats) -> Floats:
    """Return how much (0 to 1) the slopes are terraced: at middling heights, not too steep, towards the gulf."""
    x, y = heights.lattice.centres()
    down, across = np.gradient(heights.values)
    # Rows run south: a slope faces the gulf if it falls on the way there.
    facing = (GULF[0] - x) * -across + (GULF[1] - y) * down > 0
    patchy = noise(stream(stage.seed, "terraces"), 500, 3).at(x, y) > -0.1
    low, high = _TERRACED
    chosen = facing & patchy & (heights.values > low) & (heights.values < high) & (steep > 0.08) & (steep < 0.42)
    return chosen.astype(float)


def build_terraces(metres: Floats, share: Floats) -> None:
    """Turn slopes into steps of 2 m where ``share`` is 1, each rise within a third of it; in place.

    Where ``share`` is less they are flatter; 0 leaves the slope.
    """
    chosen = share > _LEAST_SHARE
    up = metres[chosen] / _TERRACE_M
    rise = up - np.floor(up)
    wall = np.clip(3 * rise - 1, 0, 1)
    metres[chosen] += share[chosen] * _TERRACE_M * (wall * wall * (3 - 2 * wall) - rise)


def _dig_beds(metres: Floats, lattice: Lattice, streams: list[shapely.LineString]) -> None:
    """Lower the cells of each stream to a bed that only falls, in place."""
    ground = Field(metres, lattice)
    beds = sorted(
        (bed for line in streams for part in shapely.get_parts(line) for bed in _bed(part, ground)), key=_height
    )
    # Where stretches share a cell the lowest is burnt last and stays.
    dug = rasterize(
        beds[::-1], lattice.shape, fill=np.inf, transform=lattice.transform, all_touched=True, dtype="float32"
    )
    np.minimum(metres, dug, out=metres)


def _bed(line: shapely.LineString, ground: Field) -> Iterator[tuple[shapely.LineString, float]]:
    path = shapely.get_coordinates(shapely.segmentize(line, _BED_STEP_M))
    bed = np.minimum.accumulate(ground.at(path[:, 0], path[:, 1])) - _BED_M
    stretches = shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1))
    yield from zip(stretches, bed[1:].tolist(), strict=True)


def _height(stretch: tuple[shapely.LineString, float]) -> float:
    return stretch[1]
