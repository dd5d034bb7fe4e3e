"""Where people live: residents of sections spread over the buildings they live in, with their ages.

Method: dasymetric, by volume. A section's residents go to its residential buildings in proportion to volume (footprint
× height, or floors of ``STOREY_M``) where every one of them has a height or floors, else in proportion to footprint;
a section without residential buildings keeps them on its ground, in proportion to area. A building is of the section
that holds its inner point, and is never cut. What is spread adds up to the sections.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.overlay import Polygons
from layers import roles
from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import NOTHING, number, say
from layers.vocabulary import folded

COUNTS = ("population", "population_0_14", "population_65_plus", "households")
"""What is spread, as far as the sections have it."""

STOREY_M = 3.0

BY_VOLUME, BY_FOOTPRINT, BY_AREA = "volume", "footprint", "area"

_RESIDENTIAL_STEMS = (
    "resid", "abitazion", "abitativ", "condomin", "palazzin", "villin", "mist", "mixed",
    "apartment", "dwelling", "detached", "terrace", "bungalow",
)  # fmt: skip
_RESIDENTIAL_WORDS = ("casa", "case", "villa", "ville", "civile", "house", "houses", "home")
_USE_UNKNOWN = ("", "yes", "si", "edificio", "building")

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Residents:
    """``frame``: a row per place where people live, with ``COUNTS`` (fractions), ``by`` (how found), geometry.

    The geometry is a point inside the building, or the section itself where there is none.
    """

    frame: GeoDataFrame
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns of ``COUNTS`` that the sections had."""
        return tuple(name for name in COUNTS if name in self.frame.columns)


@dataclass(frozen=True)
class Shares:
    """Which part of each place lies on which ground: ``share[i]`` of place ``place[i]`` on ground ``ground[i]``."""

    place: Indices
    ground: Indices
    share: Floats

    def sums(self, values: Floats, n_grounds: int) -> Floats:
        """Return, for (places, k) ``values``, the sums on each ground; the last row is what lies on none."""
        sums = np.zeros((n_grounds + 1, values.shape[1]))
        np.add.at(sums, self.ground, values[self.place] * self.share[:, None])
        held = np.bincount(self.place, self.share, minlength=len(values))
        # A point is on a ground or it is not; of a surface only the part that lies on none is left over.
        sums[-1] = ((1.0 - held).clip(min=0.0)[:, None] * values).sum(axis=0)
        return sums


def spread(sections: GeoDataFrame, buildings: GeoDataFrame | None, *, role: Role = roles.CENSUS) -> Residents:
    """Return where the residents of ``sections`` live, and how that was found.

    Parameters
    ----------
    sections : polygons or points with ``population`` and, of ``COUNTS``, what else is known (missing counts as 0)
    buildings : polygons with ``use``, ``height_m``, ``floors`` as far as known; those without a use count as homes
    role : what the sections are, for the words
    """
    people = sections[[name for name in COUNTS if name in sections]].fillna(0.0).astype(float)
    section, inner, volume_m3, footprint_m2 = _homes(sections, buildings)
    n = len(sections)
    is_by_volume = np.bincount(section, np.isnan(volume_m3), minlength=n) == 0
    weight = np.where(is_by_volume[section], volume_m3, footprint_m2)
    whole = np.bincount(section, weight, minlength=n)
    empty = whole == 0.0
    houses = people.iloc[section].mul(weight / whole[section], axis=0)
    houses["by"] = np.where(is_by_volume[section], BY_VOLUME, BY_FOOTPRINT)
    frame = pd.concat([houses, people[empty].assign(by=BY_AREA)], ignore_index=True)
    places = GeoSeries(np.concatenate([inner, sections.geometry.to_numpy()[empty]]), crs=sections.crs)
    told = _told(role, people["population"].to_numpy(), is_by_volume & ~empty, empty)
    return Residents(GeoDataFrame(frame, geometry=places), (told,))


def inner_points(layer: GeoDataFrame) -> Polygons:
    """Return a point inside each feature: where it counts, unclipped."""
    return shapely.point_on_surface(layer.geometry.to_numpy())


def shares_on(places: Polygons, grounds: Polygons) -> Shares:
    """Tell which part of each place lies on which of ``grounds``, polygons that do not overlap.

    A point (or line) lies whole on the first ground that holds it; a polygon on each by its area.
    """
    is_surface = shapely.get_dimensions(places) == 2
    tree = shapely.STRtree(grounds)
    point, on = tree.query(places[~is_surface], predicate="intersects")
    order = np.lexsort((on, point))
    point, first = np.unique(point[order], return_index=True)
    surface, under = tree.query(places[is_surface], predicate="intersects")
    whole = places[is_surface][surface]
    part = shapely.area(shapely.intersection(whole, grounds[under])) / shapely.area(whole)
    return Shares(
        np.concatenate([np.flatnonzero(~is_surface)[point], np.flatnonzero(is_surface)[surface]]),
        np.concatenate([on[order][first], under]),
        np.concatenate([np.ones(len(point)), part]),
    )


def is_residential(use: object) -> bool:
    """Tell whether people live in a building of this use; one that says nothing of its use counts as a home."""
    word = "" if pd.isna(use) else folded(str(use))
    if word.startswith("non"):
        return False
    return word in _USE_UNKNOWN or word in _RESIDENTIAL_WORDS or any(stem in word for stem in _RESIDENTIAL_STEMS)


def _lived_in(uses: pd.Series) -> NDArray[np.bool_]:
    """Tell of each use whether it is residential: every word is looked at once."""
    word, words = pd.factorize(uses, use_na_sentinel=False)
    return np.array([is_residential(each) for each in words], bool)[word]


def _homes(sections: GeoDataFrame, buildings: GeoDataFrame | None) -> tuple[Indices, Polygons, Floats, Floats]:
    """Return the section of each residential building in one, a point inside, volume (m³, or NaN), footprint (m²)."""
    if buildings is None or not len(buildings):
        return np.empty(0, np.intp), np.empty(0, object), np.empty(0), np.empty(0)
    homes = buildings[_lived_in(buildings["use"])] if "use" in buildings else buildings
    inner = inner_points(homes)
    found = shares_on(inner, sections.geometry.to_numpy())
    chosen, footprint_m2 = homes.iloc[found.place], homes.area.to_numpy()[found.place]
    return found.ground, inner[found.place], footprint_m2 * _height_m(chosen), footprint_m2


def _height_m(buildings: GeoDataFrame) -> Floats:
    """Return the height, or that of the floors, or NaN where neither is known."""
    height, floors = (_positive(buildings, name) for name in ("height_m", "floors"))
    return np.where(np.isnan(height), floors * STOREY_M, height)


def _positive(buildings: GeoDataFrame, name: str) -> Floats:
    if name not in buildings:
        return np.full(len(buildings), np.nan)
    values = buildings[name].to_numpy(dtype=float)
    return np.where(values > 0.0, values, np.nan)


def _told(role: Role, population: Floats, by_volume: NDArray[np.bool_], by_area: NDArray[np.bool_]) -> Problem:
    by_footprint = ~by_volume & ~by_area
    lived_in = population > 0.0
    return Problem(
        "people-spread",
        role.title,
        say(
            "residenti ripartiti fra gli edifici residenziali: {v} per volume, {f} per superficie coperta; "
            "sulla superficie della sezione, senza edifici residenziali: {a} (poligoni o punti abitati).",
            "residents spread over residential buildings: {v} by volume, {f} by footprint; over the section's "
            "area, for want of residential buildings: {a} (polygons or points with residents).",
            v=int((by_volume & lived_in).sum()),
            f=int((by_footprint & lived_in).sum()),
            a=int((by_area & lived_in).sum()),
        ),
        say(
            "Persone attribuite per superficie: {n} su {t}.",
            "People placed by area: {n} out of {t}.",
            n=number(float(population[by_area].sum())),
            t=number(float(population.sum())),
        ),
        NOTHING,
        Severity.INFO,
    )
