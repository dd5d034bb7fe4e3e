"""Sites: suitable ground in one hand, large and compact enough to be laid out as gardens.

Where public land (or else parcels) is given, a site is the suitable ground of one of its areas; otherwise it is a
connected patch of suitable cells (sides, not corners). Compactness: 4πA / P² (Polsby & Popper 1991), 1 for a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import rasterio.features
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.attributes import first_said, words
from analyses.decision.combining import ordered
from analyses.gardens.criteria import Criterion
from analyses.gardens.ground import Ground
from analyses.overlay import pieces, polygonal
from layers.scratch import room_for
from layers.text import Text, number
from layers.union import union_of_parts

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

AREA = Text("Area", "Area")

_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Rules:
    """What makes suitable ground a site: least area, least compactness."""

    least_m2: float
    least_compactness: float


@dataclass(frozen=True)
class Patches:
    """Connected suitable ground: the patch of each cell of ``ground.inner`` (0: none); cells in too small a one."""

    numbers: NDArray[np.int32]
    too_small: Truths


def patches(ground: Ground, is_suitable: Truths, least_m2: float) -> Patches:
    """Return the connected patches of at least ``least_m2``."""
    from scipy import ndimage

    numbers = room_for((ground.inner.height, ground.inner.width), np.int32)
    count = ndimage.label(ground.spread(is_suitable, False), output=numbers)
    flat, suitable = numbers.ravel(), list(_suitable(is_suitable))
    area_m2 = np.zeros(count + 1)
    for cells in suitable:
        area_m2 += np.bincount(flat[ground.places[cells]], ground.area_m2[cells], minlength=count + 1)
    is_large, too_small = area_m2 >= least_m2, np.zeros(len(is_suitable), np.bool_)
    for cells in suitable:
        too_small[cells] = ~is_large[flat[ground.places[cells]]]
    flat[ground.places[too_small]] = 0
    return Patches(numbers, too_small)


def _suitable(is_suitable: Truths) -> Iterator[NDArray[np.intp]]:
    """Yield the suitable cells, some at once."""
    for first in range(0, len(is_suitable), _CELLS_AT_ONCE):
        yield first + np.flatnonzero(is_suitable[first : first + _CELLS_AT_ONCE])


def sites(ground: Ground, found: Patches, lands: GeoDataFrame | None, rules: Rules) -> GeoDataFrame:
    """Return name, owner and ground of every site, in no order yet; ``lands`` is public land, or parcels."""
    outlines = _outlines(ground, found)
    if lands is None:
        named = GeoDataFrame({"name": "", "owner": ""}, index=range(len(outlines)), geometry=list(outlines))
    else:
        named = _of_lands(outlines, lands)
    area = named.geometry.area.to_numpy()
    length = named.geometry.length.to_numpy()
    compactness = 4.0 * np.pi * area / np.maximum(length, 1e-9) ** 2
    # A last bit of the outline's area must not cost a site.
    kept = (area >= rules.least_m2 * (1.0 - 1e-9)) & (compactness >= rules.least_compactness)
    return named[kept].reset_index(drop=True).set_crs(ground.grid.crs, allow_override=True)


def _outlines(ground: Ground, found: Patches) -> NDArray[np.object_]:
    shapes = rasterio.features.shapes(
        found.numbers, mask=found.numbers > 0, connectivity=4, transform=ground.inner.transform
    )
    outlines = _polygons([shape["coordinates"] for shape, _ in shapes])
    shapely.prepare(ground.boundary)
    is_cut = ~shapely.contains_properly(ground.boundary, outlines)
    outlines[is_cut] = polygonal(shapely.intersection(outlines[is_cut], ground.boundary))
    return outlines


def _polygons(shells_and_holes: list[list[list[tuple[float, float]]]]) -> NDArray[np.object_]:
    """Return polygons made all at once from the rings of each, its shell first."""
    rings = [ring for each in shells_and_holes for ring in each]
    if not rings:
        return np.empty(0, object)
    of_ring = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    of_shape = np.repeat(np.arange(len(shells_and_holes)), [len(each) for each in shells_and_holes])
    points = np.fromiter(chain.from_iterable(chain.from_iterable(rings)), float).reshape(-1, 2)
    return np.asarray(shapely.polygons(shapely.linearrings(points, indices=of_ring), indices=of_shape))


def _of_lands(outlines: NDArray[np.object_], lands: GeoDataFrame) -> GeoDataFrame:
    land, _, cut = _sorted_pieces(lands, outlines)
    owned, first = np.unique(land, return_index=True)
    parts = np.split(cut, first[1:]) if len(owned) else []
    names = first_said(words(lands, "name"), words(lands, "code")).to_numpy()[owned]
    owners = words(lands, "owner").to_numpy()[owned]
    geometry = GeoSeries([union_of_parts(each) for each in parts], crs=lands.crs)
    return GeoDataFrame({"name": names, "owner": owners}, geometry=geometry)


def _sorted_pieces(
    lands: GeoDataFrame, outlines: NDArray[np.object_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.object_]]:
    cut, land, patch = pieces(lands.geometry.to_numpy(), outlines)
    order = np.lexsort((patch, land))
    return land[order], patch[order], cut[order]


@dataclass(frozen=True)
class SiteScores:
    """Sites × criteria: the mean score over a site's ground with 0, and with 1, for what is missing."""

    low: Floats
    high: Floats

    @property
    def middle(self) -> Floats:
        """The middle of what is possible: the score itself where nothing is missing."""
        return (self.low + self.high) / 2.0

    def of(self, order: NDArray[np.intp]) -> SiteScores:
        """Return the rows in another order."""
        return SiteScores(self.low[order], self.high[order])

    def ends(self, weights: Floats, orness: float) -> tuple[Floats, Floats, Floats]:
        """Return the least, the middle and the largest score of each site."""
        low, middle, high = (ordered(each, weights, orness) for each in (self.low, self.middle, self.high))
        return low, middle, high


@dataclass(frozen=True)
class SiteCells:
    """Which cells each of ``count`` sites has: ``cell[i]`` is of site ``site[i]``, from 0; each has one at least."""

    site: NDArray[np.intp]
    cell: NDArray[np.intp]
    count: int

    def scores(self, ground: Ground, scores: Cells) -> SiteScores:
        """Return the table of sites × criteria from ``scores`` (criteria, n cells); each cell counts by its area."""
        area_m2 = ground.area_m2[self.cell]
        part = area_m2 / np.bincount(self.site, area_m2, minlength=self.count)[self.site]
        low, high = np.empty((2, self.count, len(scores)))
        for criterion, each in enumerate(scores):
            own = each[self.cell]
            is_missing = np.isnan(own)
            low[:, criterion] = self._sums(part * np.where(is_missing, 0.0, own))
            high[:, criterion] = low[:, criterion] + (self._sums(part * is_missing) if is_missing.any() else 0.0)
        return SiteScores(low, high)

    def of(self, order: NDArray[np.intp]) -> SiteCells:
        """Return the same with sites numbered anew: site ``order[i]`` becomes ``i``."""
        return SiteCells(np.argsort(order)[self.site], self.cell, self.count)

    @property
    def middle(self) -> NDArray[np.intp]:
        """The cell in the middle of each site's list."""
        count = np.bincount(self.site, minlength=self.count)
        start = np.cumsum(count) - count
        return self.cell[np.argsort(self.site, kind="stable")[start + count // 2]]

    def _sums(self, values: Floats) -> Floats:
        return np.bincount(self.site, values, minlength=self.count).astype(float)


def site_cells(ground: Ground, shapes: NDArray[np.object_]) -> SiteCells:
    """Return the cells whose centre lies in each site; a site too narrow for any has the one nearest to its inside."""
    numbers = ground.numbered(shapes, np.arange(1, len(shapes) + 1))
    cell = np.flatnonzero(numbers)
    site = numbers[cell] - 1
    without = np.setdiff1d(np.arange(len(shapes)), site)
    nearest = [_nearest_cell(ground, shapes[place]) for place in without]
    return SiteCells(
        np.concatenate([site, without]).astype(np.intp), np.concatenate([cell, nearest]).astype(np.intp), len(shapes)
    )


def _nearest_cell(ground: Ground, shape: shapely.Geometry) -> int:
    inner = shapely.point_on_surface(shape)
    col, row = ~ground.grid.transform @ (inner.x, inner.y)
    return int(np.argmin(np.abs(ground.cells - (np.floor(row), np.floor(col))).sum(axis=1)))


def reasons(criteria: Sequence[Criterion], weights: Floats, scores: Floats, *, is_sum: bool) -> str:
    """Return why a site scores what it does: what each criterion gives of what it could give, the largest first.

    Under ordered weights nothing adds up, so the criteria's own scores are told.
    """
    gives = weights * scores if is_sum else scores
    order = np.argsort(-gives, kind="stable")
    told = []
    for place in order:
        most = f" di {number(float(weights[place]), 2).it}" if is_sum else ""
        told.append(f"{criteria[place].title.it} {number(float(gives[place]), 2).it}{most}")
    return "; ".join(told)
