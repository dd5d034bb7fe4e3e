"""In which CRS would these coordinates fall on the study: a ranked proposal, never applied by itself.

Method: points of the layer are read in each CRS that Italian offices deliver, with both orders of the axes, brought
into the study's CRS, and counted where they fall in the bounds of the boundary and a margin around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from layers.crs import Bounds, geographic_bounds, transformer
from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, number, say, the_percent

CODES = (7791, 32632, 25832, 3003, 7792, 32633, 25833, 3004, 4326, 3035, 23032, 23033)
"""Tried in this order, the likelier first; 6707 and 6708 are 7791 and 7792 with their axes swapped."""

MARGIN_M = 500.0
"""How far out of the boundary's bounds a point still counts as on the study: layers are drawn a little wider."""

MOST_POINTS = 2000
TWIN_M = 1.0
"""Two CRS that put the layer within a metre of each other can't be told apart by where it falls."""

TIE_SHARE = 0.05
_LATTICE = 40
_MOSTLY = 0.5
_FAR_M = 1_000_000.0
_AXES_OF = {7791: 6707, 7792: 6708}
_ADVISED = frozenset({"crs-missing", "layer-elsewhere", "crs-no-operation"})
_NONE = Text(
    "Nessuno dei sistemi di riferimento usuali in Italia lo porta nel comune: chiederlo a chi ha dato il livello.",
    "None of the CRS usual in Italy brings it into the commune: ask whoever gave the layer.",
)

Geometries = Sequence[shapely.Geometry] | NDArray[np.object_]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A CRS and where it puts the layer.

    ``share`` (0 to 1) of the layer in the boundary's bounds and margin, ``distance_m`` from there to the layer
    (infinite if it has no such place), ``centre`` of the layer in the study's CRS.
    """

    code: int
    swapped: bool
    share: float
    distance_m: float
    centre: tuple[float, float]

    @property
    def title(self) -> Text:
        """Return «EPSG:3003», and the order of the axes where it is swapped."""
        if not self.swapped:
            return Text(f"EPSG:{self.code}", f"EPSG:{self.code}")
        legal = f" = EPSG:{_AXES_OF[self.code]}" if self.code in _AXES_OF else ""
        return Text(f"EPSG:{self.code} ad assi scambiati{legal}", f"EPSG:{self.code} with swapped axes{legal}")

    def apart_m(self, other: Candidate) -> float:
        """Return how far from each other the two put the layer's centre (m)."""
        return float(np.hypot(self.centre[0] - other.centre[0], self.centre[1] - other.centre[1]))


def candidates(geometry: Geometries, boundary: shapely.Geometry, crs: CRS) -> tuple[Candidate, ...]:
    """Return every CRS tried, best first; ``boundary`` in ``crs`` (metres).

    Shares within ``TIE_SHARE`` of the largest are a tie: there the order of ``CODES`` decides, axes as usual first.
    """
    points, owner = sample(geometry)
    if not len(points):
        return ()
    degrees = geographic_bounds(tuple(shapely.bounds(boundary).tolist()), crs)
    ways = _ways(crs, degrees)
    read = [
        _candidate(code, swapped, _placed(points, swapped, way), owner, boundary)
        for swapped in (False, True)
        for code, way in ways.items()
    ]
    top = max(each.share for each in read)
    tied = [each for each in read if each.share > 0 and each.share >= top - TIE_SHARE]
    rest = [each for each in read if each not in tied]
    return (*tied, *sorted(rest, key=lambda each: (-each.share, each.distance_m)))


def sample(geometry: Geometries) -> tuple[Points, NDArray[np.intp]]:
    """Return at most ``MOST_POINTS`` corners (n × 2), evenly from the features, and the feature each belongs to."""
    features = np.asarray(geometry, dtype=object)
    features = features[:: max(1, -(-len(features) // MOST_POINTS))]
    corners, owner = shapely.get_coordinates(features, return_index=True)
    count = np.bincount(owner, minlength=len(features))
    rank = np.arange(len(owner)) - (np.cumsum(count) - count)[owner]
    step = np.ceil(count / max(1, MOST_POINTS // max(1, len(features)))).astype(np.intp)
    kept = rank % step[owner] == 0
    return corners[kept], owner[kept]


def lattice(bounds: Bounds) -> NDArray[np.object_]:
    """Return points spread evenly over ``bounds``, edges included: what stands in for the cells of a raster."""
    left, bottom, right, top = bounds
    east, north = np.meshgrid(np.linspace(left, right, _LATTICE), np.linspace(bottom, top, _LATTICE))
    return shapely.points(east.ravel(), north.ravel())


def proposal(geometry: Geometries, boundary: shapely.Geometry, crs: CRS) -> Text:
    """Return the remedy: which CRS fits, how well, what else fits, and how to give it. Nothing is applied."""
    ranked = candidates(geometry, boundary, crs)
    if not ranked or ranked[0].share == 0.0:
        return _NONE
    best = ranked[0]
    parts = (_fit(best), _twins(best, ranked), _ties(best, ranked), _contrast(best, ranked), _how(best))
    said = [part for part in parts if part]
    return Text(" ".join(part.it for part in said), " ".join(part.en for part in said))


def advised(
    problems: Iterable[Problem], geometry: Geometries, boundary: shapely.Geometry | None, crs: CRS
) -> list[Problem]:
    """Return ``problems`` with the proposal as the remedy of those that a CRS would mend."""
    told = list(problems)
    if boundary is None or not any(problem.code in _ADVISED for problem in told):
        return told
    remedy = proposal(geometry, boundary, crs)
    return [replace(problem, remedy=remedy) if problem.code in _ADVISED else problem for problem in told]


@lru_cache(maxsize=4)
def _ways(crs: CRS, degrees: Bounds) -> Mapping[int, Transformer | None]:
    """Return the ways into a study, which every dataset of a folder is tried by: PROJ takes 0.2 s to find them."""
    return {code: _way(code, crs, degrees) for code in CODES}


def _way(code: int, crs: CRS, degrees: Bounds) -> Transformer | None:
    try:
        return transformer(CRS.from_epsg(code), crs, degrees)
    except PucError:
        return None


def _placed(points: Points, swapped: bool, way: Transformer | None) -> Points:
    """Return ``points`` in the study's CRS, infinite where there is no such place."""
    if way is None:
        return np.full_like(points, np.inf)
    east, north = points.T[::-1] if swapped else points.T
    return np.column_stack(way.transform(east, north))


def _candidate(
    code: int, swapped: bool, placed: Points, owner: NDArray[np.intp], boundary: shapely.Geometry
) -> Candidate:
    left, bottom, right, top = shapely.bounds(boundary)
    low, high = np.array([left, bottom]) - MARGIN_M, np.array([right, top]) + MARGIN_M
    inside = ((placed >= low) & (placed <= high)).all(axis=1)
    count = np.bincount(owner)
    share = float((np.bincount(owner, weights=inside)[count > 0] / count[count > 0]).mean())
    if not np.isfinite(placed).all():
        return Candidate(code, swapped, share, np.inf, (np.inf, np.inf))
    least, most = placed.min(axis=0), placed.max(axis=0)
    gap_m = shapely.distance(shapely.box(*least, *most), shapely.box(left, bottom, right, top))
    return Candidate(code, swapped, share, float(gap_m), tuple(((least + most) / 2).tolist()))


def _fit(best: Candidate) -> Text:
    if best.share < _MOSTLY:
        return say(
            "Con {c} cade nel riquadro del comune solo {p}: forse il livello è più grande del comune.",
            "With {c} only {p} falls in the commune's bounds: perhaps the layer is larger than the commune.",
            c=best.title,
            p=the_percent(best.share),
        )
    return say(
        "Con {c} il livello cade per {p} nel riquadro del comune.",
        "With {c}, {p} of the layer falls in the commune's bounds.",
        c=best.title,
        p=the_percent(best.share),
    )


def _same_place(best: Candidate, ranked: tuple[Candidate, ...]) -> list[Candidate]:
    return [each for each in ranked[1:] if each.swapped == best.swapped and best.apart_m(each) < TWIN_M]


def _twins(best: Candidate, ranked: tuple[Candidate, ...]) -> Text:
    twins = [f"EPSG:{each.code}" for each in _same_place(best, ranked)]
    if not twins:
        return NOTHING
    return say("Nello stesso posto con {t}.", "In the same place with {t}.", t=listing(twins))


def _ties(best: Candidate, ranked: tuple[Candidate, ...]) -> Text:
    rivals = [each for each in _others(best, ranked) if each.share >= best.share - TIE_SHARE]
    if not rivals:
        return NOTHING
    return say(
        "Quasi uguale con {c} ({p} %), a {m} m da lì: il confine non basta a distinguerli, verificare la fonte.",
        "Nearly as well with {c} ({p} %), {m} m from there: the boundary can't tell them apart, check the source.",
        c=rivals[0].title,
        p=number(100 * rivals[0].share, 1),
        m=number(best.apart_m(rivals[0])),
    )


def _contrast(best: Candidate, ranked: tuple[Candidate, ...]) -> Text:
    far = [each for each in _others(best, ranked) if not each.share and 0.0 < each.distance_m < _FAR_M]
    if not far:
        return NOTHING
    return say("Con {c} cade a {km} km.", "With {c} it falls {km} km away.",
               c=far[0].title, km=number(far[0].distance_m / 1000))  # fmt: skip


def _others(best: Candidate, ranked: tuple[Candidate, ...]) -> list[Candidate]:
    same = {best, *_same_place(best, ranked)}
    return [each for each in ranked if each not in same and np.isfinite(each.distance_m)]


def _how(best: Candidate) -> Text:
    if best.swapped:
        return say("Scambiare le due coordinate nel dato, poi indicare --crs EPSG:{c}.",
                   "Swap the two coordinates in the data, then give --crs EPSG:{c}.", c=best.code)  # fmt: skip
    return say("Se la fonte lo conferma, indicare --crs EPSG:{c}.",
               "If the source confirms it, give --crs EPSG:{c}.", c=best.code)  # fmt: skip
