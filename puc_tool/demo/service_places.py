"""Where services may stand: at homes, in parks, along roads, at corners, on free land at the edge of town."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from geopandas import GeoDataFrame

from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Shapes
from puc_tool.demo.open_land import PARK_M2, OpenLand
from puc_tool.demo.services import Candidates

_NEAR_M = 150.0
_ROADS = ("primary", "secondary", "tertiary", "unclassified")
_CORNERS = ("residential", "pedestrian", "unclassified")


def service_places(
    edges: GeoDataFrame, buildings: GeoDataFrame, green: GeoDataFrame, land: OpenLand, commune: shapely.Geometry
) -> Mapping[str, Candidates]:
    """Return the places by the word that `services` knows them by, all within the commune."""
    homes = buildings[buildings["people"] > 0]
    people = homes["people"].to_numpy(float)
    at = shapely.point_on_surface(homes.geometry.to_numpy())
    open_air = green[green["public"] == "yes"].geometry.to_numpy()
    parks = open_air[shapely.area(open_air) >= PARK_M2]
    free = land.lots.areas[(land.status == "libero") & (land.lots.pull > 0)]
    return {
        "homes": _candidates(at, people),
        "parks": _candidates(shapely.point_on_surface(parks), np.ones(parks.size), shapely.area(parks)),
        "green": _candidates(shapely.point_on_surface(open_air), np.sqrt(shapely.area(open_air))),
        "roads": _along(edges, _ROADS, commune, at, people),
        "corners": _along(edges, _CORNERS, commune, at, people),
        "edges": _candidates(shapely.point_on_surface(free), np.ones(free.size)),
    }


def _along(
    edges: GeoDataFrame, kinds: tuple[str, ...], commune: shapely.Geometry, homes: Shapes, people: Floats
) -> Candidates:
    """Return the ends of some streets, by how many people live near."""
    ends = shapely.get_point(edges.geometry[edges["kind"].isin(kinds)].to_numpy(), 0)
    shapely.prepare(commune)
    ends = ends[shapely.contains(commune, ends)]
    corner, home = shapely.STRtree(homes).query(ends, predicate="dwithin", distance=_NEAR_M)
    return _candidates(ends, np.bincount(corner, people[home], ends.size).astype(float) + 1)


def _candidates(points: Shapes, weight: Floats, area_m2: Floats | None = None) -> Candidates:
    x, y = shapely.get_x(points), shapely.get_y(points)
    return Candidates(x, y, weight, np.zeros(points.size) if area_m2 is None else area_m2)
