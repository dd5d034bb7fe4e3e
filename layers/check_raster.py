"""What is wrong with a raster that is to play a role: where it lies, what it covers, which values it holds.

Cells are told by their centre here: how many a finding touches, and about which area. What enters a result is
measured by the analyses, with the part of each cell that counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.features import geometry_mask

from layers.grid import Grid, Window
from layers.problems import Problem, Severity
from layers.raster import Raster, windows
from layers.spec import Role
from layers.text import CELLS, Text, counted, hectares, listing, number, say, the_percent

LOWEST_M, HIGHEST_M = -430.0, 8850.0
"""The lowest and the highest ground on Earth; a height beyond is a «no data» that the file does not declare."""

OUTSIDE = (0, 255)
"""Codes that stand outside the ISPRA map: they count as no-data, as its legend says."""

MOST_CELLS = 20_000_000
"""Of a raster of heights with more cells on the commune, only strips are looked at: counts are then told as about."""

_SLIGHT = 0.01
_LISTED = 12


@dataclass
class _Census:
    """Cells whose centre lies on the commune: how many, without value, of which unknown code, of impossible height."""

    cells: int = 0
    empty: int = 0
    unknown: Counter[int] = field(default_factory=Counter)
    impossible: Counter[float] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Place:
    """The commune in the raster's CRS, and how large it is (m²)."""

    ground: shapely.Geometry
    area_m2: float


def check_raster(raster: Raster, role: Role, boundary: shapely.Geometry, crs: CRS) -> list[Problem]:
    """Return every problem of ``raster`` on the ground of the study: place, cover, codes, heights.

    ``boundary`` in ``crs`` (metric). Values are looked at only over the boundary.
    """
    ground = _in_crs(boundary, crs, raster.grid.crs)
    covered = shapely.box(*raster.grid.bounds)
    # Where the raster's CRS has no such place, PROJ answers with infinity.
    if not np.isfinite(shapely.bounds(ground)).all() or not covered.intersects(ground):
        return [_raster_elsewhere(role, raster.grid)]
    place = _Place(ground, float(shapely.area(boundary)))
    outside = 1.0 - shapely.area(shapely.intersection(covered, ground)) / shapely.area(ground)
    problems = [_partly_covered(role, outside, outside * place.area_m2)] if outside > 1e-9 else []
    return [*problems, *_values(_counted(raster, role, ground), role, place, 1.0 - outside)]


def _in_crs(geometry: shapely.Geometry, source: CRS, target: CRS) -> shapely.Geometry:
    if source == target:
        return geometry
    how = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(geometry, lambda xy: np.column_stack(how.transform(xy[:, 0], xy[:, 1])))


def _counted(raster: Raster, role: Role, ground: shapely.Geometry) -> _Census:
    found = _Census()
    over = raster.grid.window_over(tuple(shapely.bounds(ground).tolist()))
    for window in _strips(raster, role, over):
        inside = _inside(raster.grid.part(window), ground)
        _count(raster.read(window), inside, role, found)
    return found


def _strips(raster: Raster, role: Role, over: Window) -> Iterator[Window]:
    """Yield all strips of codes; of heights as many, evenly spread, as ``MOST_CELLS`` allows."""
    step = 1 if role.cells is not None else math.ceil(over.width * over.height / MOST_CELLS)
    for place, window in enumerate(windows(raster, over)):
        if place % max(1, step) == 0:
            yield window


def _inside(grid: Grid, ground: shapely.Geometry) -> NDArray[np.bool_]:
    return geometry_mask([ground], (grid.height, grid.width), grid.transform, invert=True)


def _count(cells: np.ma.MaskedArray, inside: NDArray[np.bool_], role: Role, found: _Census) -> None:
    masked = np.ma.getmaskarray(cells)
    empty, held = masked & inside, np.ma.getdata(cells)[inside & ~masked]
    found.cells += int(inside.sum())
    if role.cells is not None:
        codes, counts = np.unique(held.astype(np.int64), return_counts=True)
        found.empty += int(counts[np.isin(codes, OUTSIDE)].sum())
        named = {int(code): int(count) for code, count in zip(codes, counts, strict=True) if code not in OUTSIDE}
        found.unknown.update({code: n for code, n in named.items() if role.cells.canonical(str(code)) is None})
    else:
        odd, counts = np.unique(held[(held < LOWEST_M) | (held > HIGHEST_M)], return_counts=True)
        found.impossible.update(dict(zip(odd.astype(float).tolist(), counts.tolist(), strict=True)))
    found.empty += int(empty.sum())


def _values(found: _Census, role: Role, place: _Place, covered: float) -> Iterator[Problem]:
    if not found.cells:  # a commune smaller than a cell
        return

    def amount(count: int) -> Text:
        area_m2 = count / found.cells * covered * place.area_m2
        return say("circa {n}, {ha}", "about {n}, {ha}", n=counted(count, CELLS), ha=hectares(area_m2))

    if found.empty:
        yield _no_data(role, found.empty / found.cells, amount(found.empty))
    if found.unknown:
        yield _unknown_cells(role, [str(code) for code in sorted(found.unknown)], amount(found.unknown.total()))
    if found.impossible and not role.takes_vector:
        heights = [number(height).it for height in sorted(found.impossible)]
        yield _impossible_heights(role, heights, amount(found.impossible.total()))


def _raster_elsewhere(role: Role, grid: Grid) -> Problem:
    return Problem(
        "layer-elsewhere",
        role.title,
        Text("il raster cade fuori dal territorio dello studio.", "the raster lies outside the study's ground."),
        say("Celle che non conterebbero: {n}.", "Cells that would not count: {n}.", n=number(grid.width * grid.height)),
        Text("Controllare il sistema di riferimento e il foglio scelto.", "Check the CRS and the tile chosen."),
    )


def _partly_covered(role: Role, share: float, area_m2: float) -> Problem:
    return Problem(
        "raster-partly-covered",
        role.title,
        say(
            "il raster lascia scoperto {p} del territorio.",
            "the raster leaves {p} of the ground uncovered.",
            p=the_percent(share, 2),
        ),
        say("Quella parte conta come senza dato: {ha}.", "That part counts as no-data: {ha}.", ha=hectares(area_m2)),
        Text("Aggiungere il raster dell'area intera.", "Add the raster of the whole area."),
        Severity.WARNING,
    )


def _no_data(role: Role, share: float, amount: Text) -> Problem:
    return Problem(
        "raster-no-data",
        role.title,
        say(
            "sul comune ci sono celle senza valore: {p} %.",
            "on the commune there are cells without a value: {p} %.",
            p=number(100 * share, 2),
        ),
        say("Contano come senza dato: {a}.", "They count as no-data: {a}.", a=amount),
        Text(
            "Lungo la costa e il confine è normale; altrove chiedere il raster completo.",
            "Along coast and boundary that is usual; elsewhere ask for the whole raster.",
        ),
        Severity.WARNING if share > _SLIGHT else Severity.INFO,
    )


def _unknown_cells(role: Role, unknown: list[str], amount: Text) -> Problem:
    return Problem(
        "code-unknown",
        role.title,
        say("le celle hanno codici non noti: {v}.", "cells hold unknown codes: {v}.", v=listing(unknown, most=_LISTED)),
        say("Contano come senza dato: {a}.", "They count as no-data: {a}.", a=amount),
        Text("Controllare che il raster sia quello del consumo di suolo ISPRA.", "Check it is the ISPRA raster."),
        Severity.WARNING,
    )


def _impossible_heights(role: Role, heights: list[str], amount: Text) -> Problem:
    return Problem(
        "elevation-impossible",
        role.title,
        say("quote impossibili: {v} m.", "impossible heights: {v} m.", v=listing(heights)),
        say("Falserebbero pendenze e fasce: {a}.", "They would falsify slopes and bands: {a}.", a=amount),
        Text(
            "Di solito sono celle senza dato che il file non dichiara: dichiarare quel valore come «nodata».",
            "Usually cells without data that the file does not declare: declare that value as “nodata”.",
        ),
        Severity.WARNING,
    )
