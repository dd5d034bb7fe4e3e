"""From OpenStreetMap's tags to the fields of a role: nothing is filled in that is not tagged.

Keys and values: the OpenStreetMap wiki, pages «Key:foot», «Key:oneway», «Key:building:levels», «Key:waterway».
"""

from __future__ import annotations

import geopandas
import pandas as pd
import shapely
from geopandas import GeoDataFrame

_NOT_ON_FOOT = ("motorway", "motorway_link", "trunk", "trunk_link", "raceway", "bus_guideway", "busway")
_NOT_THERE_YET = ("construction", "proposed", "planned", "razed", "abandoned")
_ALLOWED = ("yes", "designated", "permissive", "official")
_FORBIDDEN = ("no", "private", "use_sidepath")
_ONE_WAY = ("yes", "true", "1", "-1")
_ROUND = ("roundabout", "circular")
_RUNNING = ("rail", "light_rail", "subway", "tram", "narrow_gauge", "funicular", "monorail")
_FLOWING = ("river", "stream", "canal", "ditch", "drain", "tidal_channel")
_GREEN = ("park", "garden", "playground")
_PUBLIC = {"yes": "yes", "permissive": "yes", "public": "yes", "private": "no", "no": "no"}
_METRES = r"^\s*(\d+(?:[.,]\d+)?)\s*m?\s*$"
_COUNT = r"^\s*(\d+(?:[.,]\d+)?)\s*$"


def streets(ways: GeoDataFrame) -> GeoDataFrame:
    """Return the ways on which one moves; a one-way street runs in its direction."""
    kept = ways[~ways["highway"].isin(_NOT_THERE_YET)]
    backwards = kept["oneway"] == "-1"
    geometry = kept.geometry.where(~backwards, geopandas.GeoSeries(shapely.reverse(kept.geometry), crs=kept.crs))
    fields = {
        "kind": kept["highway"],
        "stairs": _yes_no(kept["highway"] == "steps"),
        "oneway": _yes_no(_is_one_way(kept)),
        "walkable": _yes_no(_is_walkable(kept)),
        "name": kept["name"],
    }
    return _table(kept.set_geometry(geometry), fields)


def buildings(areas: GeoDataFrame) -> GeoDataFrame:
    """Return the buildings, with the height (m) and floors that are tagged."""
    kept = areas[areas["building"] != "no"]
    fields = {
        "height_m": _number(kept["height"], _METRES),
        "floors": _number(kept["building:levels"], _COUNT),
        "use": kept["building"].where(kept["building"] != "yes"),
        "name": kept["name"],
    }
    return _table(kept, fields)


def green(areas: GeoDataFrame) -> GeoDataFrame:
    """Return parks, gardens and playgrounds; whether they are public is known where access is tagged."""
    kept = areas[areas["leisure"].isin(_GREEN)]
    return _table(kept, {"name": kept["name"], "public": kept["access"].map(_PUBLIC), "kind": kept["leisure"]})


def railways(ways: GeoDataFrame) -> GeoDataFrame:
    """Return the lines on which trains and trams run."""
    kept = ways[ways["railway"].isin(_RUNNING)]
    return _table(kept, {"name": kept["name"], "kind": kept["railway"]})


def hydrography(ways: GeoDataFrame) -> GeoDataFrame:
    """Return streams and canals: «covered» in a tunnel or culvert, «river» in the open."""
    kept = ways[ways["waterway"].isin(_FLOWING)]
    covered = _is_set(kept["tunnel"]) | _is_set(kept["covered"])
    kind = pd.Series("river", index=kept.index).where(~covered, "covered")
    return _table(kept, {"name": kept["name"], "kind": kind, "waterway": kept["waterway"]})


def services(features: GeoDataFrame, kinds: pd.Series) -> GeoDataFrame:
    """Return the features that are a service of the catalogue, by ``kinds`` (None where one is not)."""
    known = kinds.notna()
    kept = features[known]
    capacity = _number(kept["capacity"], _COUNT)
    return _table(kept, {"kind": kinds[known], "name": kept["name"], "capacity": capacity})


def unread(delivered: GeoDataFrame) -> int:
    """Return how many heights and floors are tagged in words or units that are not read."""
    heights = delivered["height"].notna() & _number(delivered["height"], _METRES).isna()
    floors = delivered["building:levels"].notna() & _number(delivered["building:levels"], _COUNT).isna()
    return int((heights | floors).sum())


def _table(features: GeoDataFrame, fields: dict[str, pd.Series]) -> GeoDataFrame:
    # Of an area the driver gives the relation's number, or else that of its closed way.
    ways = features["osm_way_id"] if "osm_way_id" in features.columns else features["osm_id"]
    columns = {**fields, "osm_id": features["osm_id"].fillna(ways)}
    return GeoDataFrame(columns, geometry=features.geometry, crs=features.crs).reset_index(drop=True)


def _is_one_way(ways: GeoDataFrame) -> pd.Series:
    implied = ways["oneway"].isna() & (ways["junction"].isin(_ROUND) | (ways["highway"] == "motorway"))
    return ways["oneway"].isin(_ONE_WAY) | implied


def _is_walkable(ways: GeoDataFrame) -> pd.Series:
    """What is said of walkers counts before what is said of everyone, and that before the class of the street."""
    for_cars = ways["highway"].isin(_NOT_ON_FOOT) | (ways["motorroad"] == "yes")
    closed = for_cars | ways["access"].isin(_FORBIDDEN)
    return ways["foot"].isin(_ALLOWED) | ~(closed | ways["foot"].isin(_FORBIDDEN))


def _is_set(tag: pd.Series) -> pd.Series:
    return tag.notna() & (tag != "no")


def _yes_no(condition: pd.Series) -> pd.Series:
    return condition.map({True: "yes", False: "no"})


def _number(tag: pd.Series, pattern: str) -> pd.Series:
    found = tag.astype("str").str.extract(pattern, expand=False).str.replace(",", ".")
    return pd.to_numeric(found, errors="coerce").astype(float)
