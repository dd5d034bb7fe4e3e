"""The street network of the demonstration: roads, grids, hillside streets, stairs and paths that meet at their ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
import shapely.ops
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import hashed
from puc_tool.demo.field import Shapes
from puc_tool.demo.grids import avenues, grids
from puc_tool.demo.hillsides import hillside, steep
from puc_tool.demo.military import arsenal
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.network import (
    Network,
    largest,
    noded,
    tied,
    ways_back,
    without_crowding,
    without_loose_ends,
)
from puc_tool.demo.places import CRS_CODE, JUNCTIONS
from puc_tool.demo.setting import Setting
from puc_tool.demo.settled import Settled
from puc_tool.demo.spots import closed_ground

ARSENAL_NETWORK = "Rete interna dell'Arsenale"
WIDTH_M = {
    "motorway": 22.0, "motorway_link": 9.0, "primary": 14.0, "secondary": 12.0, "tertiary": 10.0, "unclassified": 8.0,
    "residential": 8.5, "pedestrian": 7.0, "service": 8.0, "steps": 3.0, "track": 4.0, "path": 1.5,
}  # fmt: skip
"""Width of a street by its kind, an OSM highway value."""

_WORDS = {
    "primary": "Viale", "secondary": "Viale", "pedestrian": "Vicolo", "steps": "Scalinata", "track": "Strada vicinale",
    "path": "Sentiero", "motorway": "Raccordo autostradale", "motorway_link": "Svincolo",
}  # fmt: skip
_ROADS = ("primary", "secondary", "tertiary", "unclassified")
_ROOM_M = 24.0
_LOOSE_M = 26.0
_TIE_M, _BACK_M = 60.0, 160.0
_ARSENAL_GRID_M = 130.0
_GAPS, _ONE_WAYS = 0.07, 0.22


@dataclass(frozen=True)
class Drawn:
    """Lines of one kind, before they are cut where they meet."""

    kind: str
    lines: Shapes


def streets(stage: Setting, land: Settled) -> GeoDataFrame:
    """Return the edges with ``kind``, ``stairs``, ``oneway``, ``walkable`` (yes, no), ``name`` and ``source``.

    Edges that meet share their ends to the bit. All hang together but for the network inside the Arsenal.
    """
    drawn = [*_roads(stage, land), *_town(stage, land)]
    plain = np.concatenate([each.lines for each in drawn])
    slopes = hillside(land, plain, stage.seed)
    is_steep = steep(slopes.stairs, land)
    drawn += [
        Drawn("residential", slopes.contours), Drawn("residential", slopes.ramps),
        Drawn("residential", slopes.stairs[~is_steep]), Drawn("steps", slopes.stairs[is_steep]),
    ]  # fmt: skip
    public = _public(_around(drawn, stage), stage.seed)
    return _frame([public, _motorway(stage, public), _inside_arsenal(stage)], stage.seed)


def corridors(edges: GeoDataFrame) -> Shapes:
    """Return the ground of each street, as wide as its kind."""
    half = edges["kind"].map(WIDTH_M).to_numpy(float) / 2
    return shapely.buffer(edges.geometry.to_numpy(), half, quad_segs=2)


@dataclass(frozen=True)
class _Part:
    """A network and the kind of each of its edges."""

    network: Network
    kinds: Shapes


def _roads(stage: Setting, land: Settled) -> Iterator[Drawn]:
    ways = stage.ways
    main = _pieces(ways.main)
    leaving = shapely.distance(shapely.line_interpolate_point(main, 0.5, normalized=True), ways.leaving) < 15
    yield Drawn("primary", main[leaving])
    yield Drawn("secondary", main[~leaving])
    yield Drawn("tertiary", _pieces(ways.hill))
    yield Drawn("track", _pieces(ways.tracks))
    yield Drawn("path", shapely.get_parts(shapely.difference(ways.paths, land.town)))
    villages = [shapely.Point(place.at) for place in stage.centres if place.name in ("Tramonti", "Campiglia")]
    down = shapely.shortest_line(villages, stage.ground.open_shore)
    yield Drawn("steps", np.concatenate([down, shapely.shortest_line(villages, ways.hill)]))


def _town(stage: Setting, land: Settled) -> Iterator[Drawn]:
    town = land.town & stage.ground.commune
    yield Drawn("unclassified", avenues(stage, town))
    old = shapely.union_all(stage.hoods.geometry[stage.hoods["code"] == "Q38"].to_numpy())
    lines = grids(stage, town)
    is_old = shapely.contains(old.buffer(1), lines)
    yield Drawn("pedestrian", lines[is_old])
    yield Drawn("residential", lines[~is_old])


def _pieces(bundle: shapely.Geometry) -> Shapes:
    return shapely.get_parts(bundle)


def _around(drawn: list[Drawn], stage: Setting) -> list[Drawn]:
    """Lead every line around the Arsenal, and small streets around what else is closed to them."""
    walls, closed = arsenal(stage), closed_ground(stage)
    cut = [(each.kind, shapely.difference(each.lines, walls if each.kind in _ROADS else closed)) for each in drawn]
    parts = [(kind, shapely.get_parts(lines)) for kind, lines in cut]
    return [Drawn(kind, lines[shapely.length(lines) > 0.5]) for kind, lines in parts]


def _public(drawn: list[Drawn], seed: int) -> _Part:
    """Cut the lines where they meet, and clear away what a town does not have."""
    kinds = np.concatenate([np.full(each.lines.size, each.kind) for each in drawn])
    lines = np.concatenate([each.lines for each in drawn])
    network = noded(lines)
    ties = tied(network, np.isin(kinds[network.source], (*_ROADS, "track", "path")), _TIE_M)
    lines, kinds = np.concatenate([lines, ties]), np.concatenate([kinds, np.full(ties.size, "track")])
    network = noded(lines)
    network = without_crowding(network, ~np.isin(kinds[network.source], _ROADS), _ROOM_M)
    network = network.only(~_gaps(network, kinds[network.source], seed))
    network = without_loose_ends(network, _LOOSE_M)
    ties = ways_back(network, _BACK_M)
    # A way back is a path of its own: its number comes after those of all that was drawn.
    source = np.concatenate([network.source, kinds.size + np.arange(ties.size)])
    kinds = np.concatenate([kinds, np.full(ties.size, "path")])
    again = noded(np.concatenate([network.edges, ties]))
    whole = again.only(largest(again))
    return _Part(Network(whole.edges, source[whole.source]), kinds[source[whole.source]])


def _gaps(network: Network, kinds: Shapes, seed: int) -> Mask:
    """Choose small streets to leave out, so that not every block is like the next."""
    middle = shapely.get_coordinates(shapely.line_interpolate_point(network.edges, 0.5, normalized=True))
    dice = hashed(seed, 31, *np.rint(middle.T))
    return np.isin(kinds, ("residential", "pedestrian")) & (dice < _GAPS)


def _motorway(stage: Setting, public: _Part) -> _Part:
    """Bridge over all streets, and reach them by a link from each junction and from the end."""
    line = shapely.get_parts(stage.ways.motorway)[0]
    at = shapely.line_locate_point(line, shapely.points(JUNCTIONS))
    stops = np.unique(np.round(np.array([0.0, *at, line.length]), 2))
    pieces = [shapely.ops.substring(line, start, end) for start, end in pairwise(stops)]
    ends = shapely.get_point(public.network.edges, 0)
    exits = shapely.line_interpolate_point(line, stops[1:])
    near = shapely.STRtree(ends).query_nearest(exits, all_matches=False)[1]
    links = shapely.linestrings(np.stack([shapely.get_coordinates(exits), shapely.get_coordinates(ends[near])], axis=1))
    kinds = np.array(["motorway"] * len(pieces) + ["motorway_link"] * len(links))
    edges = shapely.set_precision(np.array([*pieces, *links]), 0.01)
    return _Part(Network(edges, np.arange(edges.size)), kinds)


def _inside_arsenal(stage: Setting) -> _Part:
    """A grid of its own behind the walls: nobody walks in from the street."""
    ground = arsenal(stage).buffer(-18)
    left, bottom, right, top = ground.bounds
    rails = [shapely.LineString([(x, bottom), (x, top)]) for x in np.arange(left + 40, right, _ARSENAL_GRID_M)]
    rails += [shapely.LineString([(left, y), (right, y)]) for y in np.arange(bottom + 40, top, _ARSENAL_GRID_M)]
    network = noded(shapely.get_parts(shapely.intersection(rails, ground)))
    network = network.only(largest(network))
    return _Part(network, np.full(network.edges.size, "service"))


def _frame(parts: list[_Part], seed: int) -> GeoDataFrame:
    edges = np.concatenate([part.network.edges for part in parts])
    kinds = np.concatenate([part.kinds for part in parts])
    inside = np.arange(edges.size) >= edges.size - parts[-1].network.edges.size
    steps, closed = kinds == "steps", inside | np.char.startswith(kinds.astype(str), "motorway")
    dice = hashed(seed, 32, np.arange(edges.size))
    oneway = (kinds == "motorway_link") | (np.isin(kinds, ("residential", "secondary")) & (dice < _ONE_WAYS))
    names = _names(parts, kinds)
    names[inside] = ARSENAL_NETWORK
    return GeoDataFrame(
        {
            "kind": kinds, "stairs": _yes_no(steps), "oneway": _yes_no(oneway), "walkable": _yes_no(~closed),
            "name": names, "source": f"{MADE_UP}: rete inventata",
        },
        geometry=edges, crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip


def _names(parts: list[_Part], kinds: Shapes) -> Shapes:
    """Number the drawn lines: what was drawn in one go has one name."""
    drawn = np.concatenate([part.network.source + 100_000 * number for number, part in enumerate(parts)])
    _, number = np.unique(drawn, return_inverse=True)
    words = [f"{_WORDS.get(kind, 'Via')} {n + 1}" for kind, n in zip(kinds, number, strict=True)]
    return np.array(words, dtype=object)


def _yes_no(which: Mask) -> Shapes:
    return np.where(which, "yes", "no")
