"""The ground of a study cut by all its units and measured: fragments, pieces, and the rows of every table by unit.

With ISPRA's raster, each fragment meets its cells (``analyses.zonal``) and, where there is an elevation raster, the
classes of terrain at their centres. Without it the land-use maps cut the ground as units do, and the terrain is met on
the elevation raster's own cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.fragments import Fragments, Partition, fragments
from analyses.kinds import Kind, of_classes, of_units
from analyses.progress import Report, part_of
from analyses.raster_classes import Coded, classes_on
from analyses.soil.artificial_surfaces import states_of
from analyses.soil.editions import Span
from analyses.soil.pieces import Pieces
from analyses.soil.states import N_STATES, STATE_OF_CODE, UNKNOWN
from analyses.terrain_classes import ELEVATIONS, N_ELEVATIONS, SLOPES, Terrain
from analyses.units import Units
from layers.grid import Grid
from layers.raster import Raster
from layers.text import Text
from layers.union import rest_of, union_of_parts

FRAGMENTS_AT_ONCE = 20_000
"""Fragments measured in one pass over the raster: what a pass holds does not grow with the study."""

SLOPE, ELEVATION = "slope_class", "elevation_class"
NO_SLOPE = Text("(senza dato di pendenza)", "(slope not known)")
NO_ELEVATION = Text("(senza dato di quota)", "(elevation not known)")

BEFORE, AFTER = "before", "after"

Areas = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """The ground of the study, the units it is told by, and the others it is only cut by."""

    outline: shapely.Geometry
    crs: object
    units: tuple[Units, ...]
    others: tuple[Units, ...] = ()
    elevation: Raster | None = None

    def partitions(self) -> list[Partition]:
        """Return what cuts the ground."""
        return [each.partition() for each in (*self.units, *self.others)]


@dataclass(frozen=True)
class Measured:
    """The fragments of the ground, their pieces, and the kinds of units they are told by, in the order of tables."""

    fragments: Fragments
    pieces: Pieces
    kinds: tuple[Kind, ...]

    def kind(self, kind_id: str) -> Kind | None:
        """Return a kind of unit, if the study has it."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)


def of_rasters(ground: Ground, rasters: Span[Raster], report: Report) -> Measured:
    """Measure consumed soil at one date or two, whose cells lie on each other."""
    grid = rasters.last.data.grid
    dated = [] if rasters.first is None else [rasters.first.data]
    soil = [classes_on(grid, each, STATE_OF_CODE, N_STATES) for each in (*dated, rasters.last.data)]
    layers: list[Coded] = [*soil, *([Terrain(ground.elevation, grid)] if ground.elevation else [])]
    cut = fragments(ground.outline, ground.partitions(), report=part_of(report, 0.0, 0.5))
    met = _met(cut, ground.crs, _Cells(grid, layers), part_of(report, 0.5, 1.0))
    before, after = (met.codes[0], met.codes[1]) if dated else (None, met.codes[0])
    rows = {name: row[met.fragment] for name, row in cut.rows.items()}
    terrain = met.codes[-1] if ground.elevation else None
    return _measured(ground, cut, Pieces(met.fragment, rows, before, after, met.area_m2), terrain)


def of_maps(ground: Ground, maps: Span[GeoDataFrame], report: Report) -> Measured:
    """Measure artificial surfaces on one land-use map or two."""
    dated = {} if maps.first is None else {BEFORE: maps.first.data}
    uses = [_land_use(name, each, ground.outline) for name, each in {**dated, AFTER: maps.last.data}.items()]
    cut = fragments(ground.outline, [*ground.partitions(), *uses], report=part_of(report, 0.0, 0.5))
    elevation = ground.elevation
    met = _whole(cut) if elevation is None else _met(cut, ground.crs, _on_its_own(elevation), part_of(report, 0.5, 1.0))
    rows = {name: row[met.fragment] for name, row in cut.rows.items()}
    pieces = Pieces(met.fragment, rows, rows.pop(BEFORE, None), rows.pop(AFTER), met.area_m2)
    return _measured(ground, cut, pieces, None if elevation is None else met.codes[-1])


@dataclass(frozen=True)
class _Cells:
    """Codes on the cells of one grid."""

    grid: Grid
    layers: Sequence[Coded]


@dataclass(frozen=True)
class _Met:
    """What fragments meet: the fragment, the code of each layer and the area of each combination that has any."""

    fragment: NDArray[np.intp]
    codes: tuple[NDArray[np.intp], ...]
    area_m2: Areas


def _on_its_own(elevation: Raster) -> _Cells:
    return _Cells(elevation.grid, [Terrain(elevation, elevation.grid)])


def _whole(cut: Fragments) -> _Met:
    return _Met(np.arange(len(cut.area_m2)), (), cut.area_m2)


def _met(cut: Fragments, crs: object, on: _Cells, report: Report) -> _Met:
    # Numba takes a second to import; `puc-tool --help` and `list` read these files' declarations and need none of it.
    from analyses.zonal import zonal_crossed

    grounds = GeoSeries(cut.polygons, crs=crs)
    starts = range(0, len(grounds), FRAGMENTS_AT_ONCE)
    blocks = []
    for start in starts:
        end = min(start + FRAGMENTS_AT_ONCE, len(grounds))
        part = part_of(report, start / len(grounds), end / len(grounds))
        areas = zonal_crossed(grounds.iloc[start:end], on.grid, on.layers, report=part)
        blocks.append(_combinations(areas, start, cut.area_m2[start:end]))
    return _Met(
        np.concatenate([block.fragment for block in blocks]),
        tuple(np.concatenate(codes) for codes in zip(*(block.codes for block in blocks), strict=True)),
        np.concatenate([block.area_m2 for block in blocks]),
    )


def _combinations(areas: Areas, start: int, whole_m2: Areas) -> _Met:
    """Return what is not nothing, brought to the areas of the fragments."""
    fragment, *codes = np.nonzero(areas)
    total = areas.reshape(len(areas), -1).sum(axis=1)
    share = areas[(fragment, *codes)] / total[fragment]
    return _Met(fragment + start, tuple(codes), share * whole_m2[fragment])


def _land_use(name: str, layer: GeoDataFrame, ground: shapely.Geometry) -> Partition:
    """Return the states of land-use polygons, and unknown where there is none."""
    inside = shapely.intersection(layer.geometry.to_numpy(), ground)
    rest = rest_of(ground, union_of_parts(inside))
    parts, polygon = shapely.get_parts(np.append(inside, rest), return_index=True)
    return Partition(name, parts, np.append(states_of(layer["code"]), UNKNOWN)[polygon])


def _measured(ground: Ground, cut: Fragments, pieces: Pieces, terrain: NDArray[np.intp] | None) -> Measured:
    kinds = tuple(of_units(each) for each in ground.units)
    if terrain is None:
        return Measured(cut, pieces, kinds)
    rows = dict(pieces.rows) | {SLOPE: terrain // N_ELEVATIONS, ELEVATION: terrain % N_ELEVATIONS}
    told = (
        of_classes(SLOPE, SLOPES, NO_SLOPE, is_anything_without=_reaches(rows[SLOPE], len(SLOPES))),
        of_classes(ELEVATION, ELEVATIONS, NO_ELEVATION, is_anything_without=_reaches(rows[ELEVATION], len(ELEVATIONS))),
    )
    whole = Pieces(pieces.fragment, rows, pieces.before, pieces.after, pieces.area_m2)
    return Measured(cut, whole, (*kinds, *told))


def _reaches(row: NDArray[np.intp], last: int) -> bool:
    return bool((row == last).any())
