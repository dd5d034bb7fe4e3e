"""Sites: suitable ground in one hand, large and compact enough to be laid out as gardens.

Where public land (or else parcels) is given, a site is the suitable ground of one of its areas; otherwise it is a
connected patch of suitable cells (sides, not corners). Compactness: 4πA / P² (Polsby & Popper 1991), 1 for a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.attributes import first_said, words
from analyses.decision.combining import ordered
from analyses.gardens.criteria import Criterion
from analyses.gardens.ground import Ground
from analyses.overlay import pieces, polygonal
from layers.scratch import filled, room_for, slices
from layers.text import Text, joined, number, say
from layers.union import union_of_parts

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

AREA = Text("Area", "Area")


@dataclass(frozen=True)
class Rules:
    """What makes suitable ground a site: least area, least compactness."""

    least_m2: float
    least_compactness: float


@dataclass(frozen=True)
class Patches:
    """Connected suitable ground: the patch of each cell (n,), 0 for none; cells in too small a one."""

    numbers: NDArray[np.int32]
    too_small: Truths


def patches(ground: Ground, is_suitable: Truths, least_m2: float) -> Patches:
    """Return the connected patches of at least ``least_m2``."""
    from analyses.kernels.sparse_patches import number_patches

    numbers = room_for((len(is_suitable),), np.int32)
    count = number_patches(ground.cells, ground.starts, is_suitable, numbers)
    area_m2 = np.zeros(count + 1)
    for some in slices(len(numbers)):
        area_m2 += np.bincount(numbers[some], ground.area_m2[some], minlength=count + 1)
    is_small = area_m2 < least_m2
    is_small[0] = False
    too_small = filled(len(numbers), np.bool_, lambda some: is_small[numbers[some]])
    for some in slices(len(numbers)):
        numbers[some][too_small[some]] = 0
    return Patches(numbers, too_small)


def sites(ground: Ground, found: Patches, lands: GeoDataFrame | None, rules: Rules) -> GeoDataFrame:
    """Return name, owner and ground of every site, in no order yet; ``lands`` is public land, or parcels.

    A site has at least ``rules.least_m2`` and the compactness 4π · area / perimeter² (1 of a circle, Polsby & Popper
    1991) that the rules ask for.
    """
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
    outlines = _polygons(ground, found)
    shapely.prepare(ground.boundary)
    is_cut = ~shapely.contains_properly(ground.boundary, outlines)
    outlines[is_cut] = polygonal(shapely.intersection(outlines[is_cut], ground.boundary))
    return outlines


def _polygons(ground: Ground, found: Patches) -> NDArray[np.object_]:
    """Return the outline of each patch, in their order."""
    from analyses.kernels.sparse_patches import outlines

    is_seen = room_for((len(found.numbers),), np.bool_)
    is_seen[:] = False
    corners, begins, patch = outlines(ground.cells, ground.starts, found.numbers, is_seen)
    if not len(patch):
        return np.empty(0, object)
    way = ground.grid.transform
    points = np.column_stack([way.c + way.a * corners[:, 1], way.f + way.e * corners[:, 0]])
    rings = shapely.linearrings(points, indices=np.repeat(np.arange(len(patch)), np.diff(begins)))
    order = np.argsort(patch, kind="stable")
    shape = np.unique(patch[order], return_inverse=True)[1]
    return np.asarray(shapely.polygons(rings[order], indices=shape))


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
    """Which cells each site has: ``numbers`` (n,) is the site's number at each cell, from 1, or 0.

    ``nearest`` is the cell of each site whose number is in ``narrow``: it has the centre of none. The site of number
    ``i`` + 1 stands at ``rank[i]``, from 0.
    """

    numbers: NDArray[np.int32]
    narrow: NDArray[np.intp]
    nearest: NDArray[np.intp]
    rank: NDArray[np.intp]

    def scores(self, ground: Ground, scores: Cells) -> SiteScores:
        """Return the table of sites × criteria from ``scores`` (criteria, n cells); each cell counts by its area."""
        count = len(self.rank)
        whole_m2 = np.zeros(count)
        for site, cell in self._parts():
            whole_m2 += np.bincount(site, ground.area_m2[cell], minlength=count)
        low, missing = np.zeros((2, count, len(scores)))
        for site, cell in self._parts():
            part = ground.area_m2[cell] / whole_m2[site]
            for criterion, each in enumerate(scores):
                own = each[cell]
                is_missing = np.isnan(own)
                low[:, criterion] += np.bincount(site, part * np.where(is_missing, 0.0, own), minlength=count)
                if is_missing.any():
                    missing[:, criterion] += np.bincount(site, part * is_missing, minlength=count)
        return SiteScores(low, low + missing)

    def of(self, order: NDArray[np.intp]) -> SiteCells:
        """Return the same in another order, (sites,): the site at ``order[i]`` comes to stand at ``i``."""
        return replace(self, rank=np.argsort(order)[self.rank])

    @property
    def middle(self) -> NDArray[np.intp]:
        """The cell in the middle of each site's list: (sites,) places among the cells of the ground."""
        count = sum(np.bincount(site, minlength=len(self.rank)) for site, _ in self._parts())
        left, found = np.asarray(count) // 2, np.empty(len(self.rank), np.intp)
        for site, cell in self._parts():
            order = np.argsort(site, kind="stable")
            here = np.bincount(site, minlength=len(self.rank))
            is_here = (left >= 0) & (left < here)
            found[is_here] = cell[order[(np.cumsum(here) - here + left)[is_here]]]
            left = left - here
        return found

    def _parts(self) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Yield sites and their cells, some at once; narrow sites with the last."""
        for some in slices(len(self.numbers)):
            cell = some.start + np.flatnonzero(self.numbers[some])
            number = self.numbers[cell] - 1
            if some.stop == len(self.numbers):
                cell, number = np.concatenate([cell, self.nearest]), np.concatenate([number, self.narrow])
            yield self.rank[number], cell


def site_cells(ground: Ground, shapes: NDArray[np.object_]) -> SiteCells:
    """Return the cells whose centre lies in each site; a site too narrow for any has the one nearest to its inside."""
    numbers = ground.numbered(shapes, np.arange(1, len(shapes) + 1))
    is_wide = np.zeros(len(shapes) + 1, np.bool_)
    for some in slices(len(numbers)):
        is_wide[numbers[some]] = True
    narrow = np.flatnonzero(~is_wide[1:])
    nearest = np.array([_nearest_cell(ground, shapes[site]) for site in narrow], np.intp)
    return SiteCells(numbers, narrow, nearest, np.arange(len(shapes)))


def _nearest_cell(ground: Ground, shape: shapely.Geometry) -> int:
    inner = shapely.point_on_surface(shape)
    col, row = ~ground.grid.transform @ (inner.x, inner.y)

    def nearest_of(some: slice) -> tuple[float, int]:
        away = np.abs(ground.cells[some] - (np.floor(row), np.floor(col))).sum(axis=1)
        return float(away.min()), some.start + int(away.argmin())

    return min(map(nearest_of, slices(len(ground.cells))))[1]


def reasons(criteria: Sequence[Criterion], weights: Floats, scores: Floats, *, is_sum: bool) -> Text:
    """Return why a site scores what it does: what each criterion gives of what it could give, the largest first.

    Under ordered weights nothing adds up, so the criteria's own scores are told.
    """
    gives = weights * scores if is_sum else scores
    order = np.argsort(-gives, kind="stable")
    told = []
    for place in order:
        given, most = number(float(gives[place]), 2), number(float(weights[place]), 2)
        share = say("{g} di {m}", "{g} of {m}", g=given, m=most) if is_sum else given
        told.append(say("{c} {s}", "{c} {s}", c=criteria[place].title, s=share))
    return joined(told, "; ")
