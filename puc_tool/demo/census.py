"""Made-up census sections that follow the streets, with the real residents by age shared out among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS

from layers.communes import Population
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Shapes
from puc_tool.demo.neighbourhoods import MADE_UP, shared_out
from puc_tool.demo.network import components
from puc_tool.demo.places import CODE, CRS_CODE
from puc_tool.demo.setting import Setting

_PEOPLE = 170
"""About how many a section holds."""
_HOUSEHOLD = 2.11
"""People in a household: `la_spezia_facts.csv`, 2019."""
_OLDEST = 100
_ROUNDS = 6
_FEWEST = 20
_ISLET_M = 0.01

Ints = NDArray[np.int64]


def census(stage: Setting, edges: GeoDataFrame, buildings: GeoDataFrame, people: Population) -> GeoDataFrame:
    """Return sections that tile the commune, each within one neighbourhood, by neighbourhood.

    Fields: ``code``, ``population``, ``population_0_14``, ``population_65_plus``, ``households``, ``hood`` (position
    in the stage's neighbourhoods), ``source``. Residents are those of the buildings inside; ages add up to the real
    ones.
    """
    faces = _faces(stage, edges)
    inner = shapely.point_on_surface(faces)
    hood, living = _holder(stage.hoods.geometry.to_numpy(), inner), _living(faces, buildings)
    section = _sections(hood, living, shapely.get_coordinates(shapely.centroid(faces)))
    section = _in_one_piece(section, hood, living, _Beside.of(faces))
    count = int(section.max()) + 1
    first = np.unique(section, return_index=True)[1]
    residents = np.bincount(section, living, count).astype(np.int64)
    areas = np.array([shapely.coverage_union_all(faces[section == number]) for number in range(count)])
    return GeoDataFrame(
        {
            "code": [f"{CODE}{number + 1:07d}" for number in range(count)], "population": residents,
            **_ages(stage, areas, residents, people), "hood": hood[first],
            "source": f"{MADE_UP}: sezione inventata, residenti ISTAT {people.year} ripartiti",
        },
        geometry=areas, crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip


def _faces(stage: Setting, edges: GeoDataFrame) -> Shapes:
    """Return the blocks between street axes, cut at the edges of neighbourhoods too."""
    hoods = shapely.boundary(stage.hoods.geometry.to_numpy())
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*hoods, *edges.geometry])]))
    commune = stage.ground.commune
    shapely.prepare(commune)
    return faces[shapely.contains(commune, shapely.point_on_surface(faces))]


def _holder(areas: Shapes, points: Shapes) -> Ints:
    """Return the position of the area that holds each point."""
    point, area = shapely.STRtree(areas).query(points, predicate="intersects")
    holder = np.zeros(points.size, np.int64)
    holder[point] = area
    return holder


def _living(faces: Shapes, buildings: GeoDataFrame) -> Floats:
    """Return how many people live in the buildings of each face."""
    at = _holder(faces, shapely.point_on_surface(buildings.geometry.to_numpy()))
    return np.bincount(at, buildings["people"].to_numpy(float), faces.size).astype(float)


def _sections(hood: Ints, living: Floats, middle: Floats) -> Ints:
    """Return the number of each face's section: neighbourhoods cut in parts of about as many people."""
    section, number = np.zeros(hood.size, np.int64), 0
    for place in np.unique(hood):
        faces = np.flatnonzero(hood == place)
        for part in _halved(faces, living, middle, max(round(living[faces].sum() / _PEOPLE), 1)):
            section[part] = number
            number += 1
    return section


def _halved(faces: Ints, living: Floats, middle: Floats, count: int) -> Iterator[Ints]:
    """Yield ``count`` parts of the faces, cut across the longer way where the people are halved."""
    if count < 2 or faces.size < 2:
        yield faces
        return
    spread = np.ptp(middle[faces], axis=0)
    ordered = faces[np.argsort(middle[faces, int(spread[1] > spread[0])], kind="stable")]
    share = np.cumsum(living[ordered]) / max(living[ordered].sum(), 1)
    less = count // 2
    cut = int(np.clip(np.searchsorted(share, less / count) + 1, 1, faces.size - 1))
    yield from _halved(ordered[:cut], living, middle, less)
    yield from _halved(ordered[cut:], living, middle, count - less)


@dataclass(frozen=True)
class _Beside:
    """Pairs of faces that share an edge, each pair both ways, and how long (m) that edge is.

    An islet shares nothing; it counts as beside the nearest face.
    """

    pairs: Ints
    shared_m: Floats

    @classmethod
    def of(cls, faces: Shapes) -> _Beside:
        pairs = np.stack(shapely.STRtree(faces).query(faces, predicate="intersects"), axis=1)
        pairs = pairs[pairs[:, 0] < pairs[:, 1]]
        shared = shapely.length(shapely.intersection(faces[pairs[:, 0]], faces[pairs[:, 1]]))
        pairs, shared = pairs[shared > 0], shared[shared > 0]
        ashore = np.unique(pairs)
        islets = np.setdiff1d(np.arange(faces.size), ashore)
        near = shapely.STRtree(faces[ashore]).query_nearest(faces[islets], all_matches=False)[1]
        pairs = np.concatenate([pairs, np.stack([islets, ashore[near]], axis=1)])
        shared = np.concatenate([shared, np.full(islets.size, _ISLET_M)])
        return cls(np.concatenate([pairs, pairs[:, ::-1]]), np.concatenate([shared, shared]))


def _in_one_piece(section: Ints, hood: Ints, living: Floats, beside: _Beside) -> Ints:
    """Return the sections with their strays given to a neighbour.

    A stray is a face that hangs on by a corner or not at all, or one of a section where hardly anybody lives.
    """
    one, other = beside.pairs.T
    for _ in range(_ROUNDS):
        same = section[one] == section[other]
        stray = _strays(section, beside.pairs[same]) | (np.bincount(section, living)[section] < _FEWEST)
        taker = stray[one] & ~stray[other] & (hood[one] == hood[other])
        longest = np.flatnonzero(taker)[np.argsort(beside.shared_m[taker], kind="stable")]
        section = section.copy()
        section[one[longest]] = section[other[longest]]
    return np.unique(section, return_inverse=True)[1]


def _strays(section: Ints, joined: Ints) -> NDArray[np.bool_]:
    """Tell which faces are not of the largest piece of their section; ``joined`` are pairs within one."""
    every = np.stack([np.arange(section.size)] * 2, axis=1)
    piece = components(np.concatenate([every, joined]))[: section.size]
    size = np.bincount(piece, minlength=section.size)
    order = np.lexsort((piece, -size[piece], section))
    first = order[np.unique(section[order], return_index=True)[1]]
    strays: NDArray[np.bool_] = piece != piece[first][np.unique(section, return_inverse=True)[1]]
    return strays


def _ages(stage: Setting, areas: Shapes, residents: Ints, people: Population) -> dict[str, Ints]:
    """Share the young, the old and the households out; some quarters are younger than others."""
    x, y = shapely.get_coordinates(shapely.centroid(areas)).T
    young = 0.3 * noise(stream(stage.seed, "ages"), 1200, 3).at(x, y)
    return {
        "population_0_14": shared_out(people.between(0, 14), residents * (1 + young)),
        "population_65_plus": shared_out(people.between(65, _OLDEST), residents * (1 - young)),
        "households": shared_out(round(people.total / _HOUSEHOLD), residents * (1 - young / 3)),
    }
